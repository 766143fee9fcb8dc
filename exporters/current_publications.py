"""The publication set that is public at the moment, and where the files of a set lie. Needs no layout engine."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from exporters.models import PublicationSet

CHECKSUMS = "SHA256SUMS"


def current_set() -> PublicationSet | None:
    """The newest complete set: the public one."""
    return PublicationSet.objects.filter(state=PublicationSet.State.COMPLETE).order_by("-pk").first()


def set_in_building() -> PublicationSet | None:
    """The set that is being built; there is one at most."""
    return PublicationSet.objects.filter(state=PublicationSet.State.BUILDING).first()


def folder_of(found: PublicationSet) -> Path:
    """Where the files of a set lie."""
    return Path(settings.DATA_DIRECTORY) / "publications" / str(found.pk)
