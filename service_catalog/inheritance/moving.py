"""Moving cards to another unit or service point, when an office closes or drops the one they point to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec
from django.db import transaction

from cms.editorial.standing import state_of
from cms.editorial.states import CHECKS
from service_catalog.inheritance.acceptance import Unsent, send_for_acceptance
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import LocalCard, OfficeCard, OfficePage
from service_catalog.places_in_use import Kind, kept_places

BEING_CHECKED = "Kartę ktoś właśnie sprawdza. Przenieś ją po sprawdzeniu."
LOCKED = "Karta jest zablokowana albo nie możesz jej zmieniać."
UNFINISHED = (
    "Karta ma też inne zmiany, których nikt nie wysłał. Nowe miejsce jest w niej zapisane. Dokończ ją i wyślij."
)
NOT_THERE = (
    "Wybierz miejsce, które urząd zachowuje. Nowe miejsce dopisz najpierw w danych urzędu i daj je do zatwierdzenia."
)
NOTHING_CHOSEN = "Zaznacz co najmniej jedną kartę."


class Moved(msgspec.Struct, frozen=True):
    """What became of the cards: sent to be accepted, saved but not sent (with reasons), or left as they were (with reasons)."""

    sent: tuple[Any, ...]
    unsent: tuple[Unsent, ...]


def move_cards(
    office: OfficePage,
    kind: Kind,
    *,
    source: int,
    target: int,
    cards: Iterable[int],
    user: Any,
    moment: datetime.datetime,
) -> Moved:
    """Let cards of an office point to another place and send those without other changes to be accepted. Raises `Refusal`.

    `source` and `target` are keys of units or service points. A card that clients see changes only when another person agrees.
    """
    wanted = set(cards)
    if not wanted:
        raise Refusal(NOTHING_CHOSEN)
    if target == source or target not in {row.pk for row in kept_places(office, kind)}:
        raise Refusal(NOT_THERE)
    ready: list[Any] = []
    unsent: list[Unsent] = []
    with transaction.atomic():
        for card in _cards_at(office, kind, source, wanted):
            reason = _move(card, kind, target, user)
            if reason:
                unsent.append(Unsent(card, (reason,)))
            else:
                ready.append(type(card)._default_manager.get(pk=card.pk))
        sending = send_for_acceptance([card for card in ready if card.live], user, moment=moment)
    return Moved(sending.sent, (*unsent, *sending.unsent))


def _cards_at(office: OfficePage, kind: Kind, source: int, wanted: set[int]) -> Iterable[OfficeCard | LocalCard]:
    for model in (OfficeCard, LocalCard):
        yield from model._default_manager.child_of(office).filter(pk__in=wanted, **{kind.card_field: source})


def _move(card: OfficeCard | LocalCard, kind: Kind, target: int, user: Any) -> str:
    """Save a version of the card at the new place; return why it cannot be sent on, "" when it can."""
    if state_of(card) in CHECKS:
        return BEING_CHECKED
    draft: Any = card.get_latest_revision_as_object()
    permissions = draft.permissions_for_user(user)
    if permissions.page_locked() or not permissions.can_edit():
        return LOCKED
    unfinished = card.live and card.has_unpublished_changes and not draft.changes_no_text()
    setattr(draft, f"{kind.card_field}_id", target)
    # Naming a place cannot break a rule; validating would refuse because of something else that is still missing.
    draft.save_revision(user=user, log_action="wagtail.edit", clean=False)
    if not card.live and card.first_published_at is None:
        type(card)._default_manager.filter(pk=card.pk).update(**{kind.card_field: target})
    return UNFINISHED if unfinished else ""
