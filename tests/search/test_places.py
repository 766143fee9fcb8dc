from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.places import competent_offices, known_offices, resolved_place
from service_catalog.published.office import JurisdictionArea
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
    assert competent_offices(KNOWN.values(), place) == competent


def test_an_area_taken_out_belongs_to_nobody_when_no_other_office_has_it() -> None:
    alone = known_offices([catalogue.FIRST_TAX])

    assert competent_offices(alone.values(), "1816042") == ()
    assert competent_offices(alone.values(), "1816052") == ("us-rzeszow-1",)


@given(place=st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_a_commune_has_at_most_one_voivodeship_office(place: str) -> None:
    assert len([code for code in competent_offices(KNOWN.values(), place) if code.startswith("uw-")]) <= 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1816", "1816"),
        (" Rzeszów ", "1863011"),
        ("rzeszow", "1863011"),
        ("łowicki", "1005"),
        ("powiat łowicki", "1005"),
        ("Łowicz", ""),
        ("", ""),
        ("١٨", ""),
    ],
)
def test_places_as_people_write_them(typed: str, code: str) -> None:
    area = JurisdictionArea(prefix="1005", name="powiat łowicki")
    named = catalogue.office("us-lodz", "Urząd Skarbowy w Łodzi", "Łódź", "1061011")
    known = known_offices([catalogue.RZESZOW, msgspec.structs.replace(named, jurisdiction=(area,))])

    assert resolved_place(known.values(), typed) == code
