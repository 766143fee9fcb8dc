"""Search over HTTP: `GET /search` and `GET /suggest`.

Bad input is refused by name: too long, unknown, wrongly written. Without an index the answer is empty, with
`index_ready` false.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from publication.calendar import today
from publication.reading import NotInForce, editions, restricted_editions
from search.api_answers import SearchAnswer, SuggestAnswer, presented
from search.cursors import place_of
from search.documents import NO, YES, FacetName
from search.finding import Question, find, finder
from search.models import LONGEST_QUERY
from search.query_log import note
from search.tokens import caller
from service_catalog.published.codes import AUDIENCES, CHANNELS
from service_catalog.published.keys import life_event_key
from service_catalog.published.reading import decode_restricted, topic_tree
from service_catalog.teryt import teryt_register

MOST_VALUES = 20
LONGEST_VALUE = 120
SUGGESTIONS = 8

router = Router(tags=["wyszukiwanie"])

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Co jest źle i co zrobić."},
    },
}
REFUSED = {
    "responses": {
        status: {"description": text, "content": {"application/problem+json": {"schema": _PROBLEM}}}
        for status, text in {
            400: "Adresu nie da się odczytać.",
            401: "Token jest nieznany albo unieważniony.",
            404: "Nie ma takiej treści.",
            414: "Adres jest za długi.",
            422: "Parametr jest nieznany albo ma złą wartość.",
            429: "Za dużo zapytań tym tokenem.",
        }.items()
    }
}
"""Refusals of every operation of the search, as OpenAPI."""


def _readable(value: str) -> str:
    """Refuse control characters: no keyboard types them, and databases and logs choke on them."""
    if any(ord(character) < 32 for character in value.replace("\t", " ")):
        raise ValueError("Tekst zawiera znaki sterujące. Usuń je i spróbuj ponownie.")
    return value


def _bounded(values: list[str]) -> list[str]:
    """Refuse more or longer filter values than any page of ours sends."""
    if len(values) > MOST_VALUES or any(not 0 < len(value) <= LONGEST_VALUE for value in values):
        raise ValueError(f"Podaj najwyżej {MOST_VALUES} wartości, każdą do {LONGEST_VALUE} znaków.")
    return [_readable(value) for value in values]


def _yes_or_no(value: object) -> object:
    """The value of a facet as the value of the filter; everything else is left to the type."""
    return {YES: True, NO: False}.get(value, value) if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(max_length=LONGEST_QUERY), AfterValidator(_readable)]
Values = Annotated[list[str], AfterValidator(_bounded)]


class SearchParameters(Schema):
    """Parameters of a search. Filters may be repeated: any of the values of one filter, all of the filters."""

    q: Text = Field(
        "",
        description="Szukany tekst, tak jak mówi klient; pusty wypisuje wszystkie usługi.",
        examples=["paszport dla dziecka"],
    )
    place: str = Field(
        "",
        pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{7})?$",
        description="Kod TERYT (2, 4 albo 7 cyfr): najpierw karty urzędów właściwych dla miejsca.",
        examples=["1863011"],
    )
    office: str = Field(
        "",
        max_length=120,
        pattern=r"^[a-z0-9-]*$",
        description="Kod urzędu: najpierw karty tego urzędu. Nie jest filtrem: pozostałe usługi też są w wynikach.",
        examples=["uw-rzeszow"],
    )
    office_type: Values = Field([], description="Filtr: kod typu urzędu.", examples=[["UW"]])
    topic: Values = Field(
        [],
        description="Filtr: dział, kategoria albo grupa usług (slugi rozdzielone ukośnikiem).",
        examples=[["cudzoziemcy"]],
    )
    life_event: Values = Field([], description="Filtr: kod zdarzenia życiowego.", examples=[["LE-01"]])
    audience: Values = Field([], description="Filtr: odbiorca.", examples=[["przedsiębiorca"]])
    channel: Values = Field([], description="Filtr: sposób załatwienia.", examples=[["internet"]])
    free_of_charge: Annotated[bool | None, BeforeValidator(_yes_or_no)] = Field(
        None, description="Filtr: true (albo tak) tylko bezpłatne, false (albo nie) tylko płatne."
    )
    limit: int = Field(10, ge=1, le=50, description="Liczba wyników na stronie.")
    cursor: str = Field("", max_length=1000, description="Znacznik następnej strony z pola next_cursor.")
    facets: bool = Field(False, description="Czy policzyć usługi w podziale na filtry.")
    explain: bool = Field(False, description="Czy dodać wyjaśnienie: plan zapytania i składniki oceny.")

    model_config = ConfigDict(extra="forbid")


def refuse_unknown_parameters(request: HttpRequest, known: set[str]) -> None:
    """Raise 422 that names the parameters nobody knows."""
    unknown = sorted(set(request.GET) - known)
    if unknown:
        names = ", ".join(f"„{name[:60]}”" for name in unknown[:5])
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"Nieznany parametr: {names}. Znane parametry: {', '.join(sorted(known))}.",
        )


def consultant_answers(keys: list[str]) -> dict[str, str]:
    """What consultants read of the cards in force today, by key. One query."""
    found = restricted_editions().filter(key__in=keys).readable(on=today())
    return {edition.key: decode_restricted(edition).consultant_answer for edition in found}


def refuse_unknown_places(parameters: SearchParameters) -> None:
    """Raise 422 for a place or an office that does not exist: general cards would look like an answer for it."""
    if parameters.place and not teryt_register().is_valid(parameters.place):
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"Parametr „place”: kodu TERYT „{parameters.place}” nie ma w rejestrze. Kody podaje /api/v1/places.",
        )
    ready = finder()
    if parameters.office and ready and parameters.office not in ready.names("office"):
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"Parametr „office”: nie ma urzędu „{parameters.office}”. Kody podaje /api/v1/offices.",
        )


def refuse_unknown_values(parameters: SearchParameters) -> None:
    """Raise 422 for the value of a filter that does not exist: an empty answer would look like an answer for it."""
    ready = finder()
    if ready:
        types = ready.names("office_type")
        _refuse_unlisted("office_type", parameters.office_type, types, f"Są: {', '.join(sorted(types))}.")
        topics = {*ready.names("topic"), *_empty_topics(parameters.topic, ready.names("topic"))}
        _refuse_unlisted("topic", parameters.topic, topics, "Skróty działów podaje /api/v1/topics.")
        events = {*ready.names("life_event"), *_events_in_force(parameters.life_event, ready.names("life_event"))}
        _refuse_unlisted("life_event", parameters.life_event, events, "Kody podaje /api/v1/life-events.")
    _refuse_unlisted("audience", parameters.audience, AUDIENCES, f"Są: {', '.join(AUDIENCES)}.")
    _refuse_unlisted("channel", parameters.channel, CHANNELS, f"Są: {', '.join(CHANNELS)}.")


def _empty_topics(values: list[str], known: Collection[str]) -> list[str]:
    """Topics of the tree, asked for only when a value is of no card: a topic without cards is no mistake of the reader."""
    if all(value in known for value in values):
        return []
    try:
        return [topic.slug for topic in topic_tree(on=today()).topics]
    except NotInForce:
        return []


def _events_in_force(values: list[str], known: Collection[str]) -> list[str]:
    """Life events among the values that no card belongs to."""
    wanted = [life_event_key(value) for value in values if value not in known]
    found = editions().filter(key__in=wanted).readable(on=today()).values_list("key", flat=True) if wanted else []
    return [key.removeprefix(life_event_key("")) for key in found]


def _refuse_unlisted(name: str, values: list[str], known: Collection[str], where: str) -> None:
    unknown = next((value for value in values if value not in known), None)
    if unknown is not None:
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"Parametr „{name}”: nie ma wartości „{unknown[:40]}”. {where}"
        )


@router.get("/search", response=SearchAnswer, summary="Szukaj usług", operation_id="search", openapi_extra=REFUSED)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> SearchAnswer:
    """Usługi, które pasują do zapytania: jedna na usługę.

    Z parametrem office albo place najpierw karty właściwego urzędu, potem pozostałe usługi w postaci ogólnej.
    """
    started = time.perf_counter()
    refuse_unknown_parameters(request, set(SearchParameters.model_fields))
    asking = caller(request)
    offset, snapshot = place_of(parameters.cursor)
    refuse_unknown_places(parameters)
    refuse_unknown_values(parameters)
    question = Question(
        text=parameters.q,
        place=parameters.place,
        office=parameters.office,
        filters=filters_of(parameters),
        limit=parameters.limit,
        offset=offset,
        facets=parameters.facets,
        snapshot=snapshot,
        keep_snapshot=True,
    )
    answer = find(question)
    if answer.index_ready and question.begins_a_search:
        note(parameters.q, *(("asked",) if answer.total else ("asked", "without_result")), source="API", day=today())
    notes = consultant_answers([hit.key for hit in answer.hits]) if "consultant" in asking.scopes else {}
    return presented(answer, notes, explain=parameters.explain, started=started)


@router.get("/suggest", response=SuggestAnswer, summary="Podpowiadaj", operation_id="suggest", openapi_extra=REFUSED)
def suggest(
    request: HttpRequest,
    q: Annotated[Text, Query("", description="Początek szukanego tekstu.", examples=["paszp"])],
) -> SuggestAnswer:
    """Tytuły i potoczne nazwy, w których jakieś słowo zaczyna się od podanego tekstu, a po nich to, o co pytali inni."""
    refuse_unknown_parameters(request, {"q"})
    caller(request)
    ready = finder()
    return SuggestAnswer(suggestions=ready.suggest(q, SUGGESTIONS) if ready else [])


def filters_of(parameters: SearchParameters) -> dict[FacetName, tuple[str, ...]]:
    """The filters that are set."""
    given: dict[FacetName, list[str]] = {
        "office_type": parameters.office_type,
        "topic": parameters.topic,
        "life_event": parameters.life_event,
        "audience": parameters.audience,
    }
    given["channel"] = parameters.channel
    if parameters.free_of_charge is not None:
        given["free_of_charge"] = [YES if parameters.free_of_charge else NO]
    return {name: tuple(values) for name, values in given.items() if values}
