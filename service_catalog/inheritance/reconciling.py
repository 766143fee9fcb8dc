"""Reconciliation: noticing what a published model card touches, and carrying out what an office decides."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from cms.editorial.views import LONGEST_TEXT
from publication.models import Edition
from service_catalog.authoring.transcription import contribution
from service_catalog.inheritance import signals
from service_catalog.inheritance.lifecycle import leave_reconciliation, wait_for_reconciliation
from service_catalog.inheritance.refusals import Refusal
from service_catalog.inheritance.touched_fields import TouchedField, own_words, touched_fields
from service_catalog.models import OfficeCard, Reconciliation
from service_catalog.presentation import OfficeContribution
from service_catalog.published.reading import decode_card

if TYPE_CHECKING:
    from service_catalog.authoring.publishing import Sources

State = Reconciliation.State
LINES = frozenset({"keywords_everyday", "keywords_misspellings", "client_groups", "payment_methods", "booking"})
STREAMS = frozenset({"before_you_start", "steps", "mistakes", "special_needs", "variants"})
ROWS = {"prices": "code", "channel_words": "channel"}
"""Child rows of an office card and what names one of them."""
ALREADY_DECIDED = "Ktoś już to rozstrzygnął. Odśwież stronę."
REASON_NEEDED = "Napisz, dlaczego zostawiacie swoją treść. Powód zobaczy opiekun wzorca."
REASON_TOO_LONG = f"Powód ma {{length}} znaków. Skróć go do {LONGEST_TEXT}."
HELD = "Karta jest teraz sprawdzana albo zablokowana. Poczekaj na wynik sprawdzenia i zdecyduj potem."


def open_reconciliations(
    *, known: Sources, written: Iterable[Edition], cards: Sequence[OfficeCard], moment: datetime.datetime
) -> list[Reconciliation]:
    """Store what the new model editions touch in the office cards that inherit them; return the new and changed rows.

    `known` are the editions recorded before. An open row keeps the model's text from before its first change; when the model
    returns to that text, nothing is left to reconcile.
    """
    by_symbol: dict[str, list[OfficeCard]] = {}
    for card in cards:
        by_symbol.setdefault(card.model_card.symbol, []).append(card)
    found = [
        (card, touched, edition)
        for edition in written
        if edition.key in by_symbol
        for card, touched in _touched_cards(known, edition, by_symbol[edition.key])
    ]
    if not found:
        return []
    rows = _store(found, moment=moment)
    waiting = {row.office_card_id for row in rows if row.state == State.OPEN}
    known_cards = {card.pk: card for card, *_ in found}.values()
    touched_cards = [card for card in known_cards if card.pk in waiting]
    wait_for_reconciliation(touched_cards, moment=moment)
    for card in known_cards:
        if card.pk not in waiting:
            _leave_if_nothing_waits(card, person=None, comment="Wzorzec wrócił do poprzedniej treści.", moment=moment)
    day = min(edition.valid_from for *_, edition in found)
    signals.reconciliation_opened.send(sender=Reconciliation, cards=touched_cards, day=day)
    return rows


def _touched_cards(
    known: Sources, edition: Edition, cards: Sequence[OfficeCard]
) -> Iterator[tuple[OfficeCard, TouchedField]]:
    """Touched fields of the published words of each card, and of words that are not published yet."""
    before = known.in_force(edition.key, on=edition.valid_from)
    if before is None:
        return
    old, new = decode_card(before), decode_card(edition)
    for card in cards:
        found = {(touched.field, touched.item): touched for touched in touched_fields(old, new, contribution(card))}
        if card.has_unpublished_changes:
            draft = card.get_latest_revision_as_object()
            found |= {
                (touched.field, touched.item): touched for touched in touched_fields(old, new, contribution(draft))
            }
        yield from ((card, touched) for touched in found.values())


def _store(
    found: Sequence[tuple[OfficeCard, TouchedField, Edition]], *, moment: datetime.datetime
) -> list[Reconciliation]:
    standing = {
        (row.office_card_id, row.field, row.item): row
        for row in Reconciliation.objects.filter(state=State.OPEN, office_card__in=[card.pk for card, *_ in found])
    }
    fresh, changed = [], []
    for card, touched, edition in found:
        row = standing.get((card.pk, touched.field, touched.item))
        if row is None:
            fresh.append(_row(card, touched, edition, moment))
            continue
        row.new_model, row.ours = touched.new_model, touched.ours
        if row.new_model == row.old_model:
            row.state, row.decided_at = State.VOID, moment
        changed.append(row)
    Reconciliation.objects.bulk_create(fresh)
    Reconciliation.objects.bulk_update(changed, ["new_model", "ours", "state", "decided_at"])
    return fresh + changed


def _row(card: OfficeCard, touched: TouchedField, edition: Edition, moment: datetime.datetime) -> Reconciliation:
    return Reconciliation(
        office_card=card,
        field=touched.field,
        item=touched.item,
        old_model=touched.old_model,
        new_model=touched.new_model,
        ours=touched.ours,
        since_sequence=edition.sequence,
        since_day=edition.valid_from,
        opened_at=moment,
    )


def accept_model(row: Reconciliation, *, user: AbstractBaseUser, moment: datetime.datetime) -> Reconciliation:
    """Przyjmij wzorzec: drop the office's words in a new version of the card, which then goes the usual way to approval.

    Raises `Refusal` when somebody was faster or the card is held back from editing.
    """
    with transaction.atomic():
        row = _locked(row)
        draft = _editable(row, user)
        drop_words(draft, row.field, row.item)
        # Dropping optional words cannot break a rule; validating would refuse because of another row that still waits.
        draft.save_revision(user=user, log_action="wagtail.edit", clean=False)
        return _decide(row, State.ACCEPTED, user=user, moment=moment)


def keep_own(row: Reconciliation, *, reason: str, user: AbstractBaseUser, moment: datetime.datetime) -> Reconciliation:
    """Zostaw swoje: the office's words stay, with a reason that the model's owner can read.

    Raises `Refusal` without a reason and for one that is too long.
    """
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Refusal(REASON_NEEDED)
    if len(reason) > LONGEST_TEXT:
        raise Refusal(REASON_TOO_LONG.format(length=len(reason)))
    with transaction.atomic():
        row = _locked(row)
        row.reason, row.in_force_at = reason, moment
        row = _decide(row, State.KEPT, user=user, moment=moment)
        _leave_if_nothing_waits(row.office_card, person=user, comment=row.reason, moment=moment)
        return row


def _leave_if_nothing_waits(card: OfficeCard, *, person: Any, comment: str, moment: datetime.datetime) -> None:
    if not Reconciliation.objects.filter(office_card_id=card.pk, state=State.OPEN).exists():
        leave_reconciliation(card, person=person, comment=comment, moment=moment)


def note_saved(draft: OfficeCard, *, user: AbstractBaseUser, moment: datetime.datetime) -> int:
    """Popraw: an official saved the card; rows whose words he changed are decided. Returns how many."""
    rows = list(Reconciliation.objects.filter(office_card_id=draft.pk, state=State.OPEN))
    if not rows:
        return 0
    said, decided = contribution(draft), 0
    for row in rows:
        words = own_words(said, row.field, row.item)
        if words != row.ours:
            _decide(row, State.CORRECTED if words else State.ACCEPTED, user=user, moment=moment)
            decided += 1
    return decided


def settle(card: OfficeCard, *, moment: datetime.datetime) -> None:
    """The card was published: decided rows are in force, or open again when the published words are still the old ones.

    Where the office no longer says anything, nothing is left to reconcile.
    """
    rows = list(
        Reconciliation.objects.filter(
            office_card_id=card.pk, state__in=(State.OPEN, State.ACCEPTED, State.CORRECTED), in_force_at__isnull=True
        )
    )
    if not rows:
        return
    _settle(rows, contribution(card), moment)
    if any(row.state == State.OPEN for row in rows):
        wait_for_reconciliation([card], moment=moment)


def _settle(rows: list[Reconciliation], said: OfficeContribution, moment: datetime.datetime) -> None:
    opened = {(row.field, row.item) for row in rows if row.state == State.OPEN}
    for row in rows:
        words = own_words(said, row.field, row.item)
        if row.state == State.OPEN:
            row.state = State.OPEN if words else State.VOID
        elif words != row.ours:
            row.in_force_at = moment
        elif (row.field, row.item) in opened:
            row.state = State.VOID
        else:
            row.state, row.decided_by, row.decided_at = State.OPEN, None, None
            opened.add((row.field, row.item))
    Reconciliation.objects.bulk_update(rows, ["in_force_at", "state", "decided_by", "decided_at"])


def drop_words(card: OfficeCard, field: str, item: str = "") -> None:
    """Take the office's words out of one touchable field of a card in memory."""
    if field in LINES:
        setattr(card, field, "")
    elif field in STREAMS:
        setattr(card, field, [])
    elif field == "local_average_days":
        card.local_average_days = card.local_average_on = None
    else:
        rows: Any = getattr(card, field)
        setattr(card, field, [row for row in rows.all() if getattr(row, ROWS[field]) != item])


def _locked(row: Reconciliation) -> Reconciliation:
    locked = Reconciliation.objects.select_for_update(of=("self",)).select_related("office_card").get(pk=row.pk)
    if locked.state != State.OPEN:
        raise Refusal(ALREADY_DECIDED)
    return locked


def _editable(row: Reconciliation, user: AbstractBaseUser) -> OfficeCard:
    """The newest version of the card, when the person may edit it now."""
    draft: OfficeCard = row.office_card.get_latest_revision_as_object()
    permissions = draft.permissions_for_user(user)
    if permissions.page_locked() or not permissions.can_edit():
        raise Refusal(HELD)
    return draft


def _decide(row: Reconciliation, state: str, *, user: AbstractBaseUser, moment: datetime.datetime) -> Reconciliation:
    row.state, row.decided_by_id, row.decided_at = state, user.pk, moment
    row.save()
    signals.reconciliation_decided.send(sender=Reconciliation, row=row)
    return row
