"""The package for consultants over HTTP: for their tokens only, with honest caching; nobody else gets a word of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import APIToken

from cms import roles
from exporters.formats import COLLECTIONS
from publication.models import Edition
from publication.recording import record
from tests.exporters.published_catalogue import ON, RECORDED_AT, SECRET, card_proposal, small_catalogue

PACKAGE = "/api/v1/knowledge-package"
DAY = {"on": ON.isoformat()}


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path


def token(*groups: str) -> dict[str, str]:
    user = User.objects.create_user(username=f"konto {groups}", password=None)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return {"Authorization": f"Bearer {APIToken.create_token(user=user, name='infolinia')[1]}"}


@pytest.fixture
def consultant(published: list[Edition]) -> dict[str, str]:
    return token(roles.CONSULTANT.name)


def ask(client: Client, headers: dict[str, str], path: str = PACKAGE, **query: str | int) -> tuple[Any, bytes]:
    """An answer and its content, whole, so that its file is closed."""
    asked: dict[str, str | int] = {**DAY, **query} if path == PACKAGE else query
    response: Any = client.get(path, asked, headers=headers)
    return response, response.getvalue()


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_a_consultants_token_gets_what_the_command_writes(
    client: Client, consultant: dict[str, str], tmp_path: Path
) -> None:
    response, content = ask(client, consultant)
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    out = tmp_path / "pakiet.zip"
    call_command("export", "knowledge-package-consultant", f"--out={out}", f"--on={ON}", verbosity=0)
    assert content == out.read_bytes()
    assert SECRET in text_of(content)


def test_a_delta_holds_what_was_recorded_since(client: Client, consultant: dict[str, str]) -> None:
    changed = msgspec.structs.replace(small_catalogue()[0], title="Inny tytuł")
    record([card_proposal(changed)], recorded_at=RECORDED_AT)
    _, content = ask(client, consultant, since=7)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (row,) = archive.read("cards.jsonl").decode().splitlines()
        manifest = msgspec.json.decode(archive.read("manifest.json"))
    assert "Inny tytuł" in row
    assert (manifest["since"], manifest["sequence"], manifest["scope"]) == (7, 8, "consultant")


def test_an_unchanged_package_is_not_sent_again(client: Client, consultant: dict[str, str]) -> None:
    first, _ = ask(client, consultant)
    again, content = ask(client, consultant | {"If-None-Match": first["ETag"]})
    assert content == b""
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    assert {one["Cache-Control"] for one in (first, again)} == {"private, no-cache"}
    assert "Authorization" in first["Vary"]
    record([card_proposal(msgspec.structs.replace(small_catalogue()[0], title="Inny"))], recorded_at=RECORDED_AT)
    other, _ = ask(client, consultant | {"If-None-Match": first["ETag"]})
    assert (other.status_code, other["ETag"] == first["ETag"]) == (200, False)


REFUSED = {
    (): (401, "Authorization: Bearer"),
    ("integrator",): (403, "nie jest w grupie konsultantów"),
    ("no group",): (403, "nie jest w grupie konsultantów"),
    ("unknown",): (401, "Token jest nieznany"),
}


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_gets_it(client: Client, published: list[Edition], who: tuple[str, ...]) -> None:
    headers = {
        (): {},
        ("integrator",): token(roles.INTEGRATOR.name),
        ("no group",): token(),
        ("unknown",): {"Authorization": "Bearer wagtail_nieznany"},
    }[who]
    status, sentence = REFUSED[who]
    response, content = ask(client, headers)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert sentence in response.json()["detail"]
    assert response.has_header("WWW-Authenticate") == (status == 401)
    assert SECRET not in content.decode()


def test_a_session_gives_no_scope(client: Client, consultant: dict[str, str]) -> None:
    client.force_login(User.objects.get())
    assert client.get(PACKAGE, DAY).status_code == 401


def test_a_known_etag_without_a_token_is_refused_too(client: Client, consultant: dict[str, str]) -> None:
    etag = ask(client, consultant)[0]["ETag"]
    assert client.get(PACKAGE, DAY, headers={"If-None-Match": etag}).status_code == 401


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"since": "3000", **DAY}, 404, "Ostatnie wydanie ma numer 7"),
        ({"since": "-1"}, 422, "since"),
        ({"since": "9" * 30}, 422, "since"),
        ({"on": "jutro"}, 422, "on"),
        ({"on": "2020-01-01"}, 404, "Pierwsze wydanie obowiązuje od 2026-01-01"),
        ({"urzad": "x"}, 422, "urzad"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    client: Client, consultant: dict[str, str], query: dict[str, str], status: int, sentence: str
) -> None:
    response = client.get(PACKAGE, query, headers=consultant)
    assert response.status_code == status
    assert sentence in response.json()["detail"]


def test_a_token_that_asks_too_often_is_told_when_to_come_again(
    client: Client, consultant: dict[str, str], settings: Settings
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [ask(client, consultant)[0] for _ in range(6)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) > 0


def test_no_public_collection_holds_a_word_of_it_even_when_the_package_lies_ready(
    client: Client, consultant: dict[str, str]
) -> None:
    assert SECRET in text_of(ask(client, consultant)[1])
    office = small_catalogue()[2].office
    assert office
    for segment, chosen in COLLECTIONS.items():
        query = {"na-dzien": ON.isoformat()} | ({"urzad": office.code} if chosen.needs_office else {})
        response, content = ask(client, consultant, f"/katalog/{segment}", **query)
        assert response.status_code == 200, segment
        shown = text_of(content) if zipfile.is_zipfile(io.BytesIO(content)) else content.decode()
        assert SECRET not in shown, segment
    assert client.get("/katalog/knowledge-package-consultant", headers=consultant).status_code == 404
