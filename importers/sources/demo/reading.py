"""Typed readers of the data files of the demonstration; an unknown or missing field is an error that names the place.

Every reader raises `DemoDataError` with the file and the reason when a file does not fit its shape.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from importers.sources.demo.card_seeds import CardSeed, LocalCardSeed
from importers.sources.demo.full_card_shapes import ConsolidatedText, FullCard, FullCardFile, FullLegalAct

DATA = Path(__file__).parent / "data"
Shape = TypeVar("Shape")


class DemoDataError(ValueError):
    """A data file of the demonstration does not fit its shape."""

    def __init__(self, file: Path, reason: str, *, line: int | None = None) -> None:
        """Say in which file (and line) the fault is."""
        where = file.name if line is None else f"{file.name}, wiersz {line}"
        super().__init__(f"Plik danych pokazowych {where} ma błąd: {reason}. Popraw plik i uruchom import ponownie.")


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record that refuses unknown fields."""


class OfficeType(_Record, frozen=True, kw_only=True):
    """A type of offices, for example UW; counts are those of the demonstration."""

    no: int
    code: str
    name: str
    name_plural: str
    level: str
    subordination: str
    appeal_body_default: str
    jurisdiction_kind: str
    offices_in_set: int
    model_cards: int
    note: str


class HotlineType(_Record, frozen=True, kw_only=True):
    """A type of node of the citizens' hotline."""

    code: str
    name: str
    count: int


class OfficeTypeFile(_Record, frozen=True, kw_only=True):
    """The file of office types, with providers outside the catalogue by code."""

    note: str
    types: tuple[OfficeType, ...]
    hotline_types: tuple[HotlineType, ...]
    external_providers: dict[str, str]


class OfficeEntry(_Record, frozen=True, kw_only=True):
    """An office by its real name with the number of its cards; TERYT codes are texts of four and two digits."""

    no: int
    type: str
    name: str
    town: str
    teryt_powiat: str
    teryt_voivodeship: str
    model_cards: int
    not_offered: int
    local_only: int
    cards_total: int


class OfficeTotals(_Record, frozen=True, kw_only=True):
    """Sums over all offices."""

    offices: int
    cards: int
    types: int
    model_cards: int
    local_only: int
    not_offered: int


class OfficeFile(_Record, frozen=True, kw_only=True):
    """The file of offices."""

    note: str
    totals: OfficeTotals
    offices: tuple[OfficeEntry, ...]


class Topic(_Record, frozen=True, kw_only=True):
    """A topic (dział) with its categories; only nine topics have a telephone key."""

    name: str
    ivr_key: int | None
    categories: tuple[str, ...]


class _TopicFile(_Record, frozen=True, kw_only=True):
    note: str
    topics: tuple[Topic, ...]


class _ShortLegalAct(_Record, frozen=True, kw_only=True):
    type: str
    title: str
    date: str | None
    eli: str | None
    confidence: str
    celex: str | None = None


class LegalActEntry(_Record, frozen=True, kw_only=True):
    """An act of either file; None means that the value is not known and must not be guessed."""

    code: str
    type: str
    title: str
    date: str | None
    eli: str | None
    isap: str | None
    celex: str | None
    display: str | None
    confidence: str
    consolidated: tuple[ConsolidatedText, ...]
    note: str


class EventStep(_Record, frozen=True, kw_only=True):
    """A step of a life event; the provider is an office type or an external provider."""

    order: int
    service: str
    provider: str
    provider_name: str
    in_catalogue: bool


class EventStage(_Record, frozen=True, kw_only=True):
    """A stage of a life event."""

    order: int
    name: str
    steps: tuple[EventStep, ...]


class LifeEvent(_Record, frozen=True, kw_only=True):
    """A life event with ordered stages."""

    code: str
    title: str
    group: str
    note: str | None
    stages: tuple[EventStage, ...]


class EventTotals(_Record, frozen=True, kw_only=True):
    """Sums over all life events."""

    events: int
    placements: int
    unique_services: int
    government: int
    external: int


class LifeEventFile(_Record, frozen=True, kw_only=True):
    """The file of life events."""

    events: tuple[LifeEvent, ...]
    totals: EventTotals


class GoodPractice(_Record, frozen=True, kw_only=True):
    """A good practice of the published collection."""

    code: str
    title: str
    category: Literal["informatyczne", "komunikacyjne", "organizacyjne", "lokalowe", "dostępność"]
    offices: tuple[str, ...]
    facilities: tuple[str, ...]
    problem: str
    beneficiaries: tuple[str, ...]
    effects: tuple[str, ...]
    availability: str
    source: str
    how: str = ""
    place: str = ""


class Voivodeship(_Record, frozen=True, kw_only=True):
    """A voivodeship with its seats in words."""

    code: str
    name: str
    capital: str


def _decoded(file: Path, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(file.read_bytes(), type=shape)
    except (msgspec.DecodeError, OSError) as fault:
        raise DemoDataError(file, str(fault)) from fault


def decoded_lines(file: Path, shape: type[Shape]) -> Iterator[Shape]:
    """Yield one record per line of a JSON Lines file; an error names the line."""
    decoder = msgspec.json.Decoder(shape)
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as fault:
                raise DemoDataError(file, str(fault), line=number) from fault


@cache
def office_type_file() -> OfficeTypeFile:
    """Return the file of office types with hotline types and external providers."""
    return _decoded(DATA / "office_types.json", OfficeTypeFile)


def office_types() -> tuple[OfficeType, ...]:
    """Return the 27 office types in their order."""
    return office_type_file().types


@cache
def office_file() -> OfficeFile:
    """Return the file of offices with its totals."""
    return _decoded(DATA / "offices.json", OfficeFile)


def offices() -> tuple[OfficeEntry, ...]:
    """Return the 100 offices in their order."""
    return office_file().offices


def topics() -> tuple[Topic, ...]:
    """Return the topics in their order."""
    return _decoded(DATA / "topics.json", _TopicFile).topics


@cache
def _full_card_file() -> FullCardFile:
    return _decoded(DATA / "full_cards.json", FullCardFile)


def full_cards() -> tuple[FullCard, ...]:
    """Return the twelve exemplary cards."""
    return _full_card_file().cards


def acts() -> dict[str, LegalActEntry]:
    """Return all legal acts by code, sorted; the fuller entry of the exemplary cards wins over the short one."""
    short = _decoded(DATA / "acts.json", dict[str, _ShortLegalAct])
    merged = {code: _from_short(code, act) for code, act in short.items()}
    merged |= {code: _from_full(code, act) for code, act in _full_card_file().legal_acts.items()}
    return dict(sorted(merged.items()))


def _from_short(code: str, act: _ShortLegalAct) -> LegalActEntry:
    return LegalActEntry(
        code=code,
        type=act.type,
        title=act.title,
        date=act.date,
        eli=act.eli,
        isap=None,
        celex=act.celex,
        display=None,
        confidence=act.confidence,
        consolidated=(),
        note="",
    )


def _from_full(code: str, act: FullLegalAct) -> LegalActEntry:
    return LegalActEntry(
        code=code,
        type=act.type,
        title=act.title,
        date=act.date,
        eli=act.eli,
        isap=act.isap,
        celex=None,
        display=act.display,
        confidence="pewne",
        consolidated=act.consolidated,
        note=act.note,
    )


def model_card_seeds() -> Iterator[CardSeed]:
    """Yield the short model cards: files by name, lines in their order."""
    for file in sorted((DATA / "model_cards").glob("*.jsonl")):
        yield from decoded_lines(file, CardSeed)


def local_card_seeds() -> Iterator[LocalCardSeed]:
    """Yield the cards that only one office has."""
    yield from decoded_lines(DATA / "local_cards.jsonl", LocalCardSeed)


@cache
def life_event_file() -> LifeEventFile:
    """Return the file of life events with its totals."""
    return _decoded(DATA / "life_events.json", LifeEventFile)


def life_events() -> tuple[LifeEvent, ...]:
    """Return the life events in their order."""
    return life_event_file().events


def good_practices() -> tuple[GoodPractice, ...]:
    """Return the good practices."""
    return _decoded(DATA / "good_practices.json", tuple[GoodPractice, ...])


def voivodeships() -> tuple[Voivodeship, ...]:
    """Return the 16 voivodeships by code."""
    return _decoded(DATA / "teryt_voivodeships.json", tuple[Voivodeship, ...])
