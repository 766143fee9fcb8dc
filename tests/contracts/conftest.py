"""What the contract tests share: people of two offices and what one of them keeps to itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.contracts.guarded_office import GuardedOffice, guard_office


@pytest.fixture
def guarded(db: None) -> GuardedOffice:
    """Office B with unpublished, locked, commented and submitted pages that all carry the marker."""
    return guard_office()


@pytest.fixture(autouse=True, scope="session")
def _static_folder(_separate_directories: None) -> None:
    """The folder of static files, which the web server insists on."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
