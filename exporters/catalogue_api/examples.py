"""Short answers shown in the API description. A test checks each against the schema beside it."""

from __future__ import annotations

from typing import Any

CARD: dict[str, Any] = {
    "schema": "card/1",
    "key": "UW-PAS-001/uw-rzeszow",
    "symbol": "UW-PAS-001",
    "kind": "office",
    "office_type": {"code": "UW", "name": "urząd wojewódzki"},
    "service": "Paszport dla osoby dorosłej",
    "title": "Paszport dla osoby dorosłej",
    "official_name": "Wydanie paszportu osobie pełnoletniej",
    "summary": "Paszport potwierdza tożsamość i polskie obywatelstwo.",
    "topic": {
        "topic": "Dokumenty i dane osobowe",
        "category": "Paszporty",
        "group": "Wydanie paszportu",
        "topic_slug": "dokumenty-i-dane-osobowe",
        "category_slug": "paszporty",
        "group_slug": "wydanie-paszportu",
    },
    "keywords": {"everyday": [{"text": "wyrobić paszport"}]},
    "who": "Obywatel polski, który ma 18 lat.",
    "when": "Zanim wyjedziesz.",
    "jurisdiction": {"basis": "any", "text": "Dowolny punkt paszportowy w Polsce."},
    "channels": [{"channel": "osobiście", "place": "parter, sala 2", "local": True}],
    "documents": [{"name": "fotografia", "requirement": "always"}],
    "fees": [{"kind": "opłata paszportowa", "amount": "140.00", "currency": "PLN"}],
    "outcome": {"form": "paszport", "text": "Paszport ważny 10 lat."},
    "legal_state_date": "2026-01-01",
    "valid_from": "2026-01-01",
    "version": "1",
    "origins": {"channels": "office"},
}
OFFICE: dict[str, Any] = {
    "schema": "office/1",
    "code": "uw-rzeszow",
    "office_type": {"code": "UW", "name": "urząd wojewódzki"},
    "name": "Podkarpacki Urząd Wojewódzki w Rzeszowie",
    "short_name": "Podkarpacki UW",
    "town": "Rzeszów",
    "voivodeship": "18",
    "teryt": "1863011",
    "address": "ul. Grunwaldzka 15, 35-959 Rzeszów",
    "jurisdiction": [{"prefix": "18", "name": "podkarpackie"}],
}
LIFE_EVENT: dict[str, Any] = {
    "schema": "life_event/1",
    "code": "LE-01",
    "title": "Zakładam firmę",
    "group": "Praca i działalność gospodarcza",
    "stages": [
        {"order": 1, "name": "Zarejestruj", "steps": [{"order": 1, "service": "Wpis do CEIDG", "provider": "UM"}]},
    ],
}
TOPICS: dict[str, Any] = {
    "schema": "topics/1",
    "topics": [
        {
            "slug": "dokumenty-i-dane-osobowe",
            "name": "Dokumenty i dane osobowe",
            "categories": [
                {
                    "slug": "paszporty",
                    "name": "Paszporty",
                    "groups": [{"slug": "wydanie-paszportu", "name": "Wydanie paszportu"}],
                }
            ],
        }
    ],
}
ACT: dict[str, Any] = {
    "schema": "act/1",
    "code": "KPA",
    "title": "Ustawa z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego",
    "date": "1960-06-14",
    "eli": "DU/1960/168",
    "consolidated": [{"display": "Dz.U. 2024 poz. 572", "eli": "DU/2024/572"}],
}
FORM: dict[str, Any] = {
    "schema": "form/1",
    "code": "PB-16a",
    "title": "Zawiadomienie o zakończeniu budowy",
    "versions": [{"version": "2", "format": "pdf", "fillable": True, "valid_from": "2023-07-01"}],
}
HANDBOOK: dict[str, Any] = {
    "schema": "handbook/1",
    "code": "UW",
    "title": "Podręcznik urzędu wojewódzkiego",
    "number": 1,
    "issued_on": "2026-01-01",
    "office_type": {"code": "UW", "name": "urząd wojewódzki"},
    "chapters": [
        {
            "kind": "wstep",
            "title": "Wstęp",
            "blocks": [{"kind": "paragraph", "lines": [[{"kind": "plain", "text": "Dla kogo jest ta książka."}]]}],
        }
    ],
    "frozen": [{"key": "UW-PAS-001", "sequence": 4711}],
}
GOOD_PRACTICE: dict[str, Any] = {
    "schema": "good_practice/1",
    "code": "DP-001",
    "title": "Stanowisko z komputerem dla klientów",
    "category": "obsługa",
    "problem": "Klienci nie mają gdzie wydrukować wniosku.",
    "source": "Podkarpacki Urząd Wojewódzki w Rzeszowie",
}
