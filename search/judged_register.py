"""The register of judged queries: what the measurement reads, and the set that fills it at first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from search.models import JudgedCard, JudgedQueryEntry
from search.quality import JudgedQuery, UnusableJudgements


def from_register() -> list[JudgedQuery]:
    """All judged queries of the register. Two queries of the database. Raises `UnusableJudgements` when it is empty."""
    found = [
        JudgedQuery(
            qid=entry.qid,
            query=entry.query,
            grades={card.symbol: card.grade for card in entry.grades.all()},
            tags=tuple(tag for tag in (each.strip() for each in entry.tags.split(",")) if tag),
            part=entry.part,
        )
        for entry in JudgedQueryEntry.objects.prefetch_related("grades")
    ]
    if not found:
        raise UnusableJudgements(
            "Rejestr ocenianych zapytań jest pusty. Dopisz zapytania w panelu albo wczytaj zestaw: "
            "manage.py load_judged_queries --again."
        )
    return found


def fill(judged: Iterable[JudgedQuery]) -> int:
    """Add the queries whose `qid` is not in the register; return their number. All or nothing."""
    with transaction.atomic():
        known = set(JudgedQueryEntry.objects.values_list("qid", flat=True))
        new = [query for query in judged if query.qid not in known]
        JudgedQueryEntry.objects.bulk_create(
            (
                JudgedQueryEntry(qid=query.qid, query=query.query, part=query.part, tags=", ".join(query.tags))
                for query in new
            ),
            batch_size=100,
        )
        keys = dict(JudgedQueryEntry.objects.values_list("qid", "pk"))
        JudgedCard.objects.bulk_create(
            (
                JudgedCard(query_id=keys[query.qid], symbol=symbol, grade=grade)
                for query in new
                for symbol, grade in query.grades.items()
            ),
            batch_size=100,
        )
    return len(new)
