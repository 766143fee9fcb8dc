from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

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
        run(subcommand)
