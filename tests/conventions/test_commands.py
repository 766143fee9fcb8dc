"""Every command explains itself in Polish: what it does, its subcommands and its arguments."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from tests.conventions.source import APPS

OURS = sorted((app, name) for name, app in get_commands().items() if app in APPS)
POLISH = re.compile(r"[ąćęłńóśźż]|\b(?:i|w|na|do|nie|lub|albo)\b", re.IGNORECASE)
SHORTEST_HELP = 40
FROM_DJANGO = frozenset(
    {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}
)


def unexplained(parser: argparse.ArgumentParser, path: str) -> Iterator[str]:
    """Arguments and subcommands without help."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            explained = {choice.dest: choice.help for choice in action._choices_actions}
            for name, sub in action.choices.items():
                if not explained.get(name):
                    yield f"{path} {name}"
                yield from unexplained(sub, f"{path} {name}")
        elif action.dest not in FROM_DJANGO and not action.help:
            yield f"{path} {action.dest}"


def test_our_commands_are_found() -> None:
    assert {("publication", "editions"), ("search", "search_index"), ("config", "prepare")} <= set(OURS)


@pytest.mark.parametrize(("app", "name"), OURS)
def test_command_explains_itself(app: str, name: str) -> None:
    command: Any = load_command_class(app, name)
    assert len(command.help) >= SHORTEST_HELP
    assert POLISH.search(command.help)
    assert list(unexplained(command.create_parser("manage.py", name), name)) == []
