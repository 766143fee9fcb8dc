"""Django app `service_catalog`."""

from django.apps import AppConfig


class ServiceCatalogConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "service_catalog"
    verbose_name = "Katalog usług"
