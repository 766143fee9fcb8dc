"""No text makes the checks slow: time grows with length, whatever the characters."""

from __future__ import annotations

import time

import pytest

from cms.plain_language.card_gate import CardField, check_card
from cms.plain_language.hints import Role

SIZE = 100_000
SECONDS = 5.0
"""CPU seconds; the usual time is under 0.5 s, one quadratic pattern takes minutes."""


@pytest.mark.parametrize("role", ["text", "step", "title"])
@pytest.mark.parametrize(
    "unit",
    [
        "a", "i", "1", ".", "-", "a-", "…”", "?!", " ", "\t", "|", "a|", "a\t", "\n", "1.", "1 ", "1,", "1 × ",
        "art. ", "art. 1, ", "art. 1 i ", "§", "§ 1 ust. ", "Dz.U. ", "Dz.U.1.", "Dz.U. z 1 r. poz. ", "ul. ",
        "ul. a ", "11-111 A", "www.", "www.,,", "http://", "a.", "a.pl", "a@", "a@a.", "@", "A-", "AB-1", "AB ",
        "(AB) ", "ustawa ", "ustawa a z dnia 1 ", "został ", "nie ", "W ", "celem ", "w przypadku ", "opłata ",
        "opłata wynosi to ", "1,00", "1 maja ", "01.01.", "kliknij ", "Wydział ", "złożenie ", "J. ", "\u0301",
        "AE:PL-", "zobowiązany ", "dokonać ", "MMMM", "\x00", "💥",
    ],
)  # fmt: skip
def test_repeated_units(unit: str, role: Role) -> None:
    text = unit * (SIZE // len(unit))
    started = time.process_time()
    check_card([CardField("Opis", text, role=role)])
    assert time.process_time() - started < SECONDS
