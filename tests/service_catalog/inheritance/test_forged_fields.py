"""Hand-made requests to the form of an office card are refused with the form's own reason and logged without people."""

from __future__ import annotations

from pathlib import Path

import pytest

from service_catalog.inheritance.forged_fields import LOCKED_REASON, LOCKED_ROWS, forged_names, locked_names
from service_catalog.models import CompleteCard, OfficeCard, OrganisationalUnit, ServicePoint
from tests.service_catalog.inheritance.conftest import Country, browser

FORM_TEMPLATE = Path("service_catalog/templates/service_catalog/editor/locked_part.html")


def test_every_field_of_the_law_is_locked_and_none_of_the_office() -> None:
    locked = locked_names()
    assert {"summary", "who", "when", "consultant_answer", "valid_from", "title", "symbol", "group"} <= locked
    assert locked.isdisjoint({"steps", "mistakes", "pickup", "model_card", "service_point", "slug", "live"})
    rows = {relation.get_accessor_name() for relation in CompleteCard._meta.related_objects}
    assert set(LOCKED_ROWS) <= rows


@pytest.mark.parametrize(
    "forged",
    [{"summary": "x"}, {"title": "x"}, {"fees-0-amount": "1"}, {"fees-TOTAL_FORMS": "1"}, {"valid_from": "2020-01-01"}],
)
def test_a_locked_field_is_refused_with_the_reason_of_the_form(
    country: Country, caplog: pytest.LogCaptureFixture, forged: dict[str, str]
) -> None:
    card, before = country.card, country.card.latest_revision_id
    with caplog.at_level("WARNING", logger="okienko.refusals"):
        answer = browser(country.author).post(f"/admin/pages/{card.pk}/edit/", {"pickup": "sala 1"} | forged)
    assert answer.status_code in {400, 409}
    assert OfficeCard.objects.get(pk=card.pk).latest_revision_id == before
    form = {"pickup": "sala 1", **_marks(card)} | forged
    answer = browser(country.author).post(f"/admin/pages/{card.pk}/edit/", form)
    assert (answer.status_code, LOCKED_REASON in answer.content.decode()) == (400, True)
    assert next(iter(forged)) in caplog.text
    assert country.author.username not in "".join(line for line in caplog.messages if "refused at" in line)
    assert OfficeCard.objects.get(pk=card.pk).latest_revision_id == before


def _marks(card: OfficeCard) -> dict[str, str]:
    latest = card.get_latest_revision()
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def test_the_reason_is_the_one_that_the_form_gives() -> None:
    assert LOCKED_REASON.partition(". ")[0] in " ".join(FORM_TEMPLATE.read_text(encoding="utf-8").split())


def test_places_and_units_of_another_office_are_refused(country: Country) -> None:
    card, client = country.card, browser(country.author)
    point = ServicePoint.objects.filter(office=country.gdansk)[0]
    unit = OrganisationalUnit.objects.filter(office=country.gdansk)[0]
    for forged, words in (
        ({"service_point": str(point.pk)}, "punkt obsługi należy do innego urzędu"),
        ({"responsible_unit": str(unit.pk)}, "komórka należy do innego urzędu"),
        ({"service_point": "9" * 30}, "punkt obsługi należy do innego urzędu"),
    ):
        answer = client.post(f"/admin/pages/{card.pk}/edit/", _marks(card) | forged)
        assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_a_new_card_with_locked_fields_is_refused_too(country: Country) -> None:
    address = f"/admin/pages/add/service_catalog/officecard/{country.rzeszow.pk}/"
    answer = browser(country.author).post(address, {"who": "Nikt."})
    assert (answer.status_code, LOCKED_REASON in answer.content.decode()) == (400, True)


def test_an_honest_form_passes() -> None:
    from django.http import QueryDict

    honest = QueryDict("pickup=sala+1&steps-count=0&prices-TOTAL_FORMS=0&channel_words-TOTAL_FORMS=0&mistakes-count=0")
    assert forged_names(honest) == []
