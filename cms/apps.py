"""Django app `cms`."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "cms"
    verbose_name = "Redakcja"
