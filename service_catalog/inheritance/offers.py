"""Nie oferujemy: which services of its type's model catalogue an office gives, and how that changes.

A decision takes effect at once, except that withdrawing a published card needs another person. Taking it back only makes the
service offerable again: its card becomes public on the usual way.
"""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from django.db import transaction

from cms.editorial.suspension import archive
from cms.editorial.workflow import NotPossible
from service_catalog.inheritance import signals
from service_catalog.inheritance.access import may_publish
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import ModelCard, NotOffered, OfferDecision, OfficeCard, OfficePage

State = OfferDecision.State
REASON_NEEDED = "Napisz, dlaczego urząd nie oferuje tej usługi."
OTHER_TYPE = "Ta karta wzorcowa jest dla innego typu urzędu."
ALREADY = "Urząd już zgłosił, że nie oferuje tej usługi."
NOT_WAITING = "Ta decyzja nie czeka już na potwierdzenie. Odśwież stronę."
OWN_DECISION = "Potwierdzić musi inna osoba niż ta, która zgłosiła."
NO_DECISION = "Wybierz: potwierdź i wycofaj kartę albo odrzuć. Niczego nie zapisano."
NO_RIGHT = "Wycofanie opublikowanej karty potwierdza osoba, która w urzędzie zatwierdza karty."


class CatalogueLine(msgspec.Struct, frozen=True, kw_only=True):
    """One model card of the type as the office stands to it."""

    model_card: ModelCard
    card: OfficeCard | None
    reason: str
    waiting: OfferDecision | None

    @property
    def state(self) -> str:
        """Polish word for the state."""
        if self.waiting is not None:
            return "czeka na potwierdzenie wycofania"
        if self.reason:
            return "nie oferujemy"
        if self.card is None:
            return "nie rozstrzygnięto"
        return "opublikowana" if self.card.live else "w przygotowaniu"


class Completeness(msgspec.Struct, frozen=True, kw_only=True):
    """How complete the catalogue of an office is: planned cards are those of the type without the ones not offered."""

    of_type: int
    not_offered: int
    published: int
    in_preparation: int

    @property
    def planned(self) -> int:
        """Cards that the office means to have."""
        return self.of_type - self.not_offered

    @property
    def undecided(self) -> int:
        """Model cards about which the office has said nothing."""
        return self.planned - self.published - self.in_preparation

    @property
    def is_complete(self) -> bool:
        """Whether every planned card is published (section 2.2, ServiceCatalogue)."""
        return self.published == self.planned


def catalogue_lines(office: OfficePage) -> list[CatalogueLine]:
    """Every published model card of the office's type, by symbol. Four queries."""
    cards = {card.model_card_id: card for card in OfficeCard.objects.child_of(office)}
    reasons = dict(NotOffered.objects.filter(office=office).values_list("model_card", "reason"))
    waiting = {
        decision.model_card_id: decision
        for decision in OfferDecision.objects.filter(office=office, state=State.WAITING).select_related("asked_by")
    }
    models = ModelCard.objects.filter(office_type=office.office_type_id, live=True).order_by("symbol")
    return [
        CatalogueLine(
            model_card=model,
            card=cards.get(model.pk),
            reason=reasons.get(model.pk, ""),
            waiting=waiting.get(model.pk),
        )
        for model in models
    ]


def completeness(lines: list[CatalogueLine]) -> Completeness:
    """Counts over the lines of a catalogue."""
    offered = [line for line in lines if not line.reason]
    return Completeness(
        of_type=len(lines),
        not_offered=len(lines) - len(offered),
        published=sum(1 for line in offered if line.card is not None and line.card.live),
        in_preparation=sum(1 for line in offered if line.card is not None and not line.card.live),
    )


def stop_offering(
    office: OfficePage, model_card: ModelCard, *, reason: str, user: Any, moment: datetime.datetime
) -> OfferDecision:
    """Say that the office does not offer a service. With a published card it waits for another person. Raises `Refusal`."""
    reason = reason.strip()[:300]
    if not reason:
        raise Refusal(REASON_NEEDED)
    if model_card.office_type_id != office.office_type_id:
        raise Refusal(OTHER_TYPE)
    with transaction.atomic():
        OfficePage.objects.select_for_update(of=("self",)).get(pk=office.pk)
        pending = OfferDecision.objects.filter(office=office, model_card=model_card, state=State.WAITING)
        if pending.exists() or NotOffered.objects.filter(office=office, model_card=model_card).exists():
            raise Refusal(ALREADY)
        decision = OfferDecision(
            office=office, model_card=model_card, reason=reason, asked_by=user, asked_at=moment, state=State.WAITING
        )
        if _published_card(office, model_card) is not None:
            decision.save()
            signals.offer_asked.send(sender=OfferDecision, decision=decision)
            return decision
        return _stand(decision, user=None, moment=moment)


def confirm(decision: OfferDecision, *, user: Any, moment: datetime.datetime) -> OfferDecision:
    """Another person confirms: the published card is withdrawn. Raises `Refusal`."""
    with transaction.atomic():
        decision = _waiting(decision, user)
        card = _published_card(decision.office, decision.model_card)
        if card is not None:
            try:
                archive(card, user, reason=f"Urząd nie oferuje tej usługi. {decision.reason}", moment=moment)
            except NotPossible as impossible:
                raise Refusal(str(impossible)) from impossible
        return _stand(decision, user=user, moment=moment)


def refuse(decision: OfferDecision, *, answer: str, user: Any, moment: datetime.datetime) -> OfferDecision:
    """Another person refuses: the card stays. Raises `Refusal`."""
    with transaction.atomic():
        decision = _waiting(decision, user)
        decision.answer = answer.strip()[:300]
        return _close(decision, State.REFUSED, user=user, moment=moment)


def offer_again(office: OfficePage, model_card: ModelCard, *, user: Any, moment: datetime.datetime) -> None:
    """Take the decision back, or the request while it waits. The card, if there is one, goes its usual way. Raises `Refusal`."""
    with transaction.atomic():
        standing = OfferDecision.objects.filter(
            office=office, model_card=model_card, state__in=(State.WAITING, State.STANDING)
        ).first()
        removed, _ = NotOffered.objects.filter(office=office, model_card=model_card).delete()
        if standing is None and not removed:
            raise Refusal("Urząd oferuje tę usługę, więc nie ma czego cofać.")
        if standing is not None:
            _close(standing, State.REVERSED, user=user, moment=moment)


def _published_card(office: OfficePage, model_card: ModelCard) -> OfficeCard | None:
    card: OfficeCard | None = OfficeCard.objects.child_of(office).filter(model_card=model_card, live=True).first()
    return card


def _waiting(decision: OfferDecision, user: Any) -> OfferDecision:
    """The decision, locked, when it waits and this person may decide it."""
    locked = (
        OfferDecision.objects.select_for_update(of=("self",)).select_related("office", "model_card").get(pk=decision.pk)
    )
    if locked.state != State.WAITING:
        raise Refusal(NOT_WAITING)
    if locked.asked_by_id == user.pk:
        raise Refusal(OWN_DECISION)
    if not may_publish(user, locked.office):
        raise Refusal(NO_RIGHT)
    return locked


def _stand(decision: OfferDecision, *, user: Any, moment: datetime.datetime) -> OfferDecision:
    NotOffered.objects.get_or_create(
        office=decision.office, model_card=decision.model_card, defaults={"reason": decision.reason}
    )
    return _close(decision, State.STANDING, user=user, moment=moment)


def _close(decision: OfferDecision, state: str, *, user: Any, moment: datetime.datetime) -> OfferDecision:
    decision.state, decision.decided_by, decision.decided_at = state, user, moment
    decision.save()
    signals.offer_decided.send(sender=OfferDecision, decision=decision)
    return decision
