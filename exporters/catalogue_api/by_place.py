"""The card that holds at a place: of the one office whose area holds it, among those that have a card of the service."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from publication.models import EditionKind
from publication.reading import editions
from service_catalog.published import keys
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_office


class NoSingleOffice(LookupError):
    """No office, or several, are competent for the place; `offices` are their codes."""

    def __init__(self, sentence: str, offices: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.offices = offices


def office_for(symbol: str, place: str, *, on: datetime.date) -> str:
    """Code of the competent office. `place` is a TERYT code of 2, 4 or 7 digits. Raises `NoSingleOffice`. Two queries."""
    cards = editions().labelled("symbol", symbol).exclude(key=symbol).readable(on=on)
    codes = [key.partition("/")[2] for key in cards.order_by("key").values_list("key", flat=True)]
    found = (
        editions().of_kind(EditionKind.OFFICE).readable(on=on).filter(key__in=[keys.office_key(code) for code in codes])
    )
    near = competent(map(decode_office, found.order_by("key")), place)
    if len(near) == 1:
        return near[0]
    if near:
        raise NoSingleOffice(
            f"Dla miejsca {place} właściwych jest kilka urzędów: {', '.join(near)}. Wybierz jeden z nich.", near
        )
    listed = f"Kartę mają urzędy: {', '.join(codes)}." if codes else "Żaden urząd nie ma tej karty."
    raise NoSingleOffice(f"Dla miejsca {place} nie ma urzędu z tą kartą. {listed}", ())


def competent(offices: Iterable[Office], place: str) -> tuple[str, ...]:
    """Codes of the offices nearest to the place: those whose longest matching area is the longest of all.

    An area matches when it holds the place, or lies inside it; a longer area that is taken out of an office's jurisdiction excludes
    it for places inside.
    """
    reach = {office.code: _reach(office, place) for office in offices}
    nearest = max(reach.values(), default=0)
    return tuple(sorted(code for code, length in reach.items() if length == nearest)) if nearest else ()


def _reach(office: Office, place: str) -> int:
    """Length of the longest area of the office that has to do with the place; 0 when there is none."""
    included = [area.prefix for area in office.jurisdiction if area.include and _meets(area.prefix, place)]
    excluded = [area.prefix for area in office.jurisdiction if not area.include and place.startswith(area.prefix)]
    longest = max((min(len(prefix), len(place)) for prefix in included), default=0)
    return 0 if excluded and max(map(len, excluded)) >= longest else longest


def _meets(prefix: str, place: str) -> bool:
    return place.startswith(prefix) or prefix.startswith(place)
