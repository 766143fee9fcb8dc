"""A folder export that is killed goes on where it stopped; until it is complete the old folder stands."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exporters.unfinished import FOLDER, JOURNAL, Part, Put, unfinished_export
from publication.models import Edition
from publication.recording import record
from tests.exporters.published_catalogue import (
    ON,
    RECORDED_AT,
    card_proposal,
    record_small_catalogue,
    small_catalogue,
    withdrawal,
)

PROJECT = Path(__file__).resolve().parents[2]
DAY = f"--on={ON.isoformat()}"
FILES = 8
"""Of the small catalogue after one card of an office was withdrawn: schema 3, cards 3, catalogue 1, life events 1."""
KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from exporters import unfinished

remaining = int(sys.argv[3])

def mortal(work):
    def call(*arguments):
        global remaining
        if not remaining:
            os.kill(os.getpid(), signal.SIGKILL)
        remaining -= 1
        return work(*arguments)
    return call

if sys.argv[2] == "making":
    unfinished.UnfinishedExport._note = mortal(unfinished.UnfinishedExport._note)
else:
    unfinished._put_into_place = mortal(unfinished._put_into_place)
call_command("export", "epuap", f"--out={sys.argv[1]}", sys.argv[4])
"""


def export(out: Path, *arguments: str) -> str:
    said = StringIO()
    call_command("export", "epuap", f"--out={out}", *(arguments or (DAY,)), stdout=said, stderr=said)
    return said.getvalue()


def killed(out: Path, where: str, after: int) -> None:
    """Export in a process of its own that is killed with SIGKILL after so many steps."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.reading_settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
    }
    command = [sys.executable, "-c", KILLED, str(out), where, str(after), DAY]
    assert subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode == -signal.SIGKILL


def contents(folder: Path) -> dict[str, bytes]:
    """What a reader of the folder sees."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".")}


def finished(folder: Path) -> dict[str, int]:
    """Inode of every file that an unfinished export has made."""
    made = folder / FOLDER / "files"
    return {str(path.relative_to(made)): path.stat().st_ino for path in made.rglob("*") if path.is_file()}


@pytest.fixture
def changed(real_transactions: None, tmp_path: Path) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """A folder of an earlier export, what it holds, and what the next export has to hold."""
    record_small_catalogue()
    export(tmp_path / "out")
    old = contents(tmp_path / "out")
    card, withdrawn = small_catalogue()[1:3]
    new = msgspec.structs.replace(card, title="Inny tytuł")
    record([card_proposal(new), withdrawal(withdrawn, valid_from=ON)], recorded_at=RECORDED_AT)
    export(tmp_path / "fresh")
    return tmp_path / "out", old, contents(tmp_path / "fresh")


@pytest.mark.parametrize("after", range(FILES))
def test_a_kill_while_files_are_made_leaves_the_old_folder_and_the_finished_files(
    changed: tuple[Path, dict[str, bytes], dict[str, bytes]], after: int
) -> None:
    out, old, wanted = changed
    killed(out, "making", after)
    assert contents(out) == old
    assert len(finished(out)) > after  # the last one, and the catalogue around it, were not noted yet
    assert len(set(noted(out))) == after
    said = export(out)
    assert contents(out) == wanted
    assert not (out / FOLDER).exists()
    assert ("Wznowiono przerwany eksport" in said) == bool(after)
    reused = int(found[1]) if (found := re.search(r"zostawiono plików: (\d+)", said)) else 0
    # The files of an office are made together, so up to two of them are made again.
    assert after - 2 <= reused <= after
    assert f"Zapisano {FILES} plików" in said


def noted(out: Path) -> list[str]:
    return [line.split(" ", 1)[1] for line in (out / FOLDER / JOURNAL).read_text().splitlines()[1:]]


@pytest.mark.parametrize("after", range(FILES))
def test_a_kill_while_files_take_their_places_is_made_good_by_the_next_run(
    changed: tuple[Path, dict[str, bytes], dict[str, bytes]], after: int
) -> None:
    out, old, wanted = changed
    killed(out, "placing", after)
    between = contents(out)
    assert all(content in {old.get(name), wanted.get(name)} for name, content in between.items())
    said = export(out)
    assert contents(out) == wanted
    assert f"zostawiono plików: {FILES}." in said
    assert f"Zapisano {FILES} plików" in said
    assert not (out / FOLDER).exists()


def test_a_finished_file_is_the_one_that_takes_its_place(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    killed(tmp_path / "out", "making", 6)
    inodes = finished(tmp_path / "out")
    export(tmp_path / "out")
    same = [name for name, inode in inodes.items() if (tmp_path / "out" / name).stat().st_ino == inode]
    assert len(same) >= 6


def test_another_state_of_the_catalogue_begins_anew(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    killed(tmp_path / "out", "making", 7)
    new = msgspec.structs.replace(small_catalogue()[0], title="Inny tytuł")
    record([card_proposal(new)], recorded_at=RECORDED_AT)
    said = export(tmp_path / "out")
    assert "Wznowiono" not in said
    export(tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_other_arguments_begin_anew(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    killed(tmp_path / "out", "making", 7)
    assert "Wznowiono" not in export(tmp_path / "out", DAY, "--key=UW-PAS-001")
    export(tmp_path / "fresh", DAY, "--key=UW-PAS-001")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.parametrize("damage", ["file", "journal"])
def test_what_was_damaged_meanwhile_is_made_again(real_transactions: None, tmp_path: Path, damage: str) -> None:
    record_small_catalogue()
    out = tmp_path / "out"
    killed(out, "making", 8)
    if damage == "file":
        (out / FOLDER / "files" / "karty" / "UW-PAS-001.xml").write_bytes(b"rozbity")
    else:
        journal = out / FOLDER / JOURNAL
        journal.write_bytes(journal.read_bytes()[:-5])
    said = export(out)
    assert "Gotowe pliki z poprzedniego razu: 7." in said
    export(tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_second_process_does_not_write_into_the_same_folder(published: list[Edition], tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    with (tmp_path / FOLDER / JOURNAL).open("wb") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Inny proces zapisuje"):
            export(tmp_path)
    assert contents(tmp_path) == {}
    export(tmp_path)
    assert contents(tmp_path)


def test_a_file_that_did_not_change_is_left_alone(published: list[Edition], tmp_path: Path) -> None:
    export(tmp_path)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*.xml")}
    export(tmp_path)
    assert {path: path.stat().st_ino for path in tmp_path.rglob("*.xml")} == before


def test_a_file_that_did_not_change_is_not_written_a_second_time(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    export(tmp_path)
    before = contents(tmp_path)
    killed(tmp_path, "making", 8)
    card = Path("karty") / "UW-PAS-001.xml"
    assert (tmp_path / FOLDER / "files" / card).samefile(tmp_path / card)
    export(tmp_path)
    assert contents(tmp_path) == before
    assert (tmp_path / card).stat().st_nlink == 1


def test_an_interrupted_export_is_not_taken_for_the_exported_files(real_transactions: None, tmp_path: Path) -> None:
    record_small_catalogue()
    out = tmp_path / "out"
    export(out)
    (out / FOLDER).mkdir()
    (out / FOLDER / "halb.xml").write_text("<")
    said = StringIO()
    call_command("validate_export", "epuap", str(out), stdout=said)
    assert "Brak błędów." in said.getvalue()


def test_a_part_is_made_as_a_whole_or_again_as_a_whole(tmp_path: Path) -> None:
    """An office's cards are rendered once for their own files and the catalogue: half of them is no use."""
    made = []

    def write(put: Put) -> None:
        for name in ("a", "b"):
            made.append(name)
            put(name, [b"x"])

    with unfinished_export(tmp_path, identity="1") as first:
        first._put("a", [b"x"])
    with unfinished_export(tmp_path, identity="1") as second:
        assert list(second.finished) == ["a"]
        assert list(second.make([Part(("a", "b"), write)])) == [2]
        assert [path.name for path in second.place()] == ["a", "b"]
    assert (made, second.reused) == (["a", "b"], 0)
