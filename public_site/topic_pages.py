"""Topic pages: dział, kategoria and grupa usług, with the general cards under each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from public_site import presentation
from public_site.addresses import TOPICS
from public_site.caching import page, page_etag, unchanged
from public_site.days import ReadingDay, reading_day
from publication.reading import NotInForce, head_sequence
from service_catalog.published import reading as catalogue
from service_catalog.published.register import Topic, TopicTree


class Level(Protocol):
    """A level of the topic tree: it has a slug and a name."""

    @property
    def slug(self) -> str: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102


AnyLevel = TypeVar("AnyLevel", bound=Level)
LABELS = ("topic", "category", "group")
"""Labels of editions by depth in the tree (see `service_catalog.published.keys`)."""


def tree_of(reading: ReadingDay) -> TopicTree:
    """The topic tree of the day; an empty one before the first was published. One query."""
    try:
        return catalogue.topic_tree(on=reading.day)
    except NotInForce:
        return TopicTree()


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The whole tree down to categories."""
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    context = {"topics": tree_of(reading).topics, "canonical": TOPICS}
    return unchanged(request, etag) or page(request, "public_site/topics.html", context, reading=reading, etag=etag)


@require_safe
def topic_page(request: HttpRequest, topic: str, category: str = "", group: str = "") -> HttpResponse:
    """The cards of one dział, kategoria or grupa usług. Raises `Http404` for a place that the tree does not have."""
    reading = reading_day(request)
    etag = page_etag(reading, head_sequence())
    not_modified = unchanged(request, etag)
    if not_modified:
        return not_modified
    slugs = [slug for slug in (topic, category, group) if slug]
    trail = list(_trail(tree_of(reading).topics, slugs))
    cards = catalogue.general_cards(LABELS[len(slugs) - 1], "/".join(slugs), on=reading.day)
    context = {
        "trail": trail,
        "narrower": _narrower(trail[-1][0]),
        "cards": presentation.by_category(cards),
        "total": len(cards),
        "canonical": f"{TOPICS}{'/'.join(slugs)}/",
    }
    return page(request, "public_site/topic.html", context, reading=reading, etag=etag)


def _trail(topics: Iterable[Topic], slugs: list[str]) -> Iterator[tuple[Level, str]]:
    """The levels from the dział down, each with its address."""
    level: Iterable[Level] = topics
    address = TOPICS
    for slug in slugs:
        found = _with_slug(level, slug)
        address = f"{address}{slug}/"
        yield found, address
        level = _narrower(found)


def _with_slug(levels: Iterable[AnyLevel], slug: str) -> AnyLevel:
    for level in levels:
        if level.slug == slug:
            return level
    raise Http404


def _narrower(level: Level) -> tuple[Level, ...]:
    """The next narrower levels: categories of a dział, groups of a kategoria, none of a grupa."""
    return tuple(getattr(level, "categories", ()) or getattr(level, "groups", ()))
