"""The whole catalogue as one dataset: its graph, and the DCAT-AP description that stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from exporters.areas import AreasOf
from exporters.cpsv_ap.concepts import Vocabulary
from exporters.cpsv_ap.nodes import Link, Node, Value, Words, segment, without_repetition
from exporters.cpsv_ap.public_service import card_nodes
from life_events.published.life_event import LifeEvent
from service_catalog.published.card import Card

_BUSINESS = "działalność gospodarcza"
"""Life events of this group are business events, too."""


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """A file in which the dataset can be taken: its address, media type and name."""

    address: str
    media_type: str
    title: str


def dataset_address(site: str) -> str:
    """Under what name the dataset is spoken of."""
    return f"{site}/katalog/"


def description(*, site: str, newest: str, distributions: Iterable[Distribution] = ()) -> Iterator[Node]:
    """DCAT-AP: the catalogue, its one dataset, its publisher and the files. `newest` is the day of the last change (ISO)."""
    words = Vocabulary(site)
    place = dataset_address(site)
    files = list(distributions)
    publisher = Node(
        f"{site}/#wydawca",
        ("foaf:Agent",),
        (("dct:identifier", Value(site)), ("dct:title", Words("Okienko – katalog usług publicznych"))),
    )
    about = (
        ("dct:title", Words("Katalog usług publicznych")),
        ("dct:description", Words("Karty usług urzędów: co załatwić, gdzie, jak, ile to kosztuje i jak długo trwa.")),
        ("dct:publisher", Link(publisher.address)),
        ("dct:language", words.language()),
        ("dct:modified", Value(newest, "xsd:date")),
    )
    named = tuple(("dcat:distribution", Link(file.address)) for file in files)
    yield Node(f"{place}#katalog", ("dcat:Catalog",), (*about, ("dcat:dataset", Link(place))))
    yield Node(place, ("dcat:Dataset",), (*about, ("dct:spatial", words.country()),
               ("dcat:landingPage", words.page(f"{site}/")), *named))  # fmt: skip
    yield publisher
    yield from (_distribution(file) for file in files)
    yield from words.nodes


def _distribution(file: Distribution) -> Node:
    return Node(
        file.address,
        ("dcat:Distribution",),
        (
            ("dct:title", Words(file.title)),
            ("dcat:accessURL", Link(file.address)),
            ("dcat:downloadURL", Link(file.address)),
            (
                "dcat:mediaType",
                Link(f"https://www.iana.org/assignments/media-types/{file.media_type.partition(';')[0]}"),
            ),
        ),
    )


def graph(
    cards: Iterable[Card],
    life_events: Iterable[LifeEvent],
    *,
    site: str,
    newest: str,
    described: Callable[[str], bool],
    areas: AreasOf,
) -> Iterator[Node]:
    """Every node of the dataset once, streamed: its description, the life events, then the cards."""
    return without_repetition(_all(cards, life_events, site=site, newest=newest, described=described, areas=areas))


def _all(
    cards: Iterable[Card],
    events: Iterable[LifeEvent],
    *,
    site: str,
    newest: str,
    described: Callable[[str], bool],
    areas: AreasOf,
) -> Iterator[Node]:
    yield from description(site=site, newest=newest)
    for event in events:
        yield from _life_event(event, site=site, described=described)
    for card in cards:
        place = dataset_address(site)
        yield from card_nodes(card, site=site, dataset=place, described=described, areas=areas(card))


def _life_event(event: LifeEvent, *, site: str, described: Callable[[str], bool]) -> Iterator[Node]:
    words = Vocabulary(site)
    symbols = dict.fromkeys(step.symbol for stage in event.stages for step in stage.steps if described(step.symbol))
    business = ("cv:BusinessEvent",) if _BUSINESS in event.group.lower() else ()
    yield Node(
        f"{site}/zdarzenia/{segment(event.code)}/",
        ("cv:LifeEvent", *business, "cv:Event"),
        (
            ("dct:identifier", Value(event.code)),
            ("dct:title", Words(event.title)),
            ("dct:description", Words(event.intro)),
            ("dct:type", words.concept("grupa-zdarzen", event.group)),
            *(("cv:hasRelatedService", Link(f"{site}/karta/{segment(symbol)}/")) for symbol in symbols),
        ),
    )
    yield from words.nodes
