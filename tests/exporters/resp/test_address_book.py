"""The ePUAP address book: rows of offices, and a check that finds what is wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest

from exporters.resp.address_book import COLUMNS, short_regon, table, xml
from exporters.resp.checking import validate
from service_catalog.published.office import Office
from tests.exporters.cards_for_tests import office_record


def office(**changes: str) -> Office:
    return msgspec.structs.replace(office_record(), epuap_address="/uw_rzeszow/SkrytkaESP", **changes)


def test_rows_have_six_fields_and_null_for_what_is_missing(tmp_path: Path) -> None:
    offices = [office(name="Urząd <A> & B"), office(street="", building=""), office_record()]
    path = tmp_path / "RESP.xml"
    path.write_bytes(b"".join(xml(offices)))
    assert validate(path) == []
    text = path.read_text(encoding="utf-8")
    assert text.count("<esp>") == 2  # the third has no mailbox
    assert "<name>Urząd &lt;A&gt; &amp; B</name>" in text
    assert "<adres>NULL</adres>" in text
    lines = list(csv.reader(io.StringIO(b"".join(table(offices)).decode(), newline=""), delimiter=";"))
    assert lines[0] == list(COLUMNS)
    assert lines[1][1:] == ["000903529", "ul. Grunwaldzka 15", "35-959", "Rzeszów", "/uw_rzeszow/SkrytkaESP"]
    assert len(lines) == 3


def test_a_formula_in_a_name_is_neutralised() -> None:
    assert b"'=1+1" in b"".join(table([office(name="=1+1")]))


@pytest.mark.parametrize(
    ("number", "short"),
    [("00090352900000", "000903529"), ("00090352900123", "00090352900123"), ("000903529", "000903529"), ("", "")],
)
def test_a_long_regon_of_the_unit_itself_is_cut(number: str, short: str) -> None:
    assert short_regon(number) == short


ROW = "<esp><name>A</name><regon>000903529</regon><adres>NULL</adres><kod_pocztowy>35-959</kod_pocztowy>"
END = "<miejscowosc>B</miejscowosc><uri>/a/b</uri></esp>"
WRONG = {
    f"<resp>{ROW.replace('000903529', '000903528')}{END}</resp>": "złą cyfrę kontrolną",
    f"<resp>{ROW.replace('35-959', '35959')}{END}</resp>": "nie ma postaci 00-000",
    f"<resp>{ROW}{END.replace('/a/b', 'a')}</resp>": "/podmiot/skrytka",
    f"<resp>{ROW.replace('<name>A', '<name>NULL')}{END}</resp>": "nie ma nazwy",
    f"<resp>{ROW}</esp></resp>": "po kolei",
    "<offices/>": "oczekiwano: resp",
    "<resp>": "nie jest poprawnym",
    '<!DOCTYPE resp [<!ENTITY a "b">]><resp>&a;</resp>': "DOCTYPE",
    "<resp>" + "<a>" * 200_000: "nie jest poprawnym",
}


@pytest.mark.parametrize("content", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_found(tmp_path: Path, content: str) -> None:
    path = tmp_path / "RESP.xml"
    path.write_text(content, encoding="utf-8")
    (finding,) = validate(path)
    assert WRONG[content] in finding.sentence
    with pytest.raises(FileNotFoundError):
        validate(tmp_path / "brak.xml")
