"""The commands that print run in small processes and write the same files as in the large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from config.programs import READING, settings_module
from tests.exporters.published_catalogue import ON, record_small_catalogue
from tests.exporters.test_reading_processes import run

COMMANDS = {
    "card_pdf": ("UW-PAS-001", "--office=uw-rzeszow"),
    "handbook": ("UW",),
    "printed_catalogue": ("uw-rzeszow",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_print_from_a_small_process_is_the_same(real_transactions: None, tmp_path: Path, name: str) -> None:
    record_small_catalogue()
    arguments = (name, *COMMANDS[name], f"--on={ON.isoformat()}")
    assert settings_module(("manage.py", *arguments)) == READING
    _, loaded = run(*arguments, f"--out={tmp_path / 'small.pdf'}")
    assert "wagtail" not in loaded
    call_command(*arguments, f"--out={tmp_path / 'here.pdf'}", verbosity=0)
    assert (tmp_path / "small.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()
