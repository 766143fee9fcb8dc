"""Measure the search on judged queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.protocol import EngineUnavailable
from search.finding import Answer, Finder, Question, finder
from search.judged_register import from_register
from search.quality import (
    DEPTH,
    PARTS,
    Answered,
    Figures,
    JudgedQuery,
    Measured,
    UnusableJudgements,
    answered,
    by_tag,
    figures,
    measure,
    read_judgements,
)
from search.quality_corpus import read_cards, temporary_finder


class Command(BaseCommand):
    """`search_quality [--cards FILE --judgements FILE] [--engine NAME] [--part PART] [--answers] [--json]`."""

    help = (
        "Mierzy jakość wyszukiwania na ocenionych zapytaniach. Z plikami buduje tymczasowy indeks dokładnie tych kart; "
        "bez nich używa zapytań z rejestru w panelu i katalogu, który działa na stronie."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--cards", type=Path, help="plik JSONL z kartami: id, title, summary, body, keywords")
        parser.add_argument("--judgements", type=Path, help="plik JSONL z ocenami: qid, query, qrels, tags")
        parser.add_argument(
            "--engine", choices=("tantivy", "elasticsearch"), help="silnik wyszukiwania: tantivy albo elasticsearch"
        )
        parser.add_argument("--part", choices=PARTS, help="tylko część zestawu: tuning (do strojenia) albo held_out")
        parser.add_argument("--failures", action="store_true", help="wypisz zapytania, które poszły źle, i wyniki")
        parser.add_argument("--answers", action="store_true", help="policz też odpowiedzi czatu: dobre, złe i ich brak")
        parser.add_argument("--json", action="store_true", help="wynik jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        try:
            with self._finder(options) as ready:
                judged = self._judged(options)
                measured = measure(judged, _asking(ready))
                answers = _answers(judged, ready) if options["answers"] else {}
        except (UnusableJudgements, EngineUnavailable) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            tags = {name: found.as_json() for name, found in _groups(measured).items()}
            chat = {"answers": {name: found.as_json() for name, found in answers.items()}} if answers else {}
            self.stdout.write(json.dumps({**figures(measured).as_json(), "tags": tags, **chat}, ensure_ascii=False))
            return
        self._table(measured)
        for name, found in answers.items():
            self.stdout.write(
                f"Odpowiedzi czatu ({name}): dobre {found.right}, złe {found.wrong}, bez odpowiedzi {found.none}."
            )
        if options["failures"]:
            self._failures(measured)

    def _judged(self, options: dict[str, Any]) -> list[JudgedQuery]:
        given = options["judgements"]
        return _of_part(read_judgements(given) if given else from_register(), options["part"])

    @contextmanager
    def _finder(self, options: dict[str, Any]) -> Iterator[Finder]:
        """The finder to be measured: on the given cards, else on the catalogue that the site shows."""
        if bool(options["cards"]) != bool(options["judgements"]):
            raise CommandError("Podaj oba pliki: --cards i --judgements, albo żadnego.")
        if options["cards"]:
            with temporary_finder(read_cards(options["cards"]), engine=options["engine"] or "tantivy") as temporary:
                yield temporary
            return
        working = "elasticsearch" if settings.SEARCH_URL else "tantivy"
        if options["engine"] not in {None, working}:
            raise CommandError(f"Silnik „{options['engine']}” nie jest skonfigurowany; działa „{working}”.")
        ready = finder()
        if ready is None:
            raise CommandError("Nie ma indeksu wyszukiwarki. Zbuduj go poleceniem search_index rebuild.")
        yield ready

    def _table(self, measured: list[Measured]) -> None:
        """One line for all, one for each part of the set, one for each tag."""
        self.stdout.write(
            f"{'':<18}{'zapytań':>8}{'nDCG@10':>9}{'MRR':>8}{'recall':>8}{'pudła':>8}{'puste':>8}{'p50 ms':>8}{'p95 ms':>8}"
        )
        for name, found in {"wszystkie": figures(measured), **_groups(measured)}.items():
            self.stdout.write(_row(name, found))

    def _failures(self, measured: list[Measured]) -> None:
        """Queries whose first result is not the best card, worst first."""
        for run in measured:
            missed = [key for key, grade in run.judged.grades.items() if grade >= 2 and key not in run.found]
            best = max(run.judged.grades.values())
            if missed or run.judged.grades.get(next(iter(run.found), ""), 0) < best:
                self.stdout.write(f"{run.judged.qid} „{run.judged.query}” brak: {missed} wyniki: {run.found[:5]}")


def _groups(measured: list[Measured]) -> dict[str, Figures]:
    """Figures of the parts of the set (tuning, held_out), then of each tag."""
    parts = {
        part: figures(run for run in measured if run.judged.part == part)
        for part in dict.fromkeys(run.judged.part for run in measured)
        if part
    }
    return {**parts, **by_tag(measured)}


def _answers(judged: list[JudgedQuery], ready: Finder) -> dict[str, Answered]:
    """Answers of the whole set and of its parts."""
    parts = dict.fromkeys(query.part for query in judged if query.part)
    groups = {"wszystkie": judged, **{part: [query for query in judged if query.part == part] for part in parts}}
    return {name: answered(queries, ready.answer) for name, queries in groups.items()}


def _row(name: str, found: Figures) -> str:
    return (
        f"{name:<18}{found.queries:>8}{found.ndcg10:>9.3f}{found.mrr:>8.3f}{found.recall10:>8.3f}"
        f"{found.fail10:>8.1%}{found.zero:>8.1%}{found.p50_ms:>8.1f}{found.p95_ms:>8.1f}"
    )


def _of_part(judged: list[JudgedQuery], part: str | None) -> list[JudgedQuery]:
    found = [query for query in judged if part is None or query.part == part]
    if not found:
        raise UnusableJudgements("W tej części zestawu nie ma zapytań.")
    return found


def _asking(ready: Finder) -> Any:
    def ask(text: str) -> Answer:
        return ready.answer(Question(text=text, limit=DEPTH, facets=True))

    return ask
