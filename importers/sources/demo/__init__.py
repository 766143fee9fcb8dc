"""The demonstration catalogue: its data files, typed readers, and invented records of its 100 offices.

Nothing here knows the database; the importer of the demonstration reads these values and writes through the
authoring door. Imports go inwards only: `reading` knows the shapes, `office_records` knows `reading`.
"""
