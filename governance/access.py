"""Who manages which teams: coordinators their own office, national staff every office."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from cms import roles
from service_catalog.models import OfficePage

NATIONAL = (roles.NATIONAL_COORDINATOR.name, roles.CENTRAL.name)


def is_national(user: Any) -> bool:
    """Whether a user looks after all offices."""
    return bool(user.is_superuser or user.groups.filter(name__in=NATIONAL).exists())


def managed_offices(user: Any) -> QuerySet[OfficePage]:
    """Offices whose team the user may change."""
    if is_national(user):
        every: QuerySet[OfficePage] = OfficePage.objects.order_by("title")
        return every
    ending = f"] {roles.OFFICE_COORDINATOR.ending}"
    names = user.groups.filter(name__endswith=ending).values_list("name", flat=True)
    codes = [name[name.rindex("[") + 1 : name.rindex("]")] for name in names]
    own: QuerySet[OfficePage] = OfficePage.objects.filter(code__in=codes).order_by("title")
    return own


def managed_office(user: Any, code: str) -> OfficePage:
    """The office with this code. Raises `PermissionDenied` when the user does not manage it or there is none."""
    office = managed_offices(user).filter(code=code).first()
    if office is None:
        raise PermissionDenied("Zespołem tego urzędu kieruje jego koordynator. Ty nie masz do niego praw.")
    return office


def people_of(office: OfficePage) -> QuerySet[Any]:
    """Active accounts that work for an office: members of its groups."""
    members = get_user_model().objects.filter(groups__name__contains=f"[{office.code}]", is_active=True)
    return members.distinct().order_by("last_name", "first_name", "username")
