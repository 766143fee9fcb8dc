from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.place_choice import chosen_place, full_name
from search.places import competent_offices, known_offices
from service_catalog.teryt import teryt_register
from tests.search import catalogue

KNOWN = known_offices(catalogue.OFFICES)


@pytest.mark.parametrize(
    ("place", "competent"),
    [
        ("1863011", ("us-rzeszow-1", "uw-rzeszow")),
        ("1816042", ("us-boguchwala", "uw-rzeszow")),
        ("1816", ("us-rzeszow-1", "uw-rzeszow")),
        ("18", ("us-boguchwala", "us-rzeszow-1", "uw-rzeszow")),
        ("1401011", ()),
    ],
)
def test_competent_offices_of_each_type(place: str, competent: tuple[str, ...]) -> None:
    assert competent_offices(KNOWN.values(), place).codes == competent


def test_an_area_taken_out_belongs_to_nobody_when_no_other_office_has_it() -> None:
    alone = known_offices([catalogue.FIRST_TAX])

    assert competent_offices(alone.values(), "1816042").codes == ()
    assert competent_offices(alone.values(), "1816052").codes == ("us-rzeszow-1",)


@given(place=st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_a_commune_has_at_most_one_voivodeship_office(place: str) -> None:
    assert len([code for code in competent_offices(KNOWN.values(), place).codes if code.startswith("uw-")]) <= 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1816", "1816"),
        (" Rzeszów ", "1863011"),
        ("rzeszow", "1863011"),
        ("w Rzeszowie", "1863011"),
        ("m. st. Warszawa", "1465011"),
        ("powiat łowicki", "1005"),
        ("woj. śląskie", "24"),
        ("Szczebrzeszyn", "0620133"),
        ("Łańcut (gmina wiejska), powiat łańcucki, województwo podkarpackie", "1810042"),
        ("Atlantyda", ""),
        ("9999999", ""),
        ("", ""),
        ("١٨", ""),
    ],
)
def test_places_as_people_write_them(typed: str, code: str) -> None:
    assert chosen_place(typed).code == code


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (
            "łańcut",
            [
                "Łańcut (gmina miejska), powiat łańcucki, województwo podkarpackie",
                "Łańcut (gmina wiejska), powiat łańcucki, województwo podkarpackie",
            ],
        ),
        ("brzeski", ["powiat brzeski, województwo małopolskie", "powiat brzeski, województwo opolskie"]),
        ("Gorzów Śl", []),
    ],
)
def test_a_name_of_several_places_is_a_choice(typed: str, names: list[str]) -> None:
    assert [option.name for option in chosen_place(typed).options] == names


def test_every_place_is_known_by_its_full_name() -> None:
    """Two units share one only when they are the same city, as powiat and as commune."""
    for unit in teryt_register().units():
        found = chosen_place(full_name(unit.code))
        assert found.code.startswith(unit.code), unit


@given(st.text(max_size=80))
def test_any_text_is_a_place_a_choice_or_unknown(typed: str) -> None:
    found = chosen_place(typed)
    assert not (found.code and found.options)
    assert len(found.options) != 1
