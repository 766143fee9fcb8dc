"""From a published model card to the decisions of offices, and from decisions to what clients read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.editorial.standing import state_of
from cms.editorial.states import State as PageState
from service_catalog.authoring.publishing import record_model_cards, record_office_cards
from service_catalog.inheritance import signals
from service_catalog.inheritance.reconciling import accept_model, keep_own, note_saved, settle
from service_catalog.inheritance.refusals import Refusal
from service_catalog.inheritance.word_differences import newer_text, older_text, word_differences
from service_catalog.models import CardChannel, OfficeCard, Reconciliation
from service_catalog.published import reading
from tests.service_catalog.builders import CAUSE, MOMENT
from tests.service_catalog.inheritance.conftest import Country, browser

NOW = MOMENT + datetime.timedelta(days=1)
State = Reconciliation.State


def publish_model(country: Country, *, moment: datetime.datetime = NOW, **changes: Any) -> None:
    """Record the model card with changes."""
    for name, value in changes.items():
        setattr(country.model, name, value)
    record_model_cards([country.model], cause=CAUSE, moment=moment)


def mistakes(*texts: str) -> list[tuple[str, str]]:
    """Entries of a list."""
    return [("item", text) for text in texts]


def rows(card: OfficeCard, **wanted: Any) -> list[tuple[str, str]]:
    """Field and item of the rows of a card."""
    return list(card.reconciliations.filter(**wanted).values_list("field", "item"))


def test_publishing_a_model_card_opens_what_it_touches_and_nothing_else(country: Country) -> None:
    heard: list[dict[str, Any]] = []
    signals.reconciliation_opened.connect(lambda **sent: heard.append(sent), weak=False, dispatch_uid="test")
    try:
        publish_model(country, mistakes=mistakes("Stare zdjęcie.", "Brak podpisu."), who="Każdy, także dziecko.")
    finally:
        signals.reconciliation_opened.disconnect(dispatch_uid="test")
    row = country.card.reconciliations.get()
    assert (row.field, row.state, row.old_model, row.new_model, row.ours) == (
        "mistakes", "open", "Stare zdjęcie.", "Stare zdjęcie.\nBrak podpisu.", "Nasz błąd.",
    )  # fmt: skip
    assert (row.since_day, Reconciliation.objects.count()) == (NOW.date(), 2)
    assert state_of(country.card) == PageState.TO_RECONCILE
    assert [len(sent["cards"]) for sent in heard] == [2]
    shown = reading.card("UW-PAS-001/uw-rzeszow", on=NOW.date())[1]
    assert (shown.who, [item.text for item in shown.mistakes]) == (
        "Każdy, także dziecko.", ["Stare zdjęcie.", "Brak podpisu.", "Nasz błąd."],
    )  # fmt: skip


def test_vanished_fees_and_channels_are_reconciled(country: Country) -> None:
    publish_model(country, fees=[], channels=[CardChannel(channel="osobiście")])
    assert rows(country.card) == [("channel_words", "internet"), ("prices", "kopia")]


def test_a_second_change_keeps_the_first_text_and_a_return_leaves_nothing(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Pierwszy."))
    publish_model(country, mistakes=mistakes("Drugi."), moment=NOW + datetime.timedelta(days=1))
    row = country.card.reconciliations.get()
    assert (row.old_model, row.new_model) == ("Stare zdjęcie.", "Drugi.")
    publish_model(country, mistakes=mistakes("Stare zdjęcie."), moment=NOW + datetime.timedelta(days=2))
    row.refresh_from_db()
    assert row.state == State.VOID
    assert state_of(country.card) == PageState.PUBLISHED


def test_words_that_are_gone_when_the_card_is_published_need_no_decision(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    card = country.card
    card.mistakes = []
    settle(card, moment=NOW)
    assert rows(card, state=State.VOID) == [("mistakes", "")]


def test_a_version_for_a_later_day_is_reconciled_ahead_of_it(country: Country) -> None:
    later = datetime.date(2026, 5, 1)
    publish_model(country, mistakes=mistakes("Nowy."), valid_from=later)
    assert country.card.reconciliations.get().since_day == later


def test_words_that_are_not_published_yet_count_too(country: Country) -> None:
    card = country.card
    card.before_you_start = mistakes("Weź numer.")
    card.save_revision(user=country.author)
    publish_model(country, before_you_start=mistakes("Zrób zdjęcie w kolorze."))
    assert rows(country.card) == [("before_you_start", "")]


def test_accepting_the_model_drops_the_words_in_a_new_version_only(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    row = accept_model(country.card.reconciliations.get(), user=country.author, moment=NOW)
    card = country.card
    assert (row.state, row.decided_by, row.in_force_at) == (State.ACCEPTED, country.author, None)
    assert len(card.mistakes.raw_data) == 1
    draft = card.get_latest_revision_as_object()
    assert (len(draft.mistakes.raw_data), len(draft.local_notes.raw_data)) == (0, 1)
    assert card.get_latest_revision().user == country.author
    with pytest.raises(Refusal, match="już to rozstrzygnął"):
        accept_model(row, user=country.approver, moment=NOW)


def test_a_decision_is_in_force_when_the_card_is_published_and_open_again_when_its_version_was_discarded(
    country: Country,
) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    row = accept_model(country.card.reconciliations.get(), user=country.author, moment=NOW)
    card = country.card
    settle(card, moment=NOW)
    row.refresh_from_db()
    assert (row.state, row.decided_by, state_of(card)) == (State.OPEN, None, PageState.IN_WORK)
    accept_model(row, user=country.author, moment=NOW)
    draft = card.get_latest_revision_as_object()
    settle(draft, moment=NOW)
    row.refresh_from_db()
    assert (row.state, row.in_force_at) == (State.ACCEPTED, NOW)


@pytest.mark.parametrize(("field", "item"), [("prices", "kopia"), ("channel_words", "internet")])
def test_accepting_drops_the_row_that_is_meant(country: Country, field: str, item: str) -> None:
    publish_model(country, fees=[], channels=[CardChannel(channel="osobiście")])
    accept_model(country.card.reconciliations.get(field=field), user=country.author, moment=NOW)
    draft = country.card.get_latest_revision_as_object()
    left = {"prices": len(draft.prices.all()), "channel_words": len(draft.channel_words.all())}
    assert left == {"prices": 1, "channel_words": 1} | {field: 0}


def test_keeping_needs_a_reason_and_changes_no_text(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    row = country.card.reconciliations.get()
    with pytest.raises(Refusal, match="dlaczego"):
        keep_own(row, reason="  ", user=country.author, moment=NOW)
    before = country.card.latest_revision_id
    row = keep_own(row, reason="U nas to częste.", user=country.author, moment=NOW)
    assert (row.state, row.reason, row.in_force_at) == (State.KEPT, "U nas to częste.", NOW)
    assert country.card.latest_revision_id == before
    assert state_of(country.card) == PageState.PUBLISHED


def test_correcting_in_the_form_decides_only_the_changed_words(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."), fees=[])
    draft = country.card
    draft.mistakes = mistakes("Nasz poprawiony błąd.")
    assert note_saved(draft, user=country.author, moment=NOW) == 1
    assert rows(country.card, state=State.CORRECTED) == [("mistakes", "")]
    assert rows(country.card, state=State.OPEN) == [("prices", "kopia")]


def test_a_card_that_is_being_checked_is_not_changed(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    OfficeCard.objects.filter(pk=country.card.pk).update(locked=True, locked_by=country.approver, locked_at=NOW)
    with pytest.raises(Refusal, match="zablokowana"):
        accept_model(country.card.reconciliations.get(), user=country.author, moment=NOW)


def test_an_office_card_published_with_open_rows_still_waits(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    card = country.card
    keep_own(card.reconciliations.get(), reason="x", user=country.author, moment=NOW)
    publish_model(country, mistakes=mistakes("Jeszcze nowszy."), moment=NOW + datetime.timedelta(days=1))
    record_office_cards([card], cause=CAUSE, moment=NOW + datetime.timedelta(days=2))
    settle(card, moment=NOW)
    assert rows(card, state=State.OPEN) == [("mistakes", "")]
    assert state_of(card) == PageState.TO_RECONCILE


# The screens


def open_row(country: Country) -> Reconciliation:
    """One open row of the office in Rzeszów."""
    publish_model(country, mistakes=mistakes("Stare zdjęcie w kolorze."))
    found: Reconciliation = country.card.reconciliations.get()
    return found


def test_the_screen_shows_three_texts_with_their_differences(country: Country) -> None:
    row = open_row(country)
    client = browser(country.author)
    html = client.get(f"/admin/uzgodnienia/{country.card.pk}/").content.decode()
    assert '<del><span class="w-sr-only">usunięto: </span>zdjęcie.</del>' in html
    assert '<ins><span class="w-sr-only">dodano: </span>zdjęcie w kolorze.</ins>' in html
    assert "Przyjmij wzorzec" in html
    assert country.card.title in client.get("/admin/uzgodnienia/").content.decode()
    answer = client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "keep", "reason": ""})
    assert answer.status_code == 400
    assert "Napisz, dlaczego zostawiacie swoją treść." in answer.content.decode()
    assert client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "cokolwiek"}).status_code == 400
    correct = client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "correct"})
    assert correct["Location"].startswith(f"/admin/pages/{country.card.pk}/edit/#")
    accepted = client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "accept"})
    assert accepted["Location"] == f"/admin/uzgodnienia/{country.card.pk}/"
    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_the_owner_of_the_model_reads_why_an_office_kept_its_words(country: Country) -> None:
    keep_own(open_row(country), reason="Bo mamy inny wzór.", user=country.author, moment=NOW)
    assert "Bo mamy inny wzór." in browser(country.owner).get("/admin/uzgodnienia/").content.decode()
    assert "Bo mamy inny wzór." not in browser(country.stranger).get("/admin/uzgodnienia/").content.decode()


def test_another_office_neither_sees_nor_decides(country: Country, caplog: pytest.LogCaptureFixture) -> None:
    row = open_row(country)
    client = browser(country.stranger)
    assert client.get(f"/admin/uzgodnienia/{country.card.pk}/").status_code == 403
    with caplog.at_level("WARNING", logger="okienko.refusals"):
        assert client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "accept"}).status_code == 403
    assert "refused at reconciliation" in caplog.text
    assert "obcy" not in "".join(message for message in caplog.messages if "refused at" in message)
    row.refresh_from_db()
    assert row.state == State.OPEN
    assert client.post("/admin/uzgodnienia/decyzja/99999999999999999999/", {}).status_code == 404


# The differ

texts = st.text(alphabet="ab \n<&", max_size=30)


@given(older=texts, newer=texts)
def test_the_pieces_give_back_both_texts(older: str, newer: str) -> None:
    pieces = word_differences(older, newer)

    def words(without: str) -> str:
        found = [word for piece in pieces if piece.kind != without for word in piece.words if word != "\n"]
        return " ".join(found)

    assert words("added") == " ".join(older.split())
    assert words("removed") == " ".join(newer.split())
    assert (older.split() == newer.split() and older.count("\n") == newer.count("\n")) <= all(
        piece.kind == "same" for piece in pieces if "\n" not in piece.words
    )


@given(older=texts, newer=texts)
def test_no_text_becomes_markup(older: str, newer: str) -> None:
    for html in (older_text(older, newer), newer_text(older, newer)):
        bare = str(html)
        for mark in ("<del>", "</del>", "<ins>", "</ins>", "<br>", '<span class="w-sr-only">', "</span>"):
            bare = bare.replace(mark, "")
        assert "<" not in bare


def test_a_reason_is_as_long_as_other_texts_of_people_and_nothing_of_it_is_cut_off(country: Country) -> None:
    publish_model(country, mistakes=mistakes("Nowy."))
    row, client = country.card.reconciliations.get(), browser(country.author)
    answer = client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "keep", "reason": "A" * 2001})
    text = answer.content.decode()
    assert (answer.status_code, "Powód ma 2001 znaków. Skróć go do 2000." in text, "A" * 2001 in text) == (
        400,
        True,
        True,
    )
    assert rows(country.card) == [("mistakes", "")]
    assert (
        client.post(f"/admin/uzgodnienia/decyzja/{row.pk}/", {"decision": "keep", "reason": "A" * 2000}).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.KEPT, "A" * 2000)
    assert 'class="listing decided"' in client.get(f"/admin/uzgodnienia/{country.card.pk}/").content.decode()
