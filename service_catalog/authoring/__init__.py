"""The one door for every write to the catalogue.

`transcription` turns authors' objects into published structs, `publishing` records them in the edition log with their
dependants, `drafts` takes whole catalogues from importers, `placements` lets life events say where a card helps.
"""
