"""Canonical JSON: one sequence of bytes for one value, so that equal content has an equal hash.

Keys are sorted, text is UTF-8 without escapes, there is no white space and no floating-point number (RFC 8785 leaves numbers to
the implementation; a decimal amount is therefore text).
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


class FloatInPayload(ValueError):
    """A payload contains a floating-point number, which has no single canonical form."""


def canonical_json(value: Any) -> bytes:
    """Return the canonical JSON of `value` (a msgspec struct or plain data).

    Raises `FloatInPayload` when a floating-point number stands anywhere inside.
    """
    refuse_floats(msgspec.to_builtins(value) if isinstance(value, msgspec.Struct) else value)
    return _encoder.encode(value)


def refuse_floats(value: Any) -> None:
    """Walk plain data and raise `FloatInPayload` at the first floating-point number."""
    if isinstance(value, float):
        raise FloatInPayload(
            f"Liczba zmiennoprzecinkowa {value!r} w treści wydania. Zapisz ją jako tekst, na przykład „12.50”."
        )
    if isinstance(value, dict):
        for item in value.values():
            refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            refuse_floats(item)


def sha256_hex(data: bytes) -> str:
    """SHA-256 of `data` as 64 lower-case hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()
