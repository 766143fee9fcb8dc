"""Uncertain places of a card in the author's words. Imported cards name them after fields ("legal_basis – do potwierdzenia")."""

from __future__ import annotations

import re
from collections.abc import Iterable

PLACES = {
    "appeal": "odwołanie",
    "attachments": "formularze i załączniki",
    "before_you_start": "zanim zaczniesz",
    "channels": "sposoby załatwienia",
    "client_deadlines": "terminy dla klienta",
    "consequence_of_missing": "co, jeśli klient tego nie zrobi",
    "consultant_answer": "odpowiedź konsultanta",
    "contact": "kontakt do sprawy",
    "documents": "dokumenty",
    "exemptions": "zwolnienia i zniżki",
    "fees": "opłaty",
    "governance.change_note": "co się zmieniło",
    "governance.legal_state_date": "stan prawny na",
    "governance.next_review": "następny przegląd",
    "governance.valid_from": "obowiązuje od",
    "governance.valid_to": "obowiązuje do",
    "handling_time": "czas załatwienia",
    "jurisdiction": "który urząd",
    "keywords": "słowa potoczne i urzędowe",
    "legal_basis": "podstawa prawna",
    "mistakes": "najczęstsze błędy",
    "official_name": "nazwa urzędowa",
    "outcome": "co klient dostanie",
    "special_needs": "szczególne potrzeby",
    "steps": "kroki",
    "summary": "krótki opis",
    "title": "tytuł",
    "transfer": "kiedy przełączyć rozmowę",
    "variants": "inne wersje",
    "when": "kiedy",
    "who": "kto",
}
_LINE = re.compile(r"(?P<field>[a-z_.]+)(?:\[(?P<index>\d+)\])?(?:\.[a-z_]+)?(?P<reason>(?:\s*:|\s+–).*)?", re.DOTALL)


def in_words(line: str) -> str:
    """A line with its place in the author's words; the reason stays as it was written, and so does a place not known here."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return line.strip()
    field = match["field"]
    place = PLACES.get(field) or PLACES.get(field.partition(".")[0])
    if place is None:
        return line.strip()
    position = f" (pozycja {int(match['index']) + 1})" if match["index"] else ""
    return f"{place}{position}{match['reason'] or ''}"


def listed(lines: Iterable[str]) -> str:
    """All places in one sentence."""
    return ", ".join(in_words(line) for line in lines if line.strip())
