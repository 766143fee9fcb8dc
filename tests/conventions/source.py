"""The source of the project as data: tracked files, modules, functions."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
APPS = (
    "cms", "config", "exporters", "governance", "handbooks", "importers", "life_events", "public_site", "publication",
    "search", "service_catalog",
)  # fmt: skip
"""First-party apps. `test_every_app_is_known` proves that none is missing."""


@dataclass(frozen=True)
class Function:
    """A function or method and where it stands."""

    module: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """Lines from `def` to the end, docstring included."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    def __str__(self) -> str:
        return f"{self.module.relative_to(PROJECT)}:{self.node.lineno} {self.node.name}"


@cache
def tracked() -> tuple[Path, ...]:
    """Files that belong to the repository: tracked ones and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file())


def modules(*, tests: bool = False) -> Iterator[Path]:
    """Python files of the apps, without migrations; with `tests`, all Python files."""
    for path in tracked():
        part = path.relative_to(PROJECT).parts[0]
        if path.suffix == ".py" and "migrations" not in path.parts and (tests or part in APPS):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(*, tests: bool = False) -> Iterator[Function]:
    """Every function and method."""
    for path in modules(tests=tests):
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield Function(path, node)


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every tracked file that is text."""
    for path in tracked():
        try:
            yield str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
