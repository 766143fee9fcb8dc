"""From neutral cards to pages: the inverse of `transcription`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cms.fields import LinesField
from service_catalog.authoring.office_pages import day
from service_catalog.authoring.registers import Registers
from service_catalog.models import (
    CardAppeal,
    CardChannel,
    CardDocument,
    CardFee,
    CardForm,
    CardLegalBasis,
    CardPlacement,
    CardRelation,
    ChannelWords,
    ClientDeadline,
    HandlingTime,
    LocalCard,
    ModelCard,
    OfficeCard,
    OfficePage,
    OfficePrice,
)
from service_catalog.presentation import OfficeContribution
from service_catalog.published.card import (
    ActCitation,
    Appeal,
    Card,
    DeadlineRule,
    Fee,
    Item,
    RestrictedCard,
    SpecialNeed,
    Step,
    TopicPlacement,
    Variant,
)

NAMESPACE = uuid.UUID("6f0b1f8e-6f55-4c39-8c0b-5a3c3f5f2c11")
"""For identifiers of list entries that stay the same from load to load."""


class CardPages:
    """Builds unsaved pages with their rows; looks codes up in the registers once."""

    def __init__(self, registers: Registers, *, office: OfficePage | None = None) -> None:
        self.acts = {citation.act: pk for pk, citation in registers.acts.items()}
        self.forms = {form.code: pk for pk, form in registers.forms.items()}
        self.groups = {_path(place): pk for pk, place in registers.groups.items()}
        self.office_types = {named.code: pk for pk, named in registers.office_types.items()}
        self.services = {name: pk for pk, name in registers.services.items()}
        self.points = {point.name: point for point in office.service_points.all()} if office else {}
        self.units = {unit.symbol: unit for unit in office.units.all()} if office else {}

    def model_card(self, card: Card, restricted: RestrictedCard) -> ModelCard:
        """A model card. Raises `KeyError` when it names a service, group, act or form that no register has."""
        return ModelCard(**self._fields(card, restricted), **self._rows(card))

    def local_card(self, card: Card, restricted: RestrictedCard, said: OfficeContribution) -> LocalCard:
        """A local card with what its office says."""
        return LocalCard(**self._fields(card, restricted), **self._words(said), **self._rows(card))

    def office_card(self, model: ModelCard, said: OfficeContribution) -> OfficeCard:
        """An office card of a model card."""
        return OfficeCard(
            title=model.title,
            slug=model.symbol.lower(),
            model_card=model,
            keywords_everyday=LinesField.join(said.keywords_everyday),
            keywords_misspellings=LinesField.join(said.keywords_misspellings),
            client_groups=LinesField.join(said.client_groups),
            before_you_start=_items(said.before_you_start),
            steps=_steps(said.steps),
            mistakes=_items(said.mistakes),
            special_needs=_needs(said.special_needs),
            variants=_variants(said.variants),
            **self._words(said),
            **_rows_of_office(said),
        )

    def _words(self, said: OfficeContribution) -> dict[str, Any]:
        return {
            "service_point": self.points.get(said.point),
            "responsible_unit": self.units.get(said.unit),
            "contact_phone": said.phone,
            "contact_email": said.email,
            "contact_room": said.room,
            "booking": said.booking,
            "pickup": said.pickup,
            "payment_methods": LinesField.join(said.payment_methods),
            "local_average_days": said.average_days,
            "local_average_on": day(said.average_on),
            "local_notes": _items(said.local_notes),
            "internal_note": said.internal_note,
            "privacy_notice_url": said.privacy_notice,
            "last_verified": day(said.last_verified),
        }

    def _fields(self, card: Card, restricted: RestrictedCard) -> dict[str, Any]:
        return {
            "title": card.title,
            "slug": card.symbol.lower(),
            "symbol": card.symbol,
            "service_id": self.services[card.service],
            "office_type_id": self.office_types[card.office_type.code],
            "official_name": card.official_name,
            "summary": card.summary,
            "consultant_answer": restricted.consultant_answer,
            "group_id": self.groups[_path(card.topic)],
            "audience": LinesField.join(card.audience),
            "client_groups": _lines(card.client_groups),
            "keywords_everyday": _lines(card.keywords.everyday),
            "keywords_official": LinesField.join(card.keywords.official),
            "keywords_misspellings": _lines(card.keywords.misspellings),
            "who": card.who,
            "when": card.when,
            "before_you_start": _items(item.text for item in card.before_you_start),
            "jurisdiction_basis": card.jurisdiction.basis,
            "jurisdiction_text": card.jurisdiction.text,
            "steps": _steps(card.steps),
            "exemptions": _items(card.exemptions),
            "outcome_form": card.outcome.form,
            "outcome_text": card.outcome.text,
            "outcome_validity": card.outcome.validity,
            "consequence_of_missing": card.consequence_of_missing,
            "mistakes": _items(item.text for item in card.mistakes),
            "special_needs": _needs(card.special_needs),
            "variants": _variants(card.variants),
            "transfer": restricted.transfer,
            "transfer_target": restricted.transfer_target,
            "uncertain": LinesField.join(restricted.uncertain),
            "legal_state_date": day(card.legal_state_date),
            "valid_from": day(card.valid_from),
            "valid_to": day(card.valid_to),
            "version": card.version,
            "change_note": card.change_note,
            "next_review": day(card.next_review),
        }

    def _rows(self, card: Card) -> dict[str, list[Any]]:
        """Rows of a complete card by the name of their relation."""
        return {
            "channels": [
                CardChannel(channel=row.channel, available=row.available, text=row.text, url=row.url)
                for row in card.channels
            ],
            "documents": [
                CardDocument(
                    name=row.name,
                    requirement=row.requirement,
                    condition=row.condition,
                    form=row.form,
                    count=row.count,
                    note=row.note,
                    form_family_id=self.forms[row.form_code] if row.form_code else None,
                )
                for row in card.documents
            ],
            "forms": [CardForm(family_id=self.forms[form.code]) for form in card.forms],
            "fees": [self._fee(fee) for fee in card.fees],
            "client_deadlines": [ClientDeadline(**self._rule(rule)) for rule in card.client_deadlines],
            "handling_times": [HandlingTime(**self._rule(rule)) for rule in card.handling_time],
            "appeals": [self._appeal(appeal) for appeal in card.appeal],
            "legal_bases": [CardLegalBasis(**self._citation(basis)) for basis in card.legal_basis],
            "relations": [
                CardRelation(
                    kind=related.type,
                    service_id=self.services.get(related.service),
                    name="" if related.service in self.services else related.service,
                )
                for related in card.related
            ],
            "more_placements": [CardPlacement(group_id=self.groups[_path(place)]) for place in card.more_topics],
        }

    def _citation(self, cited: ActCitation | None) -> dict[str, Any]:
        return {"act_id": self.acts[cited.act], "units": LinesField.join(cited.units)} if cited else {}

    def _fee(self, fee: Fee) -> CardFee:
        return CardFee(
            code=fee.code,
            kind=fee.kind,
            amount=None if fee.amount is None else Decimal(fee.amount),
            text=fee.text,
            condition=fee.condition,
            payee=fee.payee or CardFee.Payee.NONE,
            when=fee.when,
            methods=LinesField.join(fee.methods),
            valid_from=day(fee.valid_from),
            valid_to=day(fee.valid_to),
            **self._citation(fee.legal_basis),
        )

    def _rule(self, rule: DeadlineRule) -> dict[str, Any]:
        return {
            "text": rule.text,
            "anchor": rule.anchor,
            "n": rule.n,
            "unit": rule.unit,
            "direction": rule.direction,
            "calendar": rule.calendar,
            "after_end": rule.after_end,
            "roll": rule.roll,
            "satisfied_by": rule.satisfied_by,
            "restorable": rule.restorable,
            "consequence": rule.consequence,
            "applies_to": rule.applies_to,
            "valid_from": day(rule.valid_from),
            "valid_to": day(rule.valid_to),
            "computed": rule.computed,
            **self._citation(rule.legal_basis),
        }

    def _appeal(self, appeal: Appeal) -> CardAppeal:
        rule = self._rule(appeal.deadline) if appeal.deadline else {"text": appeal.remedy}
        return CardAppeal(
            remedy=appeal.remedy,
            authority=appeal.authority,
            via=appeal.via,
            fee=appeal.fee,
            appeal_text=appeal.text,
            **rule,
        )


def _rows_of_office(said: OfficeContribution) -> dict[str, list[Any]]:
    """Rows of an office card by the name of their relation."""
    return {
        "prices": [
            OfficePrice(
                code=price.code,
                amount=Decimal(price.amount),
                valid_from=day(price.valid_from),
                valid_to=day(price.valid_to),
            )
            for price in said.prices
        ],
        "channel_words": [
            ChannelWords(channel=words.channel, available=words.available, text=words.text, booking=words.booking)
            for words in said.channel_words
        ],
    }


def _path(place: TopicPlacement) -> tuple[str, str, str]:
    return place.topic, place.category, place.group


def _lines(items: Iterable[Item]) -> str:
    return LinesField.join(item.text for item in items)


def _stream(kind: str, values: Iterable[Any]) -> str:
    """Stored form of a stream. Entry identifiers are derived from the content, so that equal lists are equal."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{position}{value}"))}
            for position, value in enumerate(values)
        ]
    )


def _items(texts: Iterable[str]) -> str:
    return _stream("item", texts)


def _steps(steps: Iterable[Step]) -> str:
    return _stream(
        "step",
        (
            {"actor": step.actor, "text": step.text, "channel": step.channel, "duration": step.duration}
            for step in steps
        ),
    )


def _needs(needs: Iterable[SpecialNeed]) -> str:
    return _stream("need", ({"group": need.group, "text": need.text} for need in needs))


def _variants(variants: Iterable[Variant]) -> str:
    return _stream(
        "variant",
        (
            {"kind": variant.kind, "title": variant.title, "url": variant.url, "language": variant.language}
            for variant in variants
        ),
    )
