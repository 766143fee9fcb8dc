"""With which settings a command runs: most with all apps, those that only read editions with the few that reading needs."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = "config.settings"
READING = "config.reading_settings"

READERS = frozenset({"export", "validate_export", "card_pdf", "handbook", "printed_catalogue"})
"""Commands that read editions and nothing else."""


def settings_module(arguments: Sequence[str]) -> str:
    """The module of settings for a command line (`sys.argv`). `DJANGO_SETTINGS_MODULE` and `--settings` go before it."""
    return READING if set(arguments[1:2]) & READERS else WHOLE
