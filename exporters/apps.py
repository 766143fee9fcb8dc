"""Django app `exporters`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from handbooks.published.handbook import Handbook


class ExportersConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "exporters"
    verbose_name = "Eksport"

    def ready(self) -> None:
        """Hand the printer of handbooks in; the layout engine is loaded when the first one is printed."""
        from handbooks.printing import print_with

        print_with(_preview)


def _preview(edition: Handbook, payload_sha256: str, on: datetime.date) -> bytes:
    from exporters.handbook_preview import preview

    return preview(edition, payload_sha256, on)
