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
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
    Contact,
    DeadlineRule,
    Facility,
    Fee,
    Form,
    Hours,
    HoursException,
    Item,
    Jurisdiction,
    Keywords,
    LifeEventPlacement,
    Named,
    OfficeReference,
    Outcome,
    RelatedCard,
    RequiredDocument,
    RestrictedCard,
    ServicePoint,
    SpecialNeed,
    Step,
    TopicPlacement,
    Unit,
    Variant,
)
from service_catalog.published.office import Account, JurisdictionArea, Office
from service_catalog.published.register import Topic, TopicCategory, TopicGroup, TopicTree

BEGINNING = datetime.date(2020, 1, 1)
FUTURE = datetime.date(2090, 1, 1)
NOON = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
CITY_ACCOUNT = "10102045950000000000000001"
OFFICE_ACCOUNT = "27101010100165261391200000"
SECRET = "TAJNE-TYLKO-DLA-KONSULTANTA"

UW = Named(code="UW", name="urząd wojewódzki")
RZESZOW = OfficeReference(
    code="uw-rzeszow",
    name="Podkarpacki Urząd Wojewódzki w Rzeszowie",
    short_name="Podkarpacki UW",
    town="Rzeszów",
    address="ul. Grunwaldzka 15, 35-959 Rzeszów",
    teryt="1863011",
    phone="17 867 10 00",
    email="kancelaria@uw-rzeszow.example",
    website="https://rzeszow.uw.example/",
    edelivery_address="AE:PL-00000-00000-ABCDE-00",
)
GORZOW = OfficeReference(
    code="uw-gorzow",
    name="Lubuski Urząd Wojewódzki w Gorzowie Wielkopolskim",
    short_name="Lubuski UW",
    town="Gorzów Wielkopolski",
    address="ul. Jagiellończyka 8, 66-400 Gorzów Wielkopolski",
    teryt="0861011",
    phone="95 785 10 00",
)
STAY = TopicPlacement(
    topic="Cudzoziemcy",
    category="Legalny pobyt",
    group="Pobyt czasowy",
    topic_slug="cudzoziemcy",
    category_slug="legalny-pobyt",
    group_slug="pobyt-czasowy",
)
FOREIGNERS = ActCitation(
    act="CUDZ",
    title="Ustawa o cudzoziemcach",
    display="Dz.U. 2013 poz. 1650",
    eli="DU/2013/1650",
    consolidated="Dz.U. 2025 poz. 1079",
    consolidated_eli="DU/2025/1079",
    units=("art. 105", "art. 112a"),
)
DESK = ServicePoint(
    name="Biuro obsługi klienta",
    address="ul. Grunwaldzka 15, 35-959 Rzeszów",
    floor="parter",
    room="12",
    hours=(
        Hours(weekday=0, opens="07:30", closes="18:00"),
        *(Hours(weekday=weekday, opens="07:30", closes="15:30") for weekday in (1, 2, 3, 4)),
    ),
    exceptions=(
        HoursException(date_from="2026-12-24", date_to="2026-12-26", reason="święta"),
        HoursException(date_from="2019-12-24", date_to="2019-12-26", reason="dawne święta"),
    ),
    booking="https://wizyty.uw.example/rzeszow",
    payment_methods=("karta", "BLIK"),
    accessibility=("wejście bez schodów", "pętla indukcyjna"),
    facilities=(
        Facility(
            kind="bezpłatne ksero",
            cost="0.00",
            how_to_ask="poproś pracownika",
            availability="stała",
            confirmed_on="2026-03-01",
        ),
        Facility(kind="kolejkomat", availability="stała", confirmed_on="2021-03-01"),
        Facility(
            kind="pomoc przy spisie",
            availability="okresowa",
            available_from="2021-04-01",
            available_to="2021-09-30",
            confirmed_on="2021-04-01",
        ),
    ),
)


def rule(text: str, **more: Any) -> DeadlineRule:
    """A time limit counted by the code of administrative procedure."""
    return DeadlineRule(
        **{"text": text, "unit": "day", "direction": "within", "calendar": "KPA57", "roll": "next_working", **more}
    )


MODEL = Card(
    key="UW-CUD-001",
    symbol="UW-CUD-001",
    kind="model",
    office_type=UW,
    service="Zezwolenie na pobyt czasowy i pracę",
    title="Pobyt czasowy i praca w Polsce",
    official_name="Udzielenie cudzoziemcowi zezwolenia na pobyt czasowy i pracę",
    summary="Jesteś cudzoziemcem i chcesz pracować w Polsce dłużej niż 3 miesiące? Złóż wniosek o jedno zezwolenie.",
    topic=STAY,
    life_events=(LifeEventPlacement(event="LE-12", title="Przyjeżdżam do Polski", stage="Pobyt", order=1),),
    client_groups=(Item(text="cudzoziemiec spoza UE"), Item(text="pracodawca")),
    audience=("cudzoziemiec", "przedsiębiorca"),
    keywords=Keywords(everyday=(Item(text="karta pobytu"),)),
    who="Cudzoziemiec spoza Unii Europejskiej, który jest w Polsce legalnie i ma pracę albo obietnicę pracy.",
    when="Najpóźniej w ostatnim dniu legalnego pobytu w Polsce.",
    before_you_start=(Item(text="Potrzebujesz konta w MOS i podpisu elektronicznego."),),
    jurisdiction=Jurisdiction(basis="client_stay", text="Wojewoda właściwy dla miejsca, w którym mieszkasz w Polsce."),
    channels=(
        Channel(channel="internet", text="jedyna droga złożenia wniosku", url="https://mos.example.gov.pl/"),
        Channel(channel="osobiście", available=False, text="Do urzędu przyjdziesz dopiero na wezwanie."),
    ),
    documents=(
        RequiredDocument(name="Skan wszystkich stron paszportu", requirement="always", form="skan"),
        RequiredDocument(
            name="Dowód ubezpieczenia",
            requirement="conditional",
            condition="jeśli nie wynika z umowy o pracę",
            form="skan",
        ),
    ),
    forms=(
        Form(
            code="ZAL-1",
            title="Załącznik nr 1",
            format="PDF",
            fillable=True,
            version="3",
            url="https://uw.example/zal1.pdf",
        ),
    ),
    steps=(
        Step(actor="client", text="Załóż konto w MOS i zaloguj się przez login.gov.pl.", channel="internet"),
        Step(actor="office", text="Urząd wydaje decyzję.", duration="do 60 dni"),
        Step(actor="client", text="Odbierz kartę pobytu.", channel="osobiście"),
    ),
    fees=(
        Fee(
            kind="opłata skarbowa za zezwolenie",
            amount="440.00",
            currency="PLN",
            payee="miasto – siedziba urzędu",
            when="przed wysłaniem wniosku",
            methods=("przelew",),
        ),
        Fee(
            kind="opłata za kartę pobytu",
            amount="100.00",
            currency="PLN",
            payee="urząd wojewódzki",
            when="po decyzji",
            methods=("przelew", "karta"),
        ),
        Fee(kind="opłata dawna", amount="50.00", currency="PLN", payee="urząd wojewódzki", valid_to="2019-12-31"),
    ),
    exemptions=("Ofiary handlu ludźmi nie płacą za kartę.",),
    client_deadlines=(
        rule(
            "najpóźniej w ostatnim dniu legalnego pobytu",
            anchor="koniec legalnego pobytu",
            consequence="Urząd odmówi wszczęcia postępowania.",
            restorable=False,
            satisfied_by="action_in_system",
            computed=True,
        ),
        rule("papierowy wniosek do 26 kwietnia 2019", valid_to="2019-04-26"),
    ),
    handling_time=(rule("60 dni od złożenia kompletnego wniosku", n=60, computed=True),),
    outcome=Outcome(form="decyzja i dokument", text="Decyzja i karta pobytu", validity="do 3 lat"),
    appeal=(
        Appeal(
            remedy="odwołanie",
            text="Nie zgadzasz się z decyzją? Masz 14 dni na odwołanie.",
            authority="Szef Urzędu do Spraw Cudzoziemców",
            via="wojewoda",
            fee="0.00",
            deadline=rule("14 dni od doręczenia decyzji", n=14, satisfied_by="dispatch", computed=True),
        ),
    ),
    consequence_of_missing="Po terminie twój pobyt może być nielegalny.",
    mistakes=(Item(text="Brak części pracodawcy."),),
    special_needs=(SpecialNeed(group="osoba głucha", text="Tłumacz PJM, zgłoś 3 dni robocze wcześniej."),),
    legal_basis=(
        FOREIGNERS,
        ActCitation(act="KPA", title="Kodeks postępowania administracyjnego", units=("art. 127",)),
    ),
    related=(
        RelatedCard(type="next", service="Zezwolenie na pobyt stały"),
        RelatedCard(type="see", service="Zaproszenie", symbol="UW-LOK-001"),
    ),
    variants=(Variant(kind="ETR", url="https://uw.example/etr", title="Tekst łatwy do czytania", language="pl"),),
    legal_state_date="2026-05-01",
    valid_from="2020-01-01",
    version="2.0",
    change_note="zmiana drogi złożenia",
)

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
