"""Search over HTTP: `GET /search` and `GET /suggest`.

Bad input is refused by name: too long, unknown, wrongly written. Without an index the answer is empty, with
`index_ready` false.
"""

from __future__ import annotations

import base64
import binascii
import time
from http import HTTPStatus
from typing import Annotated

from django.core import signing
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from publication.calendar import today
from publication.reading import restricted_editions
from search.documents import NO, YES, FacetName
from search.finding import DEEPEST, LONGEST_QUERY, Answer, Hit, Question, find, finder
from search.planner import Clause
from search.tokens import caller
from service_catalog.published.reading import decode_restricted

MOST_VALUES = 20
LONGEST_VALUE = 120
SUGGESTIONS = 8
CURSOR = "search.cursor"

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
        description="Kod urzędu: najpierw karty tego urzędu.",
        examples=["uw-rzeszow"],
    )
    office_type: Values = Field([], description="Filtr: kod typu urzędu.", examples=[["UW"]])
    topic: Values = Field(
        [],
        description="Filtr: dział, kategoria albo grupa usług (slugi rozdzielone ukośnikiem).",
        examples=[["paszporty"]],
    )
    life_event: Values = Field([], description="Filtr: kod zdarzenia życiowego.", examples=[["LE-01"]])
    audience: Values = Field([], description="Filtr: odbiorca.", examples=[["przedsiębiorca"]])
    channel: Values = Field([], description="Filtr: sposób załatwienia.", examples=[["internet"]])
    free_of_charge: bool | None = Field(None, description="Filtr: true tylko bezpłatne, false tylko płatne.")
    limit: int = Field(10, ge=1, le=50, description="Liczba wyników na stronie.")
    cursor: str = Field("", max_length=1000, description="Znacznik następnej strony z pola next_cursor.")
    facets: bool = Field(False, description="Czy policzyć usługi w podziale na filtry.")
    explain: bool = Field(False, description="Czy dodać wyjaśnienie: plan zapytania i składniki oceny.")

    model_config = ConfigDict(extra="forbid")


class OfficeNameSchema(Schema):
    """Urząd."""

    code: str = Field(description="Kod urzędu.", examples=["uw-rzeszow"])
    name: str = Field(description="Nazwa urzędu.", examples=["Podkarpacki Urząd Wojewódzki w Rzeszowie"])


class ScoreSchema(Schema):
    """Z czego składa się ocena wyniku."""

    coverage: float = Field(description="Jaka część słów zapytania jest w karcie (0–1).")
    stage_one: float = Field(description="Ocena silnika pomnożona przez udział słów.")
    names: float = Field(description="Dopasowanie do tytułu i słów kluczowych.")
    summary: float = Field(description="Dopasowanie do streszczenia.")


class HitSchema(Schema):
    """Jedna usługa."""

    key: str = Field(description="Klucz karty: symbol albo symbol/urząd.", examples=["UW-PAS-001/uw-rzeszow"])
    symbol: str = Field(description="Symbol usługi.", examples=["UW-PAS-001"])
    kind: str = Field(
        description="Rodzaj karty: model (ogólna), office (urzędu), local (lokalna).", examples=["office"]
    )
    title: str = Field(description="Tytuł karty.", examples=["Paszport dla dziecka"])
    summary: str = Field(description="Streszczenie.")
    office_type: str = Field(description="Nazwa typu urzędu.", examples=["urząd wojewódzki"])
    office: OfficeNameSchema | None = Field(description="Urząd karty; brak przy karcie ogólnej.")
    competent: list[OfficeNameSchema] = Field(
        description="Urzędy właściwe dla miejsca, gdy jest ich kilka i miejsce nie rozstrzyga między nimi."
    )
    offices: int = Field(description="Ile urzędów załatwia tę sprawę.", examples=[8])
    matched_fields: list[str] = Field(description="Pola, w których znaleziono słowa.", examples=[["title", "keywords"]])
    snippet: str = Field(description="Fragment tekstu jako HTML; jedyny znacznik to <mark>.")
    fee: str = Field(
        description="Opłata w skrócie; pusta, gdy karta jej nie podaje.", examples=["opłata paszportowa 30 zł"]
    )
    time: str = Field(description="Czas załatwienia w skrócie.", examples=["do 30 dni"])
    url: str = Field(description="Adres strony karty.", examples=["/karta/UW-PAS-001/uw-rzeszow/"])
    score: float = Field(description="Ocena; porównuj tylko w obrębie jednej odpowiedzi.")
    consultant_answer: str | None = Field(
        default=None, description="Odpowiedź dla konsultanta; tylko dla tokenów z zakresem „consultant”."
    )
    explanation: ScoreSchema | None = Field(None, description="Składniki oceny, gdy explain=true.")


class FacetValueSchema(Schema):
    """Wartość filtra."""

    value: str = Field(description="Wartość do wpisania w filtrze.", examples=["UW"])
    name: str = Field(description="Nazwa po polsku.", examples=["urząd wojewódzki"])
    count: int = Field(description="Liczba usług.")


class EvidenceSchema(Schema):
    """Wyraz, który liczy się jako znalezienie słowa."""

    kind: str = Field(description="Postać: lemma, exact albo folded.")
    term: str = Field(description="Wyraz w indeksie.")
    weight: float = Field(description="Waga.")
    origin: str = Field(
        description="Skąd się wziął: lemma, exact, folded (bez ogonków), fuzzy (literówka), part (część kodu), "
        "family (wyraz pokrewny), synonym (synonim)."
    )


class ClauseSchema(Schema):
    """Słowo zapytania z wyrazami, które je znajdują."""

    word: str = Field(description="Słowo zapytania.")
    evidence: list[EvidenceSchema] = Field(description="Wyrazy, które liczą się jako jego znalezienie.")


class SearchAnswer(Schema):
    """Odpowiedź wyszukiwarki."""

    total: int = Field(description="Liczba znalezionych usług.")
    hits: list[HitSchema] = Field(description="Wyniki tej strony.")
    facets: dict[FacetName, list[FacetValueSchema]] = Field(
        description="Liczby usług w podziale na filtry; każdy filtr pomija własny wybór. Puste bez facets=true."
    )
    did_you_mean: str = Field(
        description="Zapytanie z poprawionymi literówkami albo pusty tekst.", examples=["paszport"]
    )
    degraded: bool = Field(False, description="Czy odpowiada silnik zastępczy.")
    index_ready: bool = Field(description="Czy indeks jest gotowy; bez niego wyników nie ma.")
    took_ms: float = Field(description="Czas odpowiedzi w milisekundach.")
    next_cursor: str | None = Field(description="Znacznik następnej strony; brak na ostatniej.")
    plan: list[ClauseSchema] | None = Field(None, description="Plan zapytania, gdy explain=true.")


class SuggestAnswer(Schema):
    """Podpowiedzi."""

    suggestions: list[str] = Field(
        description="Tytuły i potoczne nazwy, najlepsze najpierw.", examples=[["paszport dla dziecka"]]
    )


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


def cursor_of(offset: int | None, snapshot: str = "") -> str | None:
    """An offset, with the state of the index it belongs to, as an opaque marker of the next page."""
    if offset is not None and snapshot:
        return signing.dumps([offset, snapshot], salt=CURSOR)
    return None if offset is None else base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[int, str]:
    """Offset and state of the index in a marker. Raises 422 for anything that this API did not hand out."""
    try:
        offset, snapshot = signing.loads(cursor, salt=CURSOR)
    except signing.BadSignature:
        return offset_of(cursor), ""
    return int(offset), str(snapshot)


def offset_of(cursor: str) -> int:
    """The offset in a marker. Raises 422 for anything that this API did not hand out."""
    if not cursor:
        return 0
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        offset = int(text.removeprefix("o")) if text.startswith("o") and text[1:].isdigit() else -1
    except (binascii.Error, ValueError):
        offset = -1
    if not 0 <= offset < DEEPEST:
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Parametr „cursor” jest nieprawidłowy. Użyj wartości next_cursor z poprzedniej odpowiedzi.",
        )
    return offset


@router.get("/search", response=SearchAnswer, summary="Szukaj usług", operation_id="search", openapi_extra=REFUSED)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> SearchAnswer:
    """Usługi, które pasują do zapytania: jedna na usługę.

    Z parametrem office albo place najpierw karty właściwego urzędu, potem pozostałe usługi w postaci ogólnej.
    """
    started = time.perf_counter()
    refuse_unknown_parameters(request, set(SearchParameters.model_fields))
    asking = caller(request)
    offset, snapshot = place_of(parameters.cursor)
    answer = find(
        Question(
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
    )
    notes = consultant_answers([hit.key for hit in answer.hits]) if "consultant" in asking.scopes else {}
    return _presented(answer, notes, explain=parameters.explain, started=started)


@router.get("/suggest", response=SuggestAnswer, summary="Podpowiadaj", operation_id="suggest", openapi_extra=REFUSED)
def suggest(
    request: HttpRequest,
    q: Annotated[Text, Query(description="Początek szukanego tekstu.", examples=["paszp"])] = "",
) -> SuggestAnswer:
    """Tytuły i potoczne nazwy, w których jakieś słowo zaczyna się od podanego tekstu."""
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


def _presented(answer: Answer, notes: dict[str, str], *, explain: bool, started: float) -> SearchAnswer:
    return SearchAnswer(
        total=answer.total,
        hits=[_hit(hit, notes.get(hit.key), explain=explain) for hit in answer.hits],
        facets={
            name: [FacetValueSchema(value=item.value, name=item.name, count=item.count) for item in values]
            for name, values in answer.facets.items()
        },
        did_you_mean=answer.did_you_mean,
        degraded=answer.degraded,
        index_ready=answer.index_ready,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        next_cursor=cursor_of(answer.next_offset, answer.snapshot),
        plan=[_clause_schema(clause) for clause in answer.plan.clauses] if explain else None,
    )


def _clause_schema(clause: Clause) -> ClauseSchema:
    evidence = [
        EvidenceSchema(kind=item.kind, term=item.term, weight=round(item.weight, 4), origin=item.origin)
        for item in clause.evidence
    ]
    return ClauseSchema(word=clause.word, evidence=evidence)


def _hit(hit: Hit, note: str | None, *, explain: bool) -> HitSchema:
    ranked = hit.ranked
    return HitSchema(
        key=hit.key,
        symbol=hit.symbol,
        kind=hit.kind,
        title=hit.title,
        summary=hit.summary,
        office_type=hit.office_type,
        office=OfficeNameSchema(code=hit.office.code, name=hit.office.name) if hit.office else None,
        competent=[OfficeNameSchema(code=office.code, name=office.name) for office in hit.competent],
        offices=hit.offices,
        matched_fields=list(hit.matched_fields),
        snippet=hit.snippet,
        fee=hit.fee,
        time=hit.time,
        url=hit.url,
        score=hit.score,
        consultant_answer=note,
        explanation=ScoreSchema(
            coverage=round(ranked.coverage, 3),
            stage_one=round(ranked.stage_one, 3),
            names=round(ranked.names_score, 3),
            summary=round(ranked.summary_score, 3),
        )
        if explain
        else None,
    )
