"""The card that holds at a place: of the one office whose area holds it, among those that have a card of the service."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from publication.models import EditionKind
from publication.reading import editions
from service_catalog.published import keys
from service_catalog.published.office import Office
from service_catalog.published.reach import Reach, lies_inside, reach
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
    offices = {office.code: office for office in map(decode_office, found.order_by("key"))}
    near = competent(offices.values(), place)
    if len(near) == 1:
        return _whole(offices[near[0]], place)
    if near:
        raise NoSingleOffice(
            f"Dla miejsca {place} właściwych jest kilka urzędów: {', '.join(near)}. Wybierz jeden z nich.", near
        )
    listed = f"Kartę mają urzędy: {', '.join(codes)}." if codes else "Żaden urząd nie ma tej karty."
    raise NoSingleOffice(f"Dla miejsca {place} nie ma urzędu z tą kartą. {listed}", ())


def competent(offices: Iterable[Office], place: str) -> tuple[str, ...]:
    """Codes of the offices nearest to the place: those whose longest matching area is the longest of all.

    An area matches when it holds the place, or lies inside it.
    """
    lengths = {office.code: _matching_digits(office, place) for office in offices}
    nearest = max(lengths.values(), default=0)
    return tuple(sorted(code for code, length in lengths.items() if length == nearest)) if nearest else ()


def _whole(office: Office, place: str) -> str:
    """The code of the one office near to a place. Raises `NoSingleOffice` when it serves no more than a part of the place."""
    served = _reach(office, place)
    if served.whole:
        return office.code
    part = f"dzielnice {', '.join(served.districts)}" if served.districts else "jego część"
    raise NoSingleOffice(
        f"Z miejsca {place} urząd {office.code} obsługuje tylko: {part}. Podaj kod dzielnicy albo gminy, albo wybierz ten urząd.",
        (office.code,),
    )


def _matching_digits(office: Office, place: str) -> int:
    """Digits of the place that the longest area of the office shares with it; 0 when the office has nothing to do with it."""
    holding = min(_reach(office, place).length, len(place))
    return len(place) if lies_inside(office.jurisdiction, place) else holding


def _reach(office: Office, place: str) -> Reach:
    return reach(office.jurisdiction, office.districts, office.teryt, place)
