"""Markers of the next page: an offset, with the state of the index that it belongs to."""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus

from django.core import signing
from ninja.errors import HttpError

from search.finding import DEEPEST

SALT = "search.cursor"


def cursor_of(offset: int | None, snapshot: str = "") -> str | None:
    """An offset, with the state of the index it belongs to, as an opaque marker of the next page."""
    if offset is not None and snapshot:
        return signing.dumps([offset, snapshot], salt=SALT)
    return None if offset is None else base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[int, str]:
    """Offset and state of the index in a marker. Raises 422 for anything that this API did not hand out."""
    try:
        offset, snapshot = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return offset_of(cursor), ""
    return int(offset), str(snapshot)


def offset_of(cursor: str) -> int:
    """The offset in a marker. Raises 422 for anything that this API did not hand out."""
    if not cursor:
        return 0
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        offset = int(text.removeprefix("o")) if text.startswith("o") and text[1:].isdigit() else -1
    except (binascii.Error, ValueError):
        offset = -1
    if not 0 <= offset < DEEPEST:
        raise HttpError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Parametr „cursor” jest nieprawidłowy. Użyj wartości next_cursor z poprzedniej odpowiedzi.",
        )
    return offset
