"""Which offices and model catalogues a person's reports cover, and whose names he may read there.

National staff see everything. Others see the branches they work on, and of people only those who work there too (section 6.3 of the
domain document); an adviser from outside sees none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from wagtail.models import GroupPagePermission

from cms import roles
from cms.models import FlatAddressPage
from cms.people import name_of
from governance.access import is_national
from service_catalog.models import ModelCataloguePage, OfficePage
from service_catalog.teryt import teryt_register

NOBODY = "nie wiadomo kto"
OUTSIDER = "osoba spoza urzędu"
FEW = 20
"""Up to so many branches the database is asked for them by name; for more it is asked for everything in reach."""


@dataclass(frozen=True)
class Place:
    """An office, or the model catalogue of a type."""

    path: str
    key: int
    name: str
    code: str
    type_code: str
    type_name: str
    voivodeship: str = ""
    is_office: bool = True


@dataclass(frozen=True)
class Reach:
    """What the reports of a person cover: places by their path in the tree."""

    national: bool
    places: dict[str, Place]

    @property
    def offices(self) -> list[Place]:
        """The offices among the places."""
        return [place for place in self.places.values() if place.is_office]

    def narrowed(self, *, office_type: str = "", voivodeship: str = "", office: str = "") -> Reach:
        """The places that fit; an empty word fits all."""
        kept = {
            path: place
            for path, place in self.places.items()
            if (not office_type or place.type_code == office_type)
            and (not voivodeship or place.voivodeship == voivodeship)
            and (not office or (place.is_office and place.code == office))
        }
        return Reach(self.national, kept)

    def narrowed_to(self, place: Place) -> Reach:
        """One place only."""
        return Reach(self.national, {place.path: place})

    def place_of(self, page_path: str) -> Place | None:
        """The place of a page: the page itself or the one above it; None outside."""
        return self.places.get(page_path) or self.places.get(page_path[: -FlatAddressPage.steplen])

    def within(self, path_field: str) -> Q:
        """Condition of a query: pages that may lie in these places. `place_of` decides in the end."""
        if self.national and len(self.places) > FEW:
            return Q()
        found = Q(pk__in=[])
        for path in self.places:
            found |= Q(**{f"{path_field}__startswith": path})
        return found


def reach_of(user: Any, *, advisers: bool = False) -> Reach:
    """Offices and catalogues of a person. Raises `PermissionDenied` when there are none.

    `advisers`: whether advisers from outside count as people of the office; they may read what changed in a card they write.
    """
    national = is_national(user)
    branches = [] if national else _branches(user, advisers=advisers)
    places = {
        place.path: place
        for place in (*_offices(), *_catalogues())
        if national or any(place.path.startswith(branch) for branch in branches)
    }
    if not places and not national:
        raise PermissionDenied(
            "Zestawienia widzą osoby z urzędów i z redakcji centralnej. Twoje konto do nich nie należy."
        )
    return Reach(national, places)


def may_read_reports(user: Any) -> bool:
    """Whether any report would show the user anything."""
    return is_national(user) or bool(_branches(user))


def _branches(user: Any, *, advisers: bool = False) -> list[str]:
    rows = GroupPagePermission.objects.filter(group__in=user.groups.all(), page__depth__gt=1)
    if not advisers:
        rows = rows.exclude(group__name__endswith=f"] {roles.OFFICE_ADVISOR.ending}")
    return list(rows.values_list("page__path", flat=True).distinct())


def _offices() -> Iterable[Place]:
    names = voivodeships()
    rows = OfficePage.objects.order_by("title").values_list(
        "path", "pk", "title", "code", "office_type__code", "office_type__name", "teryt"
    )
    for path, key, title, code, type_code, type_name, teryt in rows:
        yield Place(path, key, title, code, type_code, type_name, teryt[:2] if teryt[:2] in names else "")


def _catalogues() -> Iterable[Place]:
    rows = ModelCataloguePage.objects.order_by("title").values_list(
        "path", "pk", "title", "office_type__code", "office_type__name"
    )
    for path, key, title, type_code, type_name in rows:
        yield Place(path, key, title, "", type_code, type_name, is_office=False)


@cache
def voivodeships() -> dict[str, str]:
    """Names of voivodeships by the first two digits of TERYT."""
    return {unit.code: unit.name for unit in teryt_register().units() if len(unit.code) == len("32")}


def names_for(reach: Reach, people: Iterable[int | None]) -> dict[int | None, str]:
    """Names of people as the reader may know them. At most two queries."""
    wanted = {key for key in people if key is not None}
    accounts = get_user_model().objects.filter(pk__in=wanted)
    if not reach.national:
        inside = Q()
        for path in reach.places:
            inside |= Q(groups__page_permissions__page__path=path)
        accounts = accounts.filter(inside).distinct() if reach.places else accounts.none()
    found: dict[int | None, str] = {person.pk: name_of(person) for person in accounts}
    return {None: NOBODY} | {key: found.get(key, OUTSIDER) for key in wanted}
