"""What a page will look like for readers, shown to its author beside the form.

Pages for readers are rendered by an outlet in a layer above; it registers itself here, so that this layer need not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Renderer = Callable[[HttpRequest, Any], HttpResponse]

FRAMED_BY_THE_FORM = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""A public page may not be framed; its preview stands in a frame beside the form."""

_renderers: list[Renderer] = []


class NoPreview(RuntimeError):
    """No outlet can show a preview."""


def register_renderer(renderer: Renderer) -> None:
    """Let an outlet render previews; registering the same one twice changes nothing."""
    if renderer not in _renderers:
        _renderers.append(renderer)


def render_preview(request: HttpRequest, content: Any) -> HttpResponse:
    """The page for readers made from unpublished content. It is never cached. Raises `NoPreview`."""
    if not _renderers:
        raise NoPreview("Podgląd jest niedostępny: strony publiczne są wyłączone.")
    response = _renderers[0](request, content)
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = FRAMED_BY_THE_FORM
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Robots-Tag"] = "noindex, nofollow"
    del response["ETag"]
    return response
