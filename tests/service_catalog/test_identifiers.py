"""Official identifiers: what passes, what is refused, and that one wrong digit is always seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from service_catalog import identifiers

GOOD = [
    (identifiers.validate_nip, "1234563218"),
    (identifiers.validate_regon, "000514408"),
    (identifiers.validate_regon, "12345678512347"),
    (identifiers.validate_account_number, "95124020929329920006200000"),
    (identifiers.validate_teryt, "18"),
    (identifiers.validate_teryt, "1863"),
    (identifiers.validate_teryt, "1863011"),
    (identifiers.validate_eli, "DU/2022/350"),
    (identifiers.validate_isap, "WDU20220000350"),
    (identifiers.validate_postal_code, "35-959"),
    (identifiers.validate_symbol, "CEIDG-WZN-001"),
    (identifiers.validate_office_code, "piw-makow-mazowiecki"),
    (identifiers.validate_electronic_delivery, "AE:PL-55754-97181-CHDVR-19"),
    (identifiers.validate_epuap, "/PUW/SkrytkaESP"),
    (identifiers.validate_legal_units, "art. 129 § 2\nart. 16a–16d\n§ 2 pkt 3\nzałącznik cz. III"),
]
BAD = [
    (identifiers.validate_nip, "0000000000x"),
    (identifiers.validate_nip, "123-456-32-18"),
    (identifiers.validate_regon, "00051440"),
    (identifiers.validate_account_number, "PL95124020929329920006200000"),
    (identifiers.validate_teryt, "0763011"),
    (identifiers.validate_teryt, "2"),
    (identifiers.validate_eli, "DU/2022/0350"),
    (identifiers.validate_eli, "DU/2022/350\n"),
    (identifiers.validate_isap, "WDU2022350"),
    (identifiers.validate_symbol, "uw-pas-001"),
    (identifiers.validate_office_code, "Urząd"),
    (identifiers.validate_epuap, "SkrytkaESP"),
    (identifiers.validate_legal_units, "artykuł 5"),
]


@pytest.mark.parametrize(("validate", "value"), GOOD)
def test_good_identifiers_pass(validate: Callable[[str], None], value: str) -> None:
    validate(value)


@pytest.mark.parametrize(("validate", "value"), BAD)
def test_bad_identifiers_are_refused_with_a_sentence_that_repeats_them(
    validate: Callable[[str], None], value: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate(value)
    assert value.strip() in refusal.value.messages[0]
    assert refusal.value.messages[0].endswith(".")


@given(st.integers(0, 25), st.integers(1, 9))
def test_one_wrong_digit_of_an_account_number_is_seen(position: int, change: int) -> None:
    number = "95124020929329920006200000"
    digit = (int(number[position]) + change) % 10
    with pytest.raises(ValidationError):
        identifiers.validate_account_number(f"{number[:position]}{digit}{number[position + 1 :]}")


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_a_nip_is_seen(position: int, change: int) -> None:
    number = "1234563218"
    wrong = f"{number[:position]}{(int(number[position]) + change) % 10}{number[position + 1 :]}"
    assume(wrong != number)
    with pytest.raises(ValidationError):
        identifiers.validate_nip(wrong)


def test_eli_and_isap_must_name_the_same_act() -> None:
    assert identifiers.eli_and_isap_agree("DU/1960/168", "WDU19600300168")
    assert not identifiers.eli_and_isap_agree("DU/1960/169", "WDU19600300168")
    assert not identifiers.eli_and_isap_agree("MP/1960/168", "WDU19600300168")
