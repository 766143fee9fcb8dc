"""Demonstration accounts: one per role, with generated passwords kept in the data directory."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from cms import roles

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without signs that look alike."""


@dataclass(frozen=True)
class DemoAccount:
    """A demonstration account with its password in plain text: it is printed at every start."""

    username: str
    password: str
    role: str


@dataclass(frozen=True)
class _Wanted:
    username: str
    names: tuple[str, str]
    role: str
    group: str
    superuser: bool = False


def _wanted() -> list[_Wanted]:
    """One account per role; two offices, so that the wall between them can be tried."""
    found = Group.objects.values_list("name", flat=True)

    def named(role: roles.Role, code: str) -> str:
        ending = role.name.format(place="").strip()
        return next((name for name in found if f"[{code}]" in name and name.endswith(ending)), "")

    return [
        _Wanted("autor.rzeszow", ("Anna", "Autorska"), "autor w Podkarpackim Urzędzie Wojewódzkim",
                named(roles.OFFICE_AUTHOR, "uw-rzeszow")),
        _Wanted("naczelnik.rzeszow", ("Norbert", "Naczelny"), "zatwierdza w Podkarpackim Urzędzie Wojewódzkim",
                named(roles.OFFICE_APPROVER, "uw-rzeszow")),
        _Wanted("naczelnik.gdansk", ("Grażyna", "Gdańska"), "zatwierdza w Pomorskim Urzędzie Wojewódzkim",
                named(roles.OFFICE_APPROVER, "uw-gdansk")),
        _Wanted("opiekun.uw", ("Olga", "Wzorcowa"), "opiekun kart wzorcowych urzędów wojewódzkich",
                named(roles.MODEL_OWNER, "UW")),
        _Wanted("redakcja", ("Renata", "Centralna"), "redakcja centralna: rejestry i wszystkie urzędy", roles.CENTRAL.name),
        _Wanted("konsultant", ("Konrad", "Infoliniowy"), "konsultant infolinii", roles.CONSULTANT.name),
        _Wanted("integrator", ("Iwona", "Techniczna"), "integrator (dostęp przez API)", roles.INTEGRATOR.name),
        _Wanted("administrator", ("Adam", "Systemowy"), "administrator systemu", roles.ADMINISTRATOR.name, True),
    ]  # fmt: skip


def demo_accounts() -> list[DemoAccount]:
    """Make missing accounts and return all with their passwords. The file of passwords is readable by its owner only."""
    path = settings.DATA_DIRECTORY / "demo_accounts.json"
    passwords: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    with transaction.atomic():
        for wanted in _wanted():
            passwords.setdefault(wanted.username, _password())
            _make(wanted, passwords[wanted.username])
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(passwords, file)
    return [DemoAccount(wanted.username, passwords[wanted.username], wanted.role) for wanted in _wanted()]


def _password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _make(wanted: _Wanted, password: str) -> None:
    """Make the account when it is missing; an existing one keeps its own password and groups."""
    users = get_user_model()
    if users.objects.filter(username=wanted.username).exists():
        return
    user = users.objects.create_user(
        username=wanted.username,
        password=password,
        first_name=wanted.names[0],
        last_name=wanted.names[1],
        email=f"{wanted.username}@urzad.example",
        is_superuser=wanted.superuser,
        is_staff=wanted.superuser,
    )
    if wanted.group:
        user.groups.add(Group.objects.get(name=wanted.group))
