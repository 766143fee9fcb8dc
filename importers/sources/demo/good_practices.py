"""Good practices of the published collection in the shape of the register."""

from __future__ import annotations

from collections.abc import Iterator

from handbooks.published.handbook import Effect, GoodPractice
from importers.sources.demo.reading import good_practices

YEAR = 2012
"""Year of the collection from which the practices come; see their source."""
KINDS = (
    ("satysfakcja", ("satysfakcji",)),
    ("czas", ("czas", "szybsze", "podczas tej samej wizyty", "bez kolejnej wizyty")),
    ("koszt", ("koszt", "bankomatu")),
    ("dostępność", ("dostęp", "czytelne")),
)
"""Kinds of effects by the words in which the source tells them."""


def published_practices() -> Iterator[GoodPractice]:
    """The practices as they are published. None of the effects is said to have been measured."""
    for practice in good_practices():
        yield GoodPractice(
            code=practice.code,
            title=practice.title,
            category=practice.category,
            offices=practice.offices,
            facilities=practice.facilities,
            problem=practice.problem,
            beneficiaries=practice.beneficiaries,
            effects=tuple(Effect(kind=kind_of(text), text=text) for text in practice.effects),
            availability=practice.availability,
            place=practice.place,
            how=tuple(filter(None, (part.strip() for part in practice.how.split(";")))),
            source=practice.source,
            year=YEAR,
        )


def kind_of(text: str) -> str:
    """The kind of an effect told in words; "inny" when no word fits."""
    return next((kind for kind, words in KINDS if any(word in text for word in words)), "inny")
