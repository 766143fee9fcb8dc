"""Good practices: from the register to their editions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction

from cms.fields import as_lines
from handbooks.authoring.pictures import published_picture
from handbooks.models import GoodPractice, PracticeEffect
from handbooks.published import handbook as shapes
from handbooks.published.reading import LABEL
from publication.calendar import day_of
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind, EditionState
from publication.reading import editions
from publication.recording import Proposal, record


def practice_record(practice: GoodPractice) -> shapes.GoodPractice:
    """A good practice as published. Raises `pictures.UnprintablePicture`."""
    where = f"Dobra praktyka {practice.code}"
    return shapes.GoodPractice(
        code=practice.code,
        title=practice.title,
        category=practice.category,
        offices=as_lines(practice.offices),
        facilities=as_lines(practice.facilities),
        problem=practice.problem,
        description=practice.description,
        beneficiaries=as_lines(practice.beneficiaries),
        effects=tuple(
            shapes.Effect(kind=effect.kind, text=effect.text, measured=effect.measured)
            for effect in practice.effects.all()
        ),
        availability=practice.availability,
        cost=practice.cost,
        place=practice.place,
        how=as_lines(practice.how),
        source=practice.source,
        year=practice.year,
        picture=published_picture(practice.picture, where=where) if practice.picture else None,
        alternative=practice.alternative,
        adoptions=tuple(
            shapes.Adoption(office=adoption.office, when=adoption.when, result=adoption.result)
            for adoption in practice.adoptions.all()
        ),
    )


def record_practices(
    practices: Iterable[GoodPractice],
    *,
    cause: dict[str, str],
    moment: datetime.datetime,
    valid_from: datetime.date | None = None,
) -> list[Edition]:
    """Record published practices, and withdraw those that were published and no longer are."""
    start = valid_from or day_of(moment)
    proposals = []
    for practice in practices:
        key = shapes.practice_key(practice.code)
        published = practice.state == GoodPractice.State.PUBLISHED
        if not published and not editions().filter(key=key).exists():
            continue
        proposals.append(
            Proposal(
                kind=EditionKind.REGISTER,
                key=key,
                payload=canonical_json(practice_record(practice)),
                valid_from=start,
                state=EditionState.PUBLISHED if published else EditionState.WITHDRAWN,
                cause=cause,
                labels=frozenset({("register", LABEL)}),
            )
        )
    return record(proposals, recorded_at=moment)


def write_practices(
    practices: Iterable[shapes.GoodPractice],
    *,
    cause: dict[str, str],
    moment: datetime.datetime,
    valid_from: datetime.date,
) -> list[Edition]:
    """Write published practices from an importer; those whose number is taken are left as they are."""
    with transaction.atomic():
        known = set(GoodPractice.objects.values_list("code", flat=True))
        rows = [_row(practice) for practice in practices if practice.code not in known]
        return record_practices(rows, cause=cause, moment=moment, valid_from=valid_from)


def _row(practice: shapes.GoodPractice) -> GoodPractice:
    row = GoodPractice(
        code=practice.code,
        title=practice.title,
        category=practice.category,
        state=GoodPractice.State.PUBLISHED,
        offices="\n".join(practice.offices),
        facilities="\n".join(practice.facilities),
        problem=practice.problem,
        description=practice.description,
        beneficiaries="\n".join(practice.beneficiaries),
        availability=practice.availability,
        cost=practice.cost,
        place=practice.place,
        how="\n".join(practice.how),
        source=practice.source,
        year=practice.year,
    )
    row.effects = [
        PracticeEffect(kind=effect.kind, text=effect.text, measured=effect.measured) for effect in practice.effects
    ]
    row.full_clean()
    row.save()
    return row
