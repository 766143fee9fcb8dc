"""Typography of print."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from markupsafe import Markup

from exporters.pdf.assets import ASSETS, FOLDER
from exporters.pdf.templating import printed_date
from exporters.pdf.typography import printable, typeset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w domu i w pracy", "w~domu i~w~pracy"),
        ("A potem z nim o tym", "A~potem z~nim o~tym"),
        ("opłata 140 zł do 30 dni", "opłata 140~zł do~30~dni"),
        ("art. 127 § 2 ust. 1", "art.~127 §~2 ust.~1"),
        ("5 stycznia 2026", "5~stycznia 2026"),
        ("Tom i Jerry", "Tom i~Jerry"),
        ("klucz w zamku", "klucz w~zamku"),
        ("w", "w"),
        ("ów dom", "ów dom"),
    ],
)
def test_words_that_belong_together_stay_on_one_line(text: str, expected: str) -> None:
    assert str(typeset(text)) == expected.replace("~", "\u00a0")


def test_addresses_are_kept_from_hyphens_and_still_escaped() -> None:
    marked = typeset("Pisz na <adres> urzad@rzeszow.example lub https://urzad.example/a?b=1&c=2")
    assert isinstance(marked, Markup)
    assert '<a class="address" href="mailto:urzad@rzeszow.example">urzad@rzeszow.example</a>' in marked
    assert (
        '<a class="address" href="https://urzad.example/a?b=1&amp;c=2">https://urzad.example/a?b=1&amp;c=2</a>'
        in marked
    )
    assert "&lt;adres&gt;" in marked


def test_markup_numbers_and_nothing_pass() -> None:
    assert typeset(Markup("<b>w domu</b>")) == "<b>w domu</b>"
    assert typeset(3) == 3
    assert typeset(None) == ""


def test_characters_without_a_glyph_are_named() -> None:
    assert printable("ż") == "ż"
    assert printable("漢") == "[znak U+6F22]"
    assert typeset("a\x00b\x1f") == "ab"


def test_all_faces_have_the_same_characters() -> None:
    faces = [name for name in ASSETS if name.endswith(".ttf")]
    sets = {frozenset(TTFont(FOLDER / name).getBestCmap()) for name in faces}
    assert len(faces) == 4
    assert len(sets) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2022-07-01", "1 lipca 2022"), ("2022-07", "lipca 2022"), ("2022", "2022"), ("", "")],
)
def test_dates_may_be_less_exact_than_a_day(value: str, expected: str) -> None:
    assert printed_date(value) == expected
