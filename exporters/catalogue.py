"""What a collection is made of: the cards, offices and life events in force on a day, of the whole catalogue or a part of it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Q

from exporters.editions import EditionSet, identity_of
from life_events.published.life_event import LifeEvent
from life_events.published.reading import life_events
from publication.models import Edition, EditionKind, EditionLabel, EditionQuerySet
from publication.reading import editions
from service_catalog.published.card import Card
from service_catalog.published.keys import office_key
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_card, decode_office


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What is in force on a day; of one office, of one office type or of one service when given.

    With `since` only what was recorded after the edition of that number.
    """

    on: datetime.date
    office: str = ""
    office_type: str = ""
    symbol: str = ""
    since: int | None = None
    progress: Callable[[], object] | None = field(default=None, compare=False)
    """Called for every card that is read."""

    def reporting(self, progress: Callable[[], object]) -> Catalogue:
        """The same catalogue that calls `progress` for every card."""
        return replace(self, progress=progress)

    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.since is None and not (self.office or self.office_type or self.symbol)

    def card_editions(self) -> EditionQuerySet:
        """Editions of the cards, by key."""
        found = editions().readable(on=self.on)
        if self.office:
            found = found.labelled("office", self.office)
        if self.symbol:
            found = found.labelled("symbol", self.symbol)
        if not (self.office or self.symbol):
            # Only cards have those labels. To ask for the kind as well would let SQLite look through all cards.
            found = found.of_kind(EditionKind.CARD)
        if self.office_type:
            found = found.filter(self._of_office_type())
        return self._newer(found).order_by("key")

    def _newer(self, found: EditionQuerySet) -> EditionQuerySet:
        return found if self.since is None else found.filter(sequence__gt=self.since)

    def _of_office_type(self) -> Q:
        """Cards with the label, and office cards (which have no label of their own) of the general cards that have it."""
        own = EditionLabel.objects.filter(name="office_type", value=self.office_type)
        general = editions().of_kind(EditionKind.CARD).labelled("office_type", self.office_type).readable(on=self.on)
        symbols = EditionLabel.objects.filter(name="symbol", value__in=general.values("key"))
        return Q(pk__in=own.values("edition")) | Q(pk__in=symbols.values("edition"))

    def cards(self) -> Iterator[tuple[Edition, Card]]:
        """Cards with their editions, by key, streamed. One query."""
        for edition in self.card_editions().iterator(chunk_size=200):
            yield edition, decode_card(edition)
            if self.progress:
                self.progress()

    def office_editions(self) -> EditionQuerySet:
        """Editions of the office records, by key; none of them for a single service."""
        found = editions().of_kind(EditionKind.OFFICE).readable(on=self.on)
        if self.office:
            found = found.filter(key=office_key(self.office))
        if self.office_type:
            found = found.labelled("office_type", self.office_type)
        return self._newer(found).order_by("key")

    def offices(self) -> Iterator[Office]:
        """Office records, by code, streamed. One query."""
        return map(decode_office, self.office_editions().iterator(chunk_size=50))

    def life_events(self) -> tuple[LifeEvent, ...]:
        """All life events of a whole catalogue, by code; none for a part of it. One query."""
        return life_events(on=self.on) if self.is_whole() else ()

    def symbols(self) -> frozenset[str]:
        """Symbols of the services whose general card is in it; cards of offices have other keys. One query, no payloads."""
        return frozenset(self.card_editions().exclude(key__contains="/").values_list("key", flat=True))

    def newest(self) -> str:
        """The newest day from which one of the cards or offices is in force (ISO). Two queries, no payloads."""
        return self.identity().newest

    def identity(self) -> EditionSet:
        """One hash of everything the collection is made of, and the newest day in it. Three queries, no payloads."""
        parts = [identity_of(self.card_editions()), identity_of(self.office_editions())]
        if self.is_whole():
            parts.append(identity_of(editions().of_kind(EditionKind.LIFE_EVENT).readable(on=self.on)))
        named = "".join(f"{part.sha256}\n" for part in parts)
        return EditionSet(sha256=hashlib.sha256(named.encode()).hexdigest(), newest=max(part.newest for part in parts))
