"""Django app `life_events`."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "life_events"
    verbose_name = "Zdarzenia życiowe"
