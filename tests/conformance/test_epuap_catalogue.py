"""Every card and every catalogue of the demonstration is valid XML by the project's own schema."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_whole_catalogue_is_exported_and_valid(tmp_path: Path) -> None:
    call_command("export", "epuap", "--out", str(tmp_path / "xml"), stdout=StringIO(), stderr=StringIO())
    cards = list((tmp_path / "xml" / "karty").glob("*.xml"))
    catalogues = list((tmp_path / "xml" / "katalogi").glob("*.xml"))
    assert (len(cards), len(catalogues)) == (3750, 100)
    call_command("validate_export", "epuap", str(tmp_path / "xml"), stdout=StringIO(), stderr=StringIO())
