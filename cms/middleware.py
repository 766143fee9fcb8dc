"""Writes are whole: a request that changes something is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError

from cms.editorial.gate import PublicationRefused
from cms.refusals import refused

NAMED_USERS = 3
"""How many users of a thing a refusal names."""
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class WholeWrites:
    """Runs the view of a writing request in one transaction: after a crash or error nothing is half-saved.

    Reading requests stay outside, because an immediate SQLite transaction would make every reader wait for writers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Call the view of a writing request inside a transaction."""
        if request.method in READING:
            return None
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return response
        except PublicationRefused as refusal:
            return refused(request, refusal.reasons, page_id=refusal.page.pk, status=HTTPStatus.FORBIDDEN)
        except models.ProtectedError as kept:
            return _used_elsewhere(request, kept)
        except MultiValueDictKeyError as missing:
            raise BadRequest(
                f"W przesłanym formularzu brakuje pola {missing}. Otwórz formularz i wyślij go ponownie."
            ) from missing


def _used_elsewhere(request: HttpRequest, kept: models.ProtectedError) -> HttpResponse:
    """Say what still uses the thing that was to be deleted. The transaction is rolled back by now."""
    users = sorted(str(row) for row in kept.protected_objects)
    more = f" i inne ({len(users) - NAMED_USERS})" if len(users) > NAMED_USERS else ""
    messages.error(request, f"Nie można tego usunąć, bo korzysta z tego: {', '.join(users[:NAMED_USERS])}{more}.")
    return redirect("wagtailadmin_home")
