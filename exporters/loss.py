"""The loss report: which public fields of a card or an office a format cannot hold.

A format declares names of fields; "appeal" stands for everything inside the appeal. The declaration is compared with the truth by
tests: each field is changed in turn, and the document must change exactly when the field is not declared as lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec


class UnknownField(ValueError):
    """A declaration names a field that the published shape does not have."""


def fields_of(shape: type[msgspec.Struct], *, above: str = "") -> Iterator[str]:
    """Every field that holds a value of its own, as a path such as "appeal.deadline.n", in the order of the shape."""
    for field in msgspec.structs.fields(shape):
        path = f"{above}{field.name}"
        inner = struct_inside(field.type)
        if inner is None:
            yield path
        else:
            yield from fields_of(inner, above=f"{path}.")


def struct_inside(kind: Any) -> type[msgspec.Struct] | None:
    """The struct of a field, of the members of a tuple, or of an optional field; None for plain values."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    if get_origin(kind) in {tuple, Union, UnionType}:
        return next((found for found in map(struct_inside, get_args(kind)) if found), None)
    return None


def lost_fields(shape: type[msgspec.Struct], declared: Iterable[str]) -> tuple[str, ...]:
    """The declaration written out field by field. Raises `UnknownField` for a name that is no field of the shape."""
    names = tuple(declared)
    fields = tuple(fields_of(shape))
    unknown = [name for name in names if not any(_covers(name, field) for field in fields)]
    if unknown:
        raise UnknownField(f"Pola, których nie ma w {shape.__name__}: {', '.join(unknown)}. Popraw deklarację strat.")
    return tuple(field for field in fields if any(_covers(name, field) for name in names))


def _covers(name: str, field: str) -> bool:
    return field == name or field.startswith(f"{name}.")


def report(shape: type[msgspec.Struct], declared: Iterable[str]) -> str:
    """The report in Polish: how many fields the format holds and the names of those it loses."""
    lost = lost_fields(shape, declared)
    every = sum(1 for _ in fields_of(shape))
    if not lost:
        return f"Format mieści wszystkie pola publiczne ({every})."
    return f"Format mieści {every - len(lost)} z {every} pól publicznych. Nie mieści: {', '.join(lost)}."
