"""A card with the title of another card beside it: whoever sends or checks it is told, as clients could not tell them apart."""

from __future__ import annotations

import difflib
import re
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail.models import Page

from cms.editorial.states import State
from service_catalog.models import LocalCard, ModelCard, OfficeCard

ALIKE = 0.9
"""Share of equal letters (difflib ratio) from which two titles are hard to tell apart."""


def notices_of_same_titles(page: Any, draft: Any) -> list[str]:
    """A sentence that names and links the cards with the same or nearly the same title; [] when there are none."""
    if not isinstance(draft, (ModelCard, OfficeCard, LocalCard)):
        return []
    others = same_titles(draft)
    if not others:
        return []
    where = "W tym katalogu wzorcowym" if isinstance(draft, ModelCard) else "W tym urzędzie"
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((reverse("wagtailadmin_pages:edit", args=[key]), title) for key, title in others)
    )
    sentence = "{} jest już karta o takiej samej albo bardzo podobnej nazwie: {}. Sprawdź, czy to nie ta sama sprawa."
    return [format_html(sentence, where, links)]


def same_titles(card: Any) -> list[tuple[int, str]]:
    """Key and title of each card beside this one that is called the same or nearly so and is not put away. One query."""
    title = _letters(card.title)
    beside = Page.objects.filter(path__startswith=card.path[: -card.steplen], depth=card.depth).exclude(pk=card.pk)
    rows = (
        beside.exclude(standing__state=State.ARCHIVED).order_by("title", "pk").values_list("pk", "title", "draft_title")
    )
    return [
        (key, other)
        for key, other, draft in rows
        if title and (_alike(title, _letters(other)) or _alike(title, _letters(draft)))
    ]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    # Titles that differ in a number ("do 26 lat", "do 18 lat") are different on purpose.
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _letters(title: str) -> str:
    """The title without capitals, punctuation and double spaces."""
    return " ".join(re.findall(r"\w+", title.casefold()))
