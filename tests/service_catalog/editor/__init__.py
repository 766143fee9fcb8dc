"""The author's screen."""
