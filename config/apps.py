"""Django app `config`: the commands that join parts of several apps into running processes."""

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """Registers the composition root, so that its management commands are found."""

    name = "config"
    verbose_name = "Uruchomienie"
