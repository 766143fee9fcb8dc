from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.place_names import units_named, units_named_exactly
from service_catalog.teryt import teryt_register


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("rzeszowie", ["1863", "1863011"]),
        ("Gdańsku", ["2261", "2261011"]),
        ("gdansku", ["2261", "2261011"]),
        ("krakowie", ["1261", "1261011"]),
        ("Łodzi", ["1061", "1061011"]),
        ("warszawa bemowo", ["1465028"]),
        ("Bemowo, Warszawa", ["1465028"]),
        ("w Warszawie na Bemowie", ["1465028"]),
        ("bałuty", ["1061029"]),
        ("na bałutach", ["1061029"]),
        ("łódź bałuty", ["1061029"]),
        ("Zielonej Górze", ["0862", "0862011"]),
        ("bielsku-białej", ["2461", "2461011"]),
        ("Gorzowie Wlkp.", ["0861", "0861011"]),
        ("powiecie łańcuckim", ["1810"]),
        ("brzeg opolskie", ["1601011"]),
        ("opolskie brzeg", ["1601011"]),
        ("Kutno, powiat kutnowski, województwo łódzkie", ["1002011", "1002062"]),
        ("województwie podkarpackim", ["18"]),
        ("Atlantyda", []),
        ("", []),
    ],
)
def test_a_name_in_any_form(typed: str, codes: list[str]) -> None:
    assert [unit.code for unit in units_named_exactly(typed)] == codes


def test_a_name_of_districts_in_several_cities_names_them_all() -> None:
    assert {unit.code[:4] for unit in units_named_exactly("Śródmieście")} == {"0264", "1061", "1261", "1465"}


def test_a_beginning_names_whole_names_before_later_words() -> None:
    assert [unit.name for unit in units_named("targ").beginning] == ["Targówek", "Nowy Targ", "Nowy Targ", "Stary Targ"]
    assert units_named("ta").beginning == ()


def test_every_unit_is_named_by_its_name() -> None:
    for unit in teryt_register().units():
        assert unit in units_named_exactly(unit.name), unit


@given(st.text(max_size=60))
def test_any_text_names_units_once(typed: str) -> None:
    named = units_named(typed)
    every = [*named.exactly, *named.beginning]
    assert len(every) == len(set(every))
