"""The gate for files from outside: limits checked before reading, hostile XML, JSON and archives refused with a sentence.

What reads a file from outside asks this package first and does its parsing in `child`, a process with limits of time and memory.
"""
