"""Proof that the log is as it was written: hashes, chain and sequence are computed again, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from publication.canonical import sha256_hex
from publication.models import Edition, LogHead
from publication.recording import chained, record_digest

CHUNK = 500


@dataclass(frozen=True)
class Damage:
    """The first row at which the log is not what was recorded."""

    sequence: int
    key: str
    reason: str


def first_damage(*, progress: Callable[[int], object] = lambda sequence: None) -> Damage | None:
    """Return the first damaged row, or None when the whole log holds. `progress` gets each verified sequence."""
    chain, expected = "0" * 64, 1
    for edition in Edition.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        reason = _fault(edition, expected=expected, previous_chain=chain)
        if reason:
            return Damage(edition.sequence, edition.key, reason)
        chain, expected = edition.chain, expected + 1
        progress(edition.sequence)
    return _fault_of_head(chain, expected - 1)


def _fault(edition: Edition, *, expected: int, previous_chain: str) -> str:
    """What is wrong with one row; empty when nothing is."""
    if edition.sequence != expected:
        return f"brakuje wydania numer {expected}"
    if sha256_hex(bytes(edition.payload)) != edition.sha256:
        return "treść nie zgadza się ze skrótem"
    if sha256_hex(bytes(edition.restricted)) != edition.restricted_sha256:
        return "treść zastrzeżona nie zgadza się ze skrótem"
    if chained(previous_chain, record_digest(edition)) != edition.chain:
        return "łańcuch jest przerwany: zmieniono datę, stan, przyczynę albo poprzedni wiersz"
    return ""


def _fault_of_head(chain: str, sequence: int) -> Damage | None:
    """Rows cut off at the end of the log show in its head."""
    head = LogHead.objects.first()
    if head is None:
        return None if sequence == 0 else Damage(sequence, "", "brakuje czoła dziennika")
    if head.sequence != sequence:
        return Damage(sequence + 1, "", f"brakuje wydań od numeru {sequence + 1} do {head.sequence}")
    if head.chain != chain:
        return Damage(sequence, "", "czoło dziennika nie zgadza się z ostatnim wydaniem")
    return None
