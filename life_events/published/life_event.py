"""The published life event: stages and steps, with providers inside and outside the catalogue."""

from __future__ import annotations

from service_catalog.published.card import PublishedStruct


class Step(PublishedStruct, frozen=True, kw_only=True):
    """One step. `symbol` names the card that describes it; without one the step is text with its provider.

    `outside` is true when the provider is not an office of this catalogue ("poza katalogiem").
    """

    order: int
    service: str
    provider: str
    provider_name: str = ""
    outside: bool = False
    symbol: str = ""
    optional: bool = False
    parallel: bool = False
    condition: str = ""
    moment: str = ""
    url: str = ""
    text: str = ""


class Stage(PublishedStruct, frozen=True, kw_only=True):
    """A stage of a life event, for example "Zarejestruj"."""

    order: int
    name: str
    steps: tuple[Step, ...] = ()


class LifeEvent(PublishedStruct, frozen=True, kw_only=True, tag_field="schema", tag="life_event/1"):
    """A life event told in the first person, for example "Zakładam firmę"."""

    code: str
    title: str
    group: str
    intro: str = ""
    audience: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
