"""The export folder: which documents it holds and how they are written, one file at a time and each file whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exporters import editions as edition_sets
from exporters.epuap import addresses
from exporters.epuap.documents import card_body, catalogue_of_bodies, life_event_catalogue, render_card
from exporters.files import replace_file
from life_events.published.reading import life_events
from publication.models import Edition, EditionKind, EditionQuerySet
from publication.reading import editions
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.reading import all_cards, decode_card, offices


@dataclass(frozen=True)
class CatalogueFolder:
    """Everything in force on a day under one root; of one office or one service when given.

    With a symbol only cards are written: a catalogue of one card would not be the catalogue of the office.
    """

    root: Path
    on: datetime.date
    office: str = ""
    symbol: str = ""

    def expected(self) -> int:
        """How many files `write` is going to write."""
        catalogues = 0 if self.symbol else len(self._offices()) + (not self.office)
        return self._card_editions().count() + catalogues + len(addresses.PUBLISHED_FILES)

    def write(self) -> Iterator[Path]:
        """Write file by file; yields each path once the file is in its place. Raises `OSError` when the disk refuses."""
        yield from self._write_schema()
        if self.symbol:
            yield from self._write_cards(self._card_editions())
            return
        for office in self._offices():
            yield from self._write_office(office)
        if not self.office:
            yield from self._write_cards(self._card_editions().exclude(key__contains="/"))
            yield self._write_life_events()

    def remove_withdrawn(self, written: list[Path]) -> int:
        """Delete documents of an earlier export that are no longer in force; only after a full export. Returns how many."""
        if self.office or self.symbol:
            return 0
        present = {path for name in ("karty", "katalogi") for path in (self.root / name).glob("*.xml")}
        withdrawn = present.difference(written)
        for path in withdrawn:
            path.unlink()
        return len(withdrawn)

    def _write_schema(self) -> Iterator[Path]:
        """The schema and style sheet under their public path, so that the folder can be served as it is."""
        for name in addresses.PUBLISHED_FILES:
            path = self.root / addresses.PUBLISHED_PATH.strip("/") / name
            replace_file(path, [(addresses.FOLDER / name).read_bytes()])
            yield path

    def _write_cards(self, found: EditionQuerySet) -> Iterator[Path]:
        for edition in found.iterator(chunk_size=200):
            yield self._write_card(edition, decode_card(edition), body="")

    def _write_card(self, edition: Edition, card: Card, *, body: str) -> Path:
        path = self.root / "karty" / f"{edition.key.replace('/', '.')}.xml"
        replace_file(path, [render_card(card, edition_sha256=edition.sha256, body=body)])
        return path

    def _write_office(self, office: Office) -> list[Path]:
        """The cards of an office and its catalogue: each card is read and rendered once for both."""
        written: list[Path] = []

        def bodies() -> Iterator[str]:
            for edition, card in all_cards(on=self.on, office=office.code):
                body = card_body(card)
                written.append(self._write_card(edition, card, body=body))
                yield body

        identity = edition_sets.identity_of(edition_sets.of_office(office.code, on=self.on))
        document = catalogue_of_bodies(office, bodies(), editions_sha256=identity.sha256, published_on=identity.newest)
        path = self.root / "katalogi" / f"{office.code}.xml"
        replace_file(path, document)
        return [*written, path]

    def _write_life_events(self) -> Path:
        identity = edition_sets.identity_of(edition_sets.of_life_events(on=self.on))
        path = self.root / "zdarzenia.xml"
        events = life_events(on=self.on)
        replace_file(path, life_event_catalogue(events, editions_sha256=identity.sha256, published_on=identity.newest))
        return path

    def _offices(self) -> tuple[Office, ...]:
        return tuple(office for office in offices(on=self.on) if self.office in ("", office.code))

    def _card_editions(self) -> EditionQuerySet:
        found = editions().of_kind(EditionKind.CARD)
        if self.office:
            found = found.labelled("office", self.office)
        if self.symbol:
            found = found.labelled("symbol", self.symbol)
        return found.readable(on=self.on).order_by("key")
