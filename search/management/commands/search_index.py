"""Build, update and prove the search index."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from publication.calendar import today
from publication.reading import head_sequence
from search import generations
from search.damage import IndexDamaged
from search.engines import open_engine
from search.engines.protocol import EngineUnavailable
from search.generations import IndexBusy
from search.indexer import Outcome, catch_up, index_root, rebuild
from search.mirror import mirror_of
from search.server import read_report
from search.verification import differences, differences_on_server

EMBEDDED, ON_SERVER = "indeks wbudowany", "indeks na serwerze"
PATIENCE = 5.0
"""Seconds: the running site gives the index back half a second after its last publication."""
SHOWN = 20
"""Differences printed in full."""


class Command(BaseCommand):
    """`search_index rebuild | verify | update | status`."""

    help = (
        "Indeks wyszukiwarki. rebuild: buduje nowy indeks obok starego i go podmienia. "
        "update: dopisuje to, co przybyło w dzienniku wydań. "
        "verify: sprawdza, czy indeks zgadza się z dziennikiem, kod wyjścia 1, gdy nie. status: pokazuje stan indeksu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the four subcommands."""
        commands = parser.add_subparsers(dest="subcommand", required=True)
        for name, text in (
            ("rebuild", "zbuduj indeks od nowa i podmień; wyszukiwarka działa cały czas"),
            ("verify", "porównaj indeks z dziennikiem wydań; kod wyjścia 1, gdy się różnią"),
            ("update", "dopisz do indeksu zmiany z dziennika wydań i zmiany dnia"),
            ("status", "pokaż, co jest w indeksie i ile brakuje do końca dziennika"),
        ):
            subcommand = commands.add_parser(name, help=text)
            subcommand.add_argument("--json", action="store_true", help="wynik jako JSON")
            if name in {"rebuild", "update"}:
                subcommand.add_argument(
                    "--wait",
                    type=float,
                    default=PATIENCE,
                    metavar="S",
                    help="ile sekund czekać, gdy zapisuje inny proces",
                )

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatch to the subcommand."""
        as_json = bool(options["json"])
        self._patience = float(options.get("wait", PATIENCE))
        try:
            getattr(self, options["subcommand"])(as_json=as_json)
        except (IndexBusy, EngineUnavailable) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(
                f"Nie można pisać w folderze indeksu {index_root()}: {error.strerror or error}. Sprawdź, czy to folder, "
                "czy wolno w nim pisać i czy jest miejsce na dysku; potem uruchom search_index rebuild."
            ) from error

    def rebuild(self, *, as_json: bool) -> None:
        """Build a new index and swap; then the one on the server, when there is one."""
        with _bar() as bar:
            started = time.monotonic()
            outcome = rebuild(on=today(), progress=lambda count: _step(bar), patience_seconds=self._patience)
            self._report(EMBEDDED, outcome, as_json=as_json, seconds=time.monotonic() - started)
            if settings.SEARCH_URL:
                started = time.monotonic()
                outcome = mirror_of(settings.SEARCH_URL).rebuild(on=today(), progress=lambda count: _step(bar))
                self._report(ON_SERVER, outcome, as_json=as_json, seconds=time.monotonic() - started)

    def update(self, *, as_json: bool) -> None:
        """Catch up with the log; what was written can be found when the command ends."""
        started = time.monotonic()
        outcome = catch_up(on=today(), patience_seconds=self._patience)
        self._report(EMBEDDED, outcome, as_json=as_json, seconds=time.monotonic() - started)
        if settings.SEARCH_URL:
            started = time.monotonic()
            outcome = mirror_of(settings.SEARCH_URL).catch_up(on=today(), wait=True)
            self._report(ON_SERVER, outcome, as_json=as_json, seconds=time.monotonic() - started)

    def verify(self, *, as_json: bool) -> None:
        """Compare the indexes with the log; exit code 1 names the differences."""
        with _bar() as bar:
            found = {EMBEDDED: differences(on=today(), progress=lambda count: _step(bar))}
            if settings.SEARCH_URL:
                engine = mirror_of(settings.SEARCH_URL).engine()
                found[ON_SERVER] = differences_on_server(engine, on=today(), progress=lambda count: _step(bar))
        lines = [
            f"{difference.key or name}: {difference.reason}" for name, each in found.items() for difference in each
        ]
        if as_json:
            listed = [
                {"index": name, "key": difference.key, "reason": difference.reason}
                for name, each in found.items()
                for difference in each
            ]
            self.stdout.write(json.dumps({"equal": not lines, "differences": listed}, ensure_ascii=False))
        if lines:
            more = [f"… i jeszcze {len(lines) - SHOWN}"] if len(lines) > SHOWN else []
            raise CommandError(
                "Indeks różni się od dziennika wydań. Uruchom search_index update, a gdy to nie pomoże, rebuild.\n"
                + "\n".join(lines[:SHOWN] + more)
            )
        if not as_json:
            self.stdout.write("Indeks zgadza się z dziennikiem wydań.")

    def status(self, *, as_json: bool) -> None:
        """Print what the index holds."""
        facts = _status()
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        for name, value in facts.items():
            self.stdout.write(f"{name}: {value}")

    def _report(self, name: str, outcome: Outcome, *, as_json: bool, seconds: float) -> None:
        facts = {
            "index": name,
            "written": outcome.written,
            "removed": outcome.removed,
            "sequence": outcome.sequence,
            "rebuilt": outcome.rebuilt,
            "seconds": round(seconds, 2),
        }
        if as_json:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(
                f"Zapisano usług: {outcome.written}, usunięto: {outcome.removed}. "
                f"{name.capitalize()} jest zgodny z dziennikiem do numeru {outcome.sequence} ({seconds:.1f} s)."
            )


def _bar() -> tqdm[Any]:
    """Progress on standard error, silent when it is not a terminal."""
    return tqdm(unit=" usług", file=sys.stderr, disable=None)


def _step(bar: tqdm[Any]) -> None:
    bar.update(1)


def _status() -> dict[str, Any]:
    generation = generations.current(index_root())
    state = generations.read_state(generation) if generation else None
    if generation is None or state is None:
        return {"ready": False, "behind": head_sequence()}
    engine = open_engine(generation)
    try:
        engine.ensure()
    except IndexDamaged as damage:
        return {"ready": False, "error": str(damage)}
    return _status_of_server() | {
        "ready": not engine.health(),
        "engine": state.engine,
        "generation": generation.name,
        "analysis_version": state.analysis_version,
        "sequence": state.sequence,
        "behind": head_sequence() - state.sequence,
        "day": state.day,
        **engine.stats(),
    }


def _status_of_server() -> dict[str, Any]:
    """What the server says, when one is configured."""
    if not settings.SEARCH_URL:
        return {}
    engine = mirror_of(settings.SEARCH_URL).engine()
    trouble = engine.health()
    facts = {"trouble": trouble} if trouble else engine.stats()
    report = read_report(index_root())
    return {"server": {"ready": not trouble, "sequence": report.sequence if report else 0, **facts}}
