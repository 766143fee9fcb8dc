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


def _wanted() -> list[_Wanted]:
    """One account per role; two offices, so that the wall between them can be tried."""
    found = Group.objects.values_list("name", flat=True)

    def named(role: roles.Role, code: str) -> str:
        ending = role.name.format(place="").strip()
        return next((name for name in found if f"[{code}]" in name and name.endswith(ending)), "")

    rzeszow, gdansk = "w Podkarpackim Urzędzie Wojewódzkim", "w Pomorskim Urzędzie Wojewódzkim"
    return [
        _Wanted("autor.rzeszow", ("Anna", "Autorska"), f"autor {rzeszow}",
                named(roles.OFFICE_AUTHOR, "uw-rzeszow")),
        _Wanted("recenzent.rzeszow", ("Roman", "Rzetelny"), f"sprawdza merytorycznie {rzeszow}",
                named(roles.OFFICE_REVIEWER, "uw-rzeszow")),
        _Wanted("jezyk.rzeszow", ("Julia", "Językowa"), f"redaktor języka {rzeszow}",
                named(roles.OFFICE_LANGUAGE_EDITOR, "uw-rzeszow")),
        _Wanted("naczelnik.rzeszow", ("Norbert", "Naczelny"), f"zatwierdza {rzeszow}",
                named(roles.OFFICE_APPROVER, "uw-rzeszow")),
        _Wanted("koordynator.rzeszow", ("Kinga", "Koordynująca"), f"koordynator {rzeszow}",
                named(roles.OFFICE_COORDINATOR, "uw-rzeszow")),
        _Wanted("autor.gdansk", ("Aleksander", "Autorski"), f"autor {gdansk}",
                named(roles.OFFICE_AUTHOR, "uw-gdansk")),
        _Wanted("koordynator.gdansk", ("Gabriela", "Zespołowa"), f"koordynator {gdansk}",
                named(roles.OFFICE_COORDINATOR, "uw-gdansk")),
        _Wanted("naczelnik.gdansk", ("Grażyna", "Gdańska"), f"zatwierdza {gdansk}",
                named(roles.OFFICE_APPROVER, "uw-gdansk")),
        _Wanted("opiekun.uw", ("Olga", "Wzorcowa"), "opiekun kart wzorcowych urzędów wojewódzkich",
                named(roles.MODEL_OWNER, "UW")),
        _Wanted("recenzent.uw", ("Ryszard", "Sprawdzający"), "sprawdza merytorycznie karty wzorcowe urzędów wojewódzkich",
                named(roles.MODEL_REVIEWER, "UW")),
        _Wanted("jezyk.uw", ("Jagoda", "Polska"), "redaktor języka kart wzorcowych urzędów wojewódzkich",
                named(roles.MODEL_LANGUAGE_EDITOR, "UW")),
        _Wanted("zatwierdza.uw", ("Zofia", "Zatwierdzająca"), "zatwierdza karty wzorcowe urzędów wojewódzkich",
                named(roles.MODEL_APPROVER, "UW")),
        _Wanted("redakcja", ("Renata", "Centralna"), "redakcja centralna: rejestry i wszystkie urzędy", roles.CENTRAL.name),
        _Wanted("redakcja.druga", ("Dariusz", "Centralny"), "redakcja centralna, druga osoba", roles.CENTRAL.name),
        _Wanted("krajowy", ("Krystyna", "Krajowa"), "koordynator krajowy", roles.NATIONAL_COORDINATOR.name),
        _Wanted("prawny", ("Paweł", "Prawny"), "redaktor prawny: akty prawne i formularze", roles.LEGAL_EDITOR.name),
        _Wanted("iod", ("Irena", "Ochronna"), "inspektor ochrony danych", roles.DATA_PROTECTION_OFFICER.name),
        _Wanted("konsultant", ("Konrad", "Infoliniowy"), "konsultant infolinii", roles.CONSULTANT.name),
        _Wanted("integrator", ("Iwona", "Techniczna"), "integrator (dostęp przez API)", roles.INTEGRATOR.name),
        _Wanted("administrator", ("Adam", "Systemowy"), "administrator: konta i ustawienia", roles.ADMINISTRATOR.name),
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
    )
    if wanted.group:
        user.groups.add(Group.objects.get(name=wanted.group))
