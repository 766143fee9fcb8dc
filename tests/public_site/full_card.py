"""A full card with every field in use, and what it is made of."""

from __future__ import annotations

from typing import Any

from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
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
    ServicePoint,
    SpecialNeed,
    Step,
    TopicPlacement,
    Variant,
)

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
