"""Django app of the edition log."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "publication"
    verbose_name = "Dziennik wydań"
