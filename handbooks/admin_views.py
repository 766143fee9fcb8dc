"""Editions of a handbook in the editor's screen: prepare one, read what it would print, approve or reject it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from handbooks.authoring.editions import (
    RefusedEdition,
    approve_edition,
    chapters_of,
    decoded,
    prepare_edition,
    reject_edition,
)
from handbooks.authoring.pictures import UnprintablePicture
from handbooks.authoring.prose import UnprintableChapter
from handbooks.models import Handbook, HandbookEdition
from handbooks.printing import UnprintableEdition, printed
from handbooks.published.handbook import Handbook as HandbookContent
from publication.calendar import today
from service_catalog.published.wording import plural

RIGHT = "handbooks.change_handbook"
CHANGES_SHOWN = 200


def may_edit(user: Any) -> bool:
    """Whether a user may work on handbooks: central staff."""
    return bool(user.has_perm(RIGHT))


def _require_right(request: HttpRequest) -> None:
    if not may_edit(request.user):
        raise PermissionDenied("Podręczniki prowadzi redakcja centralna.")


@require_safe
def editions(request: HttpRequest, handbook_id: int) -> HttpResponse:
    """All editions of a handbook; the one that waits is shown with its changes."""
    _require_right(request)
    handbook = get_object_or_404(Handbook, pk=handbook_id)
    waiting = handbook.editions.filter(state=HandbookEdition.State.PREPARED).first()
    content = decoded(waiting) if waiting else None
    context = {
        "handbook": handbook,
        "rows": handbook.editions.select_related("prepared_by", "decided_by"),
        "waiting": waiting,
        "content": content,
        "holds": _what_it_holds(content) if content else "",
        "changes": content.changes[:CHANGES_SHOWN] if content else (),
        "own": waiting is not None and waiting.prepared_by_id == request.user.pk,
        "empty": [chapter.title for chapter in handbook.chapters.all() if not chapter.text],
        "unpublished": _unpublished_text(handbook),
    }
    return render(request, "handbooks/editions.html", context)


def _what_it_holds(content: HandbookContent) -> str:
    texts = plural(len(content.frozen), "tekst", "teksty", "tekstów")
    return f"{texts} katalogu i {plural(len(content.chapters), 'rozdział', 'rozdziały', 'rozdziałów')}"


def _unpublished_text(handbook: Handbook) -> bool:
    """Whether the working text differs from the newest approved edition."""
    newest = handbook.editions.filter(state=HandbookEdition.State.APPROVED).order_by("-number").first()
    try:
        return newest is None or decoded(newest).chapters != chapters_of(handbook)
    except (UnprintableChapter, UnprintablePicture):
        return True


@require_POST
def prepare(request: HttpRequest, handbook_id: int) -> HttpResponse:
    """Freeze the working text and the cards of today."""
    _require_right(request)
    handbook = get_object_or_404(Handbook, pk=handbook_id)
    try:
        prepared = prepare_edition(handbook, author=request.user, moment=timezone.now())  # type: ignore[arg-type]
    except (RefusedEdition, UnprintableChapter, UnprintablePicture) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Wydanie {prepared.number} czeka na zatwierdzenie przez drugą osobę.")
    return redirect("handbook_editions", handbook_id)


@require_safe
def preview(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The book as it would be printed, for those who decide on it."""
    _require_right(request)
    edition = get_object_or_404(HandbookEdition, pk=edition_id)
    payload = bytes(edition.payload)
    try:
        content = printed(decoded(edition), payload_sha256=hashlib.sha256(payload).hexdigest(), on=today())
    except UnprintableEdition as refusal:
        messages.error(request, str(refusal))
        return redirect("handbook_editions", edition.handbook_id)
    name = f"podglad-{edition.handbook.code}-wydanie-{edition.number}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@require_POST
def approve(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Approve a prepared edition; its author may not."""
    _require_right(request)
    edition = get_object_or_404(HandbookEdition, pk=edition_id)
    try:
        approve_edition(edition, approver=request.user, moment=timezone.now())  # type: ignore[arg-type]
    except RefusedEdition as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Wydanie {edition.number} jest zatwierdzone. Trafi do następnego kompletu publikacji."
        )
    return redirect("handbook_editions", edition.handbook_id)


@require_POST
def reject(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Send a prepared edition back with a reason."""
    _require_right(request)
    edition, reason = get_object_or_404(HandbookEdition, pk=edition_id), request.POST.get("reason", "")
    try:
        reject_edition(edition, person=request.user, reason=reason, moment=timezone.now())  # type: ignore[arg-type]
    except RefusedEdition as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Wydanie {edition.number} jest odrzucone. Popraw rozdziały i przygotuj je ponownie.")
    return redirect("handbook_editions", edition.handbook_id)
