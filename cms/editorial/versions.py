"""Which version somebody checked, and who wrote it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page, PageLogEntry, Revision

from cms.editorial.models import Transition
from cms.editorial.states import Decision

BESIDE_THE_CONTENT = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "live", "has_unpublished_changes", "first_published_at",
        "last_published_at", "latest_revision", "latest_revision_created_at", "live_revision", "expired", "expire_at",
        "locked", "locked_at", "locked_by", "content_type", "owner", "draft_title", "alias_of", "wagtail_admin_comments",
        "translation_key", "locale",
    }
)  # fmt: skip
"""What Wagtail keeps in a version that says nothing to readers."""
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "wagtail.copy")


def digest_of(revision: Revision) -> str:
    """Hash of the content of a version (sha256, hexadecimal). An automatic save may change a version under the same number."""
    content: dict[str, Any] = {
        name: value for name, value in revision.content.items() if name not in BESIDE_THE_CONTENT
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def last_publication(page: Page) -> Transition | None:
    """The last time the page became public by the ordinary way; None for a page that never did or came by an import."""
    return Transition.objects.filter(page_id=page.pk, decision=Decision.PUBLISHED).order_by("-pk").first()


def authors_of(page: Page, revision: Revision) -> frozenset[int]:
    """Everybody who wrote any part of a version: whoever saved the page since it was published last.

    Read from the saved versions and from the page's log, so that a version overwritten or removed meanwhile still counts.
    """
    published = last_publication(page)
    base = published.revision if published and published.revision else (page.live_revision_id or 0)
    saved = Revision.page_revisions.filter(object_id=str(page.pk), pk__gt=base, user__isnull=False)
    logged = PageLogEntry.objects.filter(page_id=page.pk, action__in=WRITING, user_id__isnull=False).filter(
        revision_id__gt=base
    )
    people = set(saved.values_list("user_id", flat=True)) | set(logged.values_list("user_id", flat=True))
    if revision.user_id is not None:
        people.add(revision.user_id)
    if base == 0 and page.owner_id is not None:
        people.add(page.owner_id)
    return frozenset(people)


def names_of(people: frozenset[int]) -> str:
    """Names of people for a sentence, in alphabetical order."""
    from cms.people import name_of

    found = get_user_model().objects.filter(pk__in=people)
    return ", ".join(sorted(name_of(person) for person in found))
