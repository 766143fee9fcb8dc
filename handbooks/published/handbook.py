"""The published edition of a handbook, and the published good practice."""

from __future__ import annotations

from typing import Literal

from handbooks.published.prose import Block, Picture
from service_catalog.published.card import Named, PublishedStruct

COLLECTION = "dobre-praktyki"
"""Code of the collection of good practices, which is a handbook of no office type."""
ChangeKind = Literal["added", "changed", "removed"]


def handbook_key(code: str) -> str:
    """Key of a handbook in the edition log; `code` is that of the office type, or `COLLECTION`."""
    return f"podrecznik/{code}"


def practice_key(code: str) -> str:
    """Key of a good practice in the edition log."""
    return f"dobra-praktyka/{code}"


class Chapter(PublishedStruct, frozen=True, kw_only=True):
    """A chapter written by editors. `kind` is its code, unique in the book; chapters with `after` stand behind the cards."""

    kind: str
    title: str
    after: bool = False
    blocks: tuple[Block, ...] = ()


class FrozenEdition(PublishedStruct, frozen=True, kw_only=True):
    """An edition that the handbook prints: its key and its number in the edition log."""

    key: str
    sequence: int


class Change(PublishedStruct, frozen=True, kw_only=True):
    """What is different from the previous edition of the handbook. `note` is the change note of the card."""

    kind: ChangeKind
    key: str
    title: str
    note: str = ""


class Handbook(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="handbook/1"):
    """An approved edition of a handbook. `number` counts from 1, `issued_on` is an ISO date.

    `frozen` are the editions that it prints, in the order of keys; `changes` compare it with edition `number` - 1.
    """

    code: str
    title: str
    number: int
    issued_on: str
    office_type: Named | None = None
    chapters: tuple[Chapter, ...] = ()
    frozen: tuple[FrozenEdition, ...] = ()
    changes: tuple[Change, ...] = ()
    imprint: tuple[str, ...] = ()
    funding_note: str = ""


class HandbookRestricted(PublishedStruct, frozen=True, kw_only=True):
    """Who prepared and who approved an edition; names of people are never public."""

    prepared_by: str = ""
    approved_by: str = ""


class Effect(PublishedStruct, frozen=True, kw_only=True):
    """An effect of a good practice. `kind` is one of satysfakcja, czas, dostępność, koszt, inny."""

    kind: str
    text: str
    measured: bool = False


class Adoption(PublishedStruct, frozen=True, kw_only=True):
    """An office that took a practice over: when (ISO date or year) and with what result."""

    office: str
    when: str = ""
    result: str = ""


class GoodPractice(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="good_practice/1"):
    """A good practice as published."""

    code: str
    title: str
    category: str
    offices: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    problem: str
    description: str = ""
    beneficiaries: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    availability: str = ""
    cost: str = ""
    place: str = ""
    how: tuple[str, ...] = ()
    source: str
    year: int | None = None
    picture: Picture | None = None
    alternative: str = ""
    adoptions: tuple[Adoption, ...] = ()
