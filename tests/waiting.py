"""Waiting for something that other processes do: asked again and again, with a bound, never slept through."""

from __future__ import annotations

import time
from collections.abc import Callable

RETRY_SECONDS = 0.05


class NotInTime(AssertionError):
    """Something did not happen within its time."""


def until(condition: Callable[[], object], *, seconds: float, what: str) -> float:
    """Ask until the condition holds; return the seconds it took. Raises `NotInTime`."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise NotInTime(f"Nie w ciągu {seconds} s: {what}.")
        time.sleep(RETRY_SECONDS)
    return time.monotonic() - started
