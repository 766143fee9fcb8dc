"""Sources of catalogue content, one package each."""
