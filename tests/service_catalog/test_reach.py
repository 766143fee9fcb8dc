from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.published.office import JurisdictionArea
from service_catalog.published.reach import Reach, lies_inside, reach
from service_catalog.teryt import TerytUnit, teryt_register

WARSAW, BEMOWO, MOKOTOW, PRAGA_SOUTH = "1465011", "1465028", "1465058", "1465078"
LODZ, BALUTY, GORNA = "1061011", "1061029", "1061039"
DISTRICTS = [unit for unit in teryt_register().units() if unit.kind in {"dzielnica", "delegatura"}]


def areas(*codes: str) -> list[JurisdictionArea]:
    """Areas; one that begins with a minus is taken out."""
    return [JurisdictionArea(prefix=code.lstrip("-"), include=not code.startswith("-")) for code in codes]


@pytest.mark.parametrize(
    ("codes", "place", "length"),
    [
        (["14"], BEMOWO, 2),
        (["1465"], WARSAW, 4),
        (["1465011"], "1465", 7),
        (["1465011"], BEMOWO, 7),
        (["14", "-1465"], BEMOWO, 0),
        (["14", "-1465011"], BEMOWO, 0),
        (["14", "1465", "-1465028"], BEMOWO, 0),
        (["14", "1465", "-1465028"], MOKOTOW, 4),
        (["32", "-3207023"], "3207024", 0),
        (["3207023"], "3207025", 7),
        (["3207024"], "3207025", 0),
        (["1002"], WARSAW, 0),
    ],
)
def test_the_longest_area_that_holds_the_place_decides(codes: list[str], place: str, length: int) -> None:
    assert reach(areas(*codes), (), WARSAW, place) == Reach(length)


@pytest.mark.parametrize(
    "written", ["Bałuty", "baluty", "BAŁUTY", "Łódź-Bałuty", " lodz – baluty ", "dzielnica Bałuty"]
)
def test_a_district_is_known_however_it_is_written(written: str) -> None:
    assert reach(areas("1061"), (written,), LODZ, BALUTY).whole
    assert reach(areas("1061"), (written,), LODZ, GORNA) == Reach(0)


def test_districts_with_names_alike_are_told_apart() -> None:
    served = ("Praga Południe",)

    assert reach(areas("1465"), served, WARSAW, PRAGA_SOUTH).whole
    assert reach(areas("1465"), served, WARSAW, "1465088") == Reach(0)


@pytest.mark.parametrize("place", [WARSAW, "1465", "14"])
def test_a_city_of_which_some_districts_are_served_is_not_served_whole(place: str) -> None:
    found = reach(areas("14"), ("Mokotów", "Wilanów"), WARSAW, place)

    assert (found.whole, found.districts) == (False, ("Mokotów", "Wilanów"))


def test_districts_divide_the_city_of_the_seat_and_nothing_else() -> None:
    gdansk, sopot, gdynia_district = "2261011", "2264011", ("Oliwa",)
    both = areas("2261", "2264")

    assert reach(both, gdynia_district, gdansk, sopot).whole
    assert not reach(both, gdynia_district, gdansk, gdansk).whole


def test_districts_divide_the_city_that_is_served_from_elsewhere() -> None:
    assert reach(areas("1465"), ("Ursus",), "1421021", BEMOWO) == Reach(0)
    assert reach(areas("1465"), ("Ursus",), "1421021", "1465128").whole
    assert not reach(areas("1465"), ("Ursus",), "1421021", WARSAW).whole


def test_a_district_named_by_its_code_needs_no_name() -> None:
    assert reach(areas("1465058", "1465028"), ("Mokotów",), WARSAW, BEMOWO).whole
    assert reach(areas("1465058"), (), WARSAW, WARSAW) == Reach(0)
    assert lies_inside(areas("1465058"), WARSAW)


@given(served=st.sampled_from(DISTRICTS), asked=st.sampled_from(DISTRICTS))
def test_an_office_of_one_district_serves_that_one_alone(served: TerytUnit, asked: TerytUnit) -> None:
    city = f"{served.code[:4]}011"
    found = reach(areas(served.code[:4]), (served.name.upper(),), city, asked.code)

    assert found.whole == (asked == served)
    assert not reach(areas(served.code[:4]), (served.name,), city, city).whole


@given(place=st.text(max_size=9), code=st.from_regex(r"-?([0-9]{2}|[0-9]{4}|[0-9]{7})", fullmatch=True))
def test_any_text_for_a_place_is_served_or_not(place: str, code: str) -> None:
    assert reach(areas(code), ("Mokotów",), WARSAW, place).length in {0, 2, 4, 7}
