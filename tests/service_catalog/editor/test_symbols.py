"""A symbol names one card for ever: the form refuses a foreign one, authors never share one, nothing writes a foreign key."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from cms.editorial.gate import PublicationRefused
from publication.calendar import today
from publication.models import Edition
from service_catalog.authoring.publishing import record_local_cards, record_model_cards, record_office_cards
from service_catalog.authoring.rights import sync_rights
from service_catalog.completeness import publication_obstacles
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage, Service, ServiceGroup
from service_catalog.symbols import next_local_symbol, symbol_refusal
from tests.approvals import publish_approved
from tests.service_catalog.builders import CAUSE, add_local_card, bring_catalogue
from tests.service_catalog.inheritance.conftest import person

STREAMS = (
    "local_notes", "before_you_start", "steps", "mistakes", "special_needs", "variants", "exemptions",
)  # fmt: skip
NO_ENTRIES = {f"{name}-count": "0" for name in STREAMS}


@pytest.fixture
def author(db: None) -> Client:
    """An author of the office in Rzeszów."""
    bring_catalogue("uw-rzeszow", "uw-gdansk")
    sync_rights()
    client = Client()
    client.force_login(person("autor", "uw-rzeszow autorzy"))
    return client


def office(code: str = "uw-rzeszow") -> OfficePage:
    found: OfficePage = OfficePage.objects.get(code=code)
    return found


def form_at(client: Client, address: str, form_id: str) -> dict[str, Any]:
    text = client.get(address).content.decode()
    return dict(querydict_from_html(text, form_id=form_id).items()) | NO_ENTRIES


def new_form(client: Client) -> dict[str, Any]:
    """The form of a new local card with the least that a draft needs, as a browser sends it: without the disabled symbol."""
    form = form_at(client, new_address(), "page-edit-form")
    form.pop("symbol", None)
    least = {"service": str(Service.objects.get().pk), "group": str(ServiceGroup.objects.get().pk)}
    return form | least | {"title": "Dyżur"}


def new_address() -> str:
    return f"/admin/pages/add/service_catalog/localcard/{office().pk}/"


def test_the_symbol_of_a_living_card_is_refused_with_a_sentence(author: Client) -> None:
    card = add_local_card("uw-rzeszow", live=False)
    form = form_at(author, f"/admin/pages/{card.pk}/edit/", "page-edit-form")
    before = card.latest_revision_id
    answer = author.post(f"/admin/pages/{card.pk}/edit/", form | {"symbol": "UW-PAS-001"})
    assert (answer.status_code, "nadaje system" in answer.content.decode()) == (422, True)
    card.refresh_from_db()
    assert (card.symbol, card.latest_revision_id) == ("UW-LOK-001", before)


def test_a_new_card_with_a_symbol_of_a_model_card_is_refused_and_no_page_is_made(author: Client) -> None:
    answer = author.post(new_address(), new_form(author) | {"symbol": "UW-PAS-001"})
    assert (answer.status_code, LocalCard.objects.count()) == (422, 0)
    assert author.post(new_address(), new_form(author)).status_code == 302  # only the symbol was wrong


def test_two_authors_with_the_same_proposal_both_keep_their_text(author: Client) -> None:
    first, second = new_form(author), new_form(author)
    proposal = {"symbol": "UW-LOK-001"}  # a form opened before the other one was saved
    assert author.post(new_address(), first | {"title": "Dyżur pierwszy"} | proposal).status_code == 302
    assert author.post(new_address(), second | {"title": "Dyżur drugi"} | proposal).status_code == 302
    cards = LocalCard.objects.order_by("symbol").values_list("title", "symbol", "slug")
    assert list(cards) == [
        ("Dyżur pierwszy", "UW-LOK-001", "uw-lok-001"), ("Dyżur drugi", "UW-LOK-002", "uw-lok-002"),
    ]  # fmt: skip


def test_an_automatic_save_of_the_second_tab_is_answered_as_a_program_expects(author: Client) -> None:
    add_local_card("uw-rzeszow", live=False)
    answer = author.post(new_address(), new_form(author), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["success"]) == (200, True)


def test_the_next_number_is_free_among_cards_addresses_and_old_texts(author: Client) -> None:
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-001"
    card = add_local_card("uw-gdansk", "UW-LOK-004")
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-005"
    # its recorded text keeps the number 4
    LocalCard.objects.filter(pk=card.pk).update(symbol="UW-LOK-001", slug="inny")
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-005"
    draft = add_local_card("uw-gdansk", "UW-LOK-006", live=False)
    # its address keeps the number 6
    LocalCard.objects.filter(pk=draft.pk).update(symbol="UW-LOK-002")
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-007"
    LocalCard.objects.filter(pk=draft.pk).update(symbol="UW-LOK-008")
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-009"
    LocalCard.objects.filter(pk=card.pk).update(symbol="UW-LOK-999")
    assert next_local_symbol(LocalCard, "UW") == "UW-LOK-001"


def test_each_kind_of_card_has_its_own_symbols(author: Client) -> None:
    model, local = ModelCard.objects.get(), add_local_card("uw-rzeszow", live=False)
    for card, symbol in ((model, "UW-LOK-007"), (local, "UW-ZZZ-001"), (local, "UW-PAS-001")):
        card.symbol = symbol
        assert symbol_refusal(card) != ""
        with pytest.raises(ValidationError, match="ymbol"):
            card.full_clean()
    local.symbol = "UW-LOK-002"
    assert symbol_refusal(local) == ""


def test_a_local_card_of_another_office_may_have_the_same_symbol_but_none_of_the_same_office(author: Client) -> None:
    add_local_card("uw-rzeszow", "UW-LOK-001")
    card = add_local_card("uw-gdansk", "UW-LOK-002", live=False)
    card.symbol = "UW-LOK-001"
    assert symbol_refusal(card) == ""
    beside = add_local_card("uw-rzeszow", "UW-LOK-003", live=False)
    beside.symbol = "UW-LOK-001"
    assert "ma już inna karta" in symbol_refusal(beside)


def test_a_published_card_keeps_its_symbol_on_every_path(author: Client) -> None:
    card = add_local_card("uw-rzeszow")
    before = list(Edition.objects.values_list("sequence", "key"))
    card.symbol = "UW-LOK-002"
    assert ("symbol", "symbol") in [(one.field, one.kind) for one in publication_obstacles(card, on=today())]
    revision = card.save_revision(clean=False)
    with pytest.raises(PublicationRefused, match="była już opublikowana z symbolem UW-LOK-001"):
        publish_approved(card, revision)
    with pytest.raises(ValidationError):
        card.save()
    assert list(Edition.objects.values_list("sequence", "key")) == before


def test_the_form_of_a_published_model_card_does_not_take_another_symbol(author: Client) -> None:
    User.objects.filter(username="autor").update(is_superuser=True)
    model = ModelCard.objects.get()
    form = form_at(author, f"/admin/pages/{model.pk}/edit/", "page-edit-form")
    answer = author.post(f"/admin/pages/{model.pk}/edit/", form | {"symbol": "UW-PAS-002"})
    assert (answer.status_code, "symbol się nie zmienia" in answer.content.decode()) == (422, True)


def test_no_path_records_under_the_key_of_another_card(author: Client) -> None:
    """Rows changed past every form, as an import or a program could."""
    local = add_local_card("uw-rzeszow", live=False)
    LocalCard.objects.filter(pk=local.pk).update(symbol="UW-PAS-001")
    before = Edition.objects.count()
    with pytest.raises(PublicationRefused, match="UW-PAS-001 ma już inna karta"):
        record_local_cards(LocalCard.objects.filter(pk=local.pk), cause=CAUSE, moment=timezone.now())
    LocalCard.objects.filter(pk=local.pk).update(symbol="UW-LOK-001")
    twin = add_local_card("uw-rzeszow", "UW-LOK-002", live=False)
    LocalCard.objects.filter(pk=twin.pk).update(symbol="UW-LOK-001")
    with pytest.raises(PublicationRefused):
        record_local_cards(LocalCard.objects.filter(pk=twin.pk), cause=CAUSE, moment=timezone.now())
    ModelCard.objects.update(symbol="UW-LOK-001")
    with pytest.raises(PublicationRefused):
        record_model_cards(list(ModelCard.objects.all()), cause=CAUSE, moment=timezone.now())
    assert Edition.objects.count() == before


def test_an_office_has_one_card_of_a_model_card(author: Client) -> None:
    card = OfficeCard.objects.child_of(office()).get()
    office().add_child(instance=OfficeCard(title="Druga", slug="druga", model_card=card.model_card, live=False))
    with pytest.raises(PublicationRefused, match="ma już kartę tej sprawy"):
        record_office_cards(OfficeCard.objects.filter(slug="druga"), cause=CAUSE, moment=timezone.now())
    record_office_cards(OfficeCard.objects.child_of(office("uw-gdansk")), cause=CAUSE, moment=timezone.now())
