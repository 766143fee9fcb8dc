"""Django app `handbooks`."""

from django.apps import AppConfig


class HandbooksConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "handbooks"
    verbose_name = "Podręczniki"
