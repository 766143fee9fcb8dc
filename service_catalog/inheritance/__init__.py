"""What happens between a model card and the offices that inherit it: impact of a change, reconciliation, remarks to the
model, services that an office does not offer, and the adoption of a whole model catalogue by a new office.
"""
