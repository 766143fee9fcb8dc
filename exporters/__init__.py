"""Machine and print outlets: XML, PDF and the catalogue API, each a format in a table.

Reads editions through `publication`, `service_catalog.published` and `life_events.published`; never the authors' models.
"""
