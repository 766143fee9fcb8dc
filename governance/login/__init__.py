"""Logging in: password and second factor through django-allauth, idle sessions, closed accounts, own roles."""
