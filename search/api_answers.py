"""What the search API answers: the schemas, and the way from an answer of the search to them."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from ninja import Schema
from pydantic import Field

from search.cursors import cursor_of
from search.documents import FacetName
from search.finding import Answer, Hit
from search.places import OfficeName
from search.planner import Clause

MOST_OFFICES = 10


class OfficeNameSchema(Schema):
    """Urząd."""

    code: str = Field(description="Kod urzędu.", examples=["uw-rzeszow"])
    name: str = Field(description="Nazwa urzędu.", examples=["Podkarpacki Urząd Wojewódzki w Rzeszowie"])


class CompetentSchema(OfficeNameSchema):
    """Urząd, który działa w miejscu albo w jego części."""

    districts: list[str] = Field(
        description="Dzielnice, które urząd obsługuje, gdy w tym mieście obsługuje tylko je.", examples=[["Mokotów"]]
    )


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
    competent: list[CompetentSchema] = Field(
        description="Urzędy, które działają w miejscu, gdy miejsce nie rozstrzyga: jest ich kilka albo urząd obsługuje tylko "
        "część miejsca."
    )
    offices: int = Field(description="Ile urzędów załatwia tę sprawę.", examples=[8])
    matched_fields: list[str] = Field(description="Pola, w których znaleziono słowa.", examples=[["title", "keywords"]])
    snippet: str = Field(description="Fragment tekstu jako HTML; jedyny znacznik to <mark>.")
    fee: str = Field(
        description="Opłata w skrócie; „bezpłatnie”, gdy nic się nie płaci. Przy kilku opłatach dwie pierwsze.",
        examples=["opłata paszportowa 30 zł"],
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


class OptionSchema(Schema):
    """Jedno ze znaczeń frazy."""

    kind: str = Field(description="Do czego prowadzi: termin, usługa albo typ urzędu.", examples=["termin"])
    value: str = Field(description="Termin, symbol usługi albo kod typu urzędu.", examples=["zaświadczenie"])
    name: str = Field(description="Co pokazać.", examples=["zaświadczenie"])
    query: str = Field(description="Zapytanie, które szuka tego znaczenia.", examples=["zaświadczenie ze skarbówki"])
    url: str = Field(description="Adres karty, gdy znaczeniem jest usługa; inaczej pusty.")


class ChoiceSchema(Schema):
    """Fraza, która może znaczyć kilka rzeczy: zapytaj, o co chodzi."""

    phrase: str = Field(description="Fraza z zapytania.", examples=["papier"])
    options: list[OptionSchema] = Field(description="Co najmniej dwa znaczenia.")


class HintSchema(Schema):
    """Podpowiedź redakcji do frazy."""

    phrase: str = Field(description="Fraza z zapytania.")
    sentence: str = Field(description="Co powiedzieć temu, kto szuka tej frazy.")
    address: str = Field(description="Strona, do której prowadzi podpowiedź; może być pusta.")
    outside_catalogue: bool = Field(description="Czy to sprawa, której nie załatwia żaden urząd z katalogu.")


class TermSchema(Schema):
    """Urzędowe słowo objaśnione prostymi słowami."""

    term: str = Field(description="Termin.", examples=["pełnomocnik"])
    definition: str = Field(description="Znaczenie.")
    example: str = Field(description="Przykład; może być pusty.")


class SearchAnswer(Schema):
    """Odpowiedź wyszukiwarki."""

    total: int = Field(description="Liczba znalezionych usług.")
    hits: list[HitSchema] = Field(description="Wyniki tej strony.")
    facets: dict[FacetName, list[FacetValueSchema]] = Field(
        description="Liczby usług w podziale na filtry; każdy filtr pomija własny wybór. Wartość (value) podasz w parametrze "
        "o tej samej nazwie. Wyjątek: office mówi tylko, ile usług prowadzi urząd; parametr office zmienia kolejność wyników, "
        "a nie filtruje. Puste bez facets=true."
    )
    did_you_mean: str = Field(
        description="Zapytanie z poprawionymi literówkami albo pusty tekst.", examples=["paszport"]
    )
    offices: list[CompetentSchema] = Field(
        description="Urzędy, które nazywa zapytanie: najpierw z nazwanego miasta i właściwe dla miejsca; najwyżej 10."
    )
    unserved_place: str = Field(
        description="Nazwa miejsca, dla którego nie ma w katalogu nazwanego urzędu; inaczej pusta."
    )
    choices: list[ChoiceSchema] = Field(description="Frazy, które mogą znaczyć kilka rzeczy.")
    hints: list[HintSchema] = Field(description="Podpowiedzi redakcji do tego zapytania.")
    glossary: list[TermSchema] = Field(description="Urzędowe słowa z zapytania, objaśnione.")
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


def presented(answer: Answer, notes: dict[str, str], *, explain: bool, started: float) -> SearchAnswer:
    """The answer as the API sends it; `notes` are consultants' answers by key, `started` a reading of `perf_counter`."""
    return SearchAnswer(
        total=answer.total,
        hits=[_hit(hit, notes.get(hit.key), explain=explain) for hit in answer.hits],
        facets={
            name: [FacetValueSchema(value=item.value, name=item.name, count=item.count) for item in values]
            for name, values in answer.facets.items()
        },
        did_you_mean=answer.did_you_mean,
        offices=[_office(office) for office in answer.offices.offices[:MOST_OFFICES]],
        unserved_place=answer.offices.unserved,
        **_beside(answer),
        degraded=answer.degraded,
        index_ready=answer.index_ready,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        next_cursor=cursor_of(answer.next_offset, answer.snapshot),
        plan=[_clause_schema(clause) for clause in answer.plan.clauses] if explain else None,
    )


def _beside(answer: Answer) -> dict[str, Any]:
    """What stands beside the results: choices, hints and explained words."""
    hints = [remark for remark in answer.plan.remarks if remark.kind == "podpowiedź"]
    terms = [remark for remark in answer.plan.remarks if remark.kind == "termin"]
    return {
        "choices": [
            ChoiceSchema(phrase=choice.phrase, options=[OptionSchema(**asdict(option)) for option in choice.options])
            for choice in answer.choices
        ],
        "hints": [
            HintSchema(phrase=each.phrase, sentence=each.sentence, address=each.address, outside_catalogue=each.outside)
            for each in hints
        ],
        "glossary": [TermSchema(term=each.phrase, definition=each.sentence, example=each.example) for each in terms],
    }


def _office(office: OfficeName) -> CompetentSchema:
    return CompetentSchema(code=office.code, name=office.name, districts=list(office.districts))


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
        competent=[_office(office) for office in hit.competent],
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
