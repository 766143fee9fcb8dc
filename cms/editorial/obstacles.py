"""What a page may say about itself before it is checked or published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """Something in the content that keeps a page from readers: the field to go to, and a Polish sentence."""

    field: str
    sentence: str


@dataclass(frozen=True)
class LanguageGate:
    """How hard the whole text is: "green", "amber" (a reason is needed) or "red", and the measure in short."""

    colour: str
    summary: str
