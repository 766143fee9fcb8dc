"""Django app `cms`."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "cms"
    verbose_name = "Redakcja"

    def ready(self) -> None:
        """Follow publications, and put up the walls that stand inside Wagtail's lists and exports."""
        from cms import authorship
        from cms.editorial.receivers import connect
        from cms.spreadsheet_cells import neutralise_exports
        from cms.walls import narrow_filters_of_people

        connect()
        authorship.connect()
        narrow_filters_of_people()
        neutralise_exports()
