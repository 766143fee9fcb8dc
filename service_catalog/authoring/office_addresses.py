"""Addresses of offices for importers: what stands in the newest version of each office page, and changes of it as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from service_catalog.models import OfficePage

ADDRESS_FIELDS = ("title", "regon", "street", "building", "postal_code", "town", "epuap_address")


class OfficeAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where an office is and how it is reached on ePUAP, as in the newest version of its page."""

    code: str
    title: str
    regon: str
    street: str
    building: str
    postal_code: str
    town: str
    epuap_address: str


def office_addresses() -> list[OfficeAddress]:
    """The addresses of all offices, by code: of the draft where there is one."""
    found = []
    for page in OfficePage.objects.order_by("code"):
        newest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
        found.append(OfficeAddress(code=page.code, **{name: getattr(newest, name) for name in ADDRESS_FIELDS}))
    return found


def fault_of_address(field: str, value: str) -> str:
    """Why an office cannot have this value; empty text when it can."""
    column: Any = OfficePage._meta.get_field(field)
    try:
        column.clean(value, None)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def draft_addresses(changes: Mapping[str, Mapping[str, str]], *, user: Any) -> int:
    """Save a draft for each office of `changes` (code -> field -> value): all or none. Nothing is published. Returns how many."""
    with transaction.atomic():
        for code, values in changes.items():
            draft = OfficePage.objects.get(code=code).get_latest_revision_as_object()
            for field, value in values.items():
                if field not in ADDRESS_FIELDS:
                    raise ValueError(f"Pole „{field}” nie należy do adresu urzędu.")
                setattr(draft, field, value)
            draft.save_revision(user=user, log_action="wagtail.edit", clean=False)
    return len(changes)
