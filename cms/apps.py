"""Django app `cms`."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "cms"
    verbose_name = "Redakcja"

    def ready(self) -> None:
        """Follow publications, and put up the walls that stand inside Wagtail's lists."""
        from cms.editorial.receivers import connect
        from cms.walls import narrow_filters_of_people

        connect()
        narrow_filters_of_people()
