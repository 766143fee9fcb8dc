"""Inserting many pages at once.

Saving a page one by one costs about 80 ms of CPU in Wagtail (tree lock, reference index, signals), which is four minutes for a
catalogue. This module writes the same rows in a few statements. It uses Django's private `_batched_insert` for tables of
multi-table inheritance; that use is kept here, in one place, and proven by `Page.find_problems()` in its test.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page, Revision

PageType = TypeVar("PageType", bound=Page)


def insert_pages(parent: Page, pages: Sequence[PageType], *, moment: datetime.datetime) -> None:
    """Insert published pages of one type below `parent`, with their child rows and one revision each.

    Children of each page are taken from its cluster relations (`page.fees = [...]`). All or nothing. The pages must have a
    title and a slug that is free below `parent`; nothing is validated here, so callers validate first.
    """
    if not pages:
        return
    with transaction.atomic():
        parent = Page.objects.select_for_update().get(pk=parent.pk)
        _place(parent, pages, moment)
        _insert_tables(pages)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
        insert_child_rows(pages)
        _insert_revisions(pages, moment)


def insert_drafts(parent: Page, pages: Sequence[PageType], *, user: Any, moment: datetime.datetime) -> None:
    """Insert pages that nobody but their office sees yet: like `insert_pages`, but not public, and written by `user`."""
    if not pages:
        return
    with transaction.atomic():
        parent = Page.objects.select_for_update().get(pk=parent.pk)
        _place(parent, pages, moment)
        for page in pages:
            page.live, page.has_unpublished_changes, page.owner = False, True, user
            page.first_published_at = page.last_published_at = None
        _insert_tables(pages)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
        insert_child_rows(pages)
        _insert_revisions(pages, moment, user=user, live=False)


def _place(parent: Page, pages: Sequence[Page], moment: datetime.datetime) -> None:
    """Fill what Wagtail fills when it saves a page: place in the tree, address, type and publication."""
    last = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("path").last()
    locale = Locale.get_default()
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    path = last.path if last else None
    for page in pages:
        path = _next_path(parent, path)
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type, page.locale = content_type, locale
        page.translation_key = page.translation_key or uuid.uuid4()
        page.draft_title = page.title
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment


def _next_path(parent: Page, last: str | None) -> str:
    """Materialised path of the next child."""
    if last is None:
        return str(Page._get_path(parent.path, parent.depth + 1, 1))
    return str(Page._get_path(parent.path, parent.depth + 1, Page._str2int(last[-Page.steplen :]) + 1))


def _insert_tables(pages: Sequence[Page]) -> None:
    """Insert the row of each table of the inheritance chain, base first."""
    model = type(pages[0])
    base_rows = [Page(**{field.attname: getattr(page, field.attname) for field in _own_fields(Page)}) for page in pages]
    Page._base_manager.bulk_create(base_rows)
    for page, row in zip(pages, base_rows, strict=True):
        page.pk = row.pk
        for table in _chain(model):
            setattr(page, table._meta.pk.attname, row.pk)
        page.id = row.pk
        page._state.adding = False
        page._state.db = row._state.db
    for table in _chain(model):
        fields = table._meta.local_concrete_fields
        table._base_manager.all()._batched_insert(pages, fields, batch_size=None)


def _own_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Concrete fields of a table without its automatic key."""
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _chain(model: type[Page]) -> list[Any]:
    """Concrete models from just below `Page` down to `model`."""
    return [
        ancestor
        for ancestor in cast("list[type[Page]]", reversed(model.__mro__))
        if issubclass(ancestor, Page) and ancestor is not Page and not ancestor._meta.abstract
    ]


def insert_child_rows(owners: Sequence[models.Model]) -> None:
    """Insert the rows of every cluster relation of the owners, and the rows of those rows."""
    for relation in get_all_child_relations(type(owners[0])):
        name = relation.get_accessor_name()
        rows = [row for owner in owners for row in _ordered(owner, name, relation.field.attname)]
        if rows:
            relation.related_model._base_manager.bulk_create(rows)
            insert_child_rows(rows)


def _ordered(owner: models.Model, name: str, foreign_key: str) -> Iterable[models.Model]:
    """Child rows of one owner with key and order filled."""
    for position, row in enumerate(getattr(owner, name).all()):
        setattr(row, foreign_key, owner.pk)
        if hasattr(row, "sort_order"):
            row.sort_order = position
        yield row


def _insert_revisions(pages: Sequence[Page], moment: datetime.datetime, *, user: Any = None, live: bool = True) -> None:
    """One revision per page, marked as the latest one and, for public pages, as the live one."""
    base = ContentType.objects.get_for_model(Page)
    Revision.objects.bulk_create(
        (
            Revision(
                content_type_id=page.content_type_id,
                base_content_type=base,
                object_id=str(page.pk),
                created_at=moment,
                object_str=str(page),
                user=user,
                content=page.serializable_data(),
            )
            for page in pages
        ),
        batch_size=100,
    )
    revision = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), models.CharField()))
    newest = Subquery(revision.order_by("-pk").values("pk")[:1])
    keys = [page.pk for page in pages]
    for start in range(0, len(keys), 500):
        marks = {"latest_revision": newest} | ({"live_revision": newest} if live else {})
        Page.objects.filter(pk__in=keys[start : start + 500]).update(**marks)
