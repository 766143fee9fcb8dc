"""Documents of CPSV-AP in both syntaxes. Pure functions: equal cards give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exporters.areas import NOWHERE, Areas, AreasOf
from exporters.cpsv_ap.dataset import Distribution, description, graph
from exporters.cpsv_ap.nodes import Node, json_ld, turtle, without_repetition
from exporters.cpsv_ap.public_service import card_nodes
from life_events.published.life_event import LifeEvent
from service_catalog.published.card import Card

VERSION = "2"
"""Changes when the same card gives another document."""
SCHEMA = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"
DCAT_SCHEMA = "https://semiceu.github.io/DCAT-AP/releases/3.0.0/"

Syntax = Callable[[Iterable[Node]], Iterator[bytes]]
JSON_LD: Syntax = json_ld
TURTLE: Syntax = turtle


def render_card(card: Card, *, site: str, syntax: Syntax, areas: Areas = NOWHERE) -> bytes:
    """The document of one card. `areas` are those of its office."""
    return b"".join(syntax(without_repetition(card_nodes(card, site=site, areas=areas))))


def catalogue(
    cards: Iterable[Card],
    life_events: Iterable[LifeEvent],
    *,
    site: str,
    newest: str,
    symbols: frozenset[str],
    syntax: Syntax,
    areas: AreasOf = lambda card: NOWHERE,
) -> Iterator[bytes]:
    """The whole catalogue as one dataset. `symbols` are those of the general cards that stand in it."""
    return syntax(graph(cards, life_events, site=site, newest=newest, described=symbols.__contains__, areas=areas))


def dataset_description(*, site: str, newest: str, distributions: Iterable[Distribution]) -> Iterator[bytes]:
    """The DCAT-AP description of the dataset and the files in which it can be taken."""
    return json_ld(description(site=site, newest=newest, distributions=distributions))
