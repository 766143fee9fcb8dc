"""Shapes of the twelve exemplary cards in full form, with the legal acts that stand in the same file."""

from typing import Literal

import msgspec

from importers.sources.demo.card_seeds import (
    Actor,
    Audience,
    Calendar,
    CardId,
    CardJurisdiction,
    Direction,
    Keywords,
    LegalReference,
    RelatedService,
    Remedy,
    Requirement,
    Roll,
    SatisfiedBy,
    SpecialNeed,
    TimeUnit,
)


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a card that refuses unknown fields."""


class CardTopic(_Part, frozen=True, kw_only=True):
    """Place in the tree of topics: dział, kategoria, grupa usług."""

    dzial: str
    kategoria: str
    grupa_uslug: str


class EventPlacement(_Part, frozen=True, kw_only=True):
    """Place of the card in a life event."""

    event: str
    stage: str
    order: int


class FullChannel(_Part, frozen=True, kw_only=True):
    """A way to settle the matter and remarks on it."""

    channel: str
    available: bool
    text: str


class FullDocument(_Part, frozen=True, kw_only=True):
    """A document; `attachment` is the code of a form."""

    name: str
    requirement: Requirement
    form: str
    condition: str | None
    count: int
    note: str | None
    attachment: str | None


class FullAttachment(_Part, frozen=True, kw_only=True):
    """A form or price list of the card."""

    code: str
    title: str
    format: str
    fillable: bool
    note: str = ""


class FullStep(_Part, frozen=True, kw_only=True):
    """One step with its number, way and time."""

    n: int
    actor: Actor
    text: str
    channel: str | None
    time: str | None


class FullFee(_Part, frozen=True, kw_only=True):
    """A fee with the account policy, ways to pay and legal basis."""

    kind: str
    amount: str | None
    currency: Literal["PLN"]
    text: str
    condition: str | None
    payee: str
    account: str | None
    when: str
    methods: tuple[str, ...]
    legal_basis: LegalReference
    valid_from: str | None


class FullTimeLimit(_Part, frozen=True, kw_only=True):
    """A time-limit rule in full: for the client, for the office, or for an appeal."""

    after_end: bool | None
    id: str
    text: str
    anchor: str
    n: int
    unit: TimeUnit
    direction: Direction
    calendar: Calendar
    roll: Roll
    satisfied_by: SatisfiedBy
    restorable: bool | None
    consequence: str | None
    applies_to: str | None
    valid_from: str | None
    valid_to: str | None
    legal_basis: LegalReference | None


class FullOutcome(_Part, frozen=True, kw_only=True):
    """What the client gets."""

    form: str
    text: str
    validity: str | None


class FullAppeal(_Part, frozen=True, kw_only=True):
    """A remedy with its time limit."""

    remedy: Remedy
    authority: str | None
    via: str | None
    fee: str | None
    text: str
    deadline: FullTimeLimit | None


class FullTransfer(_Part, frozen=True, kw_only=True):
    """When the consultant transfers the call and to whom."""

    when: str
    target: str


class FullGovernance(_Part, frozen=True, kw_only=True):
    """Dates and version of the card."""

    legal_state_date: str
    valid_from: str
    version: str
    next_review: str
    change_note: str = ""


class UncertainField(_Part, frozen=True, kw_only=True):
    """A field nobody has confirmed, and why."""

    field: str
    reason: str


class ReadabilityMeasures(_Part, frozen=True, kw_only=True):
    """Measures computed for one text; the names are those of the file."""

    words: int
    sentences: int
    long_sentences: int
    asl: float
    hard: int
    hard_pct: float
    fog: float
    pisarek_lin: float
    pisarek_nl: float
    lix: float
    top: tuple[str, ...] = ()


class CardReadability(_Part, frozen=True, kw_only=True):
    """Measures of three texts of the card."""

    consultant_answer: ReadabilityMeasures
    summary: ReadabilityMeasures
    body: ReadabilityMeasures


class FullCard(_Part, frozen=True, kw_only=True):
    """An exemplary model card with every field."""

    card_id: CardId
    kind: Literal["model"]
    office_type: str
    service: str
    title: str
    official_name: str
    summary: str
    consultant_answer: str
    topic: CardTopic
    life_events: tuple[EventPlacement, ...]
    client_groups: tuple[str, ...]
    audience: tuple[Audience, ...]
    keywords: Keywords
    who: str
    when: str
    before_you_start: tuple[str, ...]
    jurisdiction: CardJurisdiction
    channels: tuple[FullChannel, ...]
    documents: tuple[FullDocument, ...]
    attachments: tuple[FullAttachment, ...]
    steps: tuple[FullStep, ...]
    fees: tuple[FullFee, ...]
    exemptions: tuple[str, ...]
    client_deadlines: tuple[FullTimeLimit, ...]
    handling_time: tuple[FullTimeLimit, ...]
    outcome: FullOutcome
    appeal: tuple[FullAppeal, ...]
    consequence_of_missing: str | None
    mistakes: tuple[str, ...]
    special_needs: tuple[SpecialNeed, ...]
    legal_basis: tuple[LegalReference, ...]
    related: tuple[RelatedService, ...]
    transfer: FullTransfer
    governance: FullGovernance
    uncertain: tuple[UncertainField, ...]
    sources: tuple[str, ...]
    readability: CardReadability


class ConsolidatedText(_Part, frozen=True, kw_only=True):
    """An announced consolidated text of an act."""

    display: str
    eli: str
    isap: str
    confidence: str


class FullLegalAct(_Part, frozen=True, kw_only=True):
    """A legal act with its place of announcement."""

    type: str
    title: str
    date: str
    publisher: Literal["DU", "MP"]
    year: int
    number: int | None
    position: int
    display: str
    eli: str
    isap: str
    eli_uri: str
    consolidated: tuple[ConsolidatedText, ...]
    note: str = ""


class FieldDocumentation(_Part, frozen=True, kw_only=True):
    """One row of the table of card fields."""

    path: str
    label: str
    type: str
    required: str
    override_policy: str
    example: str


class OverrideExample(_Part, frozen=True, kw_only=True):
    """One local value in the example of an office card."""

    value: str
    policy: str
    reason: str = ""
    uncertain: bool = False
    source: str = ""


class OfficeCardExample(_Part, frozen=True, kw_only=True):
    """The example of an office card that inherits from a model card."""

    card_id: str
    kind: Literal["office"]
    model: CardId
    model_version: str
    office: str
    teryt: str
    overrides: dict[str, OverrideExample]
    inherited_locked: tuple[str, ...]
    status: str
    conflicts: tuple[str, ...]


class FullCardFile(_Part, frozen=True, kw_only=True):
    """The whole file of exemplary cards."""

    schema_version: str
    language: str
    legal_state_note: str
    conventions: dict[str, str]
    field_documentation: tuple[FieldDocumentation, ...]
    legal_acts: dict[str, FullLegalAct]
    cards: tuple[FullCard, ...]
    office_card_example: OfficeCardExample
