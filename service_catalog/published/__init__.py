"""The published shapes of the catalogue and their typed readers: the only part of this app that outlets may import."""
