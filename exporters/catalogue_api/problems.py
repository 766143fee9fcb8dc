"""Problem documents (RFC 9457, formerly 7807) of the catalogue API."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from http import HTTPStatus

import msgspec
from django.http import HttpResponse

from publication.models import EditionState
from publication.reading import NotInForce

MEDIA_TYPE = "application/problem+json; charset=utf-8"


def problem(status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    """An error answer with a title and a sentence that says what to do."""
    body = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    response = HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def unknown_parameters(unknown: Iterable[str], known: Collection[str]) -> HttpResponse:
    """422 that names the parameters nobody knows and those that there are."""
    named = ", ".join(f"„{name[:40]}”" for name in unknown)
    allowed = f"Możesz użyć: {', '.join(sorted(known))}." if known else "Ten adres nie ma parametrów."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Nieznany parametr", f"Nie znamy parametru {named}. {allowed}")


def not_in_force(refusal: NotInForce) -> HttpResponse:
    """404 for an unknown key and for content suspended for correction, 410 for withdrawn or expired content."""
    edition, day = refusal.edition, refusal.day.isoformat()
    if edition is None:
        return problem(
            HTTPStatus.NOT_FOUND,
            "Nie znaleziono",
            f"W dniu {day} nie ma wydania „{refusal.key[:120]}”. Sprawdź kod i datę.",
        )
    if edition.state == EditionState.SUSPENDED:
        return problem(
            HTTPStatus.NOT_FOUND,
            "Wstrzymano",
            f"Treść „{edition.key}” jest poprawiana od {edition.valid_from.isoformat()}.",
        )
    since = edition.valid_to or edition.valid_from
    return problem(HTTPStatus.GONE, "Wycofano", f"Treść „{edition.key}” nie obowiązuje od {since.isoformat()}.")
