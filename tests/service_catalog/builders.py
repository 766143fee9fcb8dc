"""A small catalogue for tests: one office type, two offices, one model card, written through the authoring doors."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from cms.bulk_pages import insert_drafts, insert_pages
from cms.editorial.standing import register_imported
from service_catalog.authoring.card_pages import CardPages
from service_catalog.authoring.drafts import CardDraft, OfficeCardDraft, OfficeDraft, write_model_cards, write_office
from service_catalog.authoring.publishing import record_local_cards
from service_catalog.authoring.register_drafts import write_registers
from service_catalog.authoring.registers import load_registers
from service_catalog.models import LocalCard, OfficePage
from service_catalog.presentation import OfficeContribution
from service_catalog.published import register
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
    DeadlineRule,
    Fee,
    Item,
    Jurisdiction,
    Keywords,
    Named,
    Outcome,
    RequiredDocument,
    RestrictedCard,
    ServicePoint,
    SpecialNeed,
    Step,
    TopicPlacement,
    Unit,
)
from service_catalog.published.office import Account, Office
from tests.remembered_rows import write_once

MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
TODAY = MOMENT.date()
CAUSE = {"kind": "test", "what": "", "who": ""}
BEGINNING = datetime.date(2020, 1, 1)

OFFICE_TYPE = register.OfficeType(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
TOPIC = TopicPlacement(
    topic="Dokumenty",
    category="Paszporty",
    group="Wydanie",
    topic_slug="dokumenty",
    category_slug="paszporty",
    group_slug="wydanie",
)
TREE = register.TopicTree(
    topics=(
        register.Topic(
            slug="dokumenty",
            name="Dokumenty",
            categories=(
                register.TopicCategory(
                    slug="paszporty", name="Paszporty", groups=(register.TopicGroup(slug="wydanie", name="Wydanie"),)
                ),
            ),
        ),
    )
)
ACT = register.LegalAct(
    code="PASZ", title="Ustawa o paszportach", display="Dz.U. 2022 poz. 350", eli="DU/2022/350", isap="WDU20220000350"
)


def model_card(**changes: Any) -> Card:
    """A complete model card with something in every kind of list."""
    card = Card(
        key="UW-PAS-001",
        symbol="UW-PAS-001",
        kind="model",
        office_type=Named(code="UW", name="urząd wojewódzki"),
        service="Wydanie paszportu",
        title="Paszport dla dorosłego",
        official_name="Wydanie paszportu osobie pełnoletniej",
        summary="Paszport potwierdza obywatelstwo.",
        topic=TOPIC,
        client_groups=(Item(text="podróżni"),),
        audience=("obywatel",),
        keywords=Keywords(everyday=(Item(text="wyrobić paszport"), Item(text="wyjazd"), Item(text="nowy paszport"))),
        who="Każdy obywatel polski.",
        when="Kiedy chcesz.",
        before_you_start=(Item(text="Zrób zdjęcie."),),
        jurisdiction=Jurisdiction(basis="any", text="Dowolny punkt."),
        channels=(Channel(channel="osobiście"), Channel(channel="internet", url="https://paszport.example")),
        documents=(RequiredDocument(name="Zdjęcie", requirement="always", form="oryginał"),),
        steps=(Step(actor="client", text="Przyjdź."), Step(actor="office", text="Wydaje paszport.", duration="30 dni")),
        fees=(
            Fee(kind="opłata paszportowa", amount="140.00", currency="PLN", payee="urząd"),
            Fee(kind="opłata skarbowa", amount="17.00", currency="PLN", payee="miasto siedziby"),
            Fee(code="kopia", kind="cennik urzędu", amount=None, currency="PLN", payee="urząd"),
        ),
        outcome=Outcome(form="dokument", text="Paszport."),
        handling_time=(
            DeadlineRule(
                text="do 30 dni",
                anchor="złożenie wniosku",
                n=30,
                unit="day",
                direction="within",
                calendar="KPA57",
                roll="next_working",
                satisfied_by="action_by_office",
                computed=True,
            ),
        ),
        appeal=(Appeal(remedy="odwołanie", text="Masz 14 dni.", authority="minister"),),
        mistakes=(Item(text="Stare zdjęcie."),),
        special_needs=(SpecialNeed(group="senior", text="Pomagamy."),),
        legal_basis=(ActCitation(act="PASZ", title="", units=("art. 20",)),),
        legal_state_date="2026-01-01",
        valid_from="2026-01-01",
        version="1.0",
    )
    return msgspec.structs.replace(card, **changes)


def office(code: str = "uw-rzeszow", **changes: Any) -> Office:
    """An office with two service points, two units and two accounts."""
    record = Office(
        code=code,
        office_type=Named(code="UW", name="urząd wojewódzki"),
        name=f"Urząd {code}",
        short_name=code,
        town="Rzeszów",
        voivodeship="podkarpackie",
        teryt="1863011",
        address="ul. Grunwaldzka 15, 35-959 Rzeszów",
        street="ul. Grunwaldzka",
        building="15",
        postal_code="35-959",
        phone="+48 17 555 00 00",
        email=f"kontakt@{code}.example",
        website=f"https://{code}.example",
        regon="000514408",
        privacy_notice=f"https://{code}.example/rodo",
        accounts=(
            Account(purpose="dochody", owner=f"Urząd {code}", number="28999005592042261517632637"),
            Account(purpose="opłata skarbowa", owner="Miasto Rzeszów", number="88999095233640834621138887"),
        ),
        units=(
            Unit(symbol="BOK", name="Biuro", phone="+48 17 555 00 01"),
            Unit(symbol="OP", name="Oddział Paszportów"),
        ),
        service_points=(
            ServicePoint(
                name="Biuro obsługi klienta", address="ul. Grunwaldzka 15", floor="parter", booking="bez zapisów"
            ),
            ServicePoint(name="Delegatura", address="ul. Krótka 1", payment_methods=("karta",)),
        ),
        participation="projekt",
    )
    return msgspec.structs.replace(record, **changes)


def write_catalogue(*offices: str, said: OfficeContribution | None = None) -> None:
    """Write and publish registers, the model card and an office card of it in each office."""
    write_registers(
        office_types=[OFFICE_TYPE],
        topics=TREE,
        acts=[ACT],
        forms=[],
        services=["Wydanie paszportu"],
        cause=CAUSE,
        moment=MOMENT,
        valid_from=BEGINNING,
    )
    registers = load_registers(on=TODAY)
    draft = CardDraft(
        card=model_card(),
        restricted=RestrictedCard(consultant_answer="Po paszport idzie się osobiście.", transfer="UW"),
    )
    write_model_cards("UW", [draft], registers=registers, cause=CAUSE, moment=MOMENT)
    for code in offices or ("uw-rzeszow", "uw-gdansk"):
        cards = (OfficeCardDraft(symbol="UW-PAS-001", said=said or OfficeContribution()),)
        write_office(
            OfficeDraft(office=office(code), cards=cards),
            registers=load_registers(on=TODAY),
            cause=CAUSE,
            moment=MOMENT,
            valid_from=BEGINNING,
        )


def bring_catalogue(*offices: str) -> None:
    """What `write_catalogue` writes, for tests that only begin with it: written once per process, then put back."""
    write_once(f"catalogue of {offices}", lambda: write_catalogue(*offices))


def add_local_card(code: str, symbol: str = "UW-LOK-001", *, live: bool = True, **changes: Any) -> LocalCard:
    """Add a local card to an office that `write_catalogue` wrote: published and recorded, or a draft."""
    parent = OfficePage.objects.get(code=code)
    card = CardPages(load_registers(on=TODAY), office=parent).local_card(
        model_card(symbol=symbol, key="", **{"title": "Dyżur w terenie"} | changes),
        RestrictedCard(consultant_answer="Przyjeżdżamy w środy.", transfer="UW"),
        OfficeContribution(point="Biuro obsługi klienta", unit="BOK", room="12"),
    )
    if live:
        insert_pages(parent, [card], moment=MOMENT)
        register_imported([card], moment=MOMENT)
        record_local_cards([card], cause=CAUSE, moment=MOMENT)
    else:
        insert_drafts(parent, [card], user=None, moment=MOMENT)
    found: LocalCard = LocalCard.objects.get(pk=card.pk)
    return found
