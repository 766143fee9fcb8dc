"""Django app `life_events`."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    """Registers the app under its Polish name and tells the catalogue where cards stand in life events."""

    name = "life_events"
    verbose_name = "Zdarzenia życiowe"

    def ready(self) -> None:
        """Register the source of placements."""
        from life_events.authoring import placements
        from service_catalog.authoring.placements import register_source

        register_source(placements)
