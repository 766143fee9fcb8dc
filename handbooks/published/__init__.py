"""The published shapes of handbooks and good practices and their typed readers: the only part of this app for outlets."""
