"""Loading and presenting the whole catalogue."""

from __future__ import annotations

import sys

from benchmarks.measuring import Measurement, own_cpu_seconds, process_cost


def loading() -> list[Measurement]:
    """`load_demo` into an empty database, beside starting Django and doing nothing."""
    python = sys.executable
    process_cost([python, "manage.py", "migrate", "--verbosity", "0"])
    idle = process_cost([python, "manage.py", "showmigrations", "publication"])
    loaded = process_cost([python, "manage.py", "load_demo", "--json"])
    return [
        Measurement(
            name="load_demo, 3 059 kart",
            value=loaded.cpu_seconds,
            unit="s CPU",
            target=120,
            baseline="start Django bez pracy",
            baseline_value=idle.cpu_seconds,
        ),
        Measurement(
            name="load_demo, szczyt pamięci",
            value=loaded.peak_mb,
            unit="MB",
            target=600,
            baseline="start Django bez pracy",
            baseline_value=idle.peak_mb,
        ),
    ]


def presenting() -> list[Measurement]:
    """Every office changes its telephone, so every card is presented and recorded anew; beside reading all cards once."""
    from django.db import transaction
    from django.utils import timezone

    from publication.calendar import today
    from service_catalog.authoring.publishing import record_offices
    from service_catalog.models import OfficePage
    from service_catalog.published import reading

    before = own_cpu_seconds()
    cards = sum(1 for _ in reading.all_cards(on=today()))
    reading_all = own_cpu_seconds() - before
    with transaction.atomic():
        offices = list(OfficePage.objects.all())
        for office in offices:
            office.phone = f"{office.phone}9"
        before = own_cpu_seconds()
        written = record_offices(offices, cause={"kind": "benchmark"}, moment=timezone.now())
        spent = own_cpu_seconds() - before
        transaction.set_rollback(True)
    changed = sum(edition.kind == "card" for edition in written)
    return [
        Measurement(
            name=f"prezentacja i zapis {changed} zmienionych wydań",
            value=spent,
            unit="s CPU",
            target=20,
            baseline=f"jednokrotny odczyt {cards} kart",
            baseline_value=reading_all,
        )
    ]
