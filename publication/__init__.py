"""The neck of the system: the edition log.

What belongs here: the append-only log, its hashes and chain, reading what is in force on a day, verification. The log carries
payloads as bytes and knows nothing of cards, offices or life events. It imports no other app of this project; every outlet
and every author imports it.
"""
