from __future__ import annotations

import io
import json
import threading
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from search import generations, indexer
from tests.search import catalogue


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("search_index", *arguments, stdout=output)
    return output.getvalue()


def facts(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.mark.django_db
def test_rebuild_update_status_and_verify_agree() -> None:
    catalogue.publish()
    before = facts("status")
    rebuilt = facts("rebuild")
    status = facts("status")

    assert before == {"ready": False, "behind": 18}
    assert (rebuilt["written"], rebuilt["rebuilt"], rebuilt["sequence"]) == (9, True, 18)
    assert (status["ready"], status["documents"], status["behind"], status["engine"]) == (True, 9, 0, "tantivy")
    assert facts("verify") == {"equal": True, "differences": []}
    assert facts("update")["written"] == 0


@pytest.mark.django_db
def test_update_builds_the_first_index() -> None:
    catalogue.publish()

    assert "Zapisano usług: 9" in run("update")
    assert "Indeks zgadza się" in run("verify")


@pytest.mark.usefixtures("indexed")
def test_verify_fails_and_names_what_differs() -> None:
    catalogue.append(catalogue.tombstone(catalogue.GUN, valid_from=catalogue.BEGINNING))

    with pytest.raises(CommandError, match=r"KWP-POZ-001: jest w indeksie, a nie obowiązuje w dzienniku"):
        run("verify")


@pytest.mark.django_db
def test_verify_without_an_index_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="search_index rebuild"):
        run("verify")


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("subcommand", ["rebuild", "update"])
def test_a_second_writer_is_told_to_wait(subcommand: str) -> None:
    with generations.writing(indexer.index_root()), pytest.raises(CommandError, match="Inny proces zapisuje"):
        run(subcommand, "--wait", "0")


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("subcommand", ["rebuild", "update"])
def test_a_command_waits_for_a_writer_that_is_about_to_finish(subcommand: str) -> None:
    held = ExitStack()
    held.enter_context(generations.writing(indexer.index_root()))
    with closing(held):
        threading.Timer(0.1, held.close).start()
        run(subcommand, "--wait", "60")

    assert generations.current(indexer.index_root()) is not None


DAMAGES = (
    "meta.json junk", "meta.json gone", "*.term cut", "*.term junk", "*.idx cut", "*.idx junk", "*.store cut", "*.store junk",
    "*.store gone", "*.fast cut", "*.fast junk", "*.fast gone", "*.fieldnorm cut",
)  # fmt: skip


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_said_plainly_the_site_stays_up_and_a_rebuild_repairs_it(
    client: Client, search_directory: Path, damage: str
) -> None:
    pattern, how = damage.split()
    generation = generations.current(search_directory)
    assert generation is not None
    files = list((generation / "tantivy").glob(pattern))
    assert files
    for path in files:
        content = path.read_bytes()
        path.unlink()
        if how != "gone":
            path.write_bytes(content[: len(content) // 2] if how == "cut" else b"\x00\xff" * (len(content) // 2))

    for address in ("/szukaj/?q=paszport+dziecka", "/api/v1/search?q=paszport&facets=true", "/api/v1/suggest?q=pasz"):
        assert client.get(address).status_code == 200
    run("rebuild")
    assert json.loads(client.get("/api/v1/search?q=paszport").content)["total"] == 4
    assert "Indeks zgadza się" in run("verify")


@pytest.mark.usefixtures("indexed")
def test_a_locked_index_answers_and_tells_the_second_writer(client: Client) -> None:
    with generations.writing(indexer.index_root()):
        assert "Paszport dla" in client.get("/szukaj/?q=dorosłej+osoby").content.decode().replace("<mark>", "")


@pytest.mark.django_db
def test_a_directory_that_is_a_file_is_said_plainly(client: Client, search_directory: Path) -> None:
    search_directory.write_bytes(b"")

    assert "niedostępna" in client.get("/szukaj/?q=paszport").content.decode()
    with pytest.raises(CommandError, match="Nie można pisać w folderze indeksu"):
        run("rebuild")
