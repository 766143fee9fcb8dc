"""Django app `importers`."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "importers"
    verbose_name = "Import"
