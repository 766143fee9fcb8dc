"""The form of a card: questions, locked parts, what the office record knows, prices by name, the views beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client, RequestFactory
from wagtail.test.utils.form_data import querydict_from_html

from service_catalog.editor.locked_parts import PARTS, locked_facts
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage, OfficePrice
from service_catalog.symbols import next_local_symbol
from tests.service_catalog.builders import bring_catalogue

LISTS = ("local_notes", "before_you_start", "steps", "mistakes", "special_needs", "variants")
NO_ENTRIES = {f"{name}-count": "0" for name in LISTS}
"""Lists of entries, which scripts draw."""


@pytest.fixture
def author(client: Client, db: None) -> Client:
    """An author of one office."""
    bring_catalogue("uw-rzeszow", "uw-gdansk")
    call_command("sync_roles", verbosity=0)
    user = User.objects.create_user("autor", password="x")
    user.groups.add(Group.objects.get(name__contains="[uw-rzeszow]", name__endswith="– autorzy"))
    client.force_login(user)
    return client


def card() -> OfficeCard:
    return OfficeCard.objects.get(path__startswith=OfficePage.objects.get(code="uw-rzeszow").path)


def form_of(author: Client) -> str:
    return author.get(f"/admin/pages/{card().pk}/edit/").content.decode()


def test_the_office_form_asks_questions_and_shows_what_is_known(author: Client) -> None:
    text = form_of(author)
    for question in (
        "Kto?",
        "Kiedy?",
        "Co przygotować?",
        "Gdzie i jak?",
        "Ile zapłaci?",
        "Ile poczeka?",
        "Jak się odwoła?",
    ):
        assert question in text
    assert "Każdy obywatel polski." in text  # locked part
    assert text.count("Dlaczego nie mogę tego zmienić?") >= 8
    assert "88 9990 9523 3640 8346 2113 8887" in text  # account from the office record
    assert 'name="who"' not in text
    assert f"/admin/pages/{card().get_parent().pk}/edit/" in text


def test_the_questions_stand_in_the_order_of_a_clients_life(author: Client) -> None:
    text = form_of(author)
    order = ["Kto?", "Kiedy?", "Co przygotować?", "Gdzie i jak?", "Krok po kroku", "Ile zapłaci?", "Ile poczeka?",
             "Co dostanie?", "Jak się odwoła?"]  # fmt: skip
    places = [text.index(f"data-panel-heading-text>{question}") for question in order]
    assert places == sorted(places)


def test_every_part_shows_something_of_a_whole_card(author: Client) -> None:
    law = card().law_today
    assert law is not None
    empty = [part for part in PARTS if not locked_facts(part, *law)]
    assert empty == []


def test_prices_are_chosen_by_name_and_begun_for_the_author(author: Client) -> None:
    text = form_of(author)
    assert '<option value="kopia" selected>cennik urzędu</option>' in text
    assert 'name="prices-0-amount"' in text


def test_a_price_is_corrected_by_its_amount_alone(author: Client) -> None:
    page = card()
    page.prices.add(OfficePrice(code="kopia", amount=5))
    page.save_revision()
    form: dict[str, Any] = dict(querydict_from_html(form_of(author), form_id="page-edit-form").items()) | NO_ENTRIES
    answer = author.post(f"/admin/pages/{page.pk}/edit/", form | {"prices-0-amount": "7.50"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    draft = card().get_latest_revision_as_object()
    assert [(row.code, str(row.amount)) for row in draft.prices.all()] == [("kopia", "7.50")]


def test_a_price_that_the_model_does_not_ask_for_is_refused(author: Client) -> None:
    form: dict[str, Any] = dict(querydict_from_html(form_of(author), form_id="page-edit-form").items()) | NO_ENTRIES
    answer = author.post(
        f"/admin/pages/{card().pk}/edit/", form | {"prices-0-code": "zmyslona", "prices-0-amount": "1"}
    )
    assert "zmyslona" not in str(card().get_latest_revision_as_object().prices.all())
    assert answer.status_code == 422


def test_a_new_card_asks_first_which_matter(author: Client) -> None:
    office = OfficePage.objects.get(code="uw-rzeszow")
    text = author.get(f"/admin/pages/add/service_catalog/officecard/{office.pk}/").content.decode()
    assert "question-list--first" in text
    assert "Którą sprawę opisujesz?" in text
    assert "Którą sprawę opisujesz?" not in form_of(author)


def test_a_local_card_proposes_the_next_symbol(author: Client) -> None:
    office = OfficePage.objects.get(code="uw-rzeszow")
    text = author.get(f"/admin/pages/add/service_catalog/localcard/{office.pk}/").content.decode()
    assert 'value="UW-LOK-001"' in text
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-001"


def test_audience_is_ticked_and_not_typed(author: Client) -> None:
    User.objects.filter(username="autor").update(is_superuser=True)
    text = author.get(f"/admin/pages/{ModelCard.objects.get().pk}/edit/").content.decode()
    assert 'type="checkbox" name="audience" value="obywatel"' in text


def test_comments_are_on(author: Client) -> None:
    assert "comments-data" in form_of(author)


def test_the_consultants_view_shows_what_clients_never_see(author: Client) -> None:
    page = card()
    page.internal_note = "Klienci pytają o parking."
    response = page.serve_preview(RequestFactory().get("/"), "konsultant")
    text = response.content.decode()
    assert "Po paszport idzie się osobiście." in text
    assert "Klienci pytają o parking." in text
    assert response["Cache-Control"] == "no-store"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "parking" not in page.serve_preview(RequestFactory().get("/"), "").content.decode()


@pytest.mark.parametrize("mode", ["", "konsultant"])
def test_a_card_with_holes_says_what_the_preview_needs(author: Client, mode: str) -> None:
    draft = LocalCard(title="Nowa karta", path=card().path)
    text = draft.serve_preview(RequestFactory().get("/"), mode).content.decode()
    assert "Podgląd pojawi się, gdy uzupełnisz kartę" in text
    assert "Wybierz usługę, którą karta opisuje." in text
    fresh = OfficeCard(path=card().path)
    assert "Wybierz sprawę" in fresh.serve_preview(RequestFactory().get("/"), mode).content.decode()
