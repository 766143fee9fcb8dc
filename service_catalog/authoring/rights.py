"""Groups and rights from the catalogue: who may edit which office and which model catalogue."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from wagtail.models import Page

from cms import roles
from service_catalog.models import ModelCataloguePage, OfficePage


def sync_rights(*, progress: Callable[[], object] = lambda: None) -> int:
    """Make groups and rights agree with the offices and model catalogues; return how many groups changed. Idempotent."""
    with transaction.atomic():
        roles.remove_unused_groups()
        changed = sum(
            roles.grant(role, roles.group_of(role), [Page.get_first_root_node()] if role.pages else [])
            for role in roles.COUNTRYWIDE
        )
        for office in OfficePage.objects.order_by("code"):
            for role in (roles.OFFICE_AUTHOR, roles.OFFICE_APPROVER):
                changed += roles.grant(role, roles.group_of(role, place=office.title, code=office.code), [office])
            progress()
        for catalogue in ModelCataloguePage.objects.select_related("office_type"):
            group = roles.group_of(roles.MODEL_OWNER, place=catalogue.title, code=catalogue.office_type.code)
            changed += roles.grant(roles.MODEL_OWNER, group, [catalogue])
    return changed
