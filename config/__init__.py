"""Composition root: settings, addresses, the API, the server entry. Imports every app; no app imports it."""
