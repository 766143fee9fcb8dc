"""The publication set on the command line: `manage.py publication_set build|resume|status`."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from exporters.current_publications import folder_of
from exporters.day_argument import day
from exporters.models import PublicationSet
from exporters.publication_orders import RefusedSet, progress_of, request_set, resume_set
from exporters.publication_sets import build_set
from publication.calendar import today


class Command(BaseCommand):
    """Builds the whole set in the foreground, goes on with an interrupted one, or tells how far it is."""

    help = (
        "Wydaje komplet publikacji: podręczniki wszystkich typów urzędów, Zbiór dobrych praktyk i katalogi wszystkich urzędów, z "
        "sumami kontrolnymi. Nowy komplet zastępuje stary dopiero wtedy, gdy jest cały. Przerwany można wznowić."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the subcommands."""
        actions = parser.add_subparsers(dest="action", required=True)
        building = actions.add_parser("build", help="wydaj nowy komplet")
        building.add_argument("--on", type=day, default=None, help="stan na dzień RRRR-MM-DD (domyślnie dziś)")
        actions.add_parser("resume", help="dokończ komplet przerwany albo zatrzymany")
        actions.add_parser("status", help="pokaż komplety i to, ile już gotowe")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        try:
            if options["action"] == "status":
                self._tell()
            elif options["action"] == "build":
                self._build(request_set(on=options["on"] or today(), moment=timezone.now()))
            else:
                self._build(resume_set(_unfinished().pk))
        except RefusedSet as refusal:
            raise CommandError(str(refusal)) from refusal

    def _build(self, wanted: PublicationSet) -> None:
        total = wanted.files.count()
        with tqdm(total=total, unit=" książek", file=sys.stderr, disable=None) as bar:

            def progress(name: str) -> None:
                bar.set_postfix_str(name)
                bar.update(1)

            built = build_set(wanted.pk, moment=timezone.now, progress=progress)
        done, total = progress_of(built)
        self.stdout.write(f"{built}: gotowe {done} z {total}. Pliki i sumy kontrolne: „{folder_of(built)}”.")

    def _tell(self) -> None:
        sets = list(PublicationSet.objects.all()[:10])
        if not sets:
            self.stdout.write("Nie wydano jeszcze żadnego kompletu. Wydaj go: manage.py publication_set build.")
        for one in sets:
            done, total = progress_of(one)
            self.stdout.write(f"{one}: {one.get_state_display()}, gotowe {done} z {total}. {one.message}".rstrip())


def _unfinished() -> PublicationSet:
    """The newest set that is not complete. Raises `RefusedSet`."""
    found = PublicationSet.objects.exclude(state=PublicationSet.State.COMPLETE).first()
    if found is None:
        raise RefusedSet("Nie ma przerwanego kompletu. Wydaj nowy: manage.py publication_set build.")
    return found
