"""What a matter costs in one line: free is said, several fees say what for, no words twice, large amounts in groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.published.card import Fee
from service_catalog.published.fees_in_short import fees_in_short, is_free_of_charge
from service_catalog.published.wording import amount

STATUTORY, STAMP, LIST = "opłata ustawowa", "opłata skarbowa", "cennik urzędu"


def fee(kind: str, price: str | None, condition: str = "", code: str = "") -> Fee:
    return Fee(kind=kind, amount=price, currency="PLN", condition=condition, code=code)


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ([], "bezpłatnie"),
        ([fee("brak", "0.00")], "bezpłatnie"),
        ([fee("opłata paszportowa", "30.00")], "opłata paszportowa 30 zł"),
        ([fee(STAMP, "17.00", "za pełnomocnictwo")], "opłata skarbowa 17 zł (za pełnomocnictwo)"),
        (
            [fee(STATUTORY, "30.00", "kopia"), fee(STATUTORY, "70.00", "odpis")],
            "kopia: 30 zł; odpis: 70 zł",
        ),
        (
            [fee(STATUTORY, "50000.00", "dom jednorodzinny"), fee(STATUTORY, "5000.00", "obiekty; dla innych 2500 zł")],
            "dom jednorodzinny: 50\u00a0000 zł; obiekty: 5000 zł",
        ),
        (
            [fee("opłata paszportowa", "140.00", "zwykła"), fee("opłata po utracie", "280.00"), fee("inna", "1.00")],
            "opłata paszportowa 140 zł; opłata po utracie 280 zł i inne",
        ),
        ([fee("apostille", "0.00"), fee("uwierzytelnienie", "26.00")], "apostille bezpłatnie; uwierzytelnienie 26 zł"),
        ([fee(LIST, None)], "według cennika urzędu"),
        ([fee(LIST, None, "szukanie według cennika")], "szukanie według cennika"),
        ([fee(LIST, None, "kopia planu")], "kopia planu: według cennika urzędu"),
        ([fee(STATUTORY, None, "10% wartości nagród")], "opłata ustawowa: 10% wartości nagród"),
        ([fee(STATUTORY, None)], "opłata ustawowa: kwota zależy od sprawy"),
        ([fee("kopie i skany", None, "z zasobu", code="cena-1")], "kopie i skany według cennika urzędu"),
    ],
)
def test_fees_are_said_in_one_line(fees: list[Fee], said: str) -> None:
    assert fees_in_short(fees) == said


def test_a_long_condition_ends_at_a_word() -> None:
    (said, _) = fees_in_short([fee(STAMP, "1.00", "słowo " * 40), fee(STAMP, "2.00", "b")]).split(": 1 zł")
    assert said.endswith("słowo…")
    assert len(said) <= 61


fees = st.builds(
    fee,
    st.sampled_from([STATUTORY, STAMP, LIST, "opłata paszportowa"]),
    st.sampled_from([None, "0.00", "17.00", "12345.60"]),
    st.sampled_from(["", "kopia", "według cennika urzędu", "zezwolenie"]),
    st.sampled_from(["", "cena-1"]),
)


@given(st.lists(fees, max_size=4))
def test_it_is_never_empty_and_free_means_free(found: list[Fee]) -> None:
    said = fees_in_short(found)
    assert said
    assert (said == "bezpłatnie") is is_free_of_charge(found)
    assert all(part.count("cennik") <= 1 for part in said.split("; "))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("9999.00", "9999 zł"),
        ("10000.00", "10\u00a0000 zł"),
        ("1234567.50", "1\u00a0234\u00a0567,50 zł"),
        ("12.50", "12,50 zł"),
        (None, "według cennika urzędu"),
    ],
)
def test_large_amounts_stand_in_groups(value: str | None, said: str) -> None:
    assert amount(value) == said
