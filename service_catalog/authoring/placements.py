"""Where a card stands in life events.

The placement is part of the card's payload, but life events live in an app above this one: it registers itself here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from service_catalog.published.card import LifeEventPlacement

Placements = Mapping[tuple[int, str], tuple[LifeEventPlacement, ...]]
"""(primary key of the service, code of the office type) -> places in life events."""

_sources: list[Callable[[], Placements]] = []


def register_source(source: Callable[[], Placements]) -> None:
    """Add a source of placements; registering the same one twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def placements() -> dict[tuple[int, str], tuple[LifeEventPlacement, ...]]:
    """All placements of all sources."""
    joined: dict[tuple[int, str], tuple[LifeEventPlacement, ...]] = {}
    for source in _sources:
        for place, found in source().items():
            joined[place] = joined.get(place, ()) + found
    return joined
