"""A card with the title of another one beside it is no obstacle, but whoever sends or checks it is told, with a link."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cms.editorial import workflow
from cms.editorial.states import State
from service_catalog.inheritance.same_titles import notices_of_same_titles, same_titles
from service_catalog.models import OfficeCard, OfficePage
from tests.service_catalog.builders import add_local_card
from tests.service_catalog.editorial.office import Staff, office_card, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Staff:
    return staff()


def beside() -> OfficeCard:
    found: OfficeCard = OfficeCard.objects.child_of(OfficePage.objects.get(code="uw-rzeszow")).get()
    return found


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("Paszport dla dorosłego", True),
        ("PASZPORT,  dla dorosłego!", True),
        ("Paszport dla dorosłej", True),
        ("Paszport dla dziecka", False),
        ("Dyżur w terenie", False),
    ],
)
def test_equal_and_nearly_equal_titles_are_found(people: Staff, title: str, warned: bool) -> None:
    card = add_local_card("uw-rzeszow", live=False, title=title)
    assert same_titles(card) == ([(beside().pk, "Paszport dla dorosłego")] if warned else [])


def test_titles_that_differ_in_a_number_or_stand_at_another_office_are_no_duplicates(people: Staff) -> None:
    add_local_card("uw-rzeszow", "UW-LOK-001", live=False, title="Bilet ulgowy do 18 lat")
    card = add_local_card("uw-rzeszow", "UW-LOK-002", live=False, title="Bilet ulgowy do 26 lat")
    assert same_titles(card) == []
    card = add_local_card("uw-gdansk", "UW-LOK-003", live=False, title="Bilet ulgowy do 18 lat")
    assert same_titles(card) == []


def test_the_screen_of_sending_names_the_other_card_with_a_link_and_does_not_refuse(people: Staff) -> None:
    page = office_card()
    local = add_local_card("uw-rzeszow", live=False, title="Paszport dla dorosłego")
    page.pickup = "Odbiór w pokoju 12."
    page.save_revision(user=people["autor"])
    client: Client = people.client("autor")
    text = client.get(f"/admin/karty/{page.pk}/wyslij/").content.decode()
    assert f'<a href="/admin/pages/{local.pk}/edit/">Paszport dla dorosłego</a>' in text
    assert workflow.submit(OfficeCard.objects.get(pk=page.pk), people["autor"], moment=timezone.now()) == State.MERIT


def test_titles_are_written_as_text_in_the_notice(people: Staff) -> None:
    add_local_card("uw-rzeszow", "UW-LOK-001", live=False, title="Dyżur & <i>teren</i>")
    card = add_local_card("uw-rzeszow", "UW-LOK-002", live=False, title="Dyżur & <i>teren</i>")
    (sentence,) = notices_of_same_titles(card, card)
    assert "Dyżur &amp; &lt;i&gt;teren&lt;/i&gt;</a>" in sentence
