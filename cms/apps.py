"""Django app `cms`."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "cms"
    verbose_name = "Redakcja"

    def ready(self) -> None:
        """Put up the walls that stand inside Wagtail's lists."""
        from cms.walls import narrow_filters_of_people

        narrow_filters_of_people()
