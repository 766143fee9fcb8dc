"""Django app `service_catalog`."""

from django.apps import AppConfig


class ServiceCatalogConfig(AppConfig):
    """Registers the app under its Polish name and connects publishing to the edition log."""

    name = "service_catalog"
    verbose_name = "Katalog usług"

    def ready(self) -> None:
        """Connect the receivers."""
        from service_catalog import signals

        signals.connect()
