"""Public pages: home, topics, offices, life events and cards.

An outlet like the others: it reads editions through `publication`, `service_catalog.published` and
`life_events.published`.
"""
