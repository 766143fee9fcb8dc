"""Who may import whom: the contract covers every app, and it is kept."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.conventions.source import APPS, PROJECT


def contract() -> configparser.ConfigParser:
    """The import contract as a file of settings."""
    parser = configparser.ConfigParser()
    parser.read(PROJECT / ".importlinter", encoding="utf-8")
    return parser


def test_every_app_is_in_the_contract() -> None:
    layers = contract()["importlinter:contract:layers"]["layers"].replace("|", " ").split()
    assert set(contract()["importlinter"]["root_packages"].split()) == set(APPS)
    assert sorted(layers) == sorted(APPS)


def test_every_app_is_installed() -> None:
    assert set(APPS) <= {name.partition(".")[0] for name in settings.INSTALLED_APPS}


def test_the_contract_is_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout
