"""Sessions end: after 15 minutes without a deed of the person, and at once when the account is closed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model, logout
from django.contrib.sessions.models import Session
from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.models import APIToken

LAST_DEED = "last_deed"
UNATTENDED = ("/admin/editing-sessions/", "/admin/sprite/", "/admin/jsi18n/")
"""Addresses that an open page asks by itself: they do not keep a session alive."""


class IdleSessions:
    """Logs out who did nothing for `SESSION_COOKIE_AGE` seconds, even when his open page goes on asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note a deed, or log out. Public pages have no session and are not touched."""
        if request.path.startswith("/admin/") and SESSION_KEY in request.session:
            now = int(time.time())
            if now - request.session.get(LAST_DEED, now) > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif not request.path.startswith(UNATTENDED):
                request.session[LAST_DEED] = now
        return self.get_response(request)


def end_sessions(people: Iterable[int]) -> int:
    """Delete the sessions and tokens of these accounts; return how many were deleted.

    A closed account is refused at its next request anyway. The rows go too, so that opening the account again revives nothing.
    """
    closed = {str(key) for key in people}
    ended = [
        session.pk for session in Session.objects.iterator() if str(session.get_decoded().get(SESSION_KEY)) in closed
    ]
    deleted: int
    tokens: int
    deleted, _ = Session.objects.filter(pk__in=ended).delete()
    tokens, _ = APIToken.objects.filter(user__in=closed).delete()
    return deleted + tokens


def end_sessions_of_closed_account(sender: type[models.Model], instance: Any, created: bool, **context: object) -> None:
    """Receiver of a saved account."""
    if not created and not instance.is_active:
        end_sessions([instance.pk])


def connect() -> None:
    """Follow saved accounts."""
    models.signals.post_save.connect(
        end_sessions_of_closed_account, sender=get_user_model(), dispatch_uid="governance.end_sessions"
    )
