"""Fixtures of the exporters' tests."""

from __future__ import annotations

import pytest

from publication.models import Edition
from tests.exporters.published_catalogue import record_small_catalogue


@pytest.fixture
def published(db: None) -> list[Edition]:
    """The small catalogue, recorded in the edition log."""
    return record_small_catalogue()
