"""Links to a version for people without an account: the official's list, and what opens behind a link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cms.editorial.models import SharedPreview
from cms.editorial.shared_previews import LONGEST, open_shared, revoke, share, token_of
from cms.editorial.views import answered, page_under_four_eyes, words_of
from cms.editorial.workflow import NotPossible

USUAL_DAYS = 14


@answered
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, page_id: int) -> HttpResponse:
    """Links of a page with how often each was opened; with POST: make one or revoke one."""
    page = page_under_four_eyes(page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise NotPossible("Ta strona należy do innego urzędu.")
    moment = timezone.now()
    if request.method == "POST" and request.POST.get("revoke"):
        chosen = request.POST["revoke"]
        revoke(get_object_or_404(page.shared_previews, pk=chosen if chosen.isdecimal() else 0), moment=moment)
        messages.success(request, "Link już nie działa.")
        return redirect("editorial_links", page_id)
    if request.method == "POST":
        days = request.POST.get("days", "")
        share(
            page, request.user, recipient=words_of(request, "recipient"), moment=moment,
            days=int(days) if days.isdecimal() and len(days) < 4 else 0,
        )  # fmt: skip
        messages.success(request, "Link jest gotowy. Skopiuj go z listy.")
        return redirect("editorial_links", page_id)
    rows = [_row(request, preview) for preview in page.shared_previews.prefetch_related("openings")[:50]]
    context = {"page": page, "rows": rows, "days": USUAL_DAYS, "longest": LONGEST}
    return render(request, "cms/editorial/links.html", context)


def _row(request: HttpRequest, preview: SharedPreview) -> dict[str, Any]:
    return {
        "preview": preview,
        "open": preview.is_open(moment=timezone.now()),
        "address": request.build_absolute_uri(f"/podglad/{token_of(preview)}/"),
        "openings": preview.openings.count(),
    }


@require_GET
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The version behind a link, as clients would see it; never indexed, never kept by a browser."""
    found = open_shared(token, moment=timezone.now())
    if found is None:
        response = render(request, "cms/editorial/link_closed.html", status=404)
    else:
        draft: Any = found[1].as_object()
        response = draft.make_preview_request(original_request=request, preview_mode=draft.default_preview_mode)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
