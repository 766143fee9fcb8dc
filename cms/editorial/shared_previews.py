"""A link to one version for a lawyer without an account: signed, for this version only, until a day, revocable, counted."""

from __future__ import annotations

import datetime
from typing import Any

from django.core import signing
from wagtail.models import Revision

from cms.editorial.models import SharedPreview, SharedPreviewOpening
from cms.editorial.versions import digest_of
from cms.editorial.workflow import NotPossible, latest_of

LONGEST = 30
"""Days for which a link may be valid."""
SALT = "okienko.shared-preview"


def share(page: Any, user: Any, *, recipient: str, days: int, moment: datetime.datetime) -> SharedPreview:
    """Make a link to the latest version. Raises `NotPossible`."""
    if not recipient.strip():
        raise NotPossible("Napisz, dla kogo jest link. Zobaczysz to na liście linków.")
    if not 1 <= days <= LONGEST:
        raise NotPossible(f"Link może być ważny od 1 do {LONGEST} dni.")
    revision = latest_of(page)
    return SharedPreview.objects.create(
        page_id=page.pk,
        revision=revision.pk,
        digest=digest_of(revision),
        recipient=recipient.strip()[:120],
        created_by=user,
        created_at=moment,
        expires_at=moment + datetime.timedelta(days=days),
    )


def token_of(preview: SharedPreview) -> str:
    """The signed end of the link's address."""
    return signing.Signer(salt=SALT).sign(str(preview.pk))


def open_shared(token: str, *, moment: datetime.datetime) -> tuple[SharedPreview, Revision] | None:
    """The version behind a link, and one more opening counted.

    None for a forged, expired or revoked link and for a version that was changed since: the lawyer must not read another text.
    """
    try:
        key = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    preview = SharedPreview.objects.filter(pk=key).first()
    if preview is None or not preview.is_open(moment=moment):
        return None
    revision = Revision.page_revisions.filter(pk=preview.revision, object_id=str(preview.page_id)).first()
    if revision is None or digest_of(revision) != preview.digest:
        return None
    SharedPreviewOpening.objects.create(preview=preview, moment=moment)
    return preview, revision


def revoke(preview: SharedPreview, *, moment: datetime.datetime) -> None:
    """Close a link."""
    if preview.revoked_at is None:
        preview.revoked_at = moment
        preview.save(update_fields=["revoked_at"])
