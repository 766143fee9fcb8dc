"""Blocks for the parts of a card that are prose in order."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField


class ItemBlock(blocks.CharBlock):
    """One short entry of a list. Its heading is no label for screen readers, so the field names itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs["aria-label"] = "Treść punktu"

    class Meta:
        label = "Punkt"
        icon = "list-ul"


class StepBlock(blocks.StructBlock):
    """One step of the procedure."""

    actor = blocks.ChoiceBlock(label="Kto", choices=[("client", "klient"), ("office", "urząd")], default="client")
    text = blocks.CharBlock(
        label="Co robi", max_length=200, help_text="Zacznij od czasownika: Wypełnij, Zapłać, Przyjdź."
    )
    channel = blocks.CharBlock(label="Jak", max_length=40, required=False)
    duration = blocks.CharBlock(label="Ile to trwa", max_length=80, required=False)

    class Meta:
        label = "Krok"
        icon = "arrow-right"


class SpecialNeedBlock(blocks.StructBlock):
    """An adaptation for people who need it."""

    group = blocks.CharBlock(label="Dla kogo", max_length=120)
    text = blocks.CharBlock(label="Jak pomagamy", max_length=400)

    class Meta:
        label = "Szczególna potrzeba"
        icon = "user"


class VariantBlock(blocks.StructBlock):
    """Another version of the card."""

    kind = blocks.ChoiceBlock(
        label="Wersja",
        choices=[
            ("etr", "tekst łatwy do czytania"),
            ("pjm", "film w języku migowym"),
            ("obcy", "język obcy"),
            ("druk", "druk powiększony"),
        ],
    )
    title = blocks.CharBlock(label="Tytuł", max_length=120, required=False)
    url = blocks.URLBlock(label="Adres")
    language = blocks.CharBlock(label="Język", max_length=5, default="pl")

    class Meta:
        label = "Inna wersja"
        icon = "view"


def items(verbose_name: str, *, limit: int, length: int = 300, **kwargs: Any) -> StreamField:
    """A list of short entries in order, at most `limit` of them."""
    return StreamField(
        [("item", ItemBlock(max_length=length))], blank=True, max_num=limit, verbose_name=verbose_name, **kwargs
    )


def steps(verbose_name: str, *, limit: int = 12) -> StreamField:
    """Steps of the procedure in order, at most twelve."""
    return StreamField([("step", StepBlock())], blank=True, max_num=limit, verbose_name=verbose_name)


def special_needs(verbose_name: str) -> StreamField:
    """Adaptations."""
    return StreamField([("need", SpecialNeedBlock())], blank=True, max_num=20, verbose_name=verbose_name)


def variants(verbose_name: str) -> StreamField:
    """Other versions of the card."""
    return StreamField([("variant", VariantBlock())], blank=True, max_num=10, verbose_name=verbose_name)
