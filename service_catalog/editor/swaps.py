"""The list of word swaps that central staff keep, as the rules read it."""

from __future__ import annotations

from cms.plain_language.word_swaps import Swap, standing_swaps
from service_catalog.models import WordSwap


def current_swaps() -> tuple[Swap, ...]:
    """The register in the order of its phrases; one query. Equal lists are equal, so the compiled form is kept."""
    return tuple(Swap(*row) for row in WordSwap.objects.order_by("phrase").values_list("phrase", "proposal", "remark"))


def load_standing_swaps() -> int:
    """Put the list that comes with the program into an empty register; return how many were added.

    A register that somebody keeps is left alone: what was deleted there stays deleted.
    """
    if WordSwap.objects.exists():
        return 0
    rows = [WordSwap(phrase=swap.phrase, proposal=swap.proposal, remark=swap.remark) for swap in standing_swaps()]
    WordSwap.objects.bulk_create(rows)
    return len(rows)
