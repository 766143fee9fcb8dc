"""Offices that queries name, among offices with the names of real ones; the same planner serves every engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.forms import FormIndex
from search.named_offices import NamedOffices
from search.office_names import office_names
from search.phrases import Target
from search.places import Area, KnownOffice
from search.planner import Planner
from search.synonyms import Synonym, compiled

TYPES = {
    "USK": "urząd skarbowy",
    "UW": "urząd wojewódzki",
    "UST": "urząd statystyczny",
    "OUM": "okręgowy urząd miar",
    "WUOZ": "wojewódzki urząd ochrony zabytków",
    "KWP": "komenda wojewódzka Policji",
    "KPPSP": "komenda powiatowa (miejska) Państwowej Straży Pożarnej",
    "PINB": "powiatowy inspektorat nadzoru budowlanego",
    "AP": "archiwum państwowe",
}
CARD_WORDS = {"paszport", "łódź", "rejestracja", "urząd", "podatek", "rada", "przemysł", "nazwisko", "zmiana"}


def known(code: str, name: str, short: str, town: str, teryt: str, *districts: str) -> KnownOffice:
    """An office of the poviat of its seat."""
    kind = code.split("-", maxsplit=1)[0].upper()
    return KnownOffice(code, name, kind, town, teryt, (Area(teryt[:4], True, ""),), short, districts)


OFFICES = {
    office.code: office
    for office in (
        known("usk-kutno", "Urząd Skarbowy w Kutnie", "US w Kutnie", "Kutno", "1002011"),
        known("usk-gdansk-drugi", "Drugi Urząd Skarbowy w Gdańsku", "Drugi US w Gdańsku", "Gdańsk", "2261011", "Oliwa"),
        known("usk-lodz-baluty", "Urząd Skarbowy Łódź-Bałuty", "US Łódź-Bałuty", "Łódź", "1061011", "Bałuty"),
        known("uw-gdansk", "Pomorski Urząd Wojewódzki w Gdańsku", "Pomorski UW w Gdańsku", "Gdańsk", "2261011"),
        known("uw-szczecin", "Zachodniopomorski Urząd Wojewódzki w Szczecinie", "ZUW", "Szczecin", "3262011"),
        known("ust-katowice", "Urząd Statystyczny w Katowicach", "Urz. Stat. w Katowicach", "Katowice", "2469011"),
        known("oum-krakow", "Okręgowy Urząd Miar w Krakowie", "OUM w Krakowie", "Kraków", "1261011"),
        known("wuoz-poznan", "Wojewódzki Urząd Ochrony Zabytków w Poznaniu", "WUOZ", "Poznań", "3064011"),
        known("kwp-rzeszow", "Komenda Wojewódzka Policji w Rzeszowie", "KWP w Rzeszowie", "Rzeszów", "1863011"),
        known("kwp-bydgoszcz", "Komenda Wojewódzka Policji w Bydgoszczy", "KWP w Bydgoszczy", "Bydgoszcz", "0461011"),
        known(
            "kppsp-limanowa",
            "Komenda Powiatowa Państwowej Straży Pożarnej w Limanowej",
            "KP PSP",
            "Limanowa",
            "1207011",
        ),
        known("kppsp-poznan", "Komenda Miejska Państwowej Straży Pożarnej w Poznaniu", "KM PSP", "Poznań", "3064011"),
        known(
            "pinb-nowy-targ", "Powiatowy Inspektorat Nadzoru Budowlanego w Nowym Targu", "PINB", "Nowy Targ", "1211011"
        ),
        known("pinb-torun", "Powiatowy Inspektorat Nadzoru Budowlanego dla Miasta Torunia", "PINB", "Toruń", "0463011"),
        known("ap-plock", "Archiwum Państwowe w Płocku", "AP w Płocku", "Płock", "1462011"),
        known("ap-gorzow", "Archiwum Państwowe w Gorzowie Wielkopolskim", "AP", "Gorzów Wielkopolski", "0861011"),
    )
}
SYNONYMS = [
    Synonym("skarbówka", "potoczne", Target("typ urzędu", "USK")),
    Synonym("wojewódzki", "potoczne", Target("typ urzędu", "UW")),
    Synonym("komenda", "potoczne", Target("typ urzędu", "KWP")),
    Synonym("nadzór budowlany", "potoczne", Target("typ urzędu", "PINB")),
]


@pytest.fixture(scope="module")
def named() -> Callable[[str], NamedOffices]:
    planner = Planner(
        forms=FormIndex.of([]),
        frequency=lambda lemma: int(lemma in CARD_WORDS),
        occurs=lambda lemma: lemma in CARD_WORDS,
        documents=100,
        vocabulary=compiled(SYNONYMS, []),
        offices=office_names(OFFICES, TYPES),
    )
    return lambda text: planner.plan(text).offices


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Urząd Skarbowy w Kutnie", "usk-kutno"),
        ("urzedu skarbowego w kutnie", "usk-kutno"),
        ("us kutno", "usk-kutno"),
        ("godziny otwarcia urzędu skarbowego w Kutnie", "usk-kutno"),
        ("skarbówka kutno", "usk-kutno"),
        ("skarbówka na bałutach", "usk-lodz-baluty"),
        ("skarbowka baluty", "usk-lodz-baluty"),
        ("Drugi Urząd Skarbowy", "usk-gdansk-drugi"),
        ("drugi urząd skarbowy w Kutnie", "usk-kutno"),
        ("urząd wojewódzki w Gdańsku", "uw-gdansk"),
        ("Pomorski Urząd Wojewódzki", "uw-gdansk"),
        ("archiwum państwowe w płocku", "ap-plock"),
        ("archiwum gorzów", "ap-gorzow"),
        ("archiwum państwowe gorzowie wielkopolskim", "ap-gorzow"),
        ("urząd statystyczny katowice", "ust-katowice"),
        ("policja rzeszów", "kwp-rzeszow"),
        ("straż pożarna limanowa", "kppsp-limanowa"),
        ("komenda miejska psp poznań", "kppsp-poznan"),
        ("nadzór budowlany nowy targ", "pinb-nowy-targ"),
        ("urząd w kutnie", "usk-kutno"),
        ("kutno", "usk-kutno"),
    ],
)
def test_the_office_that_is_named_comes_first(named: Callable[[str], NamedOffices], query: str, first: str) -> None:
    assert named(query).first[:1] == (first,)


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("komenda wojewódzka", {"KWP"}),
        ("urząd wojewódzki", {"UW"}),
        ("urząd miar", {"OUM"}),
        ("ochrona zabytków", {"WUOZ"}),
        ("skarbówka", {"USK"}),
        ("zmiana nazwiska urząd wojewódzki", {"UW"}),
        ("urząd", set()),
        ("urząd pracy", set()),
        ("urząd miasta", set()),
        ("pomorski", set()),
        ("paszport rzeszów", set()),
    ],
)
def test_the_types_that_are_meant(named: Callable[[str], NamedOffices], query: str, types: set[str]) -> None:
    assert set(named(query).types) == types


@pytest.mark.parametrize(
    ("query", "town"),
    [
        ("paszport rzeszów", "1863011"),
        ("paszport w łodzi", "1061011"),
        ("skarbówka łódź", "1061011"),
        ("rejestracja łodzi", ""),
        ("zmiana przemysłu", ""),
        ("paszport rzeszów kutno", ""),
        ("nowy paszport", ""),
    ],
)
def test_the_town_of_a_query(named: Callable[[str], NamedOffices], query: str, town: str) -> None:
    assert named(query).town == town


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("skarbówka łęczyca", "łęczyca"),
        ("skarbówka warszawa bemowo", "warszawa bemowo"),
        ("paszport w mielcu", "mielcu"),
        ("skarbówka paszport", ""),
        ("paszport rzeszowa", ""),
    ],
)
def test_words_that_may_name_another_place(named: Callable[[str], NamedOffices], query: str, place: str) -> None:
    assert named(query).place == place


SAID = (
    "urząd",
    "skarbowy",
    "w",
    "kutnie",
    "na",
    "bałutach",
    "pomorski",
    "drugi",
    "policja",
    "nowy",
    "targ",
    "psp",
    "x",
)


@given(words=st.lists(st.sampled_from(SAID), max_size=8))
def test_offices_are_known_and_named_once(named: Callable[[str], NamedOffices], words: list[str]) -> None:
    found = named(" ".join(words))

    assert len(set(found.first)) == len(found.first)
    assert set(found.first) | set(found.others) <= set(OFFICES)
