"""Check how plain a text is: `manage.py plain_language FILE`."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.plain_language.card_gate import CardField, CardReport, check_card
from cms.plain_language.measures import Band, Counts, longest_sentences, school_level, words_in_polish
from cms.plain_language.morphology import default_morphology
from cms.plain_language.rules import LEVEL_NAMES, RULES

LARGEST_TEXT = 4_000_000
"""Bytes, about 1,500 pages; what is larger is not a text for one reader."""
UNREADABLE = 2
EXIT_CODES: dict[Band, int] = {"zielony": 0, "bursztynowy": 1, "czerwony": 3}
BLOCKED = 3


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """A hint or a swap at a line and column (both from 1)."""

    line: int
    column: int
    rule: str
    level: str
    quotation: str
    message: str


class Command(BaseCommand):
    """Prints measures, bands and hints with line numbers; the exit code is the band."""

    help = (
        "Sprawdza, czy tekst jest napisany prosto: liczy indeks FOG i inne miary, pokazuje podpowiedzi z numerami wierszy. "
        "Kod wyjścia: 0 – zielony (FOG do 9), 1 – bursztynowy (do 12, opublikuj z uzasadnieniem), "
        "3 – czerwony (powyżej 12 albo zdanie powyżej 30 słów), 2 – nie da się przeczytać tekstu albo złe wywołanie."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", metavar="PLIK", help="plik tekstowy UTF-8 albo „-” (tekst ze standardowego wejścia)"
        )
        parser.add_argument("--json", action="store_true", help="wynik jako JSON, wszystkie podpowiedzi")
        parser.add_argument("--strict", action="store_true", help="oceniaj według słów w formie słownikowej")
        parser.add_argument("--limit", type=int, default=100, help="ile podpowiedzi wypisać (domyślnie 100)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, print; leave with the code of the band."""
        if options["limit"] < 0:
            raise CommandError(f"--limit {options['limit']}: podaj zero albo liczbę dodatnią.", returncode=UNREADABLE)
        report = check_card([CardField("Tekst", _read(options["file"]))], strict=options["strict"])
        remarks = _remarks(report)
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(report, remarks, strict=options["strict"]), ensure_ascii=False))
        else:
            for line in _as_lines(report, remarks, strict=options["strict"], limit=options["limit"]):
                self.stdout.write(line)
        code = BLOCKED if report.blocked else EXIT_CODES[report.band]
        if code:
            self.stdout.flush()
            sys.exit(code)


def _read(name: str) -> str:
    """The text of a file or of the standard input. Raises `CommandError` with exit code 2 when it is no UTF-8 text."""
    printable = name.encode("utf-8", "backslashreplace").decode()
    shown = "Tekst ze standardowego wejścia" if name == "-" else f"Plik {printable}"
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST_TEXT + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST_TEXT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "zła nazwa"
        raise CommandError(
            f"Nie można odczytać pliku {printable} ({reason}). Sprawdź nazwę.", returncode=UNREADABLE
        ) from error
    if len(raw) > LARGEST_TEXT:
        raise CommandError(f"{shown}: ponad {LARGEST_TEXT // 1_000_000} MB. Podziel go.", returncode=UNREADABLE)
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise CommandError(
            f"{shown}: w wierszu {line} jest znak o kodzie zero, więc to nie jest zwykły tekst. Zapisz go jako tekst UTF-8.",
            returncode=UNREADABLE,
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(
            f"{shown}: wiersz {line} nie jest zapisany w UTF-8. Zapisz go ponownie z kodowaniem UTF-8.",
            returncode=UNREADABLE,
        ) from error


def _remarks(report: CardReport) -> list[Remark]:
    """Hints and swaps of the only field, by place."""
    field = report.fields[0]
    text = field.passage.text
    starts = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]

    def place(position: int) -> tuple[int, int]:
        line = bisect_right(starts, position)
        return line, position - starts[line - 1] + 1

    found = [
        *(
            Remark(*place(h.start), h.rule, h.level, h.quotation, f"{RULES[h.rule].name}: {h.message}")
            for h in field.hints
        ),
        *(Remark(*place(s.start), "word-swap", "hint", s.quotation, s.message) for s in field.swaps),
    ]
    return sorted(found)


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _as_lines(report: CardReport, remarks: list[Remark], *, strict: bool, limit: int) -> Iterable[str]:
    counts, passage = report.counts, report.fields[0].passage
    value = counts.gate_value(strict=strict)
    yield f"Ocena: {report.band} (FOG {_number(value)}, łatwe dla: {school_level(value)})"
    if report.unstable:
        yield f"Tekst ma tylko {words_in_polish(counts.words)}. Poniżej 100 słów ocena jest niepewna: patrz na podpowiedzi."
    if report.blocking:
        yield f"Zdania powyżej 30 słów: {len(report.blocking)}. Podziel je przed wysłaniem."
    yield f"Słowa: {counts.words}, zdania: {counts.sentences}, średnio {_number(counts.average_sentence_length)} słowa w zdaniu"
    yield f"Trudne słowa (4 sylaby lub więcej): {counts.hard} ({_number(counts.hard_percentage)}%)"
    yield f"FOG: {_number(counts.fog)}, FOG według form słownikowych ({default_morphology().name}): {_number(counts.fog_strict)}"
    yield (
        f"Pisarek: {_number(counts.pisarek_linear)} (wzór liniowy), {_number(counts.pisarek_nonlinear)} (nieliniowy), "
        f"LIX: {_number(counts.lix)}"
    )
    longest = [sentence for sentence in longest_sentences(passage, count=3) if sentence.length]
    yield from (f"Najdłuższe, wiersz {passage.line_of(s.start)}: {words_in_polish(s.length)}" for s in longest)
    yield from (
        f"Zacznij od wiersza {passage.line_of(heavy.start)}: „{_shortened(heavy.text)}”"
        for heavy in report.look_first[:3]
    )
    yield f"Podpowiedzi: {len(remarks)}"
    for remark in remarks[:limit]:
        level = {str(key): name for key, name in LEVEL_NAMES.items()}[remark.level]
        yield f"wiersz {remark.line}, znak {remark.column} [{level}] {_one_line(remark.message)}"
    if len(remarks) > limit:
        yield f"Nie wypisano jeszcze {len(remarks) - limit} podpowiedzi. Użyj --limit albo --json."


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _as_data(report: CardReport, remarks: list[Remark], *, strict: bool) -> dict[str, object]:
    counts = report.counts
    return {
        "band": report.band,
        "blocked": report.blocked,
        "unstable": report.unstable,
        "strict": strict,
        "base_forms": default_morphology().name,
        "measures": _measures(counts),
        "look_first": [
            {
                "line": report.fields[0].passage.line_of(heavy.start),
                "words": heavy.words,
                "hard_words": heavy.hard_words,
                "text": heavy.text,
            }
            for heavy in report.look_first
        ],
        "hints": [asdict(remark) for remark in remarks],
    }


def _measures(counts: Counts) -> dict[str, float]:
    return {
        "words": counts.words,
        "sentences": counts.sentences,
        "hard_words": counts.hard,
        "hard_words_by_base_form": counts.hard_by_base_form,
        "average_sentence_length": round(counts.average_sentence_length, 2),
        "hard_percentage": round(counts.hard_percentage, 2),
        "fog": round(counts.fog, 2),
        "fog_strict": round(counts.fog_strict, 2),
        "pisarek_linear": round(counts.pisarek_linear, 2),
        "pisarek_nonlinear": round(counts.pisarek_nonlinear, 2),
        "lix": round(counts.lix, 2),
    }
