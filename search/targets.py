"""Whether what a synonym leads to is in the catalogue today."""

from __future__ import annotations

from publication.calendar import today
from publication.reading import editions
from search.phrases import TargetKind


def missing(kind: TargetKind, value: str) -> str:
    """What is wrong with the target, in Polish for the one who keeps the register; empty when it is there. One query at most."""
    if kind == "usługa" and not editions().filter(key=value).readable(on=today()).exists():
        return f"W katalogu nie ma usługi o symbolu „{value}”. Przepisz symbol z karty, na przykład UW-PAS-001."
    if kind == "typ urzędu" and not editions().labelled("office_type", value).readable(on=today()).exists():
        return f"W katalogu nie ma typu urzędu o kodzie „{value}”. Kod to początek symbolu usługi, na przykład UW."
    return ""
