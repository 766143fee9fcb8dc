from __future__ import annotations

import pytest

from public_site import presentation
from public_site.addresses import dialled, of_edition, web_address


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("https://gov.pl/x?a=1", "https://gov.pl/x?a=1"),
        (" http://gov.pl ", "http://gov.pl"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//gov.pl", ""),
        ('https://x/"onclick="', ""),
        ("https://a b", ""),
        ("https://x\njavascript:alert(1)", ""),
        ("wizyty bez zapisów", ""),
        ("", ""),
    ],
)
def test_only_plain_web_addresses_become_links(value: str, link: str) -> None:
    assert web_address(value) == link


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("17 867 10 00", "178671000"),
        ("+48 17 867-10-00", "+48178671000"),
        ("17 867 10 00 wew. 12", "178671000"),
        ("", ""),
    ],
)
def test_a_phone_is_dialled_without_extension(phone: str, number: str) -> None:
    assert dialled(phone) == number


def test_editions_without_a_page_have_no_address() -> None:
    assert of_edition("register", "dzialy") == ""
    assert of_edition("office", "urzad/uw-rzeszow") == "/urzedy/uw-rzeszow/"
    assert of_edition("card", "UW-PAS-001/uw-rzeszow") == "/karta/UW-PAS-001/uw-rzeszow/"


def test_fragments_become_sentences_once() -> None:
    assert presentation.sentence("do 30 dni") == "Do 30 dni."
    assert presentation.sentence("Czy na pewno?") == "Czy na pewno?"
    assert presentation.sentence("  ") == ""


def test_lines_become_paragraphs() -> None:
    assert presentation.paragraphs("a\n\n b \r\nc") == ["a", "b", "c"]
