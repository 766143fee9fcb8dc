"""The codes that readers of cards are told are those that authors choose from."""

from __future__ import annotations

import pytest

from service_catalog.models.card_rows import CardAppeal, ChannelName
from service_catalog.models.complete_cards import AUDIENCES, JurisdictionBasis
from service_catalog.models.time_limits import TimeLimit
from service_catalog.published import codes


@pytest.mark.parametrize(
    ("published", "chosen"),
    [
        (codes.AUDIENCES, AUDIENCES),
        (codes.CHANNELS, ChannelName.values),
        (codes.JURISDICTION_BASES, JurisdictionBasis.values),
        (codes.CALENDARS, TimeLimit.Calendar.values),
        (codes.SATISFIED_BY, TimeLimit.SatisfiedBy.values),
        (codes.REMEDIES, CardAppeal.Remedy.values),
    ],
    ids=["audiences", "channels", "bases", "calendars", "satisfied by", "remedies"],
)
def test_published_codes_are_those_of_the_forms(published: tuple[str, ...], chosen: list[str]) -> None:
    assert sorted(published) == sorted(chosen)
