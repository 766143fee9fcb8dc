"""Invariants of one card (section 2.6) and rows of cards: refused with a sentence under the right field."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from service_catalog.models import (
    CardDocument,
    CardFee,
    CardLegalBasis,
    CardRelation,
    ClientDeadline,
    Facility,
    FormFamily,
    FormVersion,
    LegalAct,
    ModelCard,
    OfficeCard,
    OfficePrice,
    OpeningException,
    OpeningHours,
    OrganisationalUnit,
)
from service_catalog.models.complete_cards import complete_card_errors
from tests.service_catalog.builders import write_catalogue


def card(**changes: Any) -> ModelCard:
    """A card that breaks no rule, with changes."""
    fields = {
        "title": "Paszport",
        "symbol": "UW-PAS-001",
        "audience": "obywatel",
        "keywords_everyday": "a\nb\nc",
        "legal_state_date": datetime.date(2026, 1, 1),
        "valid_from": datetime.date(2026, 1, 1),
    }
    return ModelCard(**(fields | changes))


CLIENT_STEP = '{"type": "step", "value": {"actor": "client", "text": "x"}}'
OFFICE_STEP = '{"type": "step", "value": {"actor": "office", "text": "x"}}'


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "x" * 71}, "title", "71 znaków"),
        ({"consultant_answer": "słowo " * 51}, "consultant_answer", "51 słów"),
        ({"audience": "obywatel\nkosmita"}, "audience", "kosmita"),
        ({"keywords_everyday": "a\n\nb"}, "keywords_everyday", "co najmniej 3"),
        ({"steps": f"[{OFFICE_STEP}, {OFFICE_STEP}, {CLIENT_STEP}]"}, "steps", "klienta"),
        ({"valid_to": datetime.date(2025, 12, 31)}, "valid_to", "wcześniejsza"),
        ({"next_review": datetime.date(2025, 1, 1)}, "next_review", "przegląd"),
    ],
)
def test_a_broken_invariant_is_named_under_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    errors = complete_card_errors(card(**changes))
    assert list(errors) == [field]
    assert words in errors[field]


def test_a_good_card_has_no_errors() -> None:
    assert complete_card_errors(card()) == {}
    assert complete_card_errors(card(steps=f"[{CLIENT_STEP}, {OFFICE_STEP}]")) == {}


def test_a_matter_begun_by_the_office_has_the_client_second() -> None:
    assert complete_card_errors(card(steps=f"[{OFFICE_STEP}, {CLIENT_STEP}]")) == {}


ROWS = [
    (CardDocument(name="Zdjęcie", requirement="conditional"), "condition"),
    (CardFee(kind="opłata", amount=None), "amount"),
    (CardFee(kind="opłata", amount=Decimal(1), valid_from="2026-02-01", valid_to="2026-01-01"), "valid_to"),
    (ClientDeadline(text="14 dni", consequence=""), "consequence"),
    (ClientDeadline(text="14 dni", consequence="skutek", computed=True, anchor=""), "anchor"),
    (CardLegalBasis(act=None), "act"),
    (CardLegalBasis(act=LegalAct(title="Stara ustawa", status="uchylony")), "act"),
    (CardRelation(kind="see"), "name"),
    (OpeningHours(weekday=0, opens=datetime.time(15), closes=datetime.time(7)), "closes"),
    (OpeningException(date_from=datetime.date(2026, 1, 2), date_to=datetime.date(2026, 1, 1)), "date_to"),
    (
        OpeningException(date_from=datetime.date(2026, 1, 1), date_to=datetime.date(2026, 1, 1), closed=False),
        "opens",
    ),
    (Facility(kind="drukarka", availability="okresowa"), "available_from"),
]


@pytest.mark.parametrize(
    ("row", "field"), ROWS, ids=lambda value: value if isinstance(value, str) else type(value).__name__
)
def test_a_bad_row_is_refused_under_its_field(row: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        row.clean()
    assert list(refusal.value.message_dict) == [field]


def test_versions_of_a_form_do_not_overlap() -> None:
    family = FormFamily(code="PB-16a", title="Zawiadomienie")
    family.versions = [
        FormVersion(version="1", valid_from=datetime.date(2021, 1, 1), valid_to=datetime.date(2022, 6, 1)),
        FormVersion(version="2", valid_from=datetime.date(2022, 6, 1)),
    ]
    with pytest.raises(ValidationError, match="w tym samym czasie"):
        family.clean()
    family.versions = [
        FormVersion(version="1", valid_from=datetime.date(2021, 1, 1), valid_to=datetime.date(2022, 5, 31)),
        FormVersion(version="2", valid_from=datetime.date(2022, 6, 1)),
    ]
    family.clean()


@pytest.mark.django_db
def test_an_office_card_cannot_hold_a_locked_field_or_a_foreign_price() -> None:
    write_catalogue("uw-rzeszow")
    locked = {"official_name", "summary", "who", "jurisdiction_text", "outcome_text", "legal_state_date", "valid_from"}
    assert locked.isdisjoint(field.name for field in OfficeCard._meta.get_fields())
    foreign: dict[str, Any] = {"prices": [OfficePrice(code="zmyslony", amount=Decimal(1))]}
    page = OfficeCard(model_card=OfficeCard.objects.get().model_card, **foreign)
    with pytest.raises(ValidationError, match="zmyslony"):
        page.clean()


@pytest.mark.django_db
def test_no_card_may_point_to_a_closed_unit() -> None:
    write_catalogue("uw-rzeszow")
    page = OfficeCard.objects.get()
    page.responsible_unit = OrganisationalUnit(symbol="X", name="Zamknięty", closed=True)
    with pytest.raises(ValidationError, match="zamknięta"):
        page.clean()
