"""The validator: Polish sentences with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporters.epuap.documents import life_event_catalogue, render_card
from exporters.epuap.validation import is_bank_account, validate
from service_catalog.published.card import Card
from tests.exporters.cards_for_tests import filled, model_card
from tests.exporters.published_catalogue import life_event

DIGEST = "0" * 64


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "karta.xml"
    path.write_bytes(render_card(filled(Card), edition_sha256=DIGEST))
    return path


def damage(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; returns its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_good_document_gives_no_finding(document: Path) -> None:
    assert validate(document) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("<ku:Nip>1234563218<", "<ku:Nip>1234563219<", "NIP „1234563219” ma złą cyfrę kontrolną"),
        ("<ku:Regon>000903529<", "<ku:Regon>000903520<", "REGON „000903520” ma złą cyfrę kontrolną"),
        ("<inst:NIP>1234563218<", "<inst:NIP>1234563210<", "NIP „1234563210” ma złą cyfrę kontrolną"),
        (">95124020929329920006200000<", ">95124020929329920006200001<", "rachunek bankowy „95124020929329920006200001” ma złą"),
        ("<ku:Terc>1863011<", "<ku:Terc>9963011<", "wartość „9963011” w „Terc” ma niedozwoloną postać"),
        ("<ku:Jednostka>rok<", "<ku:Jednostka>wiek<", "wartość „wiek” w „Jednostka” ma niedozwoloną postać"),
        ('<ku:Klasyfikacja ', '<ku:Nowosc/><ku:Klasyfikacja ', "element „Nowosc” stoi w złym miejscu"),
        (' wykonawca="urząd"', "", "elementowi „Etap” brakuje obowiązkowego atrybutu „wykonawca”"),
        (' wykonawca="urząd"', ' wykonawca="urząd" kto="ja"', "element „Etap” ma nieznany atrybut „kto”"),
    ],
)  # fmt: skip
def test_a_finding_names_the_line_and_says_what_is_wrong(document: Path, old: str, new: str, sentence: str) -> None:
    line = damage(document, old, new)
    findings = validate(document)
    assert findings[0].line == line
    assert sentence in str(findings[0])
    assert str(findings[0]).startswith(f"{document}, wiersz {line}: błąd: ")
    assert len(findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<Dokument>",
        "",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a>y</a>',
        "<inny/>",
    ],
)
def test_what_is_no_card_document_is_a_finding_not_a_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "zly.xml"
    path.write_text(text, encoding="utf-8")
    assert [finding.is_error for finding in validate(path)] == [True]


def test_a_folder_is_checked_with_its_subfolders_and_references(tmp_path: Path) -> None:
    (tmp_path / "karty").mkdir()
    events = b"".join(life_event_catalogue([life_event()], editions_sha256=DIGEST))
    (tmp_path / "zdarzenia.xml").write_bytes(events)
    (tmp_path / "karty" / "b.xml").write_bytes(render_card(model_card("UW-PAS-002"), edition_sha256=DIGEST))
    findings = validate(tmp_path)
    assert [finding.is_error for finding in findings] == [False]
    assert "kartę „UW-PAS-001”, której nie ma w tym folderze" in str(findings[0])
    (tmp_path / "karty" / "a.xml").write_bytes(render_card(model_card("UW-PAS-001"), edition_sha256=DIGEST))
    assert validate(tmp_path) == []


def test_nothing_to_check_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Nie ma pliku XML"):
        validate(tmp_path)
    with pytest.raises(FileNotFoundError, match="Nie ma pliku XML"):
        validate(tmp_path / "nie-ma")


def test_check_digits_of_a_bank_account_find_every_single_wrong_digit() -> None:
    good = "95124020929329920006200000"
    assert is_bank_account(good)
    for place in range(26):
        wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
        assert not is_bank_account(wrong)
    assert not is_bank_account(good[:-1])
    assert not is_bank_account("")
