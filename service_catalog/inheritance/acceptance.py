"""Sending many cards to be accepted by another person, each on the way that its content needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec
from django.db import transaction

from cms.editorial.gate import PublicationRefused
from cms.editorial.states import SHORT_PATH
from cms.editorial.workflow import NotPossible, submit


class Unsent(msgspec.Struct, frozen=True):
    """A page that was not sent, with the reasons in sentences."""

    page: Any
    reasons: tuple[str, ...]


class Sending(msgspec.Struct, frozen=True):
    """What became of the pages."""

    sent: tuple[Any, ...]
    unsent: tuple[Unsent, ...]


NOT_SHORT = "Karta ma własne treści urzędu, więc przejdzie pełne sprawdzenie. Wyślij ją z jej formularza."


def send_for_acceptance(pages: Iterable[Any], user: Any, *, moment: datetime.datetime) -> Sending:
    """Send complete pages that say nothing of their own to acceptance; leave the others as they are and say why."""
    sent: list[Any] = []
    unsent: list[Unsent] = []
    for page in pages:
        if page.get_latest_revision_as_object().required_steps() != SHORT_PATH:
            unsent.append(Unsent(page, (NOT_SHORT,)))
            continue
        try:
            with transaction.atomic():
                submit(page, user, moment=moment)
        except PublicationRefused as refusal:
            unsent.append(Unsent(page, tuple(refusal.reasons)))
        except NotPossible as impossible:
            unsent.append(Unsent(page, (str(impossible),)))
        else:
            sent.append(page)
    return Sending(tuple(sent), tuple(unsent))
