"""A page of reasons for what cannot be done. It is logged without personal data."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger("okienko.refusals")


def refused(request: HttpRequest, reasons: list[str], *, page_id: int | None = None, status: int = 409) -> HttpResponse:
    """Answer with the reasons in sentences and the way back to the page."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    logger.info("Odmowa %s w %s, strona %s, powodów: %s.", status, view, page_id, len(reasons))
    return render(request, "cms/refused.html", {"reasons": reasons, "page_id": page_id}, status=status)
