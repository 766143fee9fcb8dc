"""The address book comes back as a plan and as drafts; hostile files are refused; nothing is published."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from cms.intake.refusals import RefusedFile
from exporters.resp.address_book import table, xml
from importers.address_book import BookRow, plan_of, read_book
from importers.sources.resp.reading import rows_of_file
from publication.reading import head_sequence
from service_catalog.authoring.office_addresses import OfficeAddress
from service_catalog.models import OfficePage
from tests.exporters.cards_for_tests import office_record
from tests.service_catalog import builders

OFFICE = OfficeAddress(
    code="uw-rzeszow",
    title="Podkarpacki Urząd Wojewódzki w Rzeszowie",
    regon="000903529",
    street="ul. Grunwaldzka",
    building="15",
    postal_code="35-959",
    town="Rzeszów",
    epuap_address="/uw/SkrytkaESP",
)


def row(**changes: str | int) -> BookRow:
    plain = BookRow(line=2, name=OFFICE.title, regon="00090352900000", street="ul. Grunwaldzka 15", postal_code="35-959",
                    town="Rzeszów", uri="/uw/SkrytkaESP")  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def changes(*rows: BookRow) -> list[tuple[str, str]]:
    return [(change.field, change.after) for change in plan_of(rows, [OFFICE]).changes]


def test_what_is_equal_changes_nothing_and_what_is_missing_stays() -> None:
    assert plan_of([row()], [OFFICE]).unchanged == ["uw-rzeszow"]
    assert changes(row(street="", postal_code="", town="", uri="", regon="")) == []


def test_differences_are_planned_field_by_field() -> None:
    assert changes(row(street="ul. Nowa 7A", postal_code="35-001", uri="/uw/nowa")) == [
        ("postal_code", "35-001"), ("epuap_address", "/uw/nowa"), ("street", "ul. Nowa"), ("building", "7A"),
    ]  # fmt: skip
    assert changes(row(street="Rynek")) == [("street", "Rynek")]


def test_an_office_is_found_by_number_mailbox_or_name() -> None:
    assert changes(row(regon="", uri="/uw/SkrytkaESP", name="Inna nazwa", town="Nowe")) == [("town", "Nowe")]
    assert changes(row(regon="", uri="", name="PODKARPACKI urząd  wojewódzki w Rzeszowie", town="Nowe")) == [
        ("town", "Nowe")
    ]
    assert [found.name for found in plan_of([row(regon="1", uri="/x/y", name="Obcy")], [OFFICE]).unknown] == ["Obcy"]
    twin = msgspec.structs.replace(OFFICE, code="blizniak")
    assert len(plan_of([row()], [OFFICE, twin]).unknown) == 1


def test_an_office_with_several_mailboxes_keeps_its_own() -> None:
    assert changes(row(uri="/uw/inna"), row(line=3)) == []


def test_a_value_that_no_office_can_have_is_left_out_with_a_reason() -> None:
    plan = plan_of([row(postal_code="3595", town="Nowe")], [OFFICE])
    assert [change.field for change in plan.changes] == ["town"]
    assert (plan.faults[0].line, "„3595” pominięto" in plan.faults[0].sentence) == (2, True)


def exported(tmp_path: Path, form: str) -> Path:
    office = msgspec.structs.replace(office_record(), epuap_address="/uw_rzeszow/SkrytkaESP", name="=Urząd <A> & „B”")
    path = tmp_path / f"RESP.{form}"
    path.write_bytes(b"".join((xml if form == "xml" else table)([office, office])))
    return path


@pytest.mark.parametrize("form", ["xml", "csv"])
def test_what_we_export_is_read_back(tmp_path: Path, form: str) -> None:
    rows = read_book(exported(tmp_path, form))
    assert [(found.name, found.uri, found.street) for found in rows] == [
        ("=Urząd <A> & „B”", "/uw_rzeszow/SkrytkaESP", "ul. Grunwaldzka 15")
    ] * 2
    assert [found.line for found in rows] == ([3, 11] if form == "xml" else [2, 3])


HOSTILE = {
    "entities": b'<!DOCTYPE resp [<!ENTITY a "a">]><resp>&a;</resp>',
    "levels": b"<resp>" * 200_000,
    "attributes": b"<resp " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>",
    "another root": b"<inne/>",
    "another element": b"<resp><urzad/></resp>",
    "unknown cell": b"<resp><esp><haslo>x</haslo></esp></resp>",
    "long cell": b"<resp><esp><name>" + b"x" * 501 + b"</name></esp></resp>",
    "no header": b"a;b;c\r\n1;2;3\r\n",
    "short row": b"name;regon;adres;kod_pocztowy;miejscowosc;uri\r\n1;2\r\n",
    "open quotation": b'name;regon;adres;kod_pocztowy;miejscowosc;uri\r\n"a;b\r\n',
    "UTF-16": "<resp/>".encode("utf-16"),
    "nothing": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plik"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(RefusedFile):
        rows_of_file(str(path))


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("resp") / "plik"
    path.write_bytes(content)
    try:
        assert all(len(found) == 7 for found in rows_of_file(str(path)))
    except RefusedFile as refusal:
        assert str(refusal)  # noqa: PT017


@pytest.mark.django_db
def test_the_command_plans_and_saves_drafts_without_publishing(tmp_path: Path) -> None:
    builders.write_catalogue("uw-rzeszow")
    page = OfficePage.objects.get(code="uw-rzeszow")
    office = msgspec.structs.replace(builders.office(), epuap_address=page.epuap_address or "/uw/SkrytkaESP")
    before = head_sequence()
    path = tmp_path / "RESP.xml"
    path.write_bytes(b"".join(xml([msgspec.structs.replace(office, town="Nowe Miasto")])))
    output = StringIO()
    call_command("import_address_book", str(path), stdout=output)
    assert f"{office.code}: miejscowość: „{office.town}” → „Nowe Miasto”" in output.getvalue()
    assert page.get_latest_revision_as_object().town == office.town
    call_command("import_address_book", str(path), "--apply", stdout=output)
    page.refresh_from_db()
    assert (page.town, page.get_latest_revision_as_object().town) == (office.town, "Nowe Miasto")
    assert page.has_unpublished_changes
    assert head_sequence() == before
    again = StringIO()
    call_command("import_address_book", str(path), stdout=again)
    assert "Zmian: 0." in again.getvalue()


def test_the_command_refuses_with_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<resp><esp></resp>")
    for name in ("a.xml", "brak.xml"):
        with pytest.raises(CommandError) as refusal:
            call_command("import_address_book", str(tmp_path / name))
        assert refusal.value.returncode == 2
