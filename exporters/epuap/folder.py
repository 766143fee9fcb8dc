"""The export folder: which documents it holds and how they are written, one file at a time and each file whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exporters import editions as edition_sets
from exporters.catalogue import Catalogue
from exporters.epuap import addresses
from exporters.epuap.documents import card_body, catalogue_of_bodies, life_event_catalogue, render_card
from exporters.files import replace_file
from publication.models import Edition, EditionQuerySet
from service_catalog.published.card import Card
from service_catalog.published.office import Office
from service_catalog.published.reading import all_cards, decode_card


@dataclass(frozen=True)
class CatalogueFolder:
    """A part of the catalogue, or all of it, under one root.

    With a symbol or only the newest changes, only cards are written: a catalogue of some cards would not be the one of the office.
    """

    root: Path
    catalogue: Catalogue

    def expected(self) -> int:
        """How many files `write` is going to write."""
        whole = self.catalogue
        catalogues = 0 if self._only_cards() else whole.office_editions().count() + whole.is_whole()
        return whole.card_editions().count() + catalogues + len(addresses.PUBLISHED_FILES)

    def write(self) -> Iterator[Path]:
        """Write file by file; yields each path once the file is in its place. Raises `OSError` when the disk refuses."""
        yield from self._write_schema()
        cards = self.catalogue.card_editions()
        if self._only_cards():
            yield from self._write_cards(cards)
            return
        for office in self.catalogue.offices():
            yield from self._write_office(office)
        if not self.catalogue.office:
            yield from self._write_cards(cards.exclude(key__contains="/"))
        if self.catalogue.is_whole():
            yield self._write_life_events()

    def _only_cards(self) -> bool:
        return bool(self.catalogue.symbol) or self.catalogue.since is not None

    def remove_withdrawn(self, written: list[Path]) -> int:
        """Delete documents of an earlier export that are no longer in force; only after a full export. Returns how many."""
        if not self.catalogue.is_whole():
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
            for edition, card in all_cards(on=self.catalogue.on, office=office.code):
                body = card_body(card)
                written.append(self._write_card(edition, card, body=body))
                yield body

        identity = edition_sets.identity_of(edition_sets.of_office(office.code, on=self.catalogue.on))
        document = catalogue_of_bodies(office, bodies(), editions_sha256=identity.sha256, published_on=identity.newest)
        path = self.root / "katalogi" / f"{office.code}.xml"
        replace_file(path, document)
        return [*written, path]

    def _write_life_events(self) -> Path:
        identity = edition_sets.identity_of(edition_sets.of_life_events(on=self.catalogue.on))
        path = self.root / "zdarzenia.xml"
        events = self.catalogue.life_events()
        replace_file(path, life_event_catalogue(events, editions_sha256=identity.sha256, published_on=identity.newest))
        return path
