"""A small catalogue for the tests of the search: eight services, two of them at several offices, one local card."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from publication.canonical import canonical_json
from publication.models import EditionKind, EditionState
from publication.recording import Proposal, record
from service_catalog.published import keys
from service_catalog.published.card import (
    Card,
    Fee,
    Form,
    Item,
    Jurisdiction,
    Keywords,
    LifeEventPlacement,
    Named,
    OfficeReference,
    Outcome,
    RestrictedCard,
    TopicPlacement,
)
from service_catalog.published.office import JurisdictionArea, Office

BEGINNING = datetime.date(2026, 1, 1)
TODAY = datetime.date(2026, 5, 4)
RECORDED_AT = datetime.datetime(2026, 5, 4, 9, 0, tzinfo=datetime.UTC)
SECRET = "tajnehasłokonsultanta"

TYPES = {
    "UW": Named(code="UW", name="urząd wojewódzki"),
    "US": Named(code="US", name="urząd skarbowy"),
    "KWP": Named(code="KWP", name="komenda wojewódzka Policji"),
}


def topic(topic: str, category: str, slug: str) -> TopicPlacement:
    """A place in the topic tree with one group."""
    return TopicPlacement(
        topic=topic, category=category, group="Wszystko", topic_slug=slug, category_slug="kategoria", group_slug="grupa"
    )


PASSPORTS = topic("Paszporty", "Wyrób i wymiana", "paszporty")
TAXES = topic("Podatki", "Zaświadczenia", "podatki")
BUSINESS = topic("Firma", "Zmiany w działalności", "firma")
SAFETY = topic("Bezpieczeństwo", "Zgody Policji", "bezpieczenstwo")


def card(symbol: str, title: str, summary: str, placed: TopicPlacement, **more: Any) -> Card:
    """A general card; `everyday` and `misspellings` are texts."""
    everyday, misspellings = more.pop("everyday", ()), more.pop("misspellings", ())
    values: dict[str, Any] = {
        "key": symbol,
        "symbol": symbol,
        "kind": "model",
        "office_type": TYPES[symbol.split("-", maxsplit=1)[0]],
        "service": title,
        "title": title,
        "official_name": title,
        "summary": summary,
        "topic": placed,
        "audience": ("obywatel",),
        "keywords": Keywords(
            everyday=tuple(Item(text=text) for text in everyday),
            misspellings=tuple(Item(text=text) for text in misspellings),
        ),
        "who": "Każdy, kogo to dotyczy.",
        "when": "Przez cały rok.",
        "jurisdiction": Jurisdiction(basis="seat", text="Właściwy jest urząd na danym terenie."),
        "outcome": Outcome(form="dokument", text="Dostaniesz dokument."),
        "legal_state_date": "2026-01-01",
        "valid_from": "2026-01-01",
        "version": "1.0",
        **more,
    }
    return Card(**values)


CHILD = card(
    "UW-PAS-002",
    "Paszport dla dziecka",
    "Wyrobisz paszport dla córki lub syna. Przychodzisz z dzieckiem. Opłata to 30 zł.",
    PASSPORTS,
    everyday=("dokument na wakacje z maluchem",),
    fees=(Fee(kind="opłata paszportowa", amount="30.00", currency="PLN"),),
    life_events=(LifeEventPlacement(event="LE-05", title="Rodzi mi się dziecko", stage="Dokumenty", order=1),),
)
ADULT = card(
    "UW-PAS-001",
    "Paszport dla osoby dorosłej",
    "Wyrobisz paszport na 10 lat. Potrzebujesz zdjęcia i dowodu opłaty.",
    PASSPORTS,
    everyday=("wyjazd do Anglii",),
)
LOST = card(
    "UW-PAS-004",
    "Zgubiony albo skradziony paszport – zgłoś",
    "Zgłoś utratę, żeby nikt nie użył twojego dokumentu.",
    PASSPORTS,
    everyday=("zgubiłem paszport",),
)
DEBTS = card(
    "US-ZAS-001",
    "Zaświadczenie, że nie masz długów podatkowych",
    "Urząd potwierdzi, że płacisz podatki na czas.",
    TAXES,
    everyday=("papier ze skarbówki", "zaświadczenie o niezaleganiu"),
    misspellings=("zaswiadczenie",),
    audience=("obywatel", "przedsiębiorca"),
)
INCOME = card(
    "US-ZAS-003",
    "Zaświadczenie o dochodach",
    "Urząd napisze, ile zarobiłeś w wybranym roku.",
    TAXES,
    forms=(Form(code="PIT-37", title="Zeznanie roczne PIT-37"),),
)
INHERITANCE = card(
    "US-SPA-001",
    "Zgłoś spadek od najbliższej rodziny (SD-Z2)",
    "Masz 6 miesięcy. Zgłoszenie zwalnia cię z podatku.",
    TAXES,
)
RESUME = card(
    "US-WZN-001",
    "Wznów działalność gospodarczą",
    "Firma była zawieszona? Wznowisz ją jednym wnioskiem.",
    BUSINESS,
    everyday=("odwieszenie firmy", "odwiesić działalność"),
    audience=("przedsiębiorca",),
)
GUN = card("KWP-POZ-001", "Pozwolenie na broń", "Potrzebujesz ważnego powodu, badań i egzaminu.", SAFETY)
GENERAL = (CHILD, ADULT, LOST, DEBTS, INCOME, INHERITANCE, RESUME, GUN)


def office(code: str, name: str, town: str, teryt: str, *areas: str) -> Office:
    """An office; an area that begins with a minus is taken out."""
    return Office(
        code=code,
        office_type=TYPES[code.split("-", maxsplit=1)[0].upper()],
        name=name,
        short_name=name,
        town=town,
        voivodeship=teryt[:2],
        teryt=teryt,
        address="ul. Główna 1",
        jurisdiction=tuple(
            JurisdictionArea(prefix=area.lstrip("-"), include=not area.startswith("-")) for area in areas
        ),
    )


RZESZOW = office("uw-rzeszow", "Podkarpacki Urząd Wojewódzki w Rzeszowie", "Rzeszów", "1863011", "18")
GORZOW = office("uw-gorzow", "Lubuski Urząd Wojewódzki w Gorzowie", "Gorzów Wielkopolski", "0861011", "08")
FIRST_TAX = office(
    "us-rzeszow-1", "Pierwszy Urząd Skarbowy w Rzeszowie", "Rzeszów", "1863011", "1863", "1816", "-1816042"
)
BOGUCHWALA = office("us-boguchwala", "Urząd Skarbowy w Boguchwale", "Boguchwała", "1816042", "1816042")
OFFICES = (RZESZOW, GORZOW, FIRST_TAX, BOGUCHWALA)


def at_office(general: Card, where: Office, **more: Any) -> Card:
    """The card of an office; `more` replaces fields."""
    reference = OfficeReference(
        code=where.code,
        name=where.name,
        short_name=where.name,
        town=where.town,
        address=where.address,
        teryt=where.teryt,
    )
    return msgspec.structs.replace(
        general, **{"key": f"{general.symbol}/{where.code}", "kind": "office", "office": reference, **more}
    )


LOCAL = at_office(
    card("UW-LOK-001", "Dyżur paszportowy w Bieszczadach", "Raz w miesiącu przyjeżdżamy do Ustrzyk.", PASSPORTS),
    RZESZOW,
    kind="local",
)
AT_OFFICES = (
    at_office(CHILD, RZESZOW, local_notes=("Automat biletowy stoi przy szatni.",)),
    at_office(CHILD, GORZOW, fees=(Fee(kind="opłata paszportowa", amount="35.00", currency="PLN"),)),
    at_office(ADULT, RZESZOW),
    at_office(DEBTS, FIRST_TAX),
    at_office(DEBTS, BOGUCHWALA),
    LOCAL,
)


def proposal(published: Card, *, valid_from: datetime.date = BEGINNING, **more: Any) -> Proposal:
    """A card for the log, labelled as `service_catalog.published.keys` says."""
    labels = {("symbol", published.symbol)}
    if published.office:
        labels.add(("office", published.office.code))
    return Proposal(
        kind=EditionKind.CARD,
        key=published.key,
        payload=canonical_json(published),
        restricted=canonical_json(RestrictedCard(internal_note=SECRET)),
        valid_from=valid_from,
        labels=frozenset(labels),
        **more,
    )


def tombstone(published: Card, *, state: str = EditionState.WITHDRAWN, valid_from: datetime.date = TODAY) -> Proposal:
    """The withdrawal of a card."""
    return Proposal(kind=EditionKind.CARD, key=published.key, payload=b"{}", valid_from=valid_from, state=state)


def office_proposal(published: Office) -> Proposal:
    """An office record for the log."""
    return Proposal(
        kind=EditionKind.OFFICE,
        key=keys.office_key(published.code),
        payload=canonical_json(published),
        valid_from=BEGINNING,
        labels=frozenset({("office_type", published.office_type.code)}),
    )


def append(*proposals: Proposal) -> None:
    """Write to the log."""
    record(proposals, recorded_at=RECORDED_AT)


def publish() -> None:
    """Write the whole catalogue to the log."""
    append(*(office_proposal(each) for each in OFFICES), *(proposal(each) for each in (*GENERAL, *AT_OFFICES)))
