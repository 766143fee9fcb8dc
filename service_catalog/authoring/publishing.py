"""Recording what authors approved, together with everything that depends on it.

Dependants: a model card -> its office cards; an office record -> its cards; a legal act, form, topic or office type -> the cards
that cite it (see `dependants`). Office cards are joined from the *recorded* model card and office record in force on each day that
matters, so a change of today does not disturb a version that is scheduled for a later day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
from django.db import models, transaction

from publication.calendar import day_of
from publication.canonical import canonical_json
from publication.models import Edition, EditionKind, EditionState
from publication.reading import restricted_editions
from publication.recording import Proposal, record
from service_catalog.authoring.key_owners import require_one_card_each, require_own_symbols
from service_catalog.authoring.records import office_record
from service_catalog.authoring.registers import Registers, load_registers
from service_catalog.authoring.transcription import contribution, law_part, restricted_part
from service_catalog.inheritance.reconciling import open_reconciliations
from service_catalog.models import LocalCard, ModelCard, OfficeCard, OfficePage
from service_catalog.presentation import effective_card, effective_restricted
from service_catalog.published import keys
from service_catalog.published.card import Card, RestrictedCard
from service_catalog.published.office import Office
from service_catalog.published.reading import decode_card, decode_office, decode_restricted

Cause = dict[str, str]


@dataclass(frozen=True)
class Sources:
    """Recorded editions from which office cards are joined: every edition of the keys asked for, oldest first."""

    editions: dict[str, list[Edition]]

    def days(self, key: str, *, after: datetime.date) -> set[datetime.date]:
        """Later days on which something else takes force under this key."""
        return {edition.valid_from for edition in self.editions.get(key, ()) if edition.valid_from > after}

    def in_force(self, key: str, *, on: datetime.date) -> Edition | None:
        """The edition of `key` that holds on the day; None when there is none to read."""
        past = [edition for edition in self.editions.get(key, ()) if edition.valid_from <= on]
        return past[-1] if past and past[-1].state == EditionState.PUBLISHED else None


def read_sources(wanted: Iterable[str]) -> Sources:
    """Read all editions of the keys. One query per 500 keys."""
    names = sorted(set(wanted))
    found: dict[str, list[Edition]] = {}
    for start in range(0, len(names), 500):
        rows = restricted_editions().filter(key__in=names[start : start + 500])
        for edition in rows.order_by("key", "valid_from", "sequence"):
            found.setdefault(edition.key, []).append(edition)
    return Sources(found)


def card_labels(card: Card) -> frozenset[tuple[str, str]]:
    """Labels by which readers find the card (table in `published.keys`)."""
    labels = {("symbol", card.symbol)}
    if card.office is not None:
        labels.add(("office", card.office.code))
    if card.kind != "office":
        labels.add(("office_type", card.office_type.code))
        for place in (card.topic, *card.more_topics):
            labels.add(("topic", place.topic_slug))
            labels.add(("category", f"{place.topic_slug}/{place.category_slug}"))
            labels.add(("group", f"{place.topic_slug}/{place.category_slug}/{place.group_slug}"))
        labels.update(("life_event", event.event) for event in card.life_events)
    return frozenset(labels)


def card_proposal(card: Card, restricted: RestrictedCard, *, cause: Cause, valid_from: datetime.date) -> Proposal:
    """The card as a proposal for the log."""
    return Proposal(
        kind=EditionKind.CARD,
        key=card.key,
        payload=canonical_json(card),
        restricted=canonical_json(restricted),
        valid_from=valid_from,
        valid_to=datetime.date.fromisoformat(card.valid_to) if card.valid_to else None,
        cause=cause,
        labels=card_labels(card),
    )


def office_proposal(office: Office, *, cause: Cause, valid_from: datetime.date) -> Proposal:
    """The office record as a proposal for the log."""
    return Proposal(
        kind=EditionKind.OFFICE,
        key=keys.office_key(office.code),
        payload=canonical_json(office),
        valid_from=valid_from,
        cause=cause,
        labels=frozenset({("office_type", office.office_type.code), ("voivodeship", office.teryt[:2])}),
    )


def record_offices(
    pages: Sequence[OfficePage], *, cause: Cause, moment: datetime.datetime, valid_from: datetime.date | None = None
) -> list[Edition]:
    """Record office records and present every card of these offices again. `valid_from` defaults to the day of `moment`."""
    start = valid_from or day_of(moment)
    with transaction.atomic():
        written = record(
            [office_proposal(office_record(page), cause=cause, valid_from=start) for page in pages],
            recorded_at=moment,
        )
        paths = [page.path for page in pages]
        for path in paths:
            office_cards = with_rows(OfficeCard.objects.filter(live=True, path__startswith=path))
            local_cards = LocalCard.objects.filter(live=True, path__startswith=path)
            written += record_office_cards(office_cards, cause=cause, moment=moment)
            written += record_local_cards(local_cards, cause=cause, moment=moment)
    return written


def record_model_cards(
    cards: Sequence[ModelCard], *, cause: Cause, moment: datetime.datetime, registers: Registers | None = None
) -> list[Edition]:
    """Record model cards, note what they touch in the words of offices, and present every office card of them again.

    Raises `PublicationRefused` for a symbol that belongs to another card.
    """
    require_own_symbols(cards)
    today = day_of(moment)
    registers = registers or load_registers(on=today)
    known = read_sources(card.symbol for card in cards)
    with transaction.atomic():
        written = record(
            [
                card_proposal(
                    law_part(card, registers, kind="model"),
                    restricted_part(card, author=cause.get("who", "")),
                    cause=cause,
                    valid_from=starting_day(card.valid_from, known=bool(known.editions.get(card.symbol)), today=today),
                )
                for card in cards
            ],
            recorded_at=moment,
        )
        changed = {edition.key for edition in written}
        dependants = list(with_rows(OfficeCard.objects.filter(live=True, model_card__symbol__in=changed)))
        open_reconciliations(known=known, written=written, cards=dependants, moment=moment)
        return written + record_office_cards(dependants, cause=cause, moment=moment)


def starting_day(wanted: datetime.date, *, known: bool, today: datetime.date) -> datetime.date:
    """From which day a published card counts.

    Its first edition may start in the past ("obowiązuje od"). A later one never rewrites days that have passed: it starts
    today, or on its own later day.
    """
    return max(wanted, today) if known else wanted


def record_office_cards(cards: Iterable[OfficeCard], *, cause: Cause, moment: datetime.datetime) -> list[Edition]:
    """Present office cards from the recorded model cards and office records, on every day that matters.

    Raises `PublicationRefused` for a second card of one model card at an office.
    """
    wanted = list(cards)
    require_one_card_each(wanted)
    offices = offices_of(wanted)
    sources = read_sources(
        [card.model_card.symbol for card in wanted]
        + [keys.office_key(office.code) for office in offices.values()]
        + [keys.office_card_key(card.model_card.symbol, offices[card.pk].code) for card in wanted]
    )
    today = day_of(moment)
    proposals = [
        proposal
        for card in wanted
        for proposal in _office_card_proposals(card, offices[card.pk].code, sources, cause=cause, today=today)
    ]
    return record(proposals, recorded_at=moment)


def _office_card_proposals(
    card: OfficeCard, office: str, sources: Sources, *, cause: Cause, today: datetime.date
) -> Iterator[Proposal]:
    """One proposal for the first day and one for each later day on which the model card or the office changes."""
    symbol, office_key = card.model_card.symbol, keys.office_key(office)
    said = contribution(card)
    for day in _days(symbol, office_key, keys.office_card_key(symbol, office), sources, today=today):
        model, record_of_office = sources.in_force(symbol, on=day), sources.in_force(office_key, on=day)
        if model is None or record_of_office is None:
            continue
        yield card_proposal(
            effective_card(decode_card(model), said, decode_office(record_of_office)),
            effective_restricted(decode_restricted(model), said, author=cause.get("who", "")),
            cause=cause,
            valid_from=day,
        )


def _days(
    symbol: str, office_key: str, card_key: str, sources: Sources, *, today: datetime.date
) -> list[datetime.date]:
    """Days for which an office card is presented: the first day, and each later change of what it is joined from."""
    if sources.editions.get(card_key):
        first = today
    else:
        begun = [edition.valid_from for edition in sources.editions.get(symbol, ()) if edition.valid_from <= today]
        first = begun[-1] if begun else today
        known = [edition.valid_from for edition in sources.editions.get(office_key, ())]
        first = max([first, *known[:1]])
    later = sources.days(symbol, after=first) | sources.days(office_key, after=first)
    return sorted({first} | later)


def record_local_cards(
    cards: Iterable[LocalCard],
    *,
    cause: Cause,
    moment: datetime.datetime,
    registers: Registers | None = None,
) -> list[Edition]:
    """Record local cards of offices. Raises `PublicationRefused` for a symbol that belongs to another card."""
    wanted = list(cards)
    if not wanted:
        return []
    require_own_symbols(wanted)
    today = day_of(moment)
    registers = registers or load_registers(on=today)
    offices = offices_of(wanted)
    sources = read_sources(
        [keys.office_key(office.code) for office in offices.values()]
        + [keys.office_card_key(card.symbol, offices[card.pk].code) for card in wanted]
    )
    proposals = []
    for card in wanted:
        code = offices[card.pk].code
        known = bool(sources.editions.get(keys.office_card_key(card.symbol, code)))
        start = starting_day(card.valid_from, known=known, today=today)
        office = sources.in_force(keys.office_key(code), on=max(start, today))
        if office is None:
            continue
        said = contribution(card)
        effective = effective_card(law_part(card, registers, kind="local"), said, decode_office(office))
        restricted = effective_restricted(restricted_part(card), said, author=cause.get("who", ""))
        proposals.append(card_proposal(effective, restricted, cause=cause, valid_from=start))
    return record(proposals, recorded_at=moment)


def withdraw(key: str, *, kind: str, title: str, reason: str, cause: Cause, moment: datetime.datetime) -> list[Edition]:
    """Record that one key was withdrawn (see `take_off`)."""
    return take_off(
        [key], state=EditionState.WITHDRAWN, kind=kind, title=title, reason=reason, cause=cause, moment=moment
    )


def take_off(
    names: Sequence[str],
    *,
    state: str,
    kind: str,
    title: str,
    reason: str,
    cause: Cause,
    moment: datetime.datetime,
) -> list[Edition]:
    """Record tombstones: from today on, and on every later day for which something was scheduled, there is no text.

    A tombstone keeps what readers need: the title, the reason and the office to phone, as the last text had them. The first key
    is the page's own, of the given kind; further ones are cards that go with it.
    """
    today = day_of(moment)
    sources = read_sources(names)
    proposals = []
    for key in names:
        known = sources.editions.get(key, [])
        last = next((edition for edition in reversed(known) if edition.state == EditionState.PUBLISHED), None)
        # Of what begins later there is nothing to say before: the notice would stay when the text comes back.
        now = set() if known and known[0].valid_from > today else {today}
        tombstone = canonical_json(
            {"schema": "tombstone/1", "key": key, "title": title, "reason": reason, **(_remains(last) if last else {})}
        )
        proposals += [
            Proposal(
                kind=kind if key == names[0] else EditionKind.CARD, key=key, payload=tombstone, valid_from=day,
                state=state, cause=cause,
            )
            for day in sorted(now | sources.days(key, after=today))
        ]  # fmt: skip
    return record(proposals, recorded_at=moment)


def _remains(edition: Edition) -> dict[str, object]:
    """What a tombstone keeps of a text: title, office and phone, as far as the text has them."""
    text: dict[str, object] = msgspec.json.decode(bytes(edition.payload))
    return {name: text[name] for name in ("title", "office", "phone") if text.get(name)}


def offices_of(cards: Sequence[OfficeCard | LocalCard]) -> dict[int, OfficePage]:
    """Office page of each card, by the primary key of the card, through the page tree. One query per 500 offices."""
    parents = {card.path[: -card.steplen] for card in cards}
    pages: dict[str, OfficePage] = {}
    for chunk in _chunks(sorted(parents), 500):
        pages |= {page.path: page for page in OfficePage.objects.filter(path__in=chunk)}
    return {card.pk: pages[card.path[: -card.steplen]] for card in cards}


def _chunks(values: list[str], size: int) -> Iterator[list[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def with_rows(cards: models.QuerySet[OfficeCard]) -> models.QuerySet[OfficeCard]:
    """Office cards with everything their presentation reads."""
    return cards.select_related("model_card", "service_point", "responsible_unit").prefetch_related(
        "prices", "channel_words"
    )
