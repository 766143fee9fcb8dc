"""Editions of handbooks: frozen, approved by a second person, compared with the one before."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from exporters.pdf.plans import handbook_plan
from exporters.pdf.publications import Publication
from handbooks.authoring.editions import (
    RefusedEdition,
    approve_edition,
    changes_between,
    decoded,
    prepare_edition,
    reject_edition,
)
from handbooks.authoring.prose import UnprintableChapter
from handbooks.authoring.starting_texts import write_handbook
from handbooks.models import Handbook, HandbookEdition
from handbooks.published.handbook import FrozenEdition, handbook_key
from handbooks.published.reading import handbook
from publication.models import Edition
from publication.reading import NotInForce, in_force, restricted_editions
from publication.recording import record
from service_catalog.models import OfficeType
from service_catalog.published.card import Card
from service_catalog.published.reading import decode_card, office_type
from tests.exporters.cards_for_tests import model_card
from tests.exporters.pdf.printed import letters
from tests.exporters.published_catalogue import card_proposal, record_small_catalogue, small_catalogue, withdrawal

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 1)
LATER = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
LATER_DAY = datetime.date(2026, 4, 1)


@pytest.fixture
def catalogue() -> list[Edition]:
    return record_small_catalogue()


@pytest.fixture
def book(catalogue: list[Edition]) -> Handbook:
    kind = OfficeType.objects.create(code="UW", name="urząd wojewódzki", name_plural="urzędy wojewódzkie")
    return write_handbook(kind, [model_card("UW-PAS-001")])


@pytest.fixture
def people() -> tuple[User, User]:
    return User.objects.create_user("autorka", last_name="Autorska"), User.objects.create_superuser(
        "drugi", last_name="Drugi"
    )


def approved(book: Handbook, people: tuple[User, User], moment: datetime.datetime = MOMENT) -> Edition:
    author, approver = people
    return approve_edition(prepare_edition(book, author=author, moment=moment), approver=approver, moment=moment)


def planned(on: datetime.date) -> Publication:
    found = handbook_plan(office_type("UW", on=on), on=on)
    assert found is not None
    return found


def test_a_handbook_begins_with_seven_chapters_in_good_order(book: Handbook) -> None:
    chapters = list(book.chapters.all())
    assert [chapter.kind for chapter in chapters] == [
        "cel", "grupy-klientow", "jak-pisac-karte", "slownik", "wykluczenie", "dobre-praktyki", "wzory",
    ]  # fmt: skip
    assert all(len(chapter.text) >= 2 for chapter in chapters)
    assert "{" not in str(chapters[0].text)


def test_a_prepared_edition_freezes_general_cards_and_text(book: Handbook, people: tuple[User, User]) -> None:
    content = decoded(prepare_edition(book, author=people[0], moment=MOMENT))
    assert [frozen.key for frozen in content.frozen] == ["UW-PAS-001", "UW-PAS-002"]
    assert [frozen.sequence for frozen in content.frozen] == [
        in_force(key, on=DAY).sequence for key in ("UW-PAS-001", "UW-PAS-002")
    ]
    assert len(content.chapters) == 7
    with pytest.raises(NotInForce):
        handbook("UW", on=DAY)


def test_the_author_never_approves_whatever_rights_he_has(book: Handbook, people: tuple[User, User]) -> None:
    superuser = people[1]
    edition = prepare_edition(book, author=superuser, moment=MOMENT)
    with pytest.raises(RefusedEdition, match="zatwierdza inna osoba"):
        approve_edition(edition, approver=superuser, moment=MOMENT)
    edition.refresh_from_db()
    assert edition.state == HandbookEdition.State.PREPARED


def test_approval_records_the_edition_and_keeps_people_out_of_sight(book: Handbook, people: tuple[User, User]) -> None:
    recorded = approved(book, people)
    assert handbook("UW", on=DAY)[0].sequence == recorded.sequence
    assert b"Autorska" not in bytes(recorded.payload)
    restricted = restricted_editions().get(sequence=recorded.sequence).restricted
    assert msgspec.json.decode(bytes(restricted)) == {"approved_by": "Drugi", "prepared_by": "Autorska"}


def test_an_edition_is_decided_once(book: Handbook, people: tuple[User, User]) -> None:
    author, approver = people
    edition = prepare_edition(book, author=author, moment=MOMENT)
    with pytest.raises(RefusedEdition, match="czeka na zatwierdzenie"):
        prepare_edition(book, author=author, moment=MOMENT)
    with pytest.raises(RefusedEdition, match="Napisz, co trzeba poprawić"):
        reject_edition(edition, person=approver, reason=" ", moment=MOMENT)
    reject_edition(edition, person=approver, reason="Popraw cel.", moment=MOMENT)
    with pytest.raises(RefusedEdition, match="już rozstrzygnięte"):
        approve_edition(edition, approver=approver, moment=MOMENT)
    assert prepare_edition(book, author=author, moment=MOMENT).number == 1


def test_a_second_edition_lists_what_changed(book: Handbook, people: tuple[User, User]) -> None:
    approved(book, people)
    changed = msgspec.structs.replace(
        model_card("UW-PAS-001"), summary="Nowe streszczenie.", change_note="Nowa opłata."
    )
    record([card_proposal(changed), card_proposal(model_card("UW-CUD-001"))], recorded_at=LATER)
    record([withdrawal(small_catalogue()[1], valid_from=LATER_DAY)], recorded_at=LATER)
    content = decoded(prepare_edition(book, author=people[0], moment=LATER))
    assert content.number == 2
    assert [(change.kind, change.key, change.note) for change in content.changes] == [
        ("added", "UW-CUD-001", ""),
        ("changed", "UW-PAS-001", "Nowa opłata."),
        ("removed", "UW-PAS-002", ""),
    ]


def test_a_book_prints_the_frozen_card_although_a_newer_one_is_in_force(
    book: Handbook, people: tuple[User, User]
) -> None:
    approved(book, people)
    old = model_card("UW-PAS-001")
    record([card_proposal(msgspec.structs.replace(old, summary="Nowsze streszczenie."))], recorded_at=LATER)
    printed = {card.symbol: card.summary for card in planned(LATER_DAY).cards}
    assert printed["UW-PAS-001"] == old.summary
    live = handbook_plan(office_type("UW", on=LATER_DAY), on=LATER_DAY, frozen=False)
    assert live is not None
    assert {card.symbol: card.summary for card in live.cards}["UW-PAS-001"] == "Nowsze streszczenie."


def test_a_frozen_card_that_was_withdrawn_since_is_left_out_and_named(
    book: Handbook, people: tuple[User, User]
) -> None:
    approved(book, people)
    gone: Card = small_catalogue()[0]
    before = planned(LATER_DAY).data.digest
    record([withdrawal(gone, valid_from=LATER_DAY)], recorded_at=LATER)
    publication = planned(LATER_DAY)
    assert [card.symbol for card in publication.cards] == ["UW-PAS-002"]
    assert publication.left_out == (gone.title,)
    assert publication.data.digest != before
    imprint = next(part for part in publication.parts() if part.name == "Stopka redakcyjna")
    assert letters(gone.title) in letters(imprint.job.html)


def test_a_chapter_that_cannot_be_printed_stops_the_edition(book: Handbook, people: tuple[User, User]) -> None:
    chapter = book.chapters.first()
    assert chapter is not None
    chapter.text = [{"type": "text", "value": f"<p>{'x' * 100_000}</p>"}]
    chapter.save()
    with pytest.raises(UnprintableChapter, match="Po co jest ten podręcznik"):
        prepare_edition(book, author=people[0], moment=MOMENT)
    assert not HandbookEdition.objects.exists()


def test_without_cards_there_is_no_edition(people: tuple[User, User]) -> None:
    kind = OfficeType.objects.create(code="AP", name="archiwum", name_plural="archiwa")
    with pytest.raises(RefusedEdition, match="nie ma czego wydrukować"):
        prepare_edition(write_handbook(kind, []), author=people[0], moment=MOMENT)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(1, 4)))
def test_equal_editions_have_no_changes(frozen: dict[str, int]) -> None:
    printed = [Edition(kind="card", key=key, sequence=sequence) for key, sequence in sorted(frozen.items())]
    assert changes_between([FrozenEdition(key=key, sequence=number) for key, number in frozen.items()], printed) == ()


def test_the_key_of_a_handbook_names_its_type(book: Handbook, people: tuple[User, User]) -> None:
    assert approved(book, people).key == handbook_key("UW") == "podrecznik/UW"
    assert decode_card(in_force("UW-PAS-001", on=DAY)).symbol == "UW-PAS-001"
