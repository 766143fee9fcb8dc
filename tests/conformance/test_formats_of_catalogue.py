"""Every machine format of the whole catalogue is valid by the official schema of its standard, and complete."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from exporters.cpsv_ap.validation import mandatory_shapes, read, targeted, violations
from publication.calendar import today
from publication.models import Edition, EditionKind
from publication.reading import editions
from tests.databases import copy_empty

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]
CARDS, OFFICES = 3750, 100


def exported(name: str, path: Path) -> Path:
    call_command("export", name, "--out", str(path), stdout=StringIO(), stderr=StringIO())
    return path


def test_cpsv_ap_conforms_and_every_mandatory_shape_looks_at_nodes(tmp_path: Path) -> None:
    graph = read(exported("cpsv-ap-ttl", tmp_path / "katalog.ttl"))
    assert list(violations(graph)) == []
    counts = targeted(graph)
    assert {name: counts[name] for name in mandatory_shapes() if not counts[name]} == {}
    assert (counts["PublicServiceShape"], counts["DatasetShape"]) == (CARDS, 1)


def test_cpsv_ap_has_the_same_nodes_in_both_syntaxes(tmp_path: Path) -> None:
    """That equal nodes mean equal graphs is shown card by card elsewhere."""
    blocks = exported("cpsv-ap-ttl", tmp_path / "katalog.ttl").read_text(encoding="utf-8").count(" .\n\n<")
    lines = exported("cpsv-ap", tmp_path / "katalog.jsonld").read_text(encoding="utf-8").count('{"@id":"')
    assert blocks > CARDS
    assert lines > blocks


@pytest.mark.parametrize("name", ["schema-org", "hsds", "hsds-organizations", "resp"])
def test_a_format_with_a_schema_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / ("katalog.xml" if name == "resp" else "katalog.json")
    call_command("validate_export", name, str(exported(name, path)), stdout=StringIO(), stderr=StringIO())
    expected = {"hsds": CARDS, "schema-org": CARDS, "hsds-organizations": OFFICES}
    if name in expected:
        assert path.read_bytes().count(b"\n") - 2 == expected[name]


def test_lists_have_a_row_per_card(tmp_path: Path) -> None:
    with exported("csv", tmp_path / "katalog.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    book = openpyxl.load_workbook(exported("xlsx", tmp_path / "katalog.xlsx"), read_only=True)
    sheet = book.active
    assert sheet is not None
    assert len(rows) == CARDS + 1
    assert sum(1 for _ in sheet.iter_rows()) == CARDS + 1
    book.close()


def test_a_package_goes_into_an_empty_installation_with_identical_hashes(tmp_path: Path) -> None:
    package = exported("knowledge-package-consultant", tmp_path / "pakiet.zip")
    call_command("validate_export", "knowledge-package-consultant", str(package), stdout=StringIO())
    environment = os.environ | {"OKIENKO_DATA": str(tmp_path / "empty"), "DATABASE_URL": ""}

    def manage(*arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)

    copy_empty(tmp_path / "empty" / "okienko.sqlite3")
    manage("import_knowledge_package", str(package))
    manage("export", "knowledge-package-consultant", "--out", str(tmp_path / "powrot.zip"))
    with closing(sqlite3.connect(tmp_path / "empty" / "okienko.sqlite3")) as database:
        arrived = set(database.execute("SELECT key, sha256, restricted_sha256 FROM publication_edition"))
    sent = editions().filter(valid_from__gt=today()) | editions().in_force(on=today())
    wanted = set(sent.values_list("key", "sha256", "restricted_sha256"))
    assert arrived == wanted
    assert len(arrived) > CARDS + OFFICES
    assert Edition.objects.filter(kind=EditionKind.CARD).count() >= CARDS
