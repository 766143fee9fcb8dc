"""Look into the edition log and prove that it is whole."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from publication.calendar import today
from publication.models import Edition
from publication.reading import editions, head_sequence, latest
from publication.verification import first_damage


def day(value: str) -> datetime.date:
    """A command-line date. Raises `CommandError` with a sentence that says what to write."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise CommandError(
            f"„{value}” to nie jest data. Wpisz datę w postaci RRRR-MM-DD, na przykład 2026-01-31."
        ) from None


class Command(BaseCommand):
    """`editions verify`, `editions show KEY`, `editions log --since N`."""

    help = (
        "Dziennik wydań. verify: liczy od nowa skróty i łańcuch, kod wyjścia 1 przy pierwszym uszkodzonym wierszu. "
        "show KLUCZ: wydanie obowiązujące w danym dniu. log: lista wydań od numeru."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the three subcommands."""
        commands = parser.add_subparsers(dest="subcommand", required=True)
        verify = commands.add_parser("verify", help="sprawdź cały dziennik; kod wyjścia 1, gdy jest uszkodzony")
        verify.add_argument("--json", action="store_true", help="wynik jako JSON")
        show = commands.add_parser("show", help="pokaż wydanie obowiązujące w danym dniu")
        show.add_argument("key", help="klucz, na przykład UW-PAS-001, UW-PAS-001/uw-rzeszow, urzad/uw-rzeszow")
        show.add_argument("--on", type=day, default=None, help="dzień RRRR-MM-DD (domyślnie dziś)")
        log = commands.add_parser("log", help="lista wydań w kolejności zapisu")
        log.add_argument("--since", type=int, default=0, help="pokaż wydania o numerze większym niż ten")
        log.add_argument("--limit", type=int, default=1000, help="najwyżej tyle wierszy (domyślnie 1000)")
        log.add_argument("--json", action="store_true", help="lista jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Dispatch to the subcommand."""
        getattr(self, options["subcommand"])(**options)

    def verify(self, *, json: bool = False, **options: Any) -> None:
        """Verify the whole log; exit code 1 names the first damaged row."""
        total = head_sequence()
        with tqdm(total=total, unit=" wydań", file=sys.stderr, disable=None) as bar:
            damage = first_damage(progress=lambda sequence: bar.update(1))
        if json:
            self.stdout.write(_as_json({"whole": damage is None, "editions": total, "damage": damage and vars(damage)}))
        elif damage is None:
            self.stdout.write(f"Dziennik jest cały: {total} wydań, łańcuch się zgadza.")
        if damage is not None:
            raise CommandError(
                f"Dziennik jest uszkodzony. Pierwszy zły wiersz: {damage.sequence} {damage.key} – {damage.reason}."
            )

    def show(self, *, key: str, on: datetime.date | None, **options: Any) -> None:
        """Print one edition with its payload."""
        when = on or today()
        edition = latest(key, on=when)
        if edition is None:
            raise CommandError(f"W dniu {when} nie ma wydania „{key}”. Sprawdź klucz i datę.")
        head = _row(edition) | {"readable": edition.covers(when), "payload": json.loads(bytes(edition.payload))}
        self.stdout.write(json.dumps(head, ensure_ascii=False, indent=2))

    def log(self, *, since: int, limit: int, json: bool = False, **options: Any) -> None:
        """Print a list of editions."""
        rows = [_row(edition) for edition in editions().defer("payload", "restricted").after(since)[: max(0, limit)]]
        if json:
            self.stdout.write(_as_json(rows))
            return
        for row in rows:
            self.stdout.write(
                f"{row['sequence']:>8}  {row['recorded_at'][:19]}  {row['state']:<9}  od {row['valid_from']}  {row['key']}"
            )


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(edition: Edition) -> dict[str, Any]:
    """What lists show of an edition."""
    return {
        "sequence": edition.sequence,
        "kind": edition.kind,
        "key": edition.key,
        "state": edition.state,
        "valid_from": edition.valid_from.isoformat(),
        "valid_to": edition.valid_to.isoformat() if edition.valid_to else None,
        "sha256": edition.sha256,
        "chain": edition.chain,
        "cause": edition.cause,
        "recorded_at": edition.recorded_at.isoformat(),
    }
