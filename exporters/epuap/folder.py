"""The export folder: which documents it holds, and which of them are made together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from exporters import editions as edition_sets
from exporters.catalogue import Catalogue
from exporters.editions import EditionSet
from exporters.epuap import addresses
from exporters.epuap.documents import card_body, catalogue_of_bodies, life_event_catalogue, render_card
from exporters.unfinished import Part, Put
from publication.models import Edition, EditionQuerySet
from service_catalog.published.keys import office_key
from service_catalog.published.office import Office
from service_catalog.published.reading import all_cards, decode_card

LIFE_EVENTS = "zdarzenia.xml"


@dataclass(frozen=True)
class CatalogueFolder:
    """A part of the catalogue, or all of it.

    With a symbol or only the newest changes, only cards are written: a catalogue of some cards would not be the one of the office.
    """

    catalogue: Catalogue

    def expected(self) -> int:
        """How many files the parts have."""
        whole = self.catalogue
        catalogues = 0 if self._only_cards() else whole.office_editions().count() + whole.is_whole()
        return whole.card_editions().count() + catalogues + len(addresses.PUBLISHED_FILES)

    def holds_only(self) -> tuple[str, ...]:
        """After a full export the folder holds no documents of an earlier one that are no longer in force."""
        return ("karty/*.xml", "katalogi/*.xml") if self.catalogue.is_whole() else ()

    def parts(self) -> Iterator[Part]:
        """The schema, each office with its cards, the general cards one by one, the life events."""
        yield Part(tuple(map(_published, addresses.PUBLISHED_FILES)), _write_schema)
        cards = self.catalogue.card_editions()
        if self._only_cards():
            yield from self._cards(cards)
            return
        for office in self.catalogue.offices():
            yield self._office(office)
        if not self.catalogue.office:
            yield from self._cards(cards.exclude(key__contains="/"))
        if self.catalogue.is_whole():
            yield Part((LIFE_EVENTS,), self._write_life_events)

    def _only_cards(self) -> bool:
        return bool(self.catalogue.symbol) or self.catalogue.since is not None

    def _cards(self, found: EditionQuerySet) -> Iterator[Part]:
        for edition in found.iterator(chunk_size=200):
            yield Part((_card(edition.key),), partial(_write_card, edition))

    def _office(self, office: Office) -> Part:
        """The cards of an office and its catalogue: each card is read and rendered once for both."""
        rows = list(edition_sets.of_office(office.code, on=self.catalogue.on).values_list(*edition_sets.ROW))
        record = office_key(office.code)
        cards = (_card(key) for key, _, _ in rows if key != record)
        identity = edition_sets.identity_of_rows(rows)
        return Part((*cards, _catalogue(office)), partial(self._write_office, office, identity))

    def _write_office(self, office: Office, identity: EditionSet, put: Put) -> None:
        def bodies() -> Iterator[str]:
            for edition, card in all_cards(on=self.catalogue.on, office=office.code):
                body = card_body(card)
                put(_card(edition.key), [render_card(card, edition_sha256=edition.sha256, body=body)])
                yield body

        document = catalogue_of_bodies(office, bodies(), editions_sha256=identity.sha256, published_on=identity.newest)
        put(_catalogue(office), document)

    def _write_life_events(self, put: Put) -> None:
        put(LIFE_EVENTS, life_events(self.catalogue))


def life_events(catalogue: Catalogue) -> Iterator[bytes]:
    """The catalogue of life events, in the folder and on its own."""
    identity = life_event_editions(catalogue)
    events = catalogue.life_events()
    return life_event_catalogue(events, editions_sha256=identity.sha256, published_on=identity.newest)


def life_event_editions(catalogue: Catalogue) -> EditionSet:
    """What that catalogue is made of."""
    return edition_sets.identity_of(edition_sets.of_life_events(on=catalogue.on))


def _card(key: str) -> str:
    return f"karty/{key.replace('/', '.')}.xml"


def _catalogue(office: Office) -> str:
    return f"katalogi/{office.code}.xml"


def _published(name: str) -> str:
    """The public path of a file of the schema, so that the folder can be served as it is."""
    return f"{addresses.PUBLISHED_PATH.strip('/')}/{name}"


def _write_schema(put: Put) -> None:
    for name in addresses.PUBLISHED_FILES:
        put(_published(name), [(addresses.FOLDER / name).read_bytes()])


def _write_card(edition: Edition, put: Put) -> None:
    put(_card(edition.key), [render_card(decode_card(edition), edition_sha256=edition.sha256)])
