"""What only reads editions runs without the editor's screen, and no process loads a library before it needs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config import reading_synonyms, synonym_register
from config.programs import READING, WHOLE, settings_module
from exporters.formats import FORMATS
from search.models import SynonymEntry
from tests.exporters.published_catalogue import ON, record_small_catalogue
from tests.exporters.test_unfinished_exports import contents, export

PROJECT = Path(__file__).resolve().parents[2]
DAY = f"--on={ON.isoformat()}"
HEAVY = frozenset({"weasyprint", "fontTools", "openpyxl", "rdflib", "pyshacl", "jsonschema", "tantivy", "numpy"})
"""Libraries that lay out, check or search: none of them belongs to the start of a process."""
LOADED = """
import json, runpy, sys
sys.argv = ["manage.py", *sys.argv[1:]]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    print("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def run(*arguments: str) -> tuple[str, set[str]]:
    """What `manage.py` says in a process of its own, and the packages that it has loaded in the end."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    del environment["DJANGO_SETTINGS_MODULE"]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said, _, modules = done.stdout.rstrip().rpartition("\n")
    return said, set(json.loads(modules))


CHOSEN = {
    ("manage.py",): WHOLE,
    ("manage.py", "help"): WHOLE,
    ("manage.py", "prepare"): WHOLE,
    ("manage.py", "export", "epuap"): READING,
    ("manage.py", "export", "--since=3", "knowledge-package-consultant"): READING,
    ("manage.py", "validate_export", "hsds", "x.json"): READING,
    ("manage.py", "load_demo", "export"): WHOLE,
}


@pytest.mark.parametrize("arguments", CHOSEN)
def test_commands_that_only_read_editions_run_with_what_reading_needs(arguments: tuple[str, ...]) -> None:
    assert settings_module(arguments) == CHOSEN[arguments]


@pytest.mark.parametrize("name", [name for name, entry in FORMATS.items() if entry.collection])
def test_an_export_in_a_small_process_is_the_same(real_transactions: None, tmp_path: Path, name: str) -> None:
    record_small_catalogue()
    chosen = FORMATS[name]
    target = "x" if chosen.folder else f"x.{chosen.extension}"
    _, loaded = run("export", name, f"--out={tmp_path / 'small' / target}", DAY)
    assert loaded & (HEAVY | {"wagtail"}) == set()
    export_here(name, tmp_path / "here" / target)
    assert contents(tmp_path / "small") == contents(tmp_path / "here")


def export_here(name: str, out: Path) -> None:
    from django.core.management import call_command

    call_command("export", name, f"--out={out}", DAY, verbosity=0)


def test_the_synonyms_of_a_small_process_are_those_of_the_register(db: None) -> None:
    phrases = [("Ż", False), ("a", False), ("ą", False), ("b", True)]
    SynonymEntry.objects.bulk_create(
        SynonymEntry(phrase=phrase, kind="exact", target_kind="card", target="UW-PAS-001", candidate=candidate)
        for phrase, candidate in phrases
    )
    assert reading_synonyms.rows() == synonym_register.rows()
    assert sorted(row["phrase"] for row in reading_synonyms.rows()) == sorted(["Ż", "a", "ą"])


def test_a_check_in_a_small_process_finds_the_same(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    export(tmp_path)
    said, loaded = run("validate_export", "epuap", str(tmp_path))
    assert "Brak błędów." in said
    assert "wagtail" not in loaded


def test_the_client_of_a_search_server_is_loaded_only_where_there_is_one() -> None:
    _, loaded = run("check")
    assert "search" in loaded
    assert loaded & {"elasticsearch", "elastic_transport"} == set()


def test_the_start_of_every_command_loads_no_library_for_layout_checks_or_search() -> None:
    _, loaded = run("help", "--commands")
    assert "wagtail" in loaded
    assert loaded & HEAVY == set()
