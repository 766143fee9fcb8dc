"""Tokens of the API: Wagtail's own token model, our scopes and rate limits. The one module that knows that model.

A token belongs to an account; the groups of the account are its scopes. Requests without a token are answered as for
anybody; a session cookie gives no scope.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import APIToken

from cms import roles

Scope = Literal["consultant"]
SCOPES: dict[str, Scope] = {roles.CONSULTANT.name: "consultant"}
"""Scope of a token by the group of its account."""
WINDOW_SECONDS = 60


class TooManyRequests(HttpError):
    """429 with the seconds after which the caller may try again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS, f"Za dużo zapytań tym tokenem. Spróbuj ponownie za {retry_after} s."
        )
        self.retry_after = retry_after


@dataclass(frozen=True)
class Caller:
    """Who asks: the token's number, 0 for anybody, and what it may read."""

    token: int = 0
    scopes: frozenset[Scope] = frozenset()


def caller(request: HttpRequest, *, clock: Callable[[], float] = time.time) -> Caller:
    """The caller of a request. Raises 401 for a token that is not valid, 429 for too many requests in a minute."""
    header = request.headers.get("Authorization", "")
    if not header:
        return Caller()
    scheme, _, secret = header.partition(" ")
    token = _valid(request, secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise HttpError(
            HTTPStatus.UNAUTHORIZED,
            "Token jest nieznany, unieważniony albo źle zapisany. Wyślij nagłówek: Authorization: Bearer <token>.",
        )
    _count(int(token.pk), now=clock())
    groups = token.user.groups.values_list("name", flat=True)
    return Caller(int(token.pk), frozenset(SCOPES[name] for name in groups if name in SCOPES))


def _valid(request: HttpRequest, secret: str) -> Any:
    """The token row, None when it is not valid. The format is checked first, without the database."""
    if not APIToken.validate_token_format(secret):
        return None
    return BearerTokenAuth().authenticate(request, secret)


def _count(token: int, *, now: float) -> None:
    """Count a request in a file that all processes of this machine share. Raises 429 above the limit."""
    directory = settings.DATA_DIRECTORY / "api_rates"
    directory.mkdir(exist_ok=True)
    descriptor = os.open(directory / str(token), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        window, _, counted = os.read(descriptor, 64).decode("ascii", "replace").partition(" ")
        present = int(now // WINDOW_SECONDS)
        count = int(counted) + 1 if window == str(present) and counted.isdigit() else 1
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{present} {count}".encode("ascii"), 0)
    finally:
        os.close(descriptor)
    if count > settings.API_REQUESTS_PER_MINUTE:
        raise TooManyRequests(WINDOW_SECONDS - int(now % WINDOW_SECONDS))
