"""Two people save the same page: the second is told, sees both versions and loses nothing. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from wagtail.models import Page, Revision

MARKERS = ("loaded_revision_id", "loaded_revision_created_at")
TECHNICAL = ("csrfmiddlewaretoken", "overwrite_revision_id", *MARKERS)
STALE = 409
"""HTTP status Conflict (RFC 9110, 15.5.10)."""
NEWER_VERSION = (
    "Ktoś zapisał tę stronę po jej otwarciu. Zapisz swoją wersję przyciskiem na dole strony: zobaczysz obie i wybierzesz. "
    "Nic nie zginie."
)
"""What autosave is told. Opening the page anew would throw away what was written; saving by hand shows both versions."""


def is_stale(request: HttpRequest, latest: Revision | None) -> bool:
    """Whether a form was filled on another version than the latest one. A form that does not say is stale."""
    if latest is None:
        return False
    if request.POST.get("overwrite_revision_id"):
        return request.POST["overwrite_revision_id"] != str(latest.pk)
    loaded = request.POST.get("loaded_revision_id"), request.POST.get("loaded_revision_created_at")
    return loaded != (str(latest.pk), latest.created_at.isoformat())


def refuse_stale_form(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer a stale form with both versions instead of saving it; None lets the form be saved."""
    if request.method != "POST":
        return None
    latest = page.get_latest_revision()
    if not is_stale(request, latest):
        return None
    assert latest is not None
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {"success": False, "error_code": "invalid_revision", "error_message": NEWER_VERSION}, status=STALE
        )
    context = {
        "page": page,
        "latest": latest,
        "differences": differences(request, page.get_latest_revision_as_object()),
        "kept": [(name, value) for name, values in request.POST.lists() if name not in TECHNICAL for value in values],
        "markers": {"loaded_revision_id": latest.pk, "loaded_revision_created_at": latest.created_at.isoformat()},
    }
    return render(request, "cms/conflict.html", context, status=STALE)


def differences(request: HttpRequest, theirs: Page) -> list[dict[str, Any]]:
    """Plain fields whose posted value differs from the one saved meanwhile."""
    found = []
    for field in theirs._meta.concrete_fields:
        if field.name not in request.POST:
            continue
        mine, saved = request.POST[field.name], field.value_to_string(theirs)
        if _same(mine) != _same("" if saved == "None" else saved):
            found.append({"label": field.verbose_name, "mine": mine, "theirs": saved})
    return found


def _same(value: str) -> str:
    """A text without differences that nobody sees."""
    return "\n".join(line.rstrip() for line in value.strip().splitlines())
