"""Django app `search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "search"
    verbose_name = "Wyszukiwarka"
