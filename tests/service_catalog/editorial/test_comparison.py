"""What changed is shown to whoever sends and checks, for every list of rows of every page that is published under four eyes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.template.loader import render_to_string
from django.test import RequestFactory
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.editorial.comparison import ChangedField, changed_fields
from service_catalog.authoring.drafts import CardDraft, LocalCardDraft, OfficeDraft, write_office
from service_catalog.authoring.registers import load_registers
from service_catalog.models import CardFee, FormFamily, LocalCard, ModelCard, OfficeCard, OfficePage, ServiceGroup
from service_catalog.presentation import OfficeContribution
from service_catalog.published.card import RestrictedCard
from tests.service_catalog import builders
from tests.service_catalog.editorial.office import Staff, model_card, staff

PAGES: tuple[type[Page], ...] = (OfficePage, ModelCard, OfficeCard, LocalCard)
HOSTILE = "<b>Nowe & inne</b>"
ESCAPED = "&lt;b&gt;Nowe &amp; inne&lt;/b&gt;"


def lists_of_rows(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """Every relation to rows that a page keeps, and those of its rows, as the way to it."""
    for relation in get_all_child_relations(model):
        name = str(relation.get_accessor_name())
        if name != COMMENTS_RELATION_NAME:
            yield (name,)
            yield from ((name, *below) for below in lists_of_rows(relation.related_model))


CASES = [(model, way) for model in PAGES for way in lists_of_rows(model)]


@pytest.fixture
def people(db: None) -> Staff:
    """A catalogue with a page of every kind."""
    found = staff()
    local = CardDraft(
        card=builders.model_card(key="", symbol="UW-LOK-001", kind="local", title="Karta lokalna"),
        restricted=RestrictedCard(consultant_answer="Tak.", transfer="UW"),
    )
    write_office(
        OfficeDraft(
            office=builders.office("uw-krakow"), local_cards=(LocalCardDraft(draft=local, said=OfficeContribution()),)
        ),
        registers=load_registers(on=builders.TODAY), cause=builders.CAUSE, moment=builders.MOMENT,
        valid_from=builders.BEGINNING,
    )  # fmt: skip
    FormFamily.objects.bulk_create(FormFamily(code=code, title=f"Wniosek {code}") for code in ("A-1", "A-2"))
    group = ServiceGroup.objects.get()
    ServiceGroup.objects.create(category=group.category, name="Wymiana", slug="wymiana")
    return found


def new_row(model: type[models.Model]) -> Any:
    """A row with something in every field that may hold it."""
    fields: list[Any] = [one for one in model._meta.concrete_fields if not one.primary_key and one.name != "sort_order"]
    row = model()
    for field in fields:
        if not field.is_relation or field.remote_field.related_name == "+":
            setattr(row, field.name, something(field))
    return row


def something(field: Any) -> Any:
    """A value for a field."""
    if field.is_relation:
        return field.remote_field.model._default_manager.first()
    if field.choices:
        return field.choices[0][0]
    values: dict[type[models.Field[Any, Any]], Any] = {
        models.BooleanField: True, models.DateField: datetime.date(2026, 3, 1), models.TimeField: datetime.time(8),
        models.DecimalField: Decimal("12.50"), models.IntegerField: 7,
    }  # fmt: skip
    known = next((value for kind, value in values.items() if isinstance(field, kind)), None)
    return known if known is not None else HOSTILE[: field.max_length or None]


def last(owner: Any, way: tuple[str, ...]) -> tuple[Any, str]:
    """The owner of the last list of a way, with the rows between made when there are none."""
    for name in way[:-1]:
        rows = getattr(owner, name)
        if not rows.get_object_list():
            rows.add(new_row(rows.model))
        owner = rows.get_object_list()[0]
    return owner, way[-1]


def shown(page: Page) -> str:
    """The part of the screens that says what changes."""
    context = {"page": page, "changes": changes(page), "notices": []}
    return render_to_string("cms/editorial/changes.html", context)


def changes(page: Page) -> list[ChangedField]:
    request = RequestFactory().get("/")
    return changed_fields(type(page)._default_manager.get(pk=page.pk), request)


def page_of(model: type[Page]) -> Any:
    page = model._default_manager.filter(live=True).first()
    assert page is not None
    return page


def name_of_list(model: type[Page], way: tuple[str, ...]) -> str:
    found: Any = model
    for name in way:
        found = next(one for one in get_all_child_relations(found) if one.get_accessor_name() == name).related_model
    name = str(found._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


@pytest.mark.parametrize(("model", "way"), CASES, ids=[f"{model.__name__}-{'-'.join(way)}" for model, way in CASES])
def test_a_row_added_changed_or_removed_is_shown(people: Staff, model: type[Page], way: tuple[str, ...]) -> None:
    page, user = page_of(model), people["redakcja"]
    owner, name = last(page, way)
    getattr(owner, name).set([])
    page.save(clean=False)
    draft = page_of(model)
    owner, name = last(draft, way)
    getattr(owner, name).add(new_row(getattr(owner, name).model))
    draft.save_revision(user=user, clean=False)
    added = people.client("redakcja").get(f"/admin/karty/{page.pk}/wyslij/")
    assert added.status_code == 200
    text = added.content.decode()
    assert name_of_list(model, way) in text
    assert "Dodano:" in text
    assert " object (" not in text
    assert HOSTILE not in text

    draft.save(clean=False)  # now readers have the row, and the next version has another one or none
    assert "nie różni się" in shown(page)
    draft = page_of(model)
    owner, name = last(draft, way)
    row = getattr(owner, name).get_object_list()[0]
    change(row)
    draft.save_revision(user=user, clean=False)
    assert "Zmieniono:" in shown(page)
    getattr(owner, name).set([])
    draft.save_revision(user=user, clean=False)
    removed = shown(page)
    assert name_of_list(model, way) in removed
    assert "Usunięto:" in removed


def change(row: Any) -> None:
    """Put something else into the first field of a row: a plain one, or the register entry that the row is about."""
    own = [field for field in row._meta.concrete_fields if not field.primary_key and field.name != "sort_order"]
    field = next(
        (field for field in own if not field.is_relation),
        next((field for field in own if field.is_relation and field.remote_field.related_name == "+"), None),
    )
    assert field is not None
    setattr(row, field.name, another(field, getattr(row, field.name)))


def another(field: Any, value: Any) -> Any:
    """Another value than this one."""
    if field.is_relation:
        return field.remote_field.model._default_manager.exclude(pk=value.pk).first()
    if field.choices:
        return field.choices[1][0]
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1)
    return value + 1 if isinstance(value, int | Decimal) else "Inne"


def test_a_changed_row_shows_only_what_differs(people: Staff) -> None:
    page: ModelCard = page_of(ModelCard)
    row = page.fees.all()[0]
    row.amount = Decimal("150.00")
    page.fees.set([row, *page.fees.all()[1:]])
    page.save_revision(user=people["opiekun"], clean=False)
    (fees,) = changes(page)
    assert fees.label == "Opłaty"
    (changed,) = fees.rows
    assert (changed.word, changed.name) == ("Zmieniono", "opłata paszportowa 150.00")
    assert [(field.label, str(field.difference)) for field in changed.fields] == [
        ("Kwota (zł)", '<span class="deletion">140,00</span> <span class="addition">150,00</span>')
    ]


def test_another_order_of_rows_is_shown(people: Staff) -> None:
    page: ModelCard = page_of(ModelCard)
    first, second, *rest = page.fees.all()
    first.sort_order, second.sort_order = second.sort_order, first.sort_order
    page.fees.set([second, first, *rest])
    page.save_revision(user=people["opiekun"], clean=False)
    (fees,) = changes(page)
    assert (fees.rows, fees.reordered) == ((), True)
    assert "Zmieniono kolejność." in shown(page)


def test_the_screens_answer_after_a_change_of_a_row(people: Staff) -> None:
    """Sending shows it to the author, checking to every checker, before and after it was sent."""
    page: ModelCard = model_card()
    page.fees.set([*page.fees.all(), CardFee(kind="opłata za odpis", amount=Decimal("5.00"))])
    page.save_revision(user=people["opiekun"])
    for username, word in (("opiekun", "wyslij"), ("recenzent.wzorca", "sprawdz")):
        answer = people.client(username).get(f"/admin/karty/{page.pk}/{word}/")
        assert answer.status_code == 200
        assert "Dodano: <strong>opłata za odpis 5.00</strong>" in answer.content.decode()
    assert people.client("opiekun").post(f"/admin/karty/{page.pk}/wyslij/").status_code == 302
    answer = people.client("recenzent.wzorca").get(f"/admin/karty/{page.pk}/sprawdz/")
    assert "Dodano: <strong>opłata za odpis 5.00</strong>" in answer.content.decode()
