"""The published shape of life events and its typed readers: the only part of this app that outlets may import."""
