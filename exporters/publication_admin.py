"""The publication set in the editor's screen: ask for it, watch it grow, go on with a stopped one. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from exporters.models import PublicationSet
from exporters.publication_orders import RefusedSet, progress_of, request_set, resume_set
from exporters.tasks import build_publication_set
from publication.calendar import today

RIGHT = "exporters.add_publicationset"
REFRESH_SECONDS = 5
SHOWN_SETS = 10


def may_publish(user: Any) -> bool:
    """Whether a user may issue publication sets: central staff."""
    return bool(user.has_perm(RIGHT))


def _require_right(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied("Komplet publikacji wydaje redakcja centralna.")


@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """The sets with their progress. The page asks for itself again while one is being built."""
    _require_right(request)
    shown = list(PublicationSet.objects.all()[:SHOWN_SETS])
    rows = [{"set": one, "progress": progress_of(one)} for one in shown]
    building = any(one.state == PublicationSet.State.BUILDING for one in shown)
    remarks = [file for one in shown[:1] for file in one.files.exclude(remarks="")]
    context = {"rows": rows, "building": building, "remarks": remarks, "states": PublicationSet.State}
    response = render(request, "exporters/publication_sets.html", context)
    if building:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Ask for a new set; the worker builds it."""
    _require_right(request)
    try:
        wanted = request_set(on=today(), moment=timezone.now(), person=request.user)  # type: ignore[arg-type]
    except RefusedSet as refusal:
        messages.error(request, str(refusal))
    else:
        transaction.on_commit(lambda: build_publication_set.enqueue(wanted.pk))
        messages.success(request, "Komplet jest w budowie. Ta strona odświeża się sama; możesz ją zamknąć.")
    return redirect("publication_sets")


@require_POST
def resume(request: HttpRequest, set_id: int) -> HttpResponse:
    """Go on with a stopped set."""
    _require_right(request)
    try:
        wanted = resume_set(set_id)
    except RefusedSet as refusal:
        messages.error(request, str(refusal))
    else:
        transaction.on_commit(lambda: build_publication_set.enqueue(wanted.pk))
        messages.success(request, "Budowa kompletu została wznowiona.")
    return redirect("publication_sets")
