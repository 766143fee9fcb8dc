"""A draft leaves no trace in any outlet; what is published appears in all of them, and what is restricted in none."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from publication.calendar import today
from publication.models import Edition
from publication.reading import head_sequence, restricted_editions
from search.indexer import catch_up
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from tests.approvals import publish_approved
from tests.contracts.editing import entry_data, filled_form
from tests.contracts.marking import mark
from tests.contracts.outlets import crawl

MARKER = "zxkanarekzx"
OFFICE = "uw-rzeszow"


@pytest.fixture
def own_index(settings: Settings, tmp_path: Path, db: None) -> None:
    """A copy of the search index, because the database of this test is rolled back and its index is not."""
    shutil.copytree(settings.SEARCH_DIRECTORY, tmp_path / "search")
    settings.SEARCH_DIRECTORY = tmp_path / "search"


@pytest.fixture
def office() -> OfficePage:
    page: OfficePage = OfficePage.objects.get(code=OFFICE)
    return page


@pytest.fixture
def office_card(office: OfficePage) -> OfficeCard:
    card: OfficeCard | None = OfficeCard.objects.child_of(office).select_related("model_card").order_by("pk").first()
    assert card is not None
    return card


@pytest.fixture
def approver(office: OfficePage) -> User:
    user = User.objects.create_user("naczelnik.testowy", first_name="Norma", last_name="Testowa")
    user.groups.add(Group.objects.get(name__contains=f"[{OFFICE}]", name__endswith="zatwierdzający"))
    return user


def save_marked_draft(page: Page) -> int:
    """Keep the marked page as a draft; return the number of marked texts."""
    marked = mark(page, MARKER)
    page.save_revision(clean=False)
    return marked


def places_with(
    marker: str, cards: list[tuple[str, str]], offices: list[str], words: list[str], folder: Path
) -> list[str]:
    """Outlets whose answer contains the marker, in any letter case."""
    answers = list(crawl(cards, offices, words, folder))
    assert len(answers) > 60
    return [answer.source for answer in answers if marker in answer.text.lower()]


def found_by(word: str) -> list[dict[str, Any]]:
    """What the search finds by a word that is in no dictionary."""
    answer: dict[str, Any] = Client().get("/api/v1/search", {"q": word}).json()
    hits: list[dict[str, Any]] = answer["hits"]
    return hits


@pytest.mark.usefixtures("own_index")
def test_drafts_are_in_no_outlet(office: OfficePage, office_card: OfficeCard, tmp_path: Path) -> None:
    local = LocalCard.objects.order_by("pk").first()
    assert local is not None
    local_office = OfficePage.objects.get(pk=local.get_parent().pk)
    model = ModelCard.objects.get(pk=office_card.model_card_id)
    never_published = OfficeCard(title="Nowa", slug="nowa", model_card=_not_adopted(office), live=False)
    office.add_child(instance=never_published)

    words = [office.title, model.title, "kanarek", local.title]
    texts = [save_marked_draft(page) for page in (model, office_card, local, office, never_published)]
    catch_up(on=today())

    cards = [
        (model.symbol, ""), (model.symbol, OFFICE), (local.symbol, local_office.code), (local.symbol, ""),
        (never_published.model_card.symbol, OFFICE),
    ]  # fmt: skip
    assert min(texts) >= 15
    assert sum(texts) >= 200
    assert places_with(MARKER, cards, [OFFICE, local_office.code], words, tmp_path / "xml") == []
    assert found_by(MARKER) == []


def _not_adopted(office: OfficePage) -> ModelCard:
    adopted = OfficeCard.objects.child_of(office).values("model_card")
    card: ModelCard | None = ModelCard.objects.exclude(pk__in=adopted).order_by("pk").first()
    assert card is not None
    return card


@pytest.mark.usefixtures("own_index")
def test_an_approved_change_is_in_every_outlet(
    office_card: OfficeCard, approver: User, client: Client, tmp_path: Path
) -> None:
    before, symbol = head_sequence(), office_card.model_card.symbol
    others = Edition.objects.exclude(key__endswith=f"/{OFFICE}").count()
    client.force_login(approver)
    form = filled_form(client, office_card)
    count = int(form["local_notes-count"])
    form |= entry_data("local_notes", count, "item", f"Wejście {MARKER} od podwórza.")
    form |= {
        "local_notes-count": str(count + 1),
        "keywords_everyday": f"{form['keywords_everyday']}\n{MARKER}",
        "internal_note": "xqzvwkjt dla konsultanta",
    }

    response = client.post(f"/admin/pages/{office_card.pk}/edit/", form)
    assert response.status_code == 302, response.context["form"].errors if response.context else response.content[:500]
    assert head_sequence() == before
    saved = OfficeCard.objects.get(pk=office_card.pk)
    publish_approved(saved, saved.get_latest_revision())
    catch_up(on=today())

    written = list(Edition.objects.filter(sequence__gt=before))
    assert [edition.key for edition in written] == [f"{symbol}/{OFFICE}"]
    assert Edition.objects.exclude(key__endswith=f"/{OFFICE}").count() == others
    cards = [(symbol, ""), (symbol, OFFICE)]
    shown = places_with(MARKER, cards, [OFFICE], [office_card.title], tmp_path / "xml")
    for address in (f"/karta/{symbol}/{OFFICE}/", f"/karta/{symbol}/{OFFICE}/xml", f"/karta/{symbol}/{OFFICE}/pdf",
                    f"/karta/{symbol}/{OFFICE}/hsds", f"/karta/{symbol}/{OFFICE}/cpsv-ap",
                    f"/api/v1/cards/{symbol}/{OFFICE}", f"editions show {symbol}/{OFFICE}"):  # fmt: skip
        assert address in shown
    assert [result["symbol"] for result in found_by(MARKER)] == [symbol]
    assert b"xqzvwkjt" in bytes(restricted_editions().get(pk=written[0].pk).restricted)
    assert places_with("xqzvwkjt", cards, [OFFICE], [office_card.title], tmp_path / "xml2") == []
    assert found_by("xqzvwkjt") == []


@pytest.mark.usefixtures("own_index")
def test_a_consultants_answer_is_restricted(office_card: OfficeCard, tmp_path: Path) -> None:
    model = ModelCard.objects.get(pk=office_card.model_card_id)
    model.consultant_answer = "Odpowiedź tajnaodpowiedz dla infolinii."
    model.transfer = "tajnaodpowiedz"
    model.transfer_target = "tajnaodpowiedz"
    model.uncertain, model.next_review = "", today() + datetime.timedelta(days=90)
    publish_approved(model, clean=False)
    catch_up(on=today())

    newest = restricted_editions().order_by("-sequence").filter(key=model.symbol).first()
    assert newest is not None
    assert b"tajnaodpowiedz" in bytes(newest.restricted)
    cards = [(model.symbol, ""), (model.symbol, OFFICE)]
    assert places_with("tajnaodpowiedz", cards, [OFFICE], [model.title, "infolinia"], tmp_path / "xml") == []
