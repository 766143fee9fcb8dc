"""Shapes of the short cards: model cards of the catalogue and local cards of single offices.

Limits are those of the short form; fields left out of a file take the defaults named here.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

CardId = Annotated[str, Meta(pattern=r"^[A-Z]+-[A-Z]{3}-\d{3}$")]
Audience = Literal["obywatel", "przedsiębiorca", "cudzoziemiec", "rolnik", "instytucja"]
Requirement = Literal["always", "conditional", "alternative"]
TimeUnit = Literal["day", "workday", "week", "month", "year"]
Calendar = Literal["KPA57", "OP12", "KC111"]
Direction = Literal["within", "at_least_before", "not_earlier_than"]
Roll = Literal["next_working", "previous_working", "none"]
SatisfiedBy = Literal["dispatch", "receipt", "action_in_system", "action_by_office"]
JurisdictionBasis = Literal[
    "any",
    "client_residence",
    "client_stay",
    "client_residence_or_property",
    "client_residence_or_seat",
    "business_place",
    "activity_place",
    "property_location",
    "school_seat",
    "document_origin",
    "event_place",
]
ChannelName = Literal["osobiście", "poczta", "internet", "e-doręczenia", "telefon", "konsul", "przez gminę"]
Remedy = Literal["odwołanie", "zażalenie", "sprzeciw", "skarga", "ponowne rozpatrzenie", "ponaglenie", "brak"]
RelationType = Literal["before", "next", "instead", "see"]
Actor = Literal["client", "office"]
Amount = Annotated[str, Meta(pattern=r"^\d+\.\d{2}$")]
Count = Annotated[int, Meta(ge=0)]
Phrase = Annotated[str, Meta(min_length=2)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a card that refuses unknown fields."""


class Keywords(_Part, frozen=True, kw_only=True):
    """Words by which people look for the service."""

    everyday: Annotated[tuple[Phrase, ...], Meta(min_length=3, max_length=8)]
    official: tuple[Phrase, ...] = ()
    misspellings: tuple[Phrase, ...] = ()


class CardJurisdiction(_Part, frozen=True, kw_only=True):
    """How the competent office is found, and that in words."""

    basis: JurisdictionBasis
    text: str


class SeedDocument(_Part, frozen=True, kw_only=True):
    """A document the client brings; the form defaults to an original."""

    name: Annotated[str, Meta(min_length=3)]
    requirement: Requirement
    condition: str = ""
    form: str = "oryginał"


class SeedStep(_Part, frozen=True, kw_only=True):
    """One step of the client or of the office; `time` is text."""

    actor: Actor
    text: Annotated[str, Meta(min_length=5, max_length=200)]
    time: str = ""


class SeedFee(_Part, frozen=True, kw_only=True):
    """A fee in PLN; an unknown or local amount is None."""

    kind: Literal["opłata skarbowa", "opłata ustawowa", "cennik urzędu"]
    amount: Amount | None
    payee: Literal["urząd", "miasto siedziby", "budżet"]
    condition: str = ""


class SeedHandlingTime(_Part, frozen=True, kw_only=True):
    """How long the office takes; without `n` there is only the text."""

    text: Annotated[str, Meta(min_length=4)]
    n: Count | None = None
    unit: TimeUnit | None = None
    calendar: Calendar | None = None


class SeedDeadline(_Part, frozen=True, kw_only=True):
    """A time limit of the client; `n` of 0 means that nothing is computed and the text is shown."""

    text: str
    anchor: str
    n: Count
    unit: TimeUnit
    direction: Direction
    calendar: Calendar
    roll: Roll
    satisfied_by: SatisfiedBy
    consequence: str


class SeedOutcome(_Part, frozen=True, kw_only=True):
    """What the client gets."""

    form: str
    text: Annotated[str, Meta(min_length=5)]
    validity: str = ""


class SeedAppeal(_Part, frozen=True, kw_only=True):
    """The remedy; „brak” comes with an explanation."""

    remedy: Remedy
    text: Annotated[str, Meta(min_length=5)]
    authority: str = ""
    n: int | None = None
    unit: Literal["day", "month"] | None = None


class SpecialNeed(_Part, frozen=True, kw_only=True):
    """An adaptation for a group at risk of exclusion."""

    group: Annotated[str, Meta(min_length=3)]
    text: Annotated[str, Meta(min_length=5)]


class LegalReference(_Part, frozen=True, kw_only=True):
    """The code of an act and its units."""

    act: Annotated[str, Meta(min_length=2)]
    units: tuple[str, ...] = ()


class RelatedService(_Part, frozen=True, kw_only=True):
    """A related service by name."""

    type: RelationType
    service: str


class CardSeed(_Part, frozen=True, kw_only=True):
    """A model card in the short form."""

    card_id: CardId
    office_type: Annotated[str, Meta(pattern=r"^[A-Z]+$")]
    service: Annotated[str, Meta(min_length=5, max_length=120)]
    title: Annotated[str, Meta(min_length=5, max_length=70)]
    official_name: Annotated[str, Meta(min_length=5, max_length=250)]
    summary: Annotated[str, Meta(min_length=60, max_length=300)]
    consultant_answer: Annotated[str, Meta(min_length=60, max_length=420)]
    topic: tuple[str, str, str]
    audience: Annotated[tuple[Audience, ...], Meta(min_length=1)]
    keywords: Keywords
    who: Annotated[str, Meta(min_length=10, max_length=500)]
    when: Annotated[str, Meta(min_length=5, max_length=400)]
    before_you_start: Annotated[tuple[Annotated[str, Meta(max_length=200)], ...], Meta(max_length=4)] = ()
    jurisdiction: CardJurisdiction
    channels: Annotated[tuple[ChannelName, ...], Meta(min_length=1)]
    documents: Annotated[tuple[SeedDocument, ...], Meta(min_length=1, max_length=7)]
    steps: Annotated[tuple[SeedStep, ...], Meta(min_length=2, max_length=8)]
    fees: tuple[SeedFee, ...]
    exemptions: tuple[str, ...] = ()
    handling_time: SeedHandlingTime
    client_deadlines: tuple[SeedDeadline, ...]
    outcome: SeedOutcome
    appeal: SeedAppeal
    mistakes: Annotated[tuple[Annotated[str, Meta(min_length=5)], ...], Meta(min_length=1, max_length=4)]
    special_needs: Annotated[tuple[SpecialNeed, ...], Meta(min_length=1)]
    legal_basis: Annotated[tuple[LegalReference, ...], Meta(min_length=1)]
    related: tuple[RelatedService, ...] = ()
    transfer: Annotated[str, Meta(max_length=250)]
    uncertain: tuple[str, ...]


class LocalCardSeed(CardSeed, frozen=True, kw_only=True):
    """A card of one office only; `office` is the code of the office."""

    office: str
