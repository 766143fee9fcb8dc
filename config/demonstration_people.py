"""People of the demonstration: a coordinator and a deputy in every office, most without a password, so nobody logs in as them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from governance.acting import Post
from governance.assignments import sync_all_members
from governance.models import CoordinatorAssignment
from service_catalog.models import OfficePage

BEGINNING = datetime.date(2026, 1, 5)
"""First day of every term."""
WOMEN = (
    "Maria", "Ewa", "Agnieszka", "Joanna", "Barbara", "Magdalena", "Monika", "Katarzyna", "Beata", "Dorota", "Teresa",
    "Iwona", "Halina",
)  # fmt: skip
MEN = (
    "Jan", "Piotr", "Krzysztof", "Tomasz", "Marek", "Paweł", "Michał", "Marcin", "Grzegorz", "Jerzy", "Łukasz",
)  # fmt: skip
WOMENS_SURNAMES = (
    "Wiśniewska", "Wójcik", "Kamińska", "Lewandowska", "Zielińska", "Szymańska", "Woźniak", "Dąbrowska", "Kozłowska",
    "Jankowska", "Mazur", "Krawczyk", "Piotrowska", "Grabowska", "Pawłowska", "Michalska", "Król",
)  # fmt: skip
MENS_SURNAMES = (
    "Nowicki", "Adamczyk", "Dudek", "Zając", "Wieczorek", "Jabłoński", "Majewski", "Olszewski", "Stępień", "Malinowski",
    "Jaworski", "Pawlak", "Witkowski", "Walczak", "Rutkowski", "Górski", "Sikora", "Baran", "Szewczyk",
)  # fmt: skip
NAMED = {
    ("uw-rzeszow", Post.COORDINATOR): "koordynator.rzeszow",
    ("uw-gdansk", Post.COORDINATOR): "koordynator.gdansk",
}
"""Posts held by demonstration accounts with a password."""


def demo_teams(*, on: datetime.date) -> int:
    """Give every office without a team a coordinator and a deputy; return how many posts were given. Idempotent."""
    taken = CoordinatorAssignment.objects.values("office")
    offices = list(OfficePage.objects.exclude(pk__in=taken).order_by("code"))
    posts = [(office, post) for office in offices for post in (Post.COORDINATOR, Post.DEPUTY)]
    named = get_user_model().objects.in_bulk(NAMED.values(), field_name="username")
    with transaction.atomic():
        made = iter(_accounts(len(posts)))
        rows = []
        for office, post in posts:
            person = named.get(NAMED.get((office.code, post), "")) or next(made)
            rows.append(CoordinatorAssignment(office=office, person=person, post=post, begins=BEGINNING))
        CoordinatorAssignment.objects.bulk_create(rows)
        sync_all_members(on=on)
    return len(rows)


def _accounts(wanted: int) -> list[Any]:
    """New accounts without a password."""
    users = get_user_model()
    known = set(users.objects.values_list("username", flat=True))
    people: list[Any] = []
    for first, last in _names():
        if len(people) == wanted:
            break
        username = _free(f"{_ascii(first)}.{_ascii(last)}", known)
        known.add(username)
        people.append(
            users(username=username, first_name=first, last_name=last, email=f"{username}@urzad.example",
                  password=make_password(None))
        )  # fmt: skip
    return list(users.objects.bulk_create(people))


def _names() -> Iterator[tuple[str, str]]:
    """First and last names, alternately of women and men. The lengths of the lists have no common divisor, so pairs repeat late."""
    women = zip(cycle(WOMEN), cycle(WOMENS_SURNAMES), strict=False)
    men = zip(cycle(MEN), cycle(MENS_SURNAMES), strict=False)
    for woman, man in zip(women, men, strict=False):
        yield woman
        yield man


def _free(username: str, known: set[str]) -> str:
    """The name, with a number when somebody has it already."""
    if username not in known:
        return username
    return next(name for number in count(2) if (name := f"{username}.{number}") not in known)


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower().replace("ł", "l"))
    return plain.encode("ascii", "ignore").decode()
