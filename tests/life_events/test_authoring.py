"""Life events and the cards that stand in them."""

from __future__ import annotations

import datetime

import pytest

from life_events.authoring import record_life_events, record_saved_life_event, write_life_events
from life_events.models import LifeEvent
from life_events.published import reading
from life_events.published.life_event import LifeEvent as PublishedLifeEvent
from life_events.published.life_event import Stage, Step
from publication.reading import NotInForce
from service_catalog.published import reading as catalogue
from tests.service_catalog.builders import BEGINNING, CAUSE, MOMENT, TODAY, write_catalogue

pytestmark = pytest.mark.django_db

EVENT = PublishedLifeEvent(
    code="LE-11",
    title="Wyjeżdżam za granicę",
    group="Podróże",
    stages=(
        Stage(
            order=1,
            name="Dokumenty",
            steps=(
                Step(order=1, service="Wydanie paszportu", provider="UW"),
                Step(order=2, service="Karta EKUZ", provider="NFZ", outside=True),
            ),
        ),
    ),
)


def write() -> LifeEvent:
    """The catalogue and one life event."""
    write_catalogue("uw-rzeszow")
    (event,) = write_life_events([EVENT], providers={"NFZ": "oddział NFZ"})
    record_life_events([event], cause=CAUSE, moment=MOMENT, valid_from=BEGINNING)
    return event


def test_a_step_points_to_its_card_or_says_that_it_is_outside() -> None:
    write()
    steps = reading.life_event("LE-11", on=TODAY)[1].stages[0].steps
    assert [(step.symbol, step.outside, step.provider_name) for step in steps] == [
        ("UW-PAS-001", False, "urząd wojewódzki"),
        ("", True, "oddział NFZ"),
    ]


def test_a_saved_event_changes_its_cards_and_a_withdrawn_one_changes_them_back() -> None:
    event = write()
    record_saved_life_event(event, who="", moment=MOMENT)
    for key in ("UW-PAS-001", "UW-PAS-001/uw-rzeszow"):
        placed = catalogue.card(key, on=TODAY)[1].life_events
        assert [(place.event, place.stage, place.order) for place in placed] == [("LE-11", "Dokumenty", 1)]
    event.state = LifeEvent.State.WITHDRAWN
    event.save()
    tomorrow = MOMENT + datetime.timedelta(days=1)
    record_saved_life_event(event, who="", moment=tomorrow)
    assert catalogue.card("UW-PAS-001/uw-rzeszow", on=tomorrow.date())[1].life_events == ()
    with pytest.raises(NotInForce):
        reading.life_event("LE-11", on=tomorrow.date())


def test_an_event_loses_a_step_and_the_card_loses_its_place() -> None:
    event = write()
    record_saved_life_event(event, who="", moment=MOMENT)
    event.stages.first().steps.filter(service__isnull=False).delete()
    fresh = LifeEvent.objects.get(pk=event.pk)
    record_saved_life_event(fresh, who="", moment=MOMENT)
    assert catalogue.card("UW-PAS-001", on=TODAY)[1].life_events == ()


def test_writing_twice_changes_nothing() -> None:
    write()
    before = LifeEvent.objects.get().pk
    write_life_events([EVENT], providers={"NFZ": "oddział NFZ"})
    assert LifeEvent.objects.get().pk == before
