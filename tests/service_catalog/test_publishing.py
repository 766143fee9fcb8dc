"""From a published page to the log: dependants, days, tombstones, all or nothing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page

from cms.bulk_pages import insert_pages
from publication.calendar import today
from publication.models import Edition, EditionState
from publication.reading import NotInForce, editions, head_sequence
from publication.verification import first_damage
from service_catalog.authoring.publishing import record_model_cards, record_office_cards, record_offices
from service_catalog.authoring.register_entries import citing_cards, record_register_entries
from service_catalog.models import (
    CardFee,
    ConsolidatedText,
    LegalAct,
    ModelCard,
    OfficeCard,
    OfficePage,
    OfficePrice,
    ServicePoint,
)
from service_catalog.presentation import OfficeContribution
from service_catalog.published import reading
from service_catalog.published.card import Card
from service_catalog.tasks import present_citing_cards
from tests.approvals import approve_version, publish_approved
from tests.service_catalog.builders import CAUSE, MOMENT, TODAY, model_card, office, write_catalogue

pytestmark = pytest.mark.django_db

KEY = "UW-PAS-001/uw-rzeszow"


def card(key: str = KEY, *, on: datetime.date = TODAY) -> Card:
    """The card in force."""
    return reading.card(key, on=on)[1]


def later(days: int) -> datetime.datetime:
    """A moment some days after the catalogue was written."""
    return MOMENT + datetime.timedelta(days=days)


def complete(page: OfficeCard) -> None:
    """Give the card what an office must say before its card is published."""
    place = OfficePage.objects.get(code="uw-rzeszow")
    page.service_point, page.responsible_unit = place.service_points.first(), place.units.first()
    page.contact_room = "12"
    page.prices.add(OfficePrice(code="kopia", amount=Decimal("5.00")))


def test_written_catalogue_reads_back_as_it_was_given() -> None:
    write_catalogue(said=OfficeContribution(local_notes=("Wejdź od podwórza.",)))
    stored = card("UW-PAS-001")
    given = model_card()
    assert stored.legal_basis[0].display == "Dz.U. 2022 poz. 350"
    plain = ("title", "steps", "fees", "channels", "documents", "appeal", "handling_time", "keywords", "special_needs")
    assert [getattr(stored, name) for name in plain] == [getattr(given, name) for name in plain]
    assert card().local_notes == ("Wejdź od podwórza.",)
    assert reading.office("uw-rzeszow", on=TODAY)[1] == office("uw-rzeszow")
    assert Page.find_problems() == ([], [], [], [], [])
    assert first_damage() is None


def test_a_first_edition_may_start_in_the_past_and_a_later_one_may_not() -> None:
    write_catalogue()
    assert card(on=datetime.date(2026, 1, 1)).title == "Paszport dla dorosłego"
    with pytest.raises(NotInForce):
        card(on=datetime.date(2025, 12, 31))
    page = ModelCard.objects.get()
    page.title = "Paszport"
    record_model_cards([page], cause=CAUSE, moment=later(10))
    assert card(on=later(9).date()).title == "Paszport dla dorosłego"
    assert card(on=later(10).date()).title == "Paszport"


def test_a_new_model_version_presents_every_office_card_on_its_day() -> None:
    write_catalogue()
    page = ModelCard.objects.get()
    page.fees = [CardFee(kind="opłata paszportowa", amount=Decimal("150.00"), payee="urząd")]
    page.valid_from = datetime.date(2026, 5, 1)
    written = record_model_cards([page], cause=CAUSE, moment=MOMENT)
    assert sorted(edition.key for edition in written) == ["UW-PAS-001", "UW-PAS-001/uw-gdansk", "UW-PAS-001/uw-rzeszow"]
    for code in ("uw-rzeszow", "uw-gdansk"):
        assert card(f"UW-PAS-001/{code}", on=datetime.date(2026, 4, 30)).fees[0].amount == "140.00"
        assert card(f"UW-PAS-001/{code}", on=datetime.date(2026, 5, 1)).fees[0].amount == "150.00"


def test_a_local_change_of_today_keeps_the_version_of_a_later_day() -> None:
    write_catalogue()
    page = ModelCard.objects.get()
    page.title, page.valid_from = "Paszport od maja", datetime.date(2026, 5, 1)
    record_model_cards([page], cause=CAUSE, moment=MOMENT)
    local = OfficeCard.objects.descendant_of(OfficePage.objects.get(code="uw-rzeszow")).get()
    local.pickup = "w okienku 3"
    record_office_cards([local], cause=CAUSE, moment=later(1))
    now, may = card(on=later(1).date()), card(on=datetime.date(2026, 5, 2))
    assert (now.title, now.pickup) == ("Paszport dla dorosłego", "w okienku 3")
    assert (may.title, may.pickup) == ("Paszport od maja", "w okienku 3")
    assert card(on=TODAY).pickup == ""


def test_a_changed_office_record_presents_its_cards_and_no_others() -> None:
    write_catalogue()
    page = OfficePage.objects.get(code="uw-rzeszow")
    page.phone = "+48 17 555 99 99"
    before = head_sequence()
    record_offices([page], cause=CAUSE, moment=later(1))
    assert [edition.key for edition in editions().after(before)] == ["urzad/uw-rzeszow", KEY]
    shown = card(on=later(1).date()).office
    assert shown is not None
    assert shown.phone == "+48 17 555 99 99"


def test_a_new_consolidated_text_changes_every_citing_card() -> None:
    write_catalogue()
    act = LegalAct.objects.get()
    act.consolidated_texts = [ConsolidatedText(display="Dz.U. 2026 poz. 100", eli="DU/2026/100")]
    act.save()
    record_register_entries([act], cause=CAUSE, moment=later(1))
    assert [page.symbol for page in citing_cards(act)] == ["UW-PAS-001"]
    written = present_citing_cards.call("LegalAct", act.pk)
    assert written == 3
    assert card(on=today()).legal_basis[0].consolidated == "Dz.U. 2026 poz. 100"
    assert present_citing_cards.call("LegalAct", act.pk) == 0


def test_presenting_again_without_a_change_writes_nothing() -> None:
    write_catalogue()
    before = head_sequence()
    record_model_cards(list(ModelCard.objects.all()), cause=CAUSE, moment=later(5))
    record_offices(list(OfficePage.objects.all()), cause=CAUSE, moment=later(5))
    assert head_sequence() == before


def test_unpublishing_leaves_a_tombstone_and_publishing_brings_the_card_back() -> None:
    write_catalogue()
    page = OfficeCard.objects.descendant_of(OfficePage.objects.get(code="uw-rzeszow")).get()
    page.unpublish()
    with pytest.raises(NotInForce) as refusal:
        card(on=today())
    assert refusal.value.edition is not None
    assert refusal.value.edition.state == EditionState.WITHDRAWN
    assert card(on=TODAY).title
    page.refresh_from_db()
    complete(page)
    publish_approved(page)
    assert card(on=today()).title == "Paszport dla dorosłego"


def test_what_was_published_cannot_be_deleted_not_even_by_code() -> None:
    write_catalogue()
    for page in (*OfficeCard.objects.all(), *ModelCard.objects.all()):
        with pytest.raises(ProtectedError), transaction.atomic():
            page.delete()
    assert OfficeCard.objects.count() == 2


def test_publishing_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log refuses in the middle of publishing: the page keeps its old text too."""
    write_catalogue()
    page = OfficeCard.objects.descendant_of(OfficePage.objects.get(code="uw-rzeszow")).get()
    page.pickup = "nowy odbiór"
    complete(page)
    revision = page.save_revision()
    approve_version(page, revision)
    before = head_sequence()

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Edition.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="disk full"):
        revision.publish()
    page.refresh_from_db()
    assert (page.pickup, head_sequence()) == ("", before)


def test_rows_of_rows_are_inserted_in_bulk_and_survive_a_revision() -> None:
    write_catalogue()
    page = OfficePage.objects.get(code="uw-rzeszow")
    restored = page.get_latest_revision_as_object()
    names = [point.name for point in restored.service_points.all()]
    assert names == ["Biuro obsługi klienta", "Delegatura"]
    assert ServicePoint.objects.filter(office=page).count() == 2


def test_inserting_no_pages_does_nothing() -> None:
    root = Page.get_first_root_node()
    before = Page.objects.count()
    insert_pages(root, [], moment=MOMENT)
    assert Page.objects.count() == before
