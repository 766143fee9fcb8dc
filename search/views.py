"""The search page: a plain GET form that works without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.documents import FacetName
from search.finding import DEEPEST, LONGEST_QUERY, Answer, Question, find, finder

PAGE_SIZE = 20
LAST_PAGE = DEEPEST // PAGE_SIZE
FILTERS: dict[FacetName, str] = {
    "topic": "Dział",
    "office_type": "Urząd",
    "life_event": "Zdarzenie życiowe",
    "audience": "Dla kogo",
}
MOST_SHOWN = 12
"""Values shown per filter; chosen ones always are."""
MOST_CHOSEN = 20
LONGEST_VALUE = 120
LONGEST_PLACE = 80


class UnusableAddress(ValueError):
    """The address of the page cannot be used; the message says what to change."""


@dataclass(frozen=True)
class FilterLink:
    """A value of a filter as a link that chooses it or takes it back."""

    name: str
    count: int
    chosen: bool
    address: str


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Results for the parameters in the address; 400 with an explanation when they cannot be used."""
    try:
        context = _context(request.GET, request.path)
        status = HTTPStatus.OK
    except UnusableAddress as refusal:
        context = {"query": "", "place": "", "refusal": str(refusal)}
        status = HTTPStatus.BAD_REQUEST
    response = render(request, "search/results.html", {"path": request.path, **context}, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _context(parameters: QueryDict, path: str) -> dict[str, Any]:
    query = _text(parameters, "q", LONGEST_QUERY)
    place = _text(parameters, "place", LONGEST_PLACE)
    office = _text(parameters, "office", LONGEST_VALUE)
    page = _page(parameters)
    ready = finder()
    code = ready.place(place) if ready and place else ""
    chosen = {name: _chosen(parameters, name) for name in FILTERS}
    asked = bool(query.strip() or any(chosen.values()) or office)
    question = Question(
        text=query,
        place=code,
        office=office,
        filters={name: values for name, values in chosen.items() if values},
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
        facets=True,
    )
    answer = find(question) if asked else Answer(index_ready=ready is not None)
    return {
        "query": query,
        "place": place,
        "office": office,
        "unknown_place": bool(place) and not code,
        "asked": asked,
        "answer": answer,
        "chosen": chosen,
        "filters": _filters(answer, chosen, parameters, path),
        "page": page,
        "previous": _with_page(parameters, path, page - 1) if page > 1 else "",
        "following": _with_page(parameters, path, page + 1) if answer.next_offset and page < LAST_PAGE else "",
        "corrected": _changed(parameters, path, q=answer.did_you_mean) if answer.did_you_mean else "",
    }


def _text(parameters: QueryDict, name: str, longest: int) -> str:
    """A text parameter. Raises `UnusableAddress` when it is too long or holds control characters."""
    value = parameters.get(name, "")
    if len(value) > longest:
        raise UnusableAddress(f"Wpisany tekst jest za długi. Skróć go do {longest} znaków.")
    if any(ord(character) < 32 and character != "\t" for character in value):
        raise UnusableAddress("Wpisany tekst zawiera znaki, których nie da się wpisać z klawiatury. Usuń je.")
    return value


def _page(parameters: QueryDict) -> int:
    """Number of the page. Raises `UnusableAddress` for anything but a number from 1 to the last page."""
    value = parameters.get("page", "") or "1"
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and 1 <= int(value) <= LAST_PAGE):
        raise UnusableAddress(f"Numer strony musi być liczbą od 1 do {LAST_PAGE}.")
    return int(value)


def _chosen(parameters: QueryDict, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in parameters.getlist(name) if value))
    if len(values) > MOST_CHOSEN or any(len(value) > LONGEST_VALUE for value in values):
        raise UnusableAddress("Wybrano za dużo filtrów naraz. Zacznij od samego zapytania.")
    return values


def _filters(
    answer: Answer, chosen: dict[FacetName, tuple[str, ...]], parameters: QueryDict, path: str
) -> list[tuple[str, list[FilterLink]]]:
    """Filters with their values as links, commonest first; filters without a choice to make are left out."""
    shown = []
    for name, heading in FILTERS.items():
        values = answer.facets.get(name, ())
        links = [
            FilterLink(item.name, item.count, item.value in chosen[name], _toggled(parameters, path, name, item.value))
            for number, item in enumerate(values)
            if number < MOST_SHOWN or item.value in chosen[name]
        ]
        if len(links) > 1 or any(link.chosen for link in links):
            shown.append((heading, links))
    return shown


def _toggled(parameters: QueryDict, path: str, name: str, value: str) -> str:
    """The address with a filter value added, or taken back when it is there."""
    copy = _first_page(parameters)
    values = [each for each in copy.getlist(name) if each]
    copy.setlist(name, [each for each in values if each != value] if value in values else [*values, value])
    return f"{path}?{copy.urlencode()}"


def _changed(parameters: QueryDict, path: str, **changes: str) -> str:
    copy = _first_page(parameters)
    for name, value in changes.items():
        copy[name] = value
    return f"{path}?{copy.urlencode()}"


def _with_page(parameters: QueryDict, path: str, page: int) -> str:
    return _changed(parameters, path, page=str(page))


def _first_page(parameters: QueryDict) -> QueryDict:
    """The known parameters without the page number: an address of ours never repeats what a stranger added."""
    copy = QueryDict(mutable=True)
    for name in ("q", "place", "office", *FILTERS):
        values = [value for value in parameters.getlist(name) if value]
        if values:
            copy.setlist(name, values)
    return copy
