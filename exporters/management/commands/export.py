"""Write the catalogue as files: `manage.py export FORMAT [--out DIR|FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from exporters.catalogue import Catalogue
from exporters.day_argument import day
from exporters.disk_refusals import reason
from exporters.files import replace_file
from exporters.format_entry import Format
from exporters.formats import UnknownFormat, able, format_named
from exporters.keeping import collection_digest
from exporters.loss import report
from exporters.selection import NothingThere, select
from exporters.unfinished import AlreadyExporting, unfinished_export
from publication.calendar import today
from service_catalog.published.wording import plural

WRONG_USE = 2
"""Exit code when what was asked for does not exist."""
DOING = attrgetter("collection")
EXPORTS = "eksport"
"""Folder of the data directory for exports without `--out`."""


class Command(BaseCommand):
    """One file, or for `epuap` a folder of files, of the whole catalogue or a part of it."""

    help = (
        f"Eksport katalogu do pliku albo folderu. Formaty: {', '.join(able(DOING))}. Każdy plik jest podmieniany w całości, a "
        "folder dopiero wtedy, gdy gotowe są wszystkie pliki. Przerwany eksport zostawia stare pliki; uruchomiony ponownie z "
        "tymi samymi argumentami dokańcza folder od miejsca przerwania, a pojedynczy plik zapisuje od nowa, i daje te same bajty. "
        "Kod wyjścia 2, gdy nie ma takiego formatu, urzędu, typu, symbolu, dnia albo numeru wydania; 1, gdy --validate znajdzie "
        "błędy albo dysk odmówi zapisu."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("format", help="format eksportu")
        parser.add_argument(
            "--out", type=Path, default=None, help="plik albo folder na wynik (domyślnie w danych systemu)"
        )
        parser.add_argument("--office", default="", help="tylko urząd o tym kodzie, na przykład uw-rzeszow")
        parser.add_argument("--type", default="", help="tylko urzędy i karty tego typu, na przykład UW")
        parser.add_argument("--key", default="", help="tylko karty o tym symbolu, na przykład UW-PAS-001")
        parser.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")
        parser.add_argument("--since", type=int, default=None, help="tylko zmiany po wydaniu o tym numerze")
        parser.add_argument("--validate", action="store_true", help="sprawdź zapisane pliki")
        parser.add_argument("--losses", action="store_true", help="tylko powiedz, których pól format nie mieści")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, then check when asked to."""
        chosen = _chosen(options)
        if options["losses"]:
            self.stdout.write(_losses(chosen))
            return
        catalogue = _catalogue(chosen, options)
        out = options["out"] or Path(settings.DATA_DIRECTORY) / EXPORTS / chosen.segment
        try:
            files = self._folder(chosen, catalogue, out) if chosen.folder else iter([_file(chosen, catalogue, out)])
            count, size, checked = 0, 0, []
            for path in files:
                count, size = count + 1, size + path.stat().st_size
                if options["validate"]:
                    checked.append(path)
        except AlreadyExporting as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Nie można zapisać pliku w „{out}”: {reason(error)}.") from error
        written = plural(count, "plik", "pliki", "plików")
        self.stdout.write(f"Zapisano {written} ({size // 1024} kB) w „{out}”. Wzór: {chosen.schema}")
        if options["validate"]:
            self._validate(chosen, checked)

    def _folder(self, chosen: Format, catalogue: Catalogue, out: Path) -> Iterator[Path]:
        """Make what an interrupted run has not made yet, then put everything into its place, file by file."""
        assert chosen.folder is not None
        folder = chosen.folder(catalogue)
        with unfinished_export(out, identity=collection_digest(catalogue, chosen)) as export:
            if export.finished:
                self.stdout.write(
                    f"Wznowiono przerwany eksport. Gotowe pliki z poprzedniego razu: {len(export.finished)}."
                )
            with tqdm(total=folder.expected(), unit=" plików", file=sys.stderr, disable=None) as bar:
                for made in export.make(folder.parts()):
                    bar.update(made)
            if export.reused:
                self.stdout.write(f"Bez ponownego zapisywania zostawiono plików: {export.reused}.")
            yield from export.place(only=folder.holds_only())
            if export.removed:
                self.stdout.write(f"Usunięto pliki kart i urzędów, które już nie obowiązują: {export.removed}.")

    def _validate(self, chosen: Format, written: Iterable[Path]) -> None:
        if chosen.validate is None:
            raise CommandError(f"Format {chosen.identifier} nie ma sprawdzania.", returncode=WRONG_USE)
        errors = 0
        checked = [path for path in written if path.suffix == f".{chosen.extension}"]
        for path in tqdm(checked, unit=" plików", file=sys.stderr, disable=None):
            for finding in chosen.validate(path):
                errors += finding.is_error
                self.stderr.write(str(finding))
        if chosen.standing:
            self.stdout.write(chosen.standing)
        if errors:
            raise CommandError(
                f"Znaleziono błędy: {errors}. Popraw karty lub kartotekę urzędu i uruchom eksport ponownie."
            )
        self.stdout.write("Wszystkie pliki są zgodne ze wzorem.")


def _chosen(options: dict[str, Any]) -> Format:
    try:
        chosen = format_named(options["format"], doing=DOING, what="zapisuje katalog")
    except UnknownFormat as refusal:
        raise CommandError(str(refusal), returncode=WRONG_USE) from refusal
    if chosen.whole and (options["office"] or options["type"] or options["key"]):
        raise CommandError(
            f"Format {chosen.identifier} ma zawsze cały katalog: opuść --office, --type i --key. Zmiany po wydaniu podaje --since.",
            returncode=WRONG_USE,
        )
    return chosen


def _losses(chosen: Format) -> str:
    if chosen.losses is None:
        return f"Format {chosen.identifier} jest do czytania; jego pól nie porównuje się po kolei."
    return report(chosen.losses.shape, chosen.losses.fields)


def _catalogue(chosen: Format, options: dict[str, Any]) -> Catalogue:
    try:
        return select(
            on=options["on"] or today(),
            office=options["office"],
            office_type=options["type"],
            symbol=options["key"],
            since=options["since"],
        )
    except NothingThere as refusal:
        raise CommandError(str(refusal), returncode=WRONG_USE) from refusal


def _file(chosen: Format, catalogue: Catalogue, out: Path) -> Path:
    """Write a collection into the file, or into the folder under a name of its own."""
    assert chosen.collection is not None
    path = out / f"katalog.{chosen.extension}" if out.is_dir() or not out.suffix else out
    expected = catalogue.card_editions().count()
    with tqdm(total=expected, unit=" kart", file=sys.stderr, disable=None) as bar:
        replace_file(path, chosen.collection(catalogue.reporting(lambda: bar.update(1))))
    return path
