"""The published card: the one shape that every outlet reads (public pages, search, XML, PDF, API).

A card here is the *effective* card: model text, local text of the office and the office record already joined by
`service_catalog.presentation`. Field names follow section 2.4 of the card field table. Empty fields are left out of the
stored JSON, so that a field added later changes no hash of an edition that does not use it. For the same reason no field
has a non-empty text as default: the encoder compares defaults by identity, and a stored default would come and go.
"""

from __future__ import annotations

from typing import Literal

import msgspec

CardKind = Literal["model", "office", "local"]
"""`model`: general form of an office type; `office`: that form at one office; `local`: a card of one office only."""

TimeUnit = Literal["day", "workday", "week", "month", "year"]
Direction = Literal["within", "at_least_before", "not_earlier_than"]
Roll = Literal["next_working", "previous_working", "none"]
Availability = Literal["stała", "okresowa"]
Origin = Literal["model", "office", "office_record"]
"""Where the value of a field comes from: the model card, the office's own text, or the office record."""


class PublishedStruct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything inside an edition: immutable, named arguments only, defaults left out of the JSON."""


class Named(PublishedStruct, frozen=True, kw_only=True):
    """A reference to a named register entry."""

    code: str
    name: str


class Item(PublishedStruct, frozen=True, kw_only=True):
    """One entry of a list. `local` marks what one office added to the model ("informacja tego urzędu")."""

    text: str
    local: bool = False


class TopicPlacement(PublishedStruct, frozen=True, kw_only=True):
    """Place in the three-level topic tree: dział, kategoria, grupa usług. `path` is the joined slug of the three."""

    topic: str
    category: str
    group: str
    topic_slug: str
    category_slug: str
    group_slug: str


class LifeEventPlacement(PublishedStruct, frozen=True, kw_only=True):
    """A step of a life event at which this card helps. `order` counts from 1 within the stage."""

    event: str
    title: str
    stage: str
    order: int


class Keywords(PublishedStruct, frozen=True, kw_only=True):
    """Words by which clients look for the card; never shown as text of the card."""

    everyday: tuple[Item, ...] = ()
    official: tuple[str, ...] = ()
    misspellings: tuple[Item, ...] = ()


class Jurisdiction(PublishedStruct, frozen=True, kw_only=True):
    """Which office is competent. `basis` is one of the eleven codes of the field table, `text` says it to the client."""

    basis: str
    text: str


class Channel(PublishedStruct, frozen=True, kw_only=True):
    """A way to settle the matter. `place` and `booking` come from the office; `url` only for `internet`."""

    channel: str
    available: bool = True
    text: str = ""
    url: str = ""
    place: str = ""
    booking: str = ""
    local: bool = False


class RequiredDocument(PublishedStruct, frozen=True, kw_only=True):
    """A document to bring. `form_code` points to a form family whose version in force is listed in `forms`."""

    name: str
    requirement: Literal["always", "conditional", "alternative"]
    condition: str = ""
    form: str = ""
    count: int = 1
    note: str = ""
    form_code: str = ""


class Form(PublishedStruct, frozen=True, kw_only=True):
    """A form (attachment) in the version in force on the day of the edition."""

    code: str
    title: str
    format: str = ""
    fillable: bool = False
    version: str = ""
    url: str = ""
    note: str = ""
    local: bool = False


class Step(PublishedStruct, frozen=True, kw_only=True):
    """One step of the procedure. `actor` is who acts; `duration` is free text such as "do 30 dni"."""

    actor: Literal["client", "office"]
    text: str
    channel: str = ""
    duration: str = ""
    local: bool = False


class ActCitation(PublishedStruct, frozen=True, kw_only=True):
    """Units of a legal act. Points at the original act; `consolidated` is the newest consolidated text in force."""

    act: str
    title: str
    display: str = ""
    eli: str = ""
    consolidated: str = ""
    consolidated_eli: str = ""
    units: tuple[str, ...] = ()


class Fee(PublishedStruct, frozen=True, kw_only=True):
    """A fee. `amount` in `currency` as a decimal string ("140.00"), None when the price list gives no single price.

    `code` names a price that an office sets itself.
    Fees of different `account` are separate transfers. `account` is a 26-digit NRB, `account_owner` its holder.
    """

    code: str = ""
    kind: str
    amount: str | None
    currency: str
    text: str = ""
    condition: str = ""
    payee: str = ""
    account: str = ""
    account_owner: str = ""
    when: str = ""
    methods: tuple[str, ...] = ()
    legal_basis: ActCitation | None = None
    valid_from: str = ""
    valid_to: str = ""
    local: bool = False


class DeadlineRule(PublishedStruct, frozen=True, kw_only=True):
    """A time limit as a rule (section 2.5). With `computed` false there is only text and nothing is calculated.

    `n` counts `unit`; `calendar` is KPA57, OP12 or KC111; dates are ISO strings.
    """

    text: str
    anchor: str = ""
    n: int = 0
    unit: TimeUnit
    direction: Direction
    calendar: str
    after_end: bool = False
    roll: Roll
    satisfied_by: str = ""
    restorable: bool | None = None
    consequence: str = ""
    applies_to: str = ""
    valid_from: str = ""
    valid_to: str = ""
    computed: bool = False
    legal_basis: ActCitation | None = None
    local: bool = False


class Outcome(PublishedStruct, frozen=True, kw_only=True):
    """What the client gets: kind of document, description and how long it is valid."""

    form: str
    text: str
    validity: str = ""


class Appeal(PublishedStruct, frozen=True, kw_only=True):
    """A remedy, or "brak" with an explanation. `via` is the authority through which it is lodged."""

    remedy: str
    text: str
    authority: str = ""
    via: str = ""
    fee: str = ""
    deadline: DeadlineRule | None = None


class SpecialNeed(PublishedStruct, frozen=True, kw_only=True):
    """An adaptation for a group at risk of exclusion."""

    group: str
    text: str
    local: bool = False


class RelatedCard(PublishedStruct, frozen=True, kw_only=True):
    """A related service: before, next, instead, see. Without `symbol` the name is plain text."""

    type: Literal["before", "next", "instead", "see"]
    service: str
    symbol: str = ""


class Variant(PublishedStruct, frozen=True, kw_only=True):
    """Another version of the card: easy to read, sign language, foreign language, large print."""

    kind: str
    url: str
    title: str = ""
    language: str
    local: bool = False


class Unit(PublishedStruct, frozen=True, kw_only=True):
    """The organisational unit that answers for the card."""

    symbol: str
    name: str
    parent: str = ""
    phone: str = ""
    email: str = ""
    room: str = ""


class Contact(PublishedStruct, frozen=True, kw_only=True):
    """Contact for this matter."""

    phone: str = ""
    email: str = ""
    room: str = ""


class OfficeReference(PublishedStruct, frozen=True, kw_only=True):
    """The office of an office card or local card, with what the card page shows of the office record."""

    code: str
    name: str
    short_name: str
    town: str
    address: str
    teryt: str
    phone: str = ""
    email: str = ""
    website: str = ""
    edelivery_address: str = ""
    epuap_address: str = ""
    nip: str = ""
    regon: str = ""


class Hours(PublishedStruct, frozen=True, kw_only=True):
    """Opening hours of one weekday (0 Monday .. 6 Sunday), local time "HH:MM"."""

    weekday: int
    opens: str
    closes: str


class HoursException(PublishedStruct, frozen=True, kw_only=True):
    """Days with other hours: closed, or open at other times. Dates are ISO strings, both included."""

    date_from: str
    date_to: str
    closed: bool = True
    opens: str = ""
    closes: str = ""
    reason: str = ""


class Facility(PublishedStruct, frozen=True, kw_only=True):
    """A facility for clients at a service point. `cost` is "" or "0.00" when free."""

    kind: str
    count: int | None = None
    cost: str = ""
    how_to_ask: str = ""
    availability: Availability
    available_from: str = ""
    available_to: str = ""
    confirmed_on: str = ""


class ServicePoint(PublishedStruct, frozen=True, kw_only=True):
    """Where a client comes to. `accessibility` lists present features in Polish words."""

    name: str
    address: str
    floor: str = ""
    room: str = ""
    hours: tuple[Hours, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    booking: str = ""
    payment_methods: tuple[str, ...] = ()
    cash_machine_note: str = ""
    accessibility: tuple[str, ...] = ()
    facilities: tuple[Facility, ...] = ()


class Card(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="card/1"):
    """A card of one service as published: general form (`model`), of one office (`office`) or local (`local`)."""

    key: str
    symbol: str
    kind: CardKind
    office_type: Named
    office: OfficeReference | None = None
    service: str
    title: str
    official_name: str
    summary: str
    topic: TopicPlacement
    more_topics: tuple[TopicPlacement, ...] = ()
    life_events: tuple[LifeEventPlacement, ...] = ()
    client_groups: tuple[Item, ...] = ()
    audience: tuple[str, ...] = ()
    keywords: Keywords
    who: str
    when: str
    before_you_start: tuple[Item, ...] = ()
    jurisdiction: Jurisdiction
    channels: tuple[Channel, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    forms: tuple[Form, ...] = ()
    steps: tuple[Step, ...] = ()
    fees: tuple[Fee, ...] = ()
    exemptions: tuple[str, ...] = ()
    client_deadlines: tuple[DeadlineRule, ...] = ()
    handling_time: tuple[DeadlineRule, ...] = ()
    local_average_days: int | None = None
    local_average_on: str = ""
    outcome: Outcome
    pickup: str = ""
    appeal: tuple[Appeal, ...] = ()
    consequence_of_missing: str = ""
    mistakes: tuple[Item, ...] = ()
    special_needs: tuple[SpecialNeed, ...] = ()
    place: ServicePoint | None = None
    legal_basis: tuple[ActCitation, ...] = ()
    related: tuple[RelatedCard, ...] = ()
    local_notes: tuple[str, ...] = ()
    privacy_notice: str = ""
    responsible_unit: Unit | None = None
    contact: Contact | None = None
    variants: tuple[Variant, ...] = ()
    legal_state_date: str
    valid_from: str
    valid_to: str = ""
    version: str
    change_note: str = ""
    last_verified: str = ""
    next_review: str = ""
    origins: dict[str, Origin] = {}
    """Origin of each field that does not come from the model ("office" or "office_record")."""


class RestrictedCard(PublishedStruct, frozen=True, kw_only=True):
    """What only consultants and staff read; stored beside the public payload and never sent with it."""

    consultant_answer: str = ""
    transfer: str = ""
    transfer_target: str = ""
    internal_note: str = ""
    uncertain: tuple[str, ...] = ()
    author: str = ""


class CardTeaser(msgspec.Struct, frozen=True):
    """The part of a published card that lists show; decoding it skips the rest of the payload."""

    key: str
    symbol: str
    kind: CardKind
    title: str
    summary: str
    topic: TopicPlacement
    office_type: Named
    office: OfficeReference | None = None
    life_events: tuple[LifeEventPlacement, ...] = ()
