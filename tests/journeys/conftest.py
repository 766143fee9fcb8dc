"""The prepared demonstration, the running system and the browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.system import System, running

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as `manage.py prepare` leaves it. Copies of it are made for each system."""
    system = System(tmp_path_factory.mktemp("prepared"))
    outcome = system.manage("prepare")
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    return system.data


@pytest.fixture(scope="session")
def system(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The running system that journeys share."""
    with running(copied(prepared, tmp_path_factory.mktemp("shared"))) as started:
        yield started


@pytest.fixture
def own_system(prepared: Path, tmp_path: Path) -> System:
    """A system of one test, not started."""
    return copied(prepared, tmp_path)


def copied(prepared: Path, folder: Path) -> System:
    """A system on a copy of the prepared data."""
    return System(Path(shutil.copytree(prepared, folder / "data")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.fail("Brakuje przeglądarki Chromium. Uruchom: make setup.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
