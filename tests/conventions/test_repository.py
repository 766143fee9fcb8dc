"""What may not stand in the repository: paths of a machine, addresses of package indexes."""

from __future__ import annotations

import re

from tests.conventions.source import texts

MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(?:work|root|home)/")
INDEX_ADDRESSES = re.compile(
    r"--(?:extra-)?index-url|--find-links|https?://[^\s\"']*(?:pypi\.|/simple/?\b|registry\.npmjs|files\.pythonhosted)"
)
THIS_FILE = "tests/conventions/test_repository.py"


def test_no_path_of_a_machine() -> None:
    assert [name for name, text in texts() if name != THIS_FILE and MACHINE_PATHS.search(text)] == []


def test_no_address_of_a_package_index() -> None:
    assert [name for name, text in texts() if name != THIS_FILE and INDEX_ADDRESSES.search(text)] == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE_PATHS.search("open('/home/ola/x')")
    assert INDEX_ADDRESSES.search("--index-url x")
    assert not MACHINE_PATHS.search("https://example.pl/home/")
