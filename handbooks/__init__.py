"""Handbooks: what an office type's handbook says around its cards, its numbered editions, and the register of good practices.

Editors write chapters here; an edition freezes them together with the editions of the cards that it prints, is approved by a second
person and recorded in the edition log. Outlets read `handbooks.published` only.
"""
