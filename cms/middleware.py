"""Writes are whole: a request that changes something is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError

from cms.authorship import AuthorKept
from cms.editorial.gate import PublicationRefused
from cms.editorial.states import ForbiddenTransition
from cms.editorial.workflow import NotPossible
from cms.refusals import IncompleteForm, refused

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
        if request.method in READING or request.path.startswith(OF_THE_LOGIN):
            return None
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return _with_honest_status(request, response)
        except PublicationRefused as refusal:
            return refused(request, refusal.reasons, page_id=refusal.page.pk, status=HTTPStatus.FORBIDDEN)
        except (NotPossible, ForbiddenTransition) as refusal:
            return refused(request, [str(refusal)], status=HTTPStatus.CONFLICT)
        except AuthorKept as kept:
            return refused(request, [kept.sentence], status=HTTPStatus.CONFLICT)
        except models.ProtectedError as kept:
            return _used_elsewhere(request, kept)
        except MultiValueDictKeyError as missing:
            raise IncompleteForm(
                f"W przesłanym formularzu brakuje pola {missing}. Otwórz formularz i wyślij go ponownie."
            ) from missing


OF_THE_LOGIN = "/admin/konto/"
"""Pages of the own account. What their views raise is answered by the login's own middleware, which sees only what Django calls."""
FORMS = ("wagtailadmin_pages:", "wagtailsnippets_")
"""Views whose form is shown again with its errors."""


def _with_honest_status(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A form shown again because it could not be saved is no success: 422 (RFC 9110, 15.5.21)."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    if response.status_code == HTTPStatus.OK and view.startswith(FORMS):
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and getattr(form, "is_bound", False) and not form.is_valid():
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _used_elsewhere(request: HttpRequest, kept: models.ProtectedError) -> HttpResponse:
    """Say what still uses the thing that was to be deleted. The transaction is rolled back by now."""
    users = sorted(str(row) for row in kept.protected_objects)
    more = f" i inne ({len(users) - NAMED_USERS})" if len(users) > NAMED_USERS else ""
    messages.error(request, f"Nie można tego usunąć, bo korzysta z tego: {', '.join(users[:NAMED_USERS])}{more}.")
    return redirect("wagtailadmin_home")
