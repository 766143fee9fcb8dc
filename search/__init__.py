"""Search over published editions: planner, analysis, ranking, engine, indexer, search page and search API.

Reads editions through `publication`, `service_catalog.published` and `life_events.published`; never the authors'
models.
"""
