from __future__ import annotations

import datetime
from itertools import count

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import Page

from cms import roles
from publication.calendar import WARSAW
from service_catalog.authoring.office_pages import office_page
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficePage, OfficeType
from tests.service_catalog.builders import OFFICE_TYPE, office

MONDAY = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=WARSAW)
numbers = count(1)


def days_later(days: int, *, hour: int = 9) -> datetime.datetime:
    return (MONDAY + datetime.timedelta(days=days)).replace(hour=hour)


def day(days: int) -> datetime.date:
    return days_later(days).date()


def add_office(code: str, *, participation: str = "poza") -> OfficePage:
    OfficeType.objects.get_or_create(code=OFFICE_TYPE.code, defaults={"name": OFFICE_TYPE.name})
    page = office_page(office(code))
    page.participation = participation
    Page.get_first_root_node().add_child(instance=page)
    sync_rights()
    return page


def person(name: str, *held: roles.Role, code: str = "") -> User:
    user = User.objects.create_user(f"{name}.{next(numbers)}", f"{name}@urzad.example", first_name=name.title())
    for role in held:
        groups = roles.groups_of(role, code=code) if code else Group.objects.filter(name=role.name)
        user.groups.add(*groups)
    return user


@pytest.fixture
def rzeszow(db: None) -> OfficePage:
    return add_office("uw-rzeszow")
