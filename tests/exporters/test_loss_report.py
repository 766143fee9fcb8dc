"""What a format says it loses is what it loses: each field is changed in turn, and the document must change or not as declared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from exporters.catalogue import Catalogue
from exporters.format_entry import Format
from exporters.formats import FORMATS
from exporters.loss import UnknownField, fields_of, lost_fields, report
from life_events.published.life_event import LifeEvent
from publication.canonical import canonical_json, sha256_hex
from publication.models import Edition
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from tests.exporters.mutations import changed, full_card, full_office

ON = datetime.date(2026, 2, 1)
COMPARED = [name for name, entry in FORMATS.items() if entry.losses]


class OneOfEach(Catalogue):
    """A catalogue in memory: one card, or one office."""

    def __init__(self, member: Card | Office) -> None:
        super().__init__(on=ON)
        object.__setattr__(self, "member", member)
        self.member: Card | Office

    def cards(self) -> Iterator[tuple[Edition, Card]]:
        if isinstance(self.member, Card):
            payload = canonical_json(self.member)
            yield Edition(key=self.member.key, payload=payload, sha256=sha256_hex(payload)), self.member

    def offices(self) -> Iterator[Office]:
        if isinstance(self.member, Office):
            yield self.member

    def life_events(self) -> tuple[LifeEvent, ...]:
        return ()


def document(chosen: Format, member: Any) -> bytes:
    if chosen.render and isinstance(member, Card):
        return chosen.render(member, edition_sha256="0" * 64)
    assert chosen.collection
    return b"".join(chosen.collection(OneOfEach(member)))


@pytest.mark.parametrize("name", COMPARED)
def test_the_declaration_is_the_truth(name: str) -> None:
    chosen = FORMATS[name]
    assert chosen.losses
    member = full_card() if chosen.losses.shape is Card else full_office()
    before = document(chosen, member)
    declared = set(lost_fields(chosen.losses.shape, chosen.losses.fields))
    truly_lost = {
        field for field in fields_of(chosen.losses.shape) if document(chosen, changed(member, field)) == before
    }
    assert (sorted(truly_lost - declared), sorted(declared - truly_lost)) == ([], [])


def test_every_format_that_holds_cards_or_offices_declares_its_losses() -> None:
    without = {"pdf", "dcat-ap", "epuap-life-events", "knowledge-package", "knowledge-package-consultant"}
    assert set(FORMATS) - set(COMPARED) == without


def test_a_change_of_any_field_is_a_change_of_the_struct() -> None:
    card = full_card()
    assert all(changed(card, field) != card for field in fields_of(Card))
    assert len(set(fields_of(Card))) == len(list(fields_of(Card))) > 200


def test_a_declaration_of_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownField, match="appael"):
        lost_fields(Card, ("appael",))
    assert lost_fields(Card, ("keywords", "who")) == (
        "keywords.everyday.text", "keywords.everyday.local", "keywords.official", "keywords.misspellings.text",
        "keywords.misspellings.local", "who",
    )  # fmt: skip


def test_the_report_is_a_sentence() -> None:
    assert report(Card, ()) == f"Format mieści wszystkie pola publiczne ({len(list(fields_of(Card)))})."
    output = StringIO()
    call_command("export", "schema-org", "--losses", stdout=output)
    assert "Nie mieści: kind" in output.getvalue()
    assert "appeal.remedy" in output.getvalue()
