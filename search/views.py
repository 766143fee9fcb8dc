"""The search page: a plain GET form that works without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publication.calendar import today
from search.documents import FacetName
from search.finding import DEEPEST, Answer, Finder, Question, find, finder
from search.models import LONGEST_QUERY
from search.place_choice import ChosenPlace, chosen_place
from search.query_log import note
from search.result_links import link, mark_of, phrase_in

PAGE_SIZE = 20
LAST_PAGE = DEEPEST // PAGE_SIZE
FILTERS: dict[FacetName, str] = {
    "topic": "Dział",
    "office_type": "Urząd",
    "life_event": "Zdarzenie życiowe",
    "audience": "Dla kogo",
}
MOST_SHOWN = 6
"""Values of a filter in sight; the others are folded, chosen ones never are."""
MOST_FOLDED = 40
MOST_OFFICES = 6
TOPICS_SUGGESTED = 20
MOST_CHOSEN = 20
LONGEST_VALUE = 120
LONGEST_PLACE = 80
LONGEST_MARK = 2_000


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


@require_safe
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the card of a result and count that the phrase of the mark `z` led to an opened result."""
    phrase = phrase_in(request.GET.get("z", "")[:LONGEST_MARK])
    if phrase and request.method == "GET":
        note(phrase, "opened", source="strona", day=today())
    response = HttpResponseRedirect(link(key, ""))
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _context(parameters: QueryDict, path: str) -> dict[str, Any]:
    query = _text(parameters, "q", LONGEST_QUERY)
    place = chosen_place(_text(parameters, "place", LONGEST_PLACE))
    office = _text(parameters, "office", LONGEST_VALUE)
    page = _page(parameters)
    chosen = {name: _chosen(parameters, name) for name in FILTERS}
    asked = bool(query.strip() or any(chosen.values()) or office)
    question = Question(
        text=query,
        place=place.code,
        office=office,
        filters={name: values for name, values in chosen.items() if values},
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
        facets=True,
    )
    ready = finder()
    answer = find(question) if asked else Answer(index_ready=ready is not None)
    if answer.index_ready and question.begins_a_search:
        note(query, *(("asked",) if answer.total else ("asked", "without_result")), source="strona", day=today())
    return {
        "query": query,
        "office": office,
        "asked": asked,
        "answer": answer,
        "chosen": chosen,
        "page": page,
        **_place(parameters, path, place),
        **_links(parameters, path, page, answer),
        "filters": _filters(answer, chosen, parameters, path),
        **_beside(parameters, path, answer),
        **_offices(answer),
        **(_empty(ready) if asked and not answer.hits else {}),
    }


def _place(parameters: QueryDict, path: str, place: ChosenPlace) -> dict[str, Any]:
    """What was typed as a place: its full name when it is one, links to choose from when it is several."""
    typed = parameters.get("place", "").strip()
    return {
        "place": place.name or typed,
        "unknown_place": bool(typed) and not place.known and not place.options,
        "places": [(option.name, _changed(parameters, path, place=option.code)) for option in place.options],
    }


def _links(parameters: QueryDict, path: str, page: int, answer: Answer) -> dict[str, Any]:
    """Links to cards, to other pages and to the corrected query."""
    return {
        "mark": mark_of(parameters.get("q", "")),
        "link": link,
        "previous": _with_page(parameters, path, page - 1) if page > 1 else "",
        "following": _with_page(parameters, path, page + 1) if answer.next_offset and page < LAST_PAGE else "",
        "corrected": _changed(parameters, path, q=answer.did_you_mean) if answer.did_you_mean else "",
    }


def _beside(parameters: QueryDict, path: str, answer: Answer) -> dict[str, Any]:
    """What the registers say about the words of the query: choices with links, hints, explained words."""
    return {
        "choices": [
            (
                choice.phrase,
                [(each.name, each.url or _changed(parameters, path, q=each.query)) for each in choice.options],
            )
            for choice in answer.choices
        ],
        "hints": [remark for remark in answer.plan.remarks if remark.kind == "podpowiedź"],
        "terms": [remark for remark in answer.plan.remarks if remark.kind == "termin"],
    }


def _empty(ready: Finder | None) -> dict[str, Any]:
    """Where to go when nothing was found: topics, and the phone of the hotline."""
    phone = str(settings.HOTLINE_PHONE)
    digits = "".join(character for character in phone if character.isdigit())
    return {
        "topics": _topics(ready),
        "phone": phone,
        "phone_link": f"tel:{'+' if phone.startswith('+') else '+48'}{digits}",
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
) -> list[tuple[str, list[FilterLink], list[FilterLink]]]:
    """Filters with links in sight and folded links, commonest first; filters without a choice are left out."""
    shown = []
    for name, heading in FILTERS.items():
        links = [
            FilterLink(item.name, item.count, item.value in chosen[name], _toggled(parameters, path, name, item.value))
            for item in answer.facets.get(name, ())
        ]
        if len(links) > 1 or any(link.chosen for link in links):
            seen = [link for number, link in enumerate(links) if number < MOST_SHOWN or link.chosen]
            folded = [link for link in links[MOST_SHOWN:] if not link.chosen][:MOST_FOLDED]
            shown.append((heading, seen, folded))
    return shown


def _offices(answer: Answer) -> dict[str, Any]:
    """Offices that the query names; several types stay a choice."""
    found = answer.offices
    return {
        "named_types": found.types,
        "named_offices": found.offices[:MOST_OFFICES],
        "more_offices": max(0, len(found.offices) - MOST_OFFICES),
        "unserved_place": found.unserved,
    }


def _topics(ready: Finder | None) -> list[tuple[str, str]]:
    """Topics to look into when nothing was found: slug and name."""
    names = ready.names("topic") if ready else {}
    topics = [(slug, name) for slug, name in names.items() if "/" not in slug]
    return sorted(topics, key=lambda topic: topic[1])[:TOPICS_SUGGESTED]


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
