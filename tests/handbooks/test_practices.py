"""The register of good practices and its editions."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from exporters.pdf.plans import collection_plan
from handbooks.authoring.practices import record_practices, write_practices
from handbooks.models import GoodPractice, Handbook
from handbooks.published.reading import decode_practice, practice_editions
from importers.sources.demo.good_practices import kind_of, published_practices
from publication.calendar import today
from tests.exporters.published_catalogue import record_small_catalogue

pytestmark = pytest.mark.django_db

CAUSE = {"kind": "import"}
BEGINNING = datetime.date(2026, 1, 1)


def loaded() -> None:
    write_practices(published_practices(), cause=CAUSE, moment=timezone.now(), valid_from=BEGINNING)


def test_the_three_documented_practices_are_published_with_their_source() -> None:
    loaded()
    practices = [decode_practice(edition) for edition in practice_editions(on=today())]
    assert [practice.code for practice in practices] == ["DP-001", "DP-002", "DP-003"]
    assert practices[0].offices == ()
    assert practices[2].offices == ("Podkarpacki Urząd Wojewódzki w Rzeszowie",)
    assert all("Warszawa 2012" in practice.source for practice in practices)
    assert not any(effect.measured for practice in practices for effect in practice.effects)
    loaded()
    assert GoodPractice.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "kind"), [("krótszy czas w urzędzie", "czas"), ("niższe koszty", "koszt"), ("radość", "inny")]
)
def test_effects_are_typed_by_their_words(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_an_archived_practice_is_withdrawn_and_a_reported_one_is_not_published() -> None:
    loaded()
    practice = GoodPractice.objects.get(code="DP-001")
    practice.state = GoodPractice.State.ARCHIVED
    reported = GoodPractice(code="DP-009", title="Nowa", category="lokalowe", problem="x", source="y")
    reported.save()
    record_practices([practice, reported], cause=CAUSE, moment=timezone.now())
    assert [decode_practice(edition).code for edition in practice_editions(on=today())] == ["DP-002", "DP-003"]


def test_a_picture_needs_words() -> None:
    from wagtail.images.models import Image
    from wagtail.images.tests.utils import get_test_image_file

    image = Image.objects.create(title="Ksero", file=get_test_image_file())
    practice = GoodPractice(code="DP-008", title="Ksero", category="lokalowe", problem="x", source="y", picture=image)
    with pytest.raises(ValidationError, match="Opisz, co widać"):
        practice.full_clean()


def test_the_command_fills_what_is_missing_and_nothing_else() -> None:
    from service_catalog.models import OfficeType

    record_small_catalogue()
    OfficeType.objects.create(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    OfficeType.objects.create(code="AP", name="archiwum", name_plural="archiwa")
    out = StringIO()
    call_command("load_handbooks", "--issue", stdout=out)
    assert "Dobre praktyki: 3 nowych. Podręczniki: 2 nowych. Pierwsze wydania: 2." in out.getvalue()
    assert sorted(Handbook.objects.values_list("code", flat=True)) == ["UW", "dobre-praktyki"]
    call_command("load_handbooks", "--issue", stdout=out)
    assert "Dobre praktyki: 0 nowych. Podręczniki: 0 nowych. Pierwsze wydania: 0." in out.getvalue()
    collection = collection_plan(on=today())
    assert collection is not None
    assert [practice.code for practice in collection.practices] == ["DP-001", "DP-002", "DP-003"]
    assert collection.edition is not None
