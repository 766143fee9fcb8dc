"""Django app `public_site`."""

from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "public_site"
    verbose_name = "Strony publiczne"
