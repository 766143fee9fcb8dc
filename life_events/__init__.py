"""Life events: stages and steps that lead a client through the services of several offices.

Imports `service_catalog`, `publication` and `cms`. Outlets may import only `life_events.published`.
"""
