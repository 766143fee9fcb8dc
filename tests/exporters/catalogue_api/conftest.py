from __future__ import annotations

import pytest

from tests.public_site import catalogue


@pytest.fixture
def published(db: None) -> None:
    """The small catalogue in the edition log."""
    catalogue.publish()
