"""The first edition of every handbook in a catalogue that was loaded and not written by editors."""

from __future__ import annotations

import datetime

from handbooks.authoring.editions import RefusedEdition, approve_edition, prepare_edition
from handbooks.models import Handbook


def issue_first_editions(*, moment: datetime.datetime) -> int:
    """Prepare and record edition 1 of each handbook that has none; returns how many. No person is its author or approver."""
    issued = 0
    for handbook in Handbook.objects.filter(editions__isnull=True).order_by("code"):
        try:
            approve_edition(prepare_edition(handbook, author=None, moment=moment), approver=None, moment=moment)
        except RefusedEdition:
            continue
        issued += 1
    return issued
