"""Answers of the catalogue API that are lists; whole cards, offices and life events are answered as stored."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import msgspec
from ninja import Schema
from pydantic import Field

from exporters.catalogue_api.parameters import MOST_FIELDS

Struct = type[msgspec.Struct]


class NamedCode(Schema):
    """A register entry."""

    code: str = Field(description="Kod.", examples=["UW"])
    name: str = Field(description="Nazwa.", examples=["urząd wojewódzki"])


class CardEntry(Schema):
    """A card in a list."""

    key: str = Field(description="Klucz wydania.", examples=["UW-PAS-001/uw-rzeszow"])
    symbol: str = Field(description="Symbol karty.", examples=["UW-PAS-001"])
    kind: Literal["model", "office", "local"] = Field(description="Rodzaj karty.", examples=["office"])
    title: str = Field(description="Nazwa prostym językiem.", examples=["Paszport dla osoby dorosłej"])
    summary: str = Field(description="W skrócie.", examples=["Paszport potwierdza tożsamość i obywatelstwo."])
    office_type: NamedCode = Field(description="Typ urzędu.")
    office: NamedCode | None = Field(None, description="Urząd; brak dla ogólnego opisu.")
    topic: str = Field(description="Dział.", examples=["Dokumenty i dane osobowe"])
    category: str = Field(description="Kategoria.", examples=["Paszporty"])
    group: str = Field(description="Grupa usług.", examples=["Wydanie paszportu"])
    life_events: list[str] = Field(description="Kody zdarzeń życiowych.", examples=[["LE-11"]])
    url: str = Field(description="Strona karty.", examples=["https://okienko.example/karta/UW-PAS-001/uw-rzeszow/"])
    pdf: str = Field(
        description="Karta jako PDF.", examples=["https://okienko.example/karta/UW-PAS-001/uw-rzeszow/pdf"]
    )


class OfficeEntry(Schema):
    """An office in a list."""

    code: str = Field(description="Kod urzędu.", examples=["uw-rzeszow"])
    name: str = Field(description="Pełna nazwa.", examples=["Podkarpacki Urząd Wojewódzki w Rzeszowie"])
    short_name: str = Field(description="Krótka nazwa.", examples=["Podkarpacki UW"])
    office_type: NamedCode = Field(description="Typ urzędu.")
    town: str = Field(description="Miejscowość.", examples=["Rzeszów"])
    voivodeship: str = Field(description="Województwo (TERYT).", examples=["18"])
    teryt: str = Field(description="Siedmiocyfrowy TERYT siedziby.", examples=["1863011"])
    address: str = Field(description="Adres.", examples=["ul. Grunwaldzka 15, 35-959 Rzeszów"])
    phone: str = Field(description="Telefon.", examples=["17 867 10 00"])
    url: str = Field(description="Strona urzędu.", examples=["https://okienko.example/urzedy/uw-rzeszow/"])


class LifeEventEntry(Schema):
    """A life event in a list."""

    code: str = Field(description="Kod.", examples=["LE-01"])
    title: str = Field(description="Nazwa.", examples=["Zakładam firmę"])
    group: str = Field(description="Grupa.", examples=["Praca i działalność gospodarcza"])
    intro: str = Field(description="Wstęp.", examples=["Od pomysłu do pierwszej faktury."])
    url: str = Field(description="Strona zdarzenia.", examples=["https://okienko.example/zdarzenia/LE-01/"])


class Cards(Schema):
    """One page of cards in the order of keys."""

    items: list[CardEntry]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


class Offices(Schema):
    """One page of offices in the order of codes."""

    items: list[OfficeEntry]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


class LifeEvents(Schema):
    """One page of life events in the order of codes."""

    items: list[LifeEventEntry]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


class Change(Schema):
    """One row of the edition log without its text. People are never named: of the cause only its kind is told."""

    sequence: int = Field(description="Numer wydania; kolejne numery bez przerw.", examples=[4711])
    kind: str = Field(description="Rodzaj wydania: card, office, life_event, register, article.", examples=["card"])
    key: str = Field(description="Klucz.", examples=["UW-PAS-001/uw-rzeszow"])
    state: str = Field(description="published, suspended albo withdrawn.", examples=["published"])
    sha256: str = Field(
        description="Skrót treści, zarazem jej ETag.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    valid_from: datetime.date = Field(description="Obowiązuje od.", examples=["2026-01-01"])
    valid_to: datetime.date | None = Field(description="Obowiązuje do; null bez końca.", examples=[None])
    recorded_at: datetime.datetime = Field(description="Kiedy zapisano.", examples=["2026-01-01T08:00:00Z"])
    cause: str = Field(description="Rodzaj przyczyny, na przykład card, model, office, act, import.", examples=["card"])
    changed: list[str] | None = Field(
        description="Pola, którymi wydanie różni się od poprzedniego pod tym kluczem; null dla pierwszego wydania. "
        "Wstrzymanie i wycofanie zmieniają „state”.",
        examples=[["fees", "valid_from"]],
    )


class ActEntry(Schema):
    """A legal act in a list."""

    code: str = Field(description="Kod.", examples=["KPA"])
    title: str = Field(
        description="Tytuł.", examples=["Ustawa z dnia 14 czerwca 1960 r. – Kodeks postępowania administracyjnego"]
    )
    eli: str = Field(description="Identyfikator ELI; pusty, gdy akt go nie ma.", examples=["DU/1960/168"])


class Acts(Schema):
    """One page of legal acts in the order of codes."""

    items: list[ActEntry]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


class FormEntry(Schema):
    """A form in a list."""

    code: str = Field(description="Kod.", examples=["PB-16a"])
    title: str = Field(description="Nazwa.", examples=["Zawiadomienie o zakończeniu budowy"])
    versions: int = Field(description="Ile jest wersji.", examples=[2])


class Forms(Schema):
    """One page of forms in the order of codes."""

    items: list[FormEntry]
    next: str | None = Field(
        description="Podaj jako `cursor`, aby dostać następną stronę; null na końcu.", examples=[None]
    )


class Origins(Schema):
    """Where the value of each field of a card comes from."""

    key: str = Field(description="Klucz karty.", examples=["UW-PAS-001/uw-rzeszow"])
    sha256: str = Field(
        description="Skrót karty, o której mowa.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    origins: dict[str, Literal["model", "office", "office_record"]] = Field(
        description="Pole i jego źródło: opis wzorcowy (model), tekst urzędu (office) albo kartoteka urzędu (office_record).",
        examples=[{"title": "model", "pickup": "office", "place": "office_record"}],
    )


class Changes(Schema):
    """Changes after `since`, in the order of recording and without gaps."""

    items: list[Change]
    next: int = Field(description="Podaj jako `since` w następnym pytaniu.", examples=[4711])
    last: int = Field(
        description="Numer ostatniego wydania w dzienniku. Gdy równa się `next`, masz wszystko.", examples=[4711]
    )


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "Błąd (RFC 9457, dawniej 7807).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Rodzaj problemu."},
        "title": {"type": "string", "description": "Nazwa problemu.", "examples": ["Nie znaleziono"]},
        "status": {"type": "integer", "description": "Kod HTTP.", "examples": [404]},
        "detail": {"type": "string", "description": "Co jest źle i co zrobić."},
    },
}
REFUSALS = {
    400: "Adresu nie da się odczytać.",
    414: "Adres jest za długi.",
    422: "Parametr jest nieznany albo ma złą wartość.",
}
ABSENCES = {
    404: "Nie ma takiej treści w tym dniu albo jest wstrzymana do poprawienia.",
    410: "Treść wycofana albo po terminie.",
}


def refusals(described: dict[int, str]) -> dict[str, Any]:
    """OpenAPI description of the problem documents of an operation."""
    content = {"application/problem+json": {"schema": PROBLEM_SCHEMA}}
    return {"responses": {status: {"description": text, "content": content} for status, text in described.items()}}


def stored_answer(
    shape: Struct, description: str, example: dict[str, Any] | None = None, *, selectable: bool = False
) -> dict[str, Any]:
    """OpenAPI description of an operation that answers with stored bytes: the JSON Schema of the published shape.

    `selectable` says that the reader may ask for some of its fields (`fields`); what is whole then need not be.
    """
    schema = msgspec.json.schema(shape)
    definitions = schema.pop("$defs", {})
    described_shape = _inlined(schema, definitions)
    content = {"schema": _whole_or_selected(described_shape) if selectable else described_shape}
    content |= {"example": example} if example else {}
    described = refusals(REFUSALS | ABSENCES)
    described["responses"] |= {
        200: {"description": description, "content": {"application/json": content}},
        304: {"description": "Masz już tę treść (If-None-Match albo If-Modified-Since)."},
    }
    return described


def _whole_or_selected(schema: dict[str, Any]) -> dict[str, Any]:
    """The fields of a shape once, and beside them that either all required ones are there or any selection."""
    whole = {"title": "Całość", "description": "Bez parametru `fields`.", "required": schema["required"]}
    selected = {
        "title": "Wybrane pola",
        "description": "Z parametrem `fields`: tylko te pola, a z nich tylko niepuste.",
        "maxProperties": MOST_FIELDS,
    }
    return {name: value for name, value in schema.items() if name != "required"} | {"anyOf": [whole, selected]}


def _inlined(value: Any, definitions: dict[str, Any]) -> Any:
    """The schema with every reference replaced by what it refers to: published shapes do not contain themselves."""
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            return _inlined(definitions[reference.rpartition("/")[2]], definitions)
        return {name: _inlined(item, definitions) for name, item in value.items()}
    if isinstance(value, list):
        return [_inlined(item, definitions) for item in value]
    return value
