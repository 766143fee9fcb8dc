"""Publication sets: whole or not public, resumed after a kill, with honest checksums, never with a withdrawn card."""

from __future__ import annotations

import datetime
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from exporters.current_publications import current_set, folder_of
from exporters.models import PublicationSet, PublishedFile
from exporters.publication_orders import RefusedSet, progress_of, request_set, resume_set
from exporters.publication_sets import build_set
from exporters.tasks import build_publication_set, order_first_set
from publication.calendar import today
from publication.models import Edition
from publication.recording import record
from service_catalog.published import keys
from tests.exporters.cards_for_tests import model_card
from tests.exporters.pdf.printed import letters, text_of
from tests.exporters.published_catalogue import (
    RECORDED_AT,
    card_proposal,
    record_small_catalogue,
    small_catalogue,
    withdrawal,
)

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ["katalog-uw-rzeszow.pdf", "podrecznik-UW.pdf"]
KILLED = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from exporters import publication_sets
from exporters.pdf import building

def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "in-a-book":
    building.check_book = die
publication_sets.build_set(int(sys.argv[1]), moment=timezone.now, progress=die)
"""


def requested() -> PublicationSet:
    return request_set(on=today(), moment=timezone.now())


def built() -> PublicationSet:
    return build_set(requested().pk, moment=timezone.now)


def killed_while_building(wanted: PublicationSet, where: str) -> None:
    """Build the set in a process of its own that is killed after its first book, or inside one."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "OKIENKO_DATA": str(folder_of(wanted).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(wanted.pk), where], cwd=PROJECT, env=environment, check=False
    )
    assert done.returncode == -signal.SIGKILL


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path


@pytest.fixture
def ready(published: list[Edition]) -> Iterator[PublicationSet]:
    """A complete set of the small catalogue."""
    return built()  # type: ignore[return-value]


def test_a_set_has_every_book_with_its_checksum(ready: PublicationSet) -> None:
    assert current_set() == ready
    assert sorted(file.name for file in ready.files.all()) == NAMES
    lines = (folder_of(ready) / "SHA256SUMS").read_text().splitlines()
    for line in lines:
        sha256, name = line.split("  ")
        assert hashlib.sha256((folder_of(ready) / name).read_bytes()).hexdigest() == sha256
    assert len(lines) == len(NAMES)


def test_only_one_set_is_built_at_a_time(published: list[Edition]) -> None:
    requested()
    with pytest.raises(RefusedSet, match="już w budowie"):
        requested()


def test_without_cards_there_is_no_set(db: None) -> None:
    with pytest.raises(RefusedSet, match="nie ma kart"):
        requested()


@pytest.fixture
def committed(real_transactions: None) -> Iterator[None]:
    """What the test writes is seen by the process that is killed, and is gone afterwards."""
    yield
    PublicationSet.objects.all().delete()


@pytest.mark.parametrize("where", ["after-a-book", "in-a-book"])
def test_a_killed_build_leaves_the_old_set_public_and_goes_on_where_it_stopped(where: str, committed: None) -> None:
    record_small_catalogue()
    old = built()
    before = {file.name: file.sha256 for file in old.files.all()}
    record([card_proposal(model_card("UW-CUD-001"))], recorded_at=RECORDED_AT)
    wanted = requested()
    killed_while_building(wanted, where)
    assert current_set() == old
    assert {name: hashlib.sha256((folder_of(old) / name).read_bytes()).hexdigest() for name in before} == before
    assert progress_of(wanted) == (1 if where == "after-a-book" else 0, 2)
    finished = [path.name for path in folder_of(wanted).glob("*.pdf")]
    assert len(finished) == progress_of(wanted)[0]
    stamps = {name: (folder_of(wanted) / name).stat().st_mtime_ns for name in finished}
    assert build_publication_set.call(wanted.pk) == PublicationSet.State.COMPLETE
    assert current_set() == wanted
    assert {name: (folder_of(wanted) / name).stat().st_mtime_ns for name in finished} == stamps
    assert model_card("UW-CUD-001").title.split()[0] in text_of((folder_of(wanted) / "podrecznik-UW.pdf").read_bytes())


def test_a_card_withdrawn_while_the_set_is_built_is_in_none_of_its_books(published: list[Edition]) -> None:
    wanted, gone = requested(), small_catalogue()[0]

    def withdraw_after_the_handbook(name: str) -> None:
        record([withdrawal(gone, valid_from=today())], recorded_at=RECORDED_AT)

    done = build_set(wanted.pk, moment=timezone.now, progress=withdraw_after_the_handbook)
    everything = letters(text_of((folder_of(done) / "podrecznik-UW.pdf").read_bytes()))
    assert letters(gone.official_name) not in everything


def test_a_refused_card_stops_the_set_and_is_named(ready: PublicationSet) -> None:
    long = model_card("UW-CUD-001")
    import msgspec

    record([card_proposal(msgspec.structs.replace(long, summary="x" * 200_000))], recorded_at=RECORDED_AT)
    wanted = requested()
    with pytest.raises(RefusedSet, match=r"UW-CUD-001.*summary"):
        build_set(wanted.pk, moment=timezone.now)
    wanted.refresh_from_db()
    assert wanted.state == PublicationSet.State.STOPPED
    assert current_set() == ready
    record([card_proposal(long)], recorded_at=RECORDED_AT)
    resume_set(wanted.pk)
    assert build_set(wanted.pk, moment=timezone.now).state == PublicationSet.State.COMPLETE


def test_old_files_and_unused_parts_are_thrown_away(published: list[Edition], tmp_path: Path) -> None:
    sets = [built() for _ in range(3)]
    assert sorted(path.name for path in (tmp_path / "publications").iterdir()) == [str(one.pk) for one in sets[1:]]
    stale = tmp_path / "pdf" / "fragments" / "dawny-styl" / "aa"
    stale.mkdir(parents=True)
    (stale / "aa.fragment").write_bytes(b"x")
    built()
    assert not stale.exists()


def test_equal_catalogues_give_equal_sets(published: list[Edition]) -> None:
    first, second = built(), built()
    assert [file.sha256 for file in first.files.all()] == [file.sha256 for file in second.files.all()]


def test_the_public_page_and_its_files(ready: PublicationSet, client: Client) -> None:
    page = client.get("/publikacje/").content.decode()
    assert all(f"/publikacje/plik/{name}" in page for name in NAMES)
    response = client.get("/publikacje/plik/podrecznik-UW.pdf")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    file = ready.files.get(name="podrecznik-UW.pdf")
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert client.get("/publikacje/plik/podrecznik-UW.pdf", HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    assert file.sha256 in client.get("/publikacje/sumy-kontrolne").content.decode()
    of_type = client.get("/publikacje/typ/UW/").content.decode()
    of_office = client.get("/publikacje/urzad/uw-rzeszow/").content.decode()
    assert all(name in of_type and name in of_office for name in NAMES)


@pytest.mark.parametrize(
    "address", ["typ/NIE/", "urzad/nie-ma/", "plik/nie-ma.pdf", "plik/..%2Fokienko.sqlite3", "sumy-kontrolne"]
)
def test_what_is_not_there_is_not_found(published: list[Edition], client: Client, address: str) -> None:
    assert client.get(f"/publikacje/{address}").status_code == 404


def test_without_a_set_the_pages_say_so(published: list[Edition], client: Client) -> None:
    for address in ("/publikacje/", "/publikacje/typ/UW/", "/publikacje/urzad/uw-rzeszow/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Nie wydano jeszcze" in response.content.decode()


def test_the_first_set_is_ordered_once_and_the_pages_say_how_far_it_is(
    published: list[Edition], client: Client
) -> None:
    ordered = [order_first_set(on=today(), moment=timezone.now()) for _ in range(2)]
    done, total = progress_of(PublicationSet.objects.get())
    pages = [client.get(address).content.decode() for address in ("/publikacje/", "/publikacje/typ/UW/")]

    assert ordered == [True, False]
    assert all(f"w budowie: gotowe {done} z {total}." in page for page in pages)


def test_the_api_lists_the_books(ready: PublicationSet, client: Client) -> None:
    answer = client.get("/api/v1/publications").json()
    assert [item["url"].rpartition("/")[2] for item in answer["items"]] == NAMES
    assert {item["sha256"] for item in answer["items"]} == {file.sha256 for file in ready.files.all()}


def person(*rights: str) -> Client:
    user = User.objects.create_user("redakcja", first_name="Renata")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *rights)))
    client = Client()
    client.force_login(user)
    return client


def test_the_editors_screen_shows_progress_and_asks_for_itself_again(published: list[Edition]) -> None:
    client = person("add_publicationset")
    assert "Refresh" not in client.get("/admin/publikacje/").headers
    client.post("/admin/publikacje/wydaj/")
    page = client.get("/admin/publikacje/")
    assert page["Refresh"] == "5"
    assert "0 z 2" in page.content.decode()
    wanted = PublicationSet.objects.get()
    build_publication_set.call(wanted.pk)
    page = client.get("/admin/publikacje/")
    assert "Refresh" not in page.headers
    assert "2 z 2" in page.content.decode()


def test_who_has_no_right_is_refused(published: list[Edition]) -> None:
    client = person()
    assert client.get("/admin/publikacje/").status_code in {302, 403}
    client.post("/admin/publikacje/wydaj/")
    assert not PublicationSet.objects.exists()


def test_the_command_builds_resumes_and_tells(published: list[Edition], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publication_set", "build")
    assert "gotowe 2 z 2" in capsys.readouterr().out
    call_command("publication_set", "status")
    assert "gotowy, gotowe 2 z 2" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nie ma przerwanego kompletu"):
        call_command("publication_set", "resume")


def test_a_catalogue_that_lost_all_its_cards_leaves_the_set(published: list[Edition]) -> None:
    day = today() - datetime.timedelta(days=1)
    office_cards = [card for card in small_catalogue() if card.office]
    wanted = requested()
    record([withdrawal(card, valid_from=day) for card in office_cards], recorded_at=RECORDED_AT)
    done = build_set(wanted.pk, moment=timezone.now)
    assert [file.name for file in done.files.all()] == ["podrecznik-UW.pdf"]
    assert not PublishedFile.objects.filter(code=keys.office_key("uw-rzeszow")).exists()
