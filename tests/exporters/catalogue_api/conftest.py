from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.public_site import catalogue


@pytest.fixture(autouse=True, scope="session")
def _static_directory(_separate_directories: None) -> None:
    """WhiteNoise warns about a missing directory of static files, and warnings are errors."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def published(db: None) -> None:
    """The small catalogue in the edition log."""
    catalogue.publish()
