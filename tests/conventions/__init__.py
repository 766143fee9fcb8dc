"""Conventions of the source as tests."""
