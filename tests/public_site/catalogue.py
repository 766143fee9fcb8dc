"""A small, complete catalogue for the tests of the outlets: one service at two offices, one local card, a life event.

Dates lie far apart, so that the tests read the same on whatever day they run: texts begin in 2020, one changes in 2090.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from life_events.published.life_event import LifeEvent, Stage
from life_events.published.life_event import Step as LifeEventStep
from publication.canonical import canonical_json
from publication.models import EditionKind, EditionState
from publication.recording import Proposal, record
from service_catalog.published import keys
from service_catalog.published.card import Card, Contact, Fee, Item, RestrictedCard, Unit
from service_catalog.published.office import Account, JurisdictionArea, Office
from service_catalog.published.register import Topic, TopicCategory, TopicGroup, TopicTree
from tests.public_site.full_card import DESK, GORZOW, MODEL, RZESZOW, UW

__all__ = ["MODEL", "RZESZOW"]

BEGINNING = datetime.date(2020, 1, 1)
FUTURE = datetime.date(2090, 1, 1)
NOON = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
CITY_ACCOUNT = "10102045950000000000000001"
OFFICE_ACCOUNT = "27101010100165261391200000"
SECRET = "TAJNE-TYLKO-DLA-KONSULTANTA"

RZESZOW_CARD = msgspec.structs.replace(
    MODEL,
    key="UW-CUD-001/uw-rzeszow",
    kind="office",
    office=RZESZOW,
    channels=(
        MODEL.channels[0],
        msgspec.structs.replace(MODEL.channels[1], place="biuro obsługi klienta, parter", local=True),
    ),
    fees=(
        msgspec.structs.replace(MODEL.fees[0], account=CITY_ACCOUNT, account_owner="Gmina Miasto Rzeszów"),
        msgspec.structs.replace(MODEL.fees[1], account=OFFICE_ACCOUNT, account_owner="Podkarpacki Urząd Wojewódzki"),
    ),
    mistakes=(*MODEL.mistakes, Item(text="Wpłata na konto miasta zamiast urzędu.", local=True)),
    pickup="w tym samym punkcie",
    local_average_days=42,
    local_average_on="2026-03-31",
    place=DESK,
    local_notes=("Ksero na parterze jest bezpłatne.",),
    privacy_notice="https://rzeszow.uw.example/rodo",
    responsible_unit=Unit(symbol="WSO-II", name="Oddział Legalizacji Pobytu", phone="17 867 11 11"),
    contact=Contact(phone="17 867 12 12", email="pobyt@uw-rzeszow.example", room="12"),
    origins={"pickup": "office", "place": "office_record"},
)
GORZOW_CARD = msgspec.structs.replace(MODEL, key="UW-CUD-001/uw-gorzow", kind="office", office=GORZOW)
LOCAL_CARD = msgspec.structs.replace(
    MODEL,
    key="UW-LOK-001/uw-rzeszow",
    symbol="UW-LOK-001",
    kind="local",
    office=RZESZOW,
    title="Zaproszenie cudzoziemca",
    life_events=(),
    related=(),
    fees=(Fee(kind="brak", amount="0.00", currency="PLN", text="Nie płacisz.", payee="brak"),),
)
RZESZOW_OFFICE = Office(
    code="uw-rzeszow",
    office_type=UW,
    name=RZESZOW.name,
    short_name=RZESZOW.short_name,
    town=RZESZOW.town,
    voivodeship="18",
    teryt=RZESZOW.teryt,
    address=RZESZOW.address,
    phone=RZESZOW.phone,
    email=RZESZOW.email,
    website=RZESZOW.website,
    bip_url="javascript:alert(1)",
    accounts=(Account(purpose="opłata skarbowa", owner="Gmina Miasto Rzeszów", number=CITY_ACCOUNT),),
    jurisdiction=(JurisdictionArea(prefix="18", name="województwo podkarpackie"),),
    units=(Unit(symbol="WSO-II", name="Oddział Legalizacji Pobytu", phone="17 867 11 11"),),
    service_points=(DESK,),
)
GORZOW_OFFICE = Office(
    code="uw-gorzow",
    office_type=UW,
    name=GORZOW.name,
    short_name=GORZOW.short_name,
    town=GORZOW.town,
    voivodeship="08",
    teryt=GORZOW.teryt,
    address=GORZOW.address,
    phone=GORZOW.phone,
)
ARRIVAL = LifeEvent(
    code="LE-12",
    title="Przyjeżdżam do Polski",
    group="Cudzoziemcy w Polsce",
    intro="Wszystko, co załatwisz po przyjeździe.",
    stages=(
        Stage(
            order=2,
            name="Praca",
            steps=(
                LifeEventStep(
                    order=1,
                    service="Zgłoszenie do ZUS",
                    provider="ZUS",
                    provider_name="Zakład Ubezpieczeń Społecznych",
                    outside=True,
                ),
            ),
        ),
        Stage(
            order=1,
            name="Pobyt",
            steps=(
                LifeEventStep(
                    order=2, service="Numer PESEL", provider="gmina", outside=True, url="https://gmina.example/pesel"
                ),
                LifeEventStep(
                    order=1,
                    service="Pobyt czasowy i praca",
                    provider="UW",
                    provider_name="urząd wojewódzki",
                    symbol="UW-CUD-001",
                ),
            ),
        ),
    ),
)
TREE = TopicTree(
    topics=(
        Topic(
            slug="cudzoziemcy",
            name="Cudzoziemcy",
            ivr_key=4,
            categories=(
                TopicCategory(
                    slug="legalny-pobyt",
                    name="Legalny pobyt",
                    groups=(TopicGroup(slug="pobyt-czasowy", name="Pobyt czasowy"),),
                ),
            ),
        ),
        Topic(slug="firma", name="Firma", ivr_key=1),
    )
)
RESTRICTED = RestrictedCard(consultant_answer=SECRET, internal_note=SECRET, author="Jan Redaktor")
CAUSE = {"kind": "card", "who": "Jan Redaktor", "why": "pierwsza publikacja"}


def labels_of(card: Card) -> frozenset[tuple[str, str]]:
    """Labels of a card as `service_catalog.published.keys` describes them."""
    found = {("symbol", card.symbol)}
    if card.office:
        found.add(("office", card.office.code))
    if card.kind != "office":
        place = card.topic
        found |= {
            ("office_type", card.office_type.code),
            ("topic", place.topic_slug),
            ("category", f"{place.topic_slug}/{place.category_slug}"),
            ("group", f"{place.topic_slug}/{place.category_slug}/{place.group_slug}"),
            *(("life_event", entry.event) for entry in card.life_events),
        }
    return frozenset(found)


def card_proposal(card: Card, **more: Any) -> Proposal:
    """A card as proposed for the log."""
    fields: dict[str, Any] = {
        "kind": EditionKind.CARD,
        "key": card.key,
        "payload": canonical_json(card),
        "restricted": canonical_json(RESTRICTED),
        "valid_from": BEGINNING,
        "cause": CAUSE,
        "labels": labels_of(card),
    }
    return Proposal(**{**fields, **more})


def tombstone(card: Card, state: EditionState, *, valid_from: datetime.date) -> Proposal:
    """The withdrawal or suspension of a card; like the authors' side it keeps the last text as payload."""
    return card_proposal(card, state=state, valid_from=valid_from)


def office_proposal(office: Office) -> Proposal:
    """An office record as proposed for the log."""
    return Proposal(
        kind=EditionKind.OFFICE,
        key=keys.office_key(office.code),
        payload=canonical_json(office),
        valid_from=BEGINNING,
        cause=CAUSE,
        labels=frozenset({("office_type", office.office_type.code), ("voivodeship", office.voivodeship)}),
    )


def publish() -> None:
    """Record the whole small catalogue."""
    record(
        [
            *(card_proposal(card) for card in (MODEL, RZESZOW_CARD, GORZOW_CARD, LOCAL_CARD)),
            office_proposal(RZESZOW_OFFICE),
            office_proposal(GORZOW_OFFICE),
            Proposal(
                kind=EditionKind.LIFE_EVENT,
                key=keys.life_event_key(ARRIVAL.code),
                payload=canonical_json(ARRIVAL),
                valid_from=BEGINNING,
                cause=CAUSE,
            ),
            Proposal(
                kind=EditionKind.REGISTER,
                key=keys.TOPIC_TREE_KEY,
                payload=canonical_json(TREE),
                valid_from=BEGINNING,
                cause=CAUSE,
            ),
        ],
        recorded_at=NOON,
    )
