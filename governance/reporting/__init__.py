"""Zestawienia: how far offices are, what is late, who works on what, and what changed in a card."""
