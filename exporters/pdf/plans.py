"""Publications of a day, read from the edition log: what is suspended or withdrawn on that day is not among them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from exporters.editions import combined_digest, identity_of, model_cards, of_office
from exporters.pdf.assets import Variant
from exporters.pdf.chapters import Chapters, edited_chapters
from exporters.pdf.collection import PracticeCollection, collection_publication
from exporters.pdf.publications import CardEdition, Publication, catalogue_publication, handbook_publication
from handbooks.published.handbook import COLLECTION, FrozenEdition, Handbook
from handbooks.published.reading import decode_practice, handbook, numbered_editions, practice_editions
from publication.models import Edition, EditionKind
from publication.reading import NotInForce, editions
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_card, office_type
from service_catalog.published.register import OfficeType

GENERAL = "model"
"""Kind of the cards of a handbook; local cards of single offices are left to their offices."""
BATCH = 200
"""Keys asked for at once: below the 999 variables that older SQLite builds allow."""


def handbook_plan(
    kind: OfficeType, *, on: datetime.date, variant: Variant = "full", frozen: bool = True
) -> Publication | None:
    """The handbook of an office type on a day; None when the type has no general cards.

    It prints the approved edition in force with the card editions that it froze. Without an approved edition, or with `frozen`
    false, it prints the cards in force on the day and no edited chapters.
    """
    approved = _approved(kind.code, on=on) if frozen else None
    if approved is None:
        found = model_cards(kind.code, on=on)
        cards = [entry for entry in _card_editions(found) if entry.card.kind == GENERAL]
        identity = identity_of(found)
        if not cards:
            return None
        return handbook_publication(
            kind, cards, editions_sha256=identity.sha256, published_on=identity.newest, variant=variant
        )
    sha256, edition = approved
    return _frozen_handbook(kind, edition, sha256=sha256, on=on, variant=variant)


def plan_of_edition(edition: Handbook, *, sha256: str, on: datetime.date) -> Publication | PracticeCollection:
    """The book of an edition that need not be approved, as it would be printed on a day. `sha256` is the hash of its payload.

    Raises `publication.reading.NotInForce` when the office type is no longer in the register.
    """
    if edition.office_type is None:
        return _frozen_collection(edition, sha256=sha256, on=on, variant="full")
    kind = office_type(edition.office_type.code, on=on)
    return _frozen_handbook(kind, edition, sha256=sha256, on=on, variant="full")


def _frozen_handbook(
    kind: OfficeType, edition: Handbook, *, sha256: str, on: datetime.date, variant: Variant
) -> Publication:
    standing, left_out = standing_editions(edition.frozen, on=on)
    return handbook_publication(
        kind,
        _card_editions(standing),
        editions_sha256=_digest(sha256, standing),
        published_on=edition.issued_on,
        edition=edition,
        left_out=[decode_card(one).title for one in left_out],
        variant=variant,
    )


def collection_plan(*, on: datetime.date, variant: Variant = "full") -> PracticeCollection | None:
    """The collection of good practices on a day: its approved edition, or the practices in force; None when there are none."""
    approved = _approved(COLLECTION, on=on)
    if approved is None:
        practices = practice_editions(on=on)
        if not practices:
            return None
        newest = max(edition.valid_from for edition in practices).isoformat()
        digest = combined_digest((edition.key, edition.sha256) for edition in practices)
        return collection_publication(
            [decode_practice(one) for one in practices],
            editions_sha256=digest,
            published_on=newest,
            chapters=Chapters(),
            edition=None,
            variant=variant,
        )
    sha256, edition = approved
    return _frozen_collection(edition, sha256=sha256, on=on, variant=variant)


def _frozen_collection(edition: Handbook, *, sha256: str, on: datetime.date, variant: Variant) -> PracticeCollection:
    standing, left_out = standing_editions(edition.frozen, on=on)
    return collection_publication(
        [decode_practice(one) for one in standing],
        editions_sha256=_digest(sha256, standing),
        published_on=edition.issued_on,
        chapters=edited_chapters(edition.chapters),
        edition=edition,
        left_out=[decode_practice(one).title for one in left_out],
        variant=variant,
    )


def catalogue_plan(office: Office, *, on: datetime.date, variant: Variant = "full") -> Publication | None:
    """The printed catalogue of an office on a day; None when the office has no cards."""
    found = of_office(office.code, on=on)
    cards = _card_editions(found.of_kind(EditionKind.CARD).order_by("key"))
    if not cards:
        return None
    identity = identity_of(found)
    return catalogue_publication(
        office, cards, editions_sha256=identity.sha256, published_on=identity.newest, variant=variant
    )


def standing_editions(
    frozen: Iterable[FrozenEdition], *, on: datetime.date
) -> tuple[tuple[Edition, ...], tuple[Edition, ...]]:
    """Frozen editions whose key is still readable on the day, and those whose key has been suspended or withdrawn since."""
    wanted = list(frozen)
    readable: set[str] = set()
    keys = [one.key for one in wanted]
    for start in range(0, len(keys), BATCH):
        found = editions().filter(key__in=keys[start : start + BATCH]).readable(on=on)
        readable.update(found.values_list("key", flat=True))
    every = numbered_editions(one.sequence for one in wanted)
    standing = tuple(edition for edition in every if edition.key in readable)
    return standing, tuple(edition for edition in every if edition.key not in readable)


def _approved(code: str, *, on: datetime.date) -> tuple[str, Handbook] | None:
    """Hash and content of the approved edition in force."""
    try:
        edition, published = handbook(code, on=on)
    except NotInForce:
        return None
    return edition.sha256, published


def _digest(handbook_sha256: str, standing: Iterable[Edition]) -> str:
    return combined_digest([("", handbook_sha256), *((edition.key, edition.sha256) for edition in standing)])


def _card_editions(found: Iterable[Edition]) -> list[CardEdition]:
    return [CardEdition(decode_card(edition), edition.sha256) for edition in found]
