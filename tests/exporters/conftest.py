"""Fixtures of the exporters' tests."""

from __future__ import annotations

import pytest

from publication.models import Edition
from tests.exporters.published_catalogue import record_small_catalogue
from tests.publication.conftest import certain_test_database, real_transactions

__all__ = ["certain_test_database", "published", "real_transactions"]


@pytest.fixture
def published(db: None) -> list[Edition]:
    """The small catalogue, recorded in the edition log."""
    return record_small_catalogue()
