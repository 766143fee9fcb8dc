"""Atom feeds (RFC 4287) of what changed in a topic, at an office, or in one card."""
