"""Offices, office types, services, cards, fees, deadlines, legal acts and forms.

What belongs here: everything an official writes about a service, and `presentation`, which alone computes the effective card.
Imports `publication` and `cms`. Outlets may import only `service_catalog.published`.
"""
