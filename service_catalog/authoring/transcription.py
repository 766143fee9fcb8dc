"""From authors' objects to published structs: what a page or register entry says, without joining anything.

Joining the words of an office with its model card is the work of `service_catalog.presentation`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal, cast

import msgspec
from wagtail.blocks import StreamValue

from cms.fields import as_lines
from service_catalog.authoring.registers import Registers
from service_catalog.models import CardAppeal, CardFee, CompleteCard, OfficeCard
from service_catalog.models.office_cards import OfficeWords
from service_catalog.models.time_limits import Citation, TimeLimit
from service_catalog.presentation import ChannelWords, OfficeContribution, Price
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    Channel,
    DeadlineRule,
    Direction,
    Fee,
    Item,
    Jurisdiction,
    Keywords,
    Outcome,
    RelatedCard,
    RequiredDocument,
    RestrictedCard,
    Roll,
    SpecialNeed,
    Step,
    TimeUnit,
    Variant,
)


def law_part(card: CompleteCard, registers: Registers, *, kind: Literal["model", "local"]) -> Card:
    """A complete card as published, before any office has said a word."""
    office_type = registers.office_types[card.office_type_id]
    documents = tuple(_documents(card, registers))
    return Card(
        key=card.symbol,
        symbol=card.symbol,
        kind=kind,
        office_type=office_type,
        service=registers.services[card.service_id],
        title=card.title,
        official_name=card.official_name,
        summary=card.summary,
        topic=registers.groups[card.group_id],
        more_topics=tuple(registers.groups[row.group_id] for row in card.more_placements.all()),
        life_events=registers.placements.get((card.service_id, office_type.code), ()),
        client_groups=items(as_lines(card.client_groups)),
        audience=as_lines(card.audience),
        keywords=Keywords(
            everyday=items(as_lines(card.keywords_everyday)),
            official=as_lines(card.keywords_official),
            misspellings=items(as_lines(card.keywords_misspellings)),
        ),
        who=card.who,
        when=card.when,
        before_you_start=items(texts_of(card.before_you_start)),
        jurisdiction=Jurisdiction(basis=card.jurisdiction_basis, text=card.jurisdiction_text),
        channels=tuple(
            Channel(channel=row.channel, available=row.available, text=row.text, url=row.url)
            for row in card.channels.all()
        ),
        documents=documents,
        forms=tuple(registers.forms[pk] for pk in _form_families(card)),
        steps=steps_of(card.steps, local=False),
        fees=tuple(_fee(row, registers) for row in card.fees.all()),
        exemptions=texts_of(card.exemptions),
        client_deadlines=tuple(_rule(row, registers) for row in card.client_deadlines.all()),
        handling_time=tuple(_rule(row, registers) for row in card.handling_times.all()),
        outcome=Outcome(form=card.outcome_form, text=card.outcome_text, validity=card.outcome_validity),
        appeal=tuple(_appeal(row, registers) for row in card.appeals.all()),
        consequence_of_missing=card.consequence_of_missing,
        mistakes=items(texts_of(card.mistakes)),
        special_needs=needs_of(card.special_needs, local=False),
        legal_basis=tuple(filter(None, (citation(row, registers) for row in card.legal_bases.all()))),
        related=tuple(_related(card, registers, office_type.code)),
        variants=variants_of(card.variants, local=False),
        legal_state_date=iso(card.legal_state_date),
        valid_from=iso(card.valid_from),
        valid_to=iso(card.valid_to),
        version=card.version,
        change_note=card.change_note,
        next_review=iso(card.next_review),
    )


def restricted_part(card: CompleteCard, *, author: str = "") -> RestrictedCard:
    """What of a complete card only consultants and staff read."""
    return RestrictedCard(
        consultant_answer=card.consultant_answer,
        transfer=card.transfer,
        transfer_target=card.transfer_target,
        uncertain=as_lines(card.uncertain),
        author=author,
    )


def contribution(words: OfficeWords) -> OfficeContribution:
    """What an office said on an office card or a local card."""
    said = OfficeContribution(
        point=words.service_point.name if words.service_point else "",
        unit=words.responsible_unit.symbol if words.responsible_unit else "",
        phone=words.contact_phone,
        email=words.contact_email,
        room=words.contact_room,
        booking=words.booking,
        pickup=words.pickup,
        payment_methods=as_lines(words.payment_methods),
        average_days=words.local_average_days,
        average_on=iso(words.local_average_on),
        local_notes=texts_of(words.local_notes),
        internal_note=words.internal_note,
        privacy_notice=words.privacy_notice_url,
        last_verified=iso(words.last_verified),
    )
    return _with_additions(said, words) if isinstance(words, OfficeCard) else said


def _with_additions(said: OfficeContribution, card: OfficeCard) -> OfficeContribution:
    """What only an office card has: additions to the lists of its model card."""
    return msgspec.structs.replace(
        said,
        prices=tuple(
            Price(code=row.code, amount=f"{row.amount:.2f}", valid_from=iso(row.valid_from), valid_to=iso(row.valid_to))
            for row in card.prices.all()
        ),
        channel_words=tuple(
            ChannelWords(channel=row.channel, available=row.available, text=row.text, booking=row.booking)
            for row in card.channel_words.all()
        ),
        keywords_everyday=as_lines(card.keywords_everyday),
        keywords_misspellings=as_lines(card.keywords_misspellings),
        client_groups=as_lines(card.client_groups),
        before_you_start=texts_of(card.before_you_start),
        steps=steps_of(card.steps, local=True),
        mistakes=texts_of(card.mistakes),
        special_needs=needs_of(card.special_needs, local=True),
        variants=variants_of(card.variants, local=True),
    )


def iso(value: datetime.date | str | None) -> str:
    """ISO form of a date; a form that was filled from text keeps it; "" for none."""
    return value.isoformat() if isinstance(value, datetime.date) else value or ""


def items(texts: Iterable[str]) -> tuple[Item, ...]:
    """Entries of the model card."""
    return tuple(Item(text=text) for text in texts)


def _values(stream: StreamValue) -> list[Any]:
    """The plain values of a stream, in order, without building its blocks."""
    return [entry["value"] for entry in stream.raw_data]


def texts_of(stream: StreamValue) -> tuple[str, ...]:
    """The texts of a list of short entries."""
    return tuple(str(value) for value in _values(stream))


def steps_of(stream: StreamValue, *, local: bool) -> tuple[Step, ...]:
    """Steps of the procedure."""
    return tuple(
        Step(
            actor=value["actor"],
            text=value["text"],
            channel=value.get("channel") or "",
            duration=value.get("duration") or "",
            local=local,
        )
        for value in _values(stream)
    )


def needs_of(stream: StreamValue, *, local: bool) -> tuple[SpecialNeed, ...]:
    """Adaptations."""
    return tuple(SpecialNeed(group=value["group"], text=value["text"], local=local) for value in _values(stream))


def variants_of(stream: StreamValue, *, local: bool) -> tuple[Variant, ...]:
    """Other versions of the card."""
    return tuple(
        Variant(
            kind=value["kind"],
            title=value.get("title") or "",
            url=value["url"],
            language=value.get("language") or "pl",
            local=local,
        )
        for value in _values(stream)
    )


def citation(row: Citation, registers: Registers) -> ActCitation | None:
    """The act a row cites, with its units; None when it cites none."""
    if row.act_id is None:
        return None
    return msgspec.structs.replace(registers.acts[row.act_id], units=as_lines(row.units))


def _documents(card: CompleteCard, registers: Registers) -> Iterable[RequiredDocument]:
    for row in card.documents.all():
        yield RequiredDocument(
            name=row.name,
            requirement=row.requirement,
            condition=row.condition,
            form=row.form,
            count=row.count,
            note=row.note,
            form_code=registers.forms[row.form_family_id].code if row.form_family_id else "",
        )


def _form_families(card: CompleteCard) -> list[int]:
    """Families named by the card itself, then by its documents, each once."""
    named = [row.family_id for row in card.forms.all()]
    named += [row.form_family_id for row in card.documents.all() if row.form_family_id]
    return list(dict.fromkeys(named))


def _fee(row: CardFee, registers: Registers) -> Fee:
    return Fee(
        code=row.code,
        kind=row.kind,
        amount=None if row.amount is None else f"{row.amount:.2f}",
        currency="PLN",
        text=row.text,
        condition=row.condition,
        payee="" if row.payee == CardFee.Payee.NONE else row.payee,
        when=row.when,
        methods=as_lines(row.methods),
        legal_basis=citation(row, registers),
        valid_from=iso(row.valid_from),
        valid_to=iso(row.valid_to),
    )


def _rule(row: TimeLimit, registers: Registers) -> DeadlineRule:
    return DeadlineRule(  # the choices of the model fields are the literals of the struct
        text=row.text,
        anchor=row.anchor,
        n=row.n,
        unit=cast("TimeUnit", row.unit),
        direction=cast("Direction", row.direction),
        calendar=row.calendar,
        after_end=row.after_end,
        roll=cast("Roll", row.roll),
        satisfied_by=row.satisfied_by,
        restorable=row.restorable,
        consequence=row.consequence,
        applies_to=row.applies_to,
        valid_from=iso(row.valid_from),
        valid_to=iso(row.valid_to),
        computed=row.computed,
        legal_basis=citation(row, registers),
    )


def _appeal(row: CardAppeal, registers: Registers) -> Appeal:
    return Appeal(
        remedy=row.remedy,
        text=row.appeal_text,
        authority=row.authority,
        via=row.via,
        fee=row.fee,
        deadline=_rule(row, registers) if row.computed or row.n else None,
    )


def _related(card: CompleteCard, registers: Registers, office_type: str) -> Iterable[RelatedCard]:
    for row in card.relations.all():
        name = registers.services[row.service_id] if row.service_id else row.name
        symbol = registers.symbol_of(row.service_id, near=office_type) if row.service_id else ""
        yield RelatedCard(type=row.kind, service=name, symbol=symbol)
