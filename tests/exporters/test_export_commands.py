"""The export commands: what they write, that they can run again, how they refuse."""

from __future__ import annotations

import datetime
import errno
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command, load_command_class

from exporters.disk_refusals import reason
from exporters.editions import combined_digest
from exporters.epuap.addresses import STANDING
from exporters.epuap.validation import validate
from exporters.files import replace_file
from exporters.formats import COLLECTIONS, FORMATS
from exporters.selection import select
from publication.models import Edition
from publication.recording import record
from tests.exporters.cards_for_tests import office_reference
from tests.exporters.published_catalogue import ON, RECORDED_AT, SECRET, card_proposal, small_catalogue, withdrawal

OFFICE = office_reference().code
DAY = f"--on={ON.isoformat()}"


def run(*arguments: str) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output, stderr=output)
    return output.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_full_export_has_every_card_every_office_and_the_life_events(
    published: list[Edition], tmp_path: Path
) -> None:
    said = run("export", "epuap", f"--out={tmp_path}", DAY, "--validate")
    assert sorted(files(tmp_path)) == [
        f"karty/UW-PAS-001.{OFFICE}.xml",
        "karty/UW-PAS-001.xml",
        f"karty/UW-PAS-002.{OFFICE}.xml",
        "karty/UW-PAS-002.xml",
        f"katalogi/{OFFICE}.xml",
        "xml/wzor/karta-uslugi/2026/11/25/schemat.xsd",
        "xml/wzor/karta-uslugi/2026/11/25/styl.css",
        "xml/wzor/karta-uslugi/2026/11/25/styl.xsl",
        "zdarzenia.xml",
    ]
    assert STANDING in said
    assert "Wszystkie pliki są zgodne ze wzorem." in said
    assert validate(tmp_path) == []


def test_running_again_gives_equal_bytes_on_another_day_too(published: list[Edition], tmp_path: Path) -> None:
    run("export", "epuap", f"--out={tmp_path / 'a'}", DAY)
    run("export", "epuap", f"--out={tmp_path / 'a'}", DAY)
    run("export", "epuap", f"--out={tmp_path / 'b'}", "--on=2026-03-01")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_no_export_holds_what_only_consultants_read(published: list[Edition], tmp_path: Path) -> None:
    assert any(SECRET.encode() in bytes(edition.restricted) for edition in published)
    run("export", "epuap", f"--out={tmp_path}", DAY)
    run("card_pdf", "UW-PAS-001", f"--out={tmp_path / 'a.pdf'}", DAY)
    assert all(SECRET.encode() not in content for content in files(tmp_path).values())


def test_a_withdrawn_card_leaves_the_folder_at_the_next_full_export(published: list[Edition], tmp_path: Path) -> None:
    run("export", "epuap", f"--out={tmp_path}", DAY)
    day = datetime.date(2026, 5, 1)
    record([withdrawal(small_catalogue()[2], valid_from=day)], recorded_at=RECORDED_AT)
    run("export", "epuap", f"--out={tmp_path}", f"--on={day}", "--key=UW-PAS-002")
    assert f"karty/UW-PAS-001.{OFFICE}.xml" in files(tmp_path)
    assert "nie obowiązują: 1" in run("export", "epuap", f"--out={tmp_path}", f"--on={day}")
    assert f"karty/UW-PAS-001.{OFFICE}.xml" not in files(tmp_path)
    assert "UW-PAS-001" not in files(tmp_path)[f"katalogi/{OFFICE}.xml"].decode()


def test_an_office_or_a_symbol_narrows_the_export(published: list[Edition], tmp_path: Path) -> None:
    run("export", "epuap", f"--out={tmp_path / 'urzad'}", DAY, f"--office={OFFICE}")
    names = [name for name in files(tmp_path / "urzad") if not name.startswith("xml/")]
    assert sorted(names) == [
        f"karty/UW-PAS-001.{OFFICE}.xml",
        f"karty/UW-PAS-002.{OFFICE}.xml",
        f"katalogi/{OFFICE}.xml",
    ]
    run("export", "epuap", f"--out={tmp_path / 'symbol'}", DAY, "--key=UW-PAS-001")
    names = [name for name in files(tmp_path / "symbol") if not name.startswith("xml/")]
    assert sorted(names) == [f"karty/UW-PAS-001.{OFFICE}.xml", "karty/UW-PAS-001.xml"]


REFUSED = {
    "--on=2020-01-01": "Pierwsze wydanie obowiązuje od 2026-01-01",
    "--office=nie-ma": f"nie ma urzędu „nie-ma”. Są: {OFFICE}.",
    "--type=XX": "nie ma typu urzędu „XX”. Są: UW.",
    "--key=UW-PAS-009": "nie ma karty „UW-PAS-009”. Podobne symbole: UW-PAS-002, UW-PAS-001.",
    "--key=NIC": "Są: UW-PAS-001, UW-PAS-002.",
    "--since=3000": "Numer 3000 jest poza dziennikiem. Ostatnie wydanie ma numer 7.",
    "--since=-1": "jest poza dziennikiem",
}


@pytest.mark.parametrize("condition", REFUSED)
def test_what_does_not_exist_is_refused_with_what_does(
    published: list[Edition], tmp_path: Path, condition: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run("export", "epuap", f"--out={tmp_path / 'a'}", *([] if condition.startswith("--on") else [DAY]), condition)
    assert REFUSED[condition] in str(refusal.value)
    assert refusal.value.returncode == 2
    assert files(tmp_path) == {}


@pytest.mark.parametrize("command", ["export", "validate_export"])
def test_an_unknown_format_is_refused_with_the_list(tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(command, "docx", *([f"--out={tmp_path}"] if command == "export" else [str(tmp_path)]))
    assert "„docx”" in str(refusal.value)
    assert all(name in str(refusal.value) for name in ("epuap", "schema-org"))
    assert refusal.value.returncode == 2


def test_an_empty_catalogue_says_that_it_is_empty(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Katalog jest pusty"):
        run("export", "schema-org", f"--out={tmp_path / 'a.jsonld'}")


def test_only_what_was_recorded_after_an_edition_is_exported(published: list[Edition], tmp_path: Path) -> None:
    changed = [msgspec.structs.replace(card, title="Inny tytuł") for card in small_catalogue()[1:3]]
    record(map(card_proposal, changed), recorded_at=RECORDED_AT)
    run("export", "schema-org", f"--out={tmp_path / 'a.jsonld'}", DAY, f"--since={len(published)}")
    assert {node["name"] for node in json.loads((tmp_path / "a.jsonld").read_bytes())["@graph"]} == {"Inny tytuł"}
    run("export", "epuap", f"--out={tmp_path / 'xml'}", DAY, f"--since={len(published)}")
    names = [name for name in files(tmp_path / "xml") if not name.startswith("xml/")]
    assert sorted(names) == [f"karty/UW-PAS-001.{OFFICE}.xml", "karty/UW-PAS-002.xml"]


def test_a_package_is_always_whole(published: list[Edition], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="zawsze cały katalog") as refusal:
        run("export", "knowledge-package", f"--out={tmp_path / 'a.zip'}", DAY, f"--office={OFFICE}")
    assert refusal.value.returncode == 2


def test_only_a_package_for_consultants_holds_what_only_they_read(published: list[Edition], tmp_path: Path) -> None:
    """The marker stands in every restricted text; it must be in this one format and in no other."""
    holding = set()
    for name, chosen in FORMATS.items():
        if chosen.collection:
            run("export", name, f"--out={tmp_path / name / 'x'}.{chosen.extension}", DAY)
            if any(
                SECRET in text for path in (tmp_path / name).rglob("*") if path.is_file() for text in texts_of(path)
            ):
                holding.add(name)
    assert holding == {"knowledge-package-consultant"}
    assert not [name for name in COLLECTIONS if "consultant" in name]


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file; those of an archive unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    else:
        yield path.read_bytes().decode("utf-8", "replace")


KILLED = """
import os, signal, sys
from pathlib import Path
from exporters.files import replace_file

def pieces():
    yield b"nowy" * 100_000
    sys.stdout.buffer.write(b"x")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
    yield b"koniec"

replace_file(Path(sys.argv[1]), pieces())
"""


def test_a_process_killed_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "katalog.zip"
    path.write_bytes(b"stary")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (-9, b"x")
    assert path.read_bytes() == b"stary"
    (rest,) = set(tmp_path.iterdir()) - {path}
    os.utime(rest, (0, 0))
    replace_file(path, [b"nowy"])
    assert files(tmp_path) == {"katalog.zip": b"nowy"}


SINGLE_FILES = [
    name for name, entry in FORMATS.items() if entry.collection and not entry.folder and not entry.for_consultants
]


@pytest.mark.parametrize("name", SINGLE_FILES)
def test_a_single_file_is_replaced_as_a_whole(published: list[Edition], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"wynik.{FORMATS[name].extension}"
    path.write_bytes(b"stary")
    run("export", name, f"--out={path}", DAY)
    first = path.read_bytes()
    run("export", name, f"--out={tmp_path}", DAY)
    assert files(tmp_path) == {path.name: first, f"katalog.{FORMATS[name].extension}": first}
    assert SECRET.encode() not in first


@pytest.mark.parametrize("name", SINGLE_FILES)
def test_an_export_that_breaks_in_the_middle_leaves_the_old_file(
    published: list[Edition], tmp_path: Path, name: str
) -> None:
    chosen = FORMATS[name]
    path = tmp_path / "katalog"
    path.write_bytes(b"stary")
    assert chosen.collection

    def broken() -> Iterator[bytes]:
        for piece in chosen.collection(select(on=ON)):  # type: ignore[misc]
            yield piece
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(path, broken())
    assert files(tmp_path) == {"katalog": b"stary"}


def test_a_folder_that_cannot_be_written_is_said(published: list[Edition], tmp_path: Path) -> None:
    (tmp_path / "plik").write_text("x")
    with pytest.raises(CommandError, match="Nie można zapisać"):
        run("export", "epuap", f"--out={tmp_path / 'plik'}", DAY)


def test_a_date_that_is_no_date_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="RRRR-MM-DD"):
        run("export", "epuap", f"--out={tmp_path}", "--on=jutro")


def test_validate_export_fails_on_a_damaged_file(published: list[Edition], tmp_path: Path) -> None:
    run("export", "epuap", f"--out={tmp_path}", DAY)
    assert "Brak błędów." in run("validate_export", "epuap", str(tmp_path))
    path = tmp_path / "karty" / "UW-PAS-001.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-01-01", "wczoraj"), encoding="utf-8")
    with pytest.raises(CommandError, match="Znaleziono błędy"):
        run("validate_export", "epuap", str(path))
    with pytest.raises(CommandError, match="Nie ma pliku XML"):
        run("validate_export", "epuap", str(tmp_path / "brak"))


def test_card_pdf_writes_the_card_of_an_office(published: list[Edition], tmp_path: Path) -> None:
    run("card_pdf", "UW-PAS-001", f"--office={OFFICE}", f"--out={tmp_path / 'a.pdf'}", DAY)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")
    with pytest.raises(CommandError, match="nie obowiązuje"):
        run("card_pdf", "UW-NIE-001", f"--out={tmp_path / 'b.pdf'}", DAY)
    with pytest.raises(CommandError, match="nie jest kartą"):
        run("card_pdf", f"urzad/{OFFICE}", f"--out={tmp_path / 'b.pdf'}", DAY)


def test_handbooks_of_one_type_and_of_all(published: list[Edition], tmp_path: Path) -> None:
    run("handbook", "UW", f"--out={tmp_path / 'a.pdf'}", DAY)
    run("handbook", "all", f"--out={tmp_path / 'wszystkie'}", DAY)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "wszystkie" / "podrecznik-UW.pdf").read_bytes()
    with pytest.raises(CommandError, match="Nie ma typu urzędu"):
        run("handbook", "XX", f"--out={tmp_path / 'b.pdf'}", DAY)


def test_printed_catalogues_of_one_office_and_of_all(published: list[Edition], tmp_path: Path) -> None:
    run("printed_catalogue", OFFICE, f"--out={tmp_path / 'a.pdf'}", DAY)
    run("printed_catalogue", "all", f"--out={tmp_path / 'wszystkie'}", DAY)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "wszystkie" / f"katalog-{OFFICE}.pdf").read_bytes()
    with pytest.raises(CommandError, match="Nie ma urzędu"):
        run("printed_catalogue", "nie-ma", f"--out={tmp_path / 'b.pdf'}", DAY)


def test_a_card_is_printed_in_its_variants(published: list[Edition], tmp_path: Path) -> None:
    for variant in ("full", "visit", "large"):
        run("card_pdf", "UW-PAS-001", f"--out={tmp_path / variant}", f"--variant={variant}", DAY)
    assert len(set(files(tmp_path).values())) == 3


def test_the_digest_of_a_set_does_not_depend_on_order_but_on_every_edition() -> None:
    pairs = [("a", "1"), ("b", "2")]
    assert combined_digest(pairs) == combined_digest(reversed(pairs))
    assert len({combined_digest(pairs), combined_digest(pairs[:1]), combined_digest([("a", "2"), ("b", "1")])}) == 3


def test_a_file_whose_writing_fails_leaves_the_old_one_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "plik.xml"
    path.write_bytes(b"stary")

    def broken() -> object:
        yield b"nowy"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_file(path, broken())  # type: ignore[arg-type]
    assert files(tmp_path) == {"plik.xml": b"stary"}


@pytest.mark.parametrize(("command", "able"), [("export", "collection"), ("validate_export", "validate")])
def test_the_help_lists_only_formats_that_the_command_takes(command: str, able: str) -> None:
    listed = load_command_class("exporters", command).help.partition("Formaty: ")[2].partition(".")[0].split(", ")
    assert listed == [name for name, entry in FORMATS.items() if getattr(entry, able)]
    assert "pdf" not in listed


def test_conditions_that_nothing_meets_together_are_refused(published: list[Edition], tmp_path: Path) -> None:
    """An empty file would look like an answer."""
    target = tmp_path / "katalog.jsonld"
    alone = withdrawal(small_catalogue()[2], valid_from=ON)  # the card of the office; the general one stays
    record([alone], recorded_at=RECORDED_AT)
    with pytest.raises(
        CommandError, match=f"nic nie spełnia naraz warunków: urząd „{OFFICE}”, symbol „UW-PAS-001”"
    ) as refusal:
        run("export", "schema-org", f"--out={target}", DAY, f"--office={OFFICE}", "--key=UW-PAS-001")
    assert refusal.value.returncode == 2
    assert not target.exists()


def test_one_file_is_counted_in_good_polish(published: list[Edition], tmp_path: Path) -> None:
    assert "Zapisano 1 plik (" in run("export", "csv", f"--out={tmp_path / 'katalog.csv'}", DAY)


@pytest.mark.parametrize("command", ["handbook", "printed_catalogue"])
def test_a_file_where_a_folder_is_wanted_is_refused_in_polish(
    published: list[Edition], tmp_path: Path, command: str
) -> None:
    there = tmp_path / "jest"
    there.write_text("stary")
    with pytest.raises(CommandError, match=r"to plik, a wynik „all” to wiele plików\. Podaj w --out folder\."):
        run(command, "all", f"--out={there}", DAY)
    with pytest.raises(CommandError, match=r"to folder\. Podaj w --out plik"):
        run(command, OFFICE if command == "printed_catalogue" else "UW", f"--out={tmp_path}", DAY)
    assert there.read_text() == "stary"


def test_a_disk_that_refuses_is_told_in_polish(published: list[Edition], tmp_path: Path) -> None:
    (tmp_path / "plik").write_text("")
    with pytest.raises(CommandError, match="plik, a potrzebny jest folder"):
        run("export", "csv", f"--out={tmp_path / 'plik' / 'katalog.csv'}", DAY)
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "na dysku brakuje miejsca"
    assert reason(OSError(9999, "strange")) == "błąd systemu numer 9999"
