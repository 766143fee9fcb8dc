"""Tests of the catalogue API."""
