from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from search import indexer
from tests.search import catalogue


@pytest.fixture(autouse=True)
def search_directory(settings: Settings, tmp_path: Path) -> Path:
    """An empty directory for the index of each test."""
    settings.SEARCH_DIRECTORY = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture
def indexed(db: None) -> None:
    """The small catalogue in the log and in the index."""
    catalogue.publish()
    indexer.rebuild(on=catalogue.TODAY)
