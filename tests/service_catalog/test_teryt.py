"""The TERC register: names, search and validity of codes."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog import teryt
from service_catalog.teryt import TerytRegister, UnknownTerytCode, teryt_register

REGISTER_FILE = Path(teryt.__file__).parent / "data" / "teryt_terc_2024.csv"


def test_register_holds_the_units_of_2024() -> None:
    register = teryt_register()
    assert len(register) == 4332
    assert sum(1 for unit in register.communes_of("") if len(unit.code) == 2) == 16


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("18", "województwo podkarpackie"),
        ("1816", "powiat rzeszowski, województwo podkarpackie"),
        ("1863", "Rzeszów, województwo podkarpackie"),
        ("1863011", "Rzeszów, województwo podkarpackie"),
        ("1465058", "Mokotów, Warszawa, województwo mazowieckie"),
        ("0201022", "Bolesławiec, powiat bolesławiecki, województwo dolnośląskie"),
    ],
)
def test_name_path(code: str, path: str) -> None:
    assert teryt_register().name_path(code) == path


@pytest.mark.parametrize("code", ["02", "0201", "0201011"])
def test_codes_of_the_register_are_valid(code: str) -> None:
    assert teryt_register().is_valid(code)


@pytest.mark.parametrize("code", ["", "2", "99", "020", "0299", "020101", "0201019", "02010110", "201011", " 02", "xx"])
def test_other_texts_are_not_valid(code: str) -> None:
    assert not teryt_register().is_valid(code)


def test_unknown_code_is_refused_with_advice() -> None:
    with pytest.raises(UnknownTerytCode, match=r"„0299”.*2, 4 albo 7 cyfr"):
        teryt_register().name_path("0299")


def test_search_ignores_diacritics_and_case_and_prefers_whole_names() -> None:
    found = teryt_register().search("LODZ", limit=3)
    assert [unit.code for unit in found] == ["1061", "1061011", "10"]


def test_search_puts_prefixes_before_other_hits() -> None:
    names = [teryt.folded(unit.name) for unit in teryt_register().search("opol", limit=500)]
    starts = [name.startswith("opol") for name in names]
    assert True in starts
    assert False in starts
    assert starts == sorted(starts, reverse=True)


@pytest.mark.parametrize(("text", "limit"), [("", 5), ("   ", 5), ("Łódź", 0)])
def test_search_for_nothing_gives_nothing(text: str, limit: int) -> None:
    assert teryt_register().search(text, limit=limit) == []


@given(st.text(max_size=12), st.integers(min_value=1, max_value=30))
def test_search_never_fails_and_keeps_the_limit(text: str, limit: int) -> None:
    found = teryt_register().search(text, limit=limit)
    assert len(found) <= limit
    assert all(teryt.folded(text.strip()) in teryt.folded(unit.name) for unit in found)


def test_every_unit_has_its_units_above() -> None:
    register = teryt_register()
    for unit in register.communes_of(""):
        assert register.name_path(unit.code).endswith(f"województwo {register.voivodeship_of(unit.code).name}")


def test_register_takes_less_than_three_megabytes() -> None:
    tracemalloc.start()
    try:
        register = TerytRegister.from_file(REGISTER_FILE)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(register) == 4332
    assert kept < 3 * 1024 * 1024
