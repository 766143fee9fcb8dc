"""Measure the search on judged queries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.elasticsearch_server import EngineUnavailable
from search.finding import Answer, Finder, Question, finder
from search.judged_register import from_register
from search.quality import (
    DEPTH,
    PARTS,
    Figures,
    JudgedQuery,
    Measured,
    UnusableJudgements,
    by_tag,
    figures,
    measure,
    read_judgements,
)
from search.quality_corpus import read_cards, temporary_finder


class Command(BaseCommand):
    """`search_quality [--cards FILE --judgements FILE] [--engine NAME] [--part PART] [--json]`."""

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
        parser.add_argument("--json", action="store_true", help="wynik jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        try:
            measured = self._measured(options)
        except (UnusableJudgements, EngineUnavailable) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            tags = {name: found.as_json() for name, found in _groups(measured).items()}
            self.stdout.write(json.dumps({**figures(measured).as_json(), "tags": tags}, ensure_ascii=False))
            return
        self._table(measured)
        if options["failures"]:
            self._failures(measured)

    def _measured(self, options: dict[str, Any]) -> list[Measured]:
        if bool(options["cards"]) != bool(options["judgements"]):
            raise CommandError("Podaj oba pliki: --cards i --judgements, albo żadnego.")
        given = options["judgements"]
        judged = _of_part(read_judgements(given) if given else from_register(), options["part"])
        if not options["cards"]:
            working = "elasticsearch" if settings.SEARCH_URL else "tantivy"
            if options["engine"] not in {None, working}:
                raise CommandError(f"Silnik „{options['engine']}” nie jest skonfigurowany; działa „{working}”.")
            ready = finder()
            if ready is None:
                raise CommandError("Nie ma indeksu wyszukiwarki. Zbuduj go poleceniem search_index rebuild.")
            return measure(judged, _asking(ready))
        with temporary_finder(read_cards(options["cards"]), engine=options["engine"] or "tantivy") as temporary:
            return measure(judged, _asking(temporary))

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
