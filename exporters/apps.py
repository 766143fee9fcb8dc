"""Django app `exporters`."""

from django.apps import AppConfig


class ExportersConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "exporters"
    verbose_name = "Eksport"
