"""A new office gets its groups and its collection of files as soon as it is saved."""

from __future__ import annotations

from django.db.models.signals import post_save

from service_catalog.authoring.rights import sync_rights_of
from service_catalog.models import OfficePage


def give_groups(
    sender: type[OfficePage], instance: OfficePage, created: bool, raw: bool = False, **context: object
) -> None:
    """Receiver of a saved office. Bulk loads send no signal; they end with `manage.py sync_roles`."""
    if created and not raw:
        sync_rights_of(instance)


def connect() -> None:
    """Follow saved offices."""
    post_save.connect(give_groups, sender=OfficePage, dispatch_uid="governance.new_offices")
