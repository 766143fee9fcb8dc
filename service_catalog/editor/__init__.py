"""The author's screen: a card as questions in the order of a client's life.

Panels and what they show: the locked parts of the model card, what the office record already knows, what is still missing, and
hints on plain language. Nothing here writes to the catalogue.
"""
