"""The settings of a deployment behind HTTPS have no warning, and unusable settings are refused with a sentence."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions.source import PROJECT


def manage(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with only these settings."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=inherited | {"OKIENKO_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    outcome = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", BEHIND_HTTPS="1", SECRET_KEY=secrets.token_urlsafe(48)
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "(0 silenced)" in outcome.stdout


def test_the_deployment_check_can_fail(tmp_path: Path) -> None:
    outcome = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="krotki")
    assert outcome.returncode != 0
    assert "security.W009" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [("DEBUG", "może", "Wpisz 1 albo 0."), ("DATABASE_URL", "mysql://baza", "DATABASE_URL zaczyna się od „mysql”.")],
)
def test_an_unusable_setting_is_named(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    outcome = manage(tmp_path, "check", **{name: value})
    assert outcome.returncode != 0
    assert sentence in outcome.stderr
