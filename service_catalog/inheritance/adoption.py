"""Adoption: an office takes over the model catalogue of its type. Choices are kept until cards are made of them, all at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec
from django.db import transaction

from cms.bulk_pages import insert_drafts
from service_catalog.inheritance.acceptance import Sending, Unsent, send_for_acceptance
from service_catalog.inheritance.offers import stop_offering
from service_catalog.inheritance.refusals import Refusal
from service_catalog.models import (
    Adoption,
    AdoptionChoice,
    ModelCard,
    NotOffered,
    OfficeCard,
    OfficePage,
    OrganisationalUnit,
    ServicePoint,
)

FOREIGN_CARD = "W formularzu jest karta wzorcowa innego typu urzędu. Odśwież stronę."
FOREIGN_UNIT = "Ta komórka należy do innego urzędu albo jest zamknięta. Wybierz komórkę z listy."
FOREIGN_POINT = "Ten punkt obsługi należy do innego urzędu. Wybierz punkt z listy."
LONGEST_ROOM, LONGEST_REASON = 40, 300


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What an office says about one model card. `unit` and `point` are keys of its own rows, 0 for none."""

    model_card: int
    offered: bool | None = None
    reason: str = ""
    unit: int = 0
    point: int = 0
    room: str = ""


class AdoptionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A model card in the table. `card` exists already, or the office has said that it does not offer it (`not_offered`)."""

    model_card: ModelCard
    choice: AdoptionChoice | None
    card: OfficeCard | None
    not_offered: str

    @property
    def is_open(self) -> bool:
        """Whether the wizard still decides about it."""
        return self.card is None and not self.not_offered

    @property
    def needs_reason(self) -> bool:
        """Whether a service is marked as not offered without saying why."""
        return self.is_open and self.choice is not None and self.choice.offered is False and not self.choice.reason


class AdoptionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over the lines that the wizard decides about, and over what stands already."""

    offered: int
    not_offered: int
    undecided: int
    without_reason: int
    existing: int

    @property
    def ready(self) -> bool:
        """Whether cards can be made: there is something to make, and every refusal has its reason."""
        return self.without_reason == 0 and self.offered + self.not_offered > 0


class MadeCards(msgspec.Struct, frozen=True, kw_only=True):
    """What `make_cards` wrote."""

    cards: int
    not_offered: int


def start_adoption(office: OfficePage, *, user: Any, moment: datetime.datetime) -> Adoption:
    """The adoption of an office, begun now or before."""
    return Adoption.objects.get_or_create(office=office, defaults={"started_by": user, "started_at": moment})[0]


def adoption_of(office: OfficePage) -> Adoption:
    """The adoption of an office, or one that is not stored yet, for screens that only show."""
    return Adoption.objects.select_related("office").filter(office=office).first() or Adoption(office=office)


def adoption_lines(adoption: Adoption) -> list[AdoptionLine]:
    """Every published model card of the office's type, by symbol. Four queries."""
    office = adoption.office
    choices = {choice.model_card_id: choice for choice in adoption.choices.all()} if adoption.pk else {}
    cards = {card.model_card_id: card for card in OfficeCard.objects.child_of(office)}
    refused = dict(NotOffered.objects.filter(office=office).values_list("model_card", "reason"))
    return [
        AdoptionLine(
            model_card=model,
            choice=choices.get(model.pk),
            card=cards.get(model.pk),
            not_offered=refused.get(model.pk, ""),
        )
        for model in _model_cards(office)
    ]


def summarise(lines: Iterable[AdoptionLine]) -> AdoptionSummary:
    """Counts for the last step."""
    known = list(lines)
    waiting = [line for line in known if line.is_open]
    said = [line.choice.offered if line.choice else None for line in waiting]
    return AdoptionSummary(
        offered=said.count(True),
        not_offered=said.count(False),
        undecided=said.count(None),
        without_reason=sum(1 for line in waiting if line.needs_reason),
        existing=len(known) - len(waiting),
    )


def save_choices(adoption: Adoption, choices: Iterable[Choice]) -> None:
    """Keep what the office has said so far, whole or not at all. Raises `Refusal` for what belongs to another office or type."""
    office, wanted = adoption.office, list(choices)
    known = set(_model_cards(office).values_list("pk", flat=True))
    units = set(open_units(office).values_list("pk", flat=True)) | {0}
    points = set(points_of(office).values_list("pk", flat=True)) | {0}
    if any(choice.model_card not in known for choice in wanted):
        raise Refusal(FOREIGN_CARD)
    if any(choice.unit not in units for choice in wanted):
        raise Refusal(FOREIGN_UNIT)
    if any(choice.point not in points for choice in wanted):
        raise Refusal(FOREIGN_POINT)
    AdoptionChoice.objects.bulk_create(
        [
            AdoptionChoice(
                adoption=adoption,
                model_card_id=choice.model_card,
                offered=choice.offered,
                reason=choice.reason.strip()[:LONGEST_REASON],
                unit_id=choice.unit or None,
                point_id=choice.point or None,
                room=choice.room.strip()[:LONGEST_ROOM],
            )
            for choice in wanted
        ],
        update_conflicts=True,
        unique_fields=["adoption", "model_card"],
        update_fields=["offered", "reason", "unit", "point", "room"],
    )


def make_cards(adoption: Adoption, *, user: Any, moment: datetime.datetime) -> MadeCards:
    """Make drafts of all offered cards and store all refusals, whole or not at all. Raises `Refusal` when a reason is missing."""
    with transaction.atomic():
        adoption = Adoption.objects.select_for_update(of=("self",)).select_related("office").get(pk=adoption.pk)
        lines = [line for line in adoption_lines(adoption) if line.is_open and line.choice is not None]
        summary = summarise(lines)
        if summary.without_reason:
            raise Refusal("Przy każdej usłudze, której nie oferujecie, napisz powód.")
        if not summary.ready:
            raise Refusal("Zaznacz najpierw, które usługi oferujecie.")
        cards = [_draft(line) for line in lines if line.choice and line.choice.offered]
        insert_drafts(adoption.office, cards, user=user, moment=moment)
        refused = [line for line in lines if line.choice and line.choice.offered is False]
        for line in refused:
            assert line.choice is not None
            stop_offering(adoption.office, line.model_card, reason=line.choice.reason, user=user, moment=moment)
        adoption.cards_made_at = moment
        adoption.save(update_fields=["cards_made_at"])
    return MadeCards(cards=len(cards), not_offered=len(refused))


def write_card(office: OfficePage, model_card: ModelCard, *, user: Any, moment: datetime.datetime) -> OfficeCard:
    """Begin the office card of one model card: a draft with everything that is already known. Raises `Refusal`."""
    with transaction.atomic():
        OfficePage.objects.select_for_update(of=("self",)).get(pk=office.pk)
        if not _model_cards(office).filter(pk=model_card.pk).exists():
            raise Refusal(FOREIGN_CARD)
        if NotOffered.objects.filter(office=office, model_card=model_card).exists():
            raise Refusal("Urząd zgłosił, że nie oferuje tej usługi. Najpierw to cofnij.")
        if OfficeCard.objects.child_of(office).filter(model_card=model_card).exists():
            raise Refusal("Urząd ma już tę kartę. Otwórz ją z listy.")
        units, points = list(open_units(office)[:2]), list(points_of(office)[:2])
        card = _new_card(
            model_card,
            unit=units[0].pk if len(units) == 1 else 0,
            point=points[0].pk if len(points) == 1 else 0,
            room="",
        )
        insert_drafts(office, [card], user=user, moment=moment)
    written: OfficeCard = OfficeCard.objects.child_of(office).get(model_card=model_card)
    return written


def send_cards(adoption: Adoption, *, user: Any, moment: datetime.datetime) -> Sending:
    """Send the office record, when it is not public yet, or else its complete cards without own words to acceptance.

    Cards of an office that readers do not see cannot be published, so the record goes first.
    """
    office = adoption.office
    if not office.live:
        return send_for_acceptance([office], user, moment=moment)
    drafts = list(OfficeCard.objects.child_of(office).filter(live=False).select_related("model_card").order_by("path"))
    known = set(_model_cards(office).values_list("pk", flat=True))
    outside = [card for card in drafts if card.model_card_id not in known]
    sending = send_for_acceptance([card for card in drafts if card.model_card_id in known], user, moment=moment)
    if sending.sent:
        Adoption.objects.filter(pk=adoption.pk).update(sent_at=moment)
    return Sending(sending.sent, (*sending.unsent, *(Unsent(card, (FOREIGN_CARD,)) for card in outside)))


def _draft(line: AdoptionLine) -> OfficeCard:
    assert line.choice is not None
    choice = line.choice
    return _new_card(line.model_card, unit=choice.unit_id or 0, point=choice.point_id or 0, room=choice.room)


def _new_card(model_card: ModelCard, *, unit: int, point: int, room: str) -> OfficeCard:
    return OfficeCard(
        title=model_card.title,
        slug=model_card.symbol.lower(),
        model_card=model_card,
        responsible_unit_id=unit or None,
        service_point_id=point or None,
        contact_room=room,
    )


def _model_cards(office: OfficePage) -> Any:
    return ModelCard.objects.filter(office_type=office.office_type_id, live=True).order_by("symbol")


def open_units(office: OfficePage) -> Any:
    """Units of the office that still work."""
    return OrganisationalUnit.objects.filter(office=office, closed=False)


def points_of(office: OfficePage) -> Any:
    """Service points of the office."""
    return ServicePoint.objects.filter(office=office)
