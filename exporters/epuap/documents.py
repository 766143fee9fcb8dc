"""XML documents: one card, the catalogue of one office, the catalogue of life events.

Pure functions of published structs: equal editions give equal bytes. `str:Adresaci` is left out, a catalogue has no addressee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exporters.epuap import addresses, card_shapes, catalogue_shapes
from exporters.epuap.shapes import element_writer, escape
from life_events.published.life_event import LifeEvent
from service_catalog.published.card import Card
from service_catalog.published.office import Office

_write_card = element_writer("KartaUslugi", card_shapes.CARD, depth=2)
_write_provider = element_writer("Uslugodawca", catalogue_shapes.PROVIDER, depth=3)
_write_office_record = element_writer("DaneUrzedu", catalogue_shapes.OFFICE_RECORD, depth=3)
_write_life_event = element_writer("Zdarzenie", catalogue_shapes.LIFE_EVENT, depth=3)

_START = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="{addresses.PUBLISHED_PATH}styl.xsl"?>
<ku:Dokument xmlns:ku="{addresses.NAMESPACE}" xmlns:str="{addresses.STRUCTURE}" xmlns:meta="{addresses.METADATA}" \
xmlns:inst="{addresses.INSTITUTION}" xmlns:adr="{addresses.ADDRESS}">
"""
_BODY_START = '  <ku:TrescDokumentu format="text/xml" kodowanie="XML">\n'
_END = "  </ku:TrescDokumentu>\n</ku:Dokument>\n"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around the content: identity, title, day of publication and sender of the document.

    `published_on` is an ISO date or empty text; `digest` is the hash of the edition or editions inside.
    """

    kind: str
    identifier: str
    title: str
    description: str
    digest: str
    published_on: str
    sender: str = ""

    def text(self) -> str:
        """XML from the declaration to the start of the content."""
        cid = f"{self.kind}-{self.identifier.replace('/', '.')}-{self.digest[:16]}@okienko.example"
        lines = [
            _START,
            "  <ku:OpisDokumentu>\n",
            f"    <str:CID>{escape(cid)}</str:CID>\n",
            self._date("stworzony"),
            self._identifier("klucz", self.identifier),
            self._identifier("sha256", self.digest),
            "    <meta:RodzajDokumentu><meta:Kategoria>tekst</meta:Kategoria></meta:RodzajDokumentu>\n",
            '    <meta:Jezyk kodJezyka="pol"/>\n',
            f"    <meta:OpisDokumentu>{escape(self.description)}</meta:OpisDokumentu>\n",
            "  </ku:OpisDokumentu>\n",
            "  <ku:DaneDokumentu>\n",
            f"    <str:Naglowek><str:NazwaDokumentu>{escape(self.title)}</str:NazwaDokumentu></str:Naglowek>\n",
            self._date("opublikowany"),
            self._senders(),
            "  </ku:DaneDokumentu>\n",
            _BODY_START,
        ]
        return "".join(lines)

    def _date(self, kind: str) -> str:
        if not self.published_on:
            return ""
        return f'    <meta:Data typDaty="{kind}"><meta:Czas>{escape(self.published_on)}</meta:Czas></meta:Data>\n'

    def _identifier(self, kind: str, value: str) -> str:
        value = f"<meta:Wartosc>{escape(value)}</meta:Wartosc>"
        return f'    <meta:Identyfikator typIdentyfikatora="{kind}">{value}</meta:Identyfikator>\n'

    def _senders(self) -> str:
        if not self.sender:
            return ""
        name = f"<inst:NazwaInstytucji>{escape(self.sender)}</inst:NazwaInstytucji>"
        return (
            f"    <str:Nadawcy><meta:Podmiot><inst:Instytucja>{name}</inst:Instytucja></meta:Podmiot></str:Nadawcy>\n"
        )


def card_body(card: Card) -> str:
    """The card itself, the same text in its own document and in the catalogue of its office."""
    pieces: list[str] = []
    _write_card(card, pieces.append)
    return "".join(pieces)


def render_card(card: Card, *, edition_sha256: str, body: str = "") -> bytes:
    """The document of one card, UTF-8 with LF line ends. `edition_sha256` is the hash of the edition that holds the card.

    `body` is `card_body(card)` when the caller has it already.
    """
    frame = Frame(
        kind="karta",
        identifier=card.key,
        title=f"Karta usługi {card.symbol}: {card.title}",
        description="Karta informacyjna usługi",
        digest=edition_sha256,
        published_on=card.valid_from,
        sender=card.office.name if card.office else "",
    )
    return "".join([frame.text(), body or card_body(card), _END]).encode()


def office_catalogue(
    office: Office, cards: Iterable[Card], *, editions_sha256: str, published_on: str = ""
) -> Iterator[bytes]:
    """The catalogue of one office in pieces, one card at a time, in the order given (readers give them sorted by key)."""
    bodies = map(card_body, cards)
    return catalogue_of_bodies(office, bodies, editions_sha256=editions_sha256, published_on=published_on)


def catalogue_of_bodies(
    office: Office, bodies: Iterable[str], *, editions_sha256: str, published_on: str = ""
) -> Iterator[bytes]:
    """The catalogue of one office from the bodies of its cards (`card_body`).

    `editions_sha256` is one hash over the editions of the cards and of the office, `published_on` the newest day from which one
    of them is in force.
    """
    frame = Frame(
        kind="katalog",
        identifier=office.code,
        title=f"Katalog usług: {office.name}",
        description="Katalog usług urzędu",
        digest=editions_sha256,
        published_on=published_on,
        sender=office.name,
    )
    pieces = [frame.text(), "    <ku:KatalogUslug>\n"]
    _write_provider(office, pieces.append)
    _write_office_record(office, pieces.append)
    yield "".join(pieces).encode()
    for body in bodies:
        yield body.encode()
    yield f"    </ku:KatalogUslug>\n{_END}".encode()


def life_event_catalogue(
    events: Iterable[LifeEvent], *, editions_sha256: str, published_on: str = ""
) -> Iterator[bytes]:
    """The catalogue of life events in pieces, one event at a time, in the order given."""
    frame = Frame(
        kind="katalog",
        identifier="zdarzenia",
        title="Katalog zdarzeń życiowych",
        description="Katalog zdarzeń życiowych",
        digest=editions_sha256,
        published_on=published_on,
    )
    yield f"{frame.text()}    <ku:KatalogZdarzen>\n".encode()
    for event in events:
        pieces: list[str] = []
        _write_life_event(event, pieces.append)
        yield "".join(pieces).encode()
    yield f"    </ku:KatalogZdarzen>\n{_END}".encode()
