"""Editions of handbooks: preparing one freezes text and cards, a second person approves it, approval records it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec
from django.contrib.auth.models import User
from django.db import transaction

from cms.fields import as_lines
from cms.people import name_of
from handbooks.authoring.prose import published_blocks
from handbooks.models import Handbook, HandbookEdition
from handbooks.published import handbook as shapes
from handbooks.published.reading import decode_practice, numbered_editions, practice_editions
from publication.calendar import day_of
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind
from publication.reading import editions
from publication.recording import Proposal, record
from service_catalog.published.card import Named
from service_catalog.published.reading import decode_card

GENERAL = "model"
"""Kind of the cards of a handbook; local cards of single offices are left to their offices."""


class RefusedEdition(ValueError):
    """An edition cannot be prepared, approved or rejected; the message says why and what to do."""


def prepare_edition(
    handbook: Handbook,
    *,
    author: User | None,
    moment: datetime.datetime,
    issued_on: datetime.date | None = None,
) -> HandbookEdition:
    """Freeze the working text and the cards in force on the day. Raises `RefusedEdition`, `prose.UnprintableChapter` and
    `pictures.UnprintablePicture`; then nothing is kept.
    """
    day = issued_on or day_of(moment)
    with transaction.atomic():
        locked = Handbook.objects.select_for_update().get(pk=handbook.pk)
        if locked.editions.filter(state=HandbookEdition.State.PREPARED).exists():
            raise RefusedEdition(
                "Poprzednie wydanie czeka na zatwierdzenie. Zatwierdź je albo odrzuć, potem przygotuj następne."
            )
        printed = printed_editions(locked, on=day)
        if not printed:
            raise RefusedEdition(
                f"W dniu {day.isoformat()} nie ma czego wydrukować: nie obowiązuje żadna karta ani praktyka."
            )
        published = _content(locked, printed, day)
        _refuse_the_same(published, last_approved(locked))
        return HandbookEdition.objects.create(
            handbook=locked,
            number=published.number,
            issued_on=day,
            payload=canonical_json(published),
            prepared_at=moment,
            prepared_by=author,
        )


def _refuse_the_same(wanted: shapes.Handbook, before: HandbookEdition | None) -> None:
    """Raise `RefusedEdition` when nothing but number, date and the list of changes would differ from the approved edition."""
    if before is None:
        return
    old = decoded(before)
    same = msgspec.structs.replace(wanted, number=old.number, issued_on=old.issued_on, changes=old.changes)
    if same == old:
        raise RefusedEdition(
            f"Od wydania {old.number} nic się nie zmieniło: karty, rozdziały i stopka są te same. Nowe wydanie nie jest potrzebne."
        )


def _content(handbook: Handbook, printed: tuple[Edition, ...], day: datetime.date) -> shapes.Handbook:
    """What the next edition of a handbook says. Raises `prose.UnprintableChapter` and `pictures.UnprintablePicture`."""
    before = last_approved(handbook)
    return shapes.Handbook(
        code=handbook.code,
        title=handbook.title,
        number=before.number + 1 if before else 1,
        issued_on=day.isoformat(),
        office_type=_office_type(handbook),
        chapters=chapters_of(handbook),
        frozen=tuple(shapes.FrozenEdition(key=edition.key, sequence=edition.sequence) for edition in printed),
        changes=changes_between(decoded(before).frozen if before else (), printed),
        imprint=as_lines(handbook.imprint),
        funding_note=handbook.funding_note,
    )


def approve_edition(edition: HandbookEdition, *, approver: User | None, moment: datetime.datetime) -> Edition:
    """Record a prepared edition from the day of approval on. Raises `RefusedEdition` for its author, whoever he is."""
    with transaction.atomic():
        locked = _prepared(edition)
        if approver is not None and approver.pk == locked.prepared_by_id:
            raise RefusedEdition("Wydanie zatwierdza inna osoba niż ta, która je przygotowała. Poproś drugą osobę.")
        people = shapes.HandbookRestricted(prepared_by=name_of(locked.prepared_by), approved_by=name_of(approver))
        written = record(
            [
                Proposal(
                    kind=EditionKind.ARTICLE,
                    key=shapes.handbook_key(locked.handbook.code),
                    payload=bytes(locked.payload),
                    restricted=canonical_json(people),
                    valid_from=max(locked.issued_on, day_of(moment)),
                    cause={"kind": "handbook", "what": str(locked), "who": name_of(approver)},
                    labels=frozenset({("handbook", locked.handbook.code)}),
                )
            ],
            recorded_at=moment,
        )
        if not written:
            raise RefusedEdition("To wydanie niczym nie różni się od obowiązującego. Odrzuć je.")
        locked.state, locked.sequence = HandbookEdition.State.APPROVED, written[0].sequence
        locked.decided_at, locked.decided_by = moment, approver
        locked.save()
    return written[0]


def reject_edition(edition: HandbookEdition, *, person: User | None, reason: str, moment: datetime.datetime) -> None:
    """Send a prepared edition back; the author may do that too. Raises `RefusedEdition` without a reason."""
    if not reason.strip():
        raise RefusedEdition("Napisz, co trzeba poprawić, zanim odrzucisz wydanie.")
    with transaction.atomic():
        locked = _prepared(edition)
        locked.state, locked.reason = HandbookEdition.State.REJECTED, reason.strip()[:400]
        locked.decided_at, locked.decided_by = moment, person
        locked.save()


def _prepared(edition: HandbookEdition) -> HandbookEdition:
    locked = HandbookEdition.objects.select_for_update().get(pk=edition.pk)
    if locked.state != HandbookEdition.State.PREPARED:
        raise RefusedEdition("To wydanie jest już rozstrzygnięte. Odśwież stronę.")
    return locked


def last_approved(handbook: Handbook) -> HandbookEdition | None:
    """The newest approved edition of a handbook."""
    approved = HandbookEdition.objects.filter(handbook=handbook, state=HandbookEdition.State.APPROVED)
    return approved.order_by("-number").first()


def decoded(edition: HandbookEdition) -> shapes.Handbook:
    """The content of an edition."""
    return msgspec.json.decode(bytes(edition.payload), type=shapes.Handbook)


def chapters_of(handbook: Handbook) -> tuple[shapes.Chapter, ...]:
    """The working text as published: empty chapters are left out, equal kinds are numbered."""
    found: list[shapes.Chapter] = []
    for chapter in handbook.chapters.all():
        blocks = published_blocks(chapter.title, chapter.text)
        if blocks:
            taken = {known.kind for known in found}
            kind = chapter.kind if chapter.kind not in taken else f"{chapter.kind}-{len(found) + 1}"
            found.append(shapes.Chapter(kind=kind, title=chapter.title, after=chapter.after, blocks=blocks))
    return tuple(found)


def printed_editions(handbook: Handbook, *, on: datetime.date) -> tuple[Edition, ...]:
    """The editions that a handbook would print on a day: general cards of its type, or all good practices."""
    if handbook.office_type is None:
        return practice_editions(on=on)
    found = editions().of_kind(EditionKind.CARD).labelled("office_type", handbook.office_type.code)
    cards = found.readable(on=on).order_by("key")
    return tuple(edition for edition in cards if decode_card(edition).kind == GENERAL)


def changes_between(before: Iterable[shapes.FrozenEdition], printed: Iterable[Edition]) -> tuple[shapes.Change, ...]:
    """What was added, changed and removed since the previous edition; empty for the first one."""
    old = {frozen.key: frozen.sequence for frozen in before}
    if not old:
        return ()
    new = {edition.key: edition for edition in printed}
    found = []
    for key, edition in new.items():
        if old.get(key) != edition.sequence:
            title, note = _title_and_note(edition)
            found.append(shapes.Change(kind="changed" if key in old else "added", key=key, title=title, note=note))
    gone = numbered_editions(sequence for key, sequence in old.items() if key not in new)
    found += [shapes.Change(kind="removed", key=edition.key, title=_title_and_note(edition)[0]) for edition in gone]
    return tuple(sorted(found, key=lambda change: (("added", "changed", "removed").index(change.kind), change.key)))


def _title_and_note(edition: Edition) -> tuple[str, str]:
    if edition.kind == EditionKind.CARD:
        card = decode_card(edition)
        return card.title, card.change_note
    return decode_practice(edition).title, ""


def _office_type(handbook: Handbook) -> Named | None:
    kind = handbook.office_type
    return Named(code=kind.code, name=kind.name) if kind else None
