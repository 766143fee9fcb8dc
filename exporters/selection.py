"""Choosing what to export: the part of the catalogue that was asked for, or a sentence that lists what exists."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable

from exporters.catalogue import Catalogue
from publication.models import EditionKind
from publication.reading import editions, head_sequence
from service_catalog.published import keys

SHOWN = 120
"""How many names a refusal lists at most: all offices and office types, and the symbols nearest to the one asked for."""


class NothingThere(LookupError):
    """The office, type, symbol, day or sequence that was asked for does not exist."""


def select(
    *, on: datetime.date, office: str = "", office_type: str = "", symbol: str = "", since: int | None = None
) -> Catalogue:
    """What was asked for. Raises `NothingThere` with a Polish sentence that lists what exists."""
    if since is not None and not 0 <= since <= head_sequence():
        raise NothingThere(f"Numer {since} jest poza dziennikiem. Ostatnie wydanie ma numer {head_sequence()}.")
    if office:
        _require(office, _codes(EditionKind.OFFICE, keys.office_key(""), on), f"urzędu „{office[:40]}”", on)
    if office_type:
        types = _codes(EditionKind.REGISTER, keys.office_type_key(""), on)
        _require(office_type, types, f"typu urzędu „{office_type[:40]}”", on)
    if symbol:
        _require_symbol(symbol, on)
    chosen = Catalogue(on=on, office=office, office_type=office_type, symbol=symbol, since=since)
    if since is None and not chosen.card_editions().exists():
        _require_something_else(chosen)
    return chosen


def _require_something_else(chosen: Catalogue) -> None:
    """Without cards there must be offices; who asks for one service wants its cards. Raises `NothingThere`."""
    asked = ((f"urząd „{chosen.office[:40]}”", chosen.office), (f"typ „{chosen.office_type[:40]}”", chosen.office_type),
             (f"symbol „{chosen.symbol[:40]}”", chosen.symbol))  # fmt: skip
    named = [name for name, value in asked if value]
    if len(named) > 1 and (chosen.symbol or not chosen.office_editions().exists()):
        where = ", ".join(named)
        raise NothingThere(
            f"W dniu {chosen.on.isoformat()} nic nie spełnia naraz warunków: {where}. Opuść jeden z nich."
        )
    if not chosen.office_editions().exists():
        raise NothingThere(_nothing(chosen.on))


def _codes(kind: str, prefix: str, on: datetime.date) -> list[str]:
    found = editions().of_kind(kind).filter(key__startswith=prefix).readable(on=on)
    return [key.removeprefix(prefix) for key in found.order_by("key").values_list("key", flat=True)]


def _require(code: str, known: list[str], name: str, on: datetime.date) -> None:
    if code not in known:
        raise NothingThere(f"W dniu {on.isoformat()} nie ma {name}. {_listed(known) if known else _nothing(on)}")


def _require_symbol(symbol: str, on: datetime.date) -> None:
    found = editions().of_kind(EditionKind.CARD)
    if found.labelled("symbol", symbol).readable(on=on).exists():
        return
    every = found.readable(on=on).order_by("key").values_list("key", flat=True)
    known = sorted({key.partition("/")[0] for key in every})
    near = difflib.get_close_matches(symbol.upper()[:40], known, n=10, cutoff=0.5)
    listed = f"Podobne symbole: {', '.join(near)}." if near else _listed(known) if known else _nothing(on)
    raise NothingThere(f"W dniu {on.isoformat()} nie ma karty „{symbol[:40]}”. {listed}")


def _listed(known: Iterable[str]) -> str:
    names = list(known)
    rest = f" i {len(names) - SHOWN} innych" if len(names) > SHOWN else ""
    return f"Są: {', '.join(names[:SHOWN])}{rest}."


def _nothing(on: datetime.date) -> str:
    """Why there is nothing on that day: the catalogue begins later, or it is empty."""
    first = editions().order_by("valid_from").values_list("valid_from", flat=True).first()
    if first is None:
        return "Katalog jest pusty. Opublikuj karty, a potem uruchom eksport ponownie."
    return f"W dniu {on.isoformat()} w katalogu nic nie obowiązuje. Pierwsze wydanie obowiązuje od {first.isoformat()}."
