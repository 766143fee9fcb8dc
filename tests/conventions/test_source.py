"""How the source is written: names, sizes, types, docstrings."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import allauth
import wagtail.admin

from tests.conventions.source import APPS, PROJECT, functions, modules, tracked, tree

FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "core", "misc", "base", "services"})
LONGEST_FUNCTION, USUAL_FUNCTION, LONGEST_FILE, LONGEST_README = 60, 30, 400, 120
NAMED_BY_STEM = "exporters/pdf/"
"""Templates of print are asked for as `render("book")`."""


def test_every_app_is_known() -> None:
    found = {path.parent.name for path in PROJECT.glob("*/apps.py")}
    assert found == set(APPS)


def test_no_module_is_named_after_nothing() -> None:
    named = [path.relative_to(PROJECT) for path in modules(tests=True)]
    assert [str(path) for path in named if FORBIDDEN_NAMES & {path.stem, *path.parts[:-1]}] == []


def test_every_module_has_a_docstring() -> None:
    """Modules of tests may go without; Django's empty packages of commands too."""
    silent = [
        str(path.relative_to(PROJECT))
        for path in modules()
        if path.read_text().strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_functions_are_short() -> None:
    lengths = sorted(function.lines for function in functions())
    assert statistics.quantiles(lengths, n=20)[-1] <= USUAL_FUNCTION
    assert [str(function) for function in functions() if function.lines > LONGEST_FUNCTION] == []


def test_files_are_short() -> None:
    for path in modules(tests=True):
        name = str(path.relative_to(PROJECT))
        assert len(path.read_text().splitlines()) <= LONGEST_FILE, f"{name} is longer than {LONGEST_FILE} lines"


def test_everything_is_typed() -> None:
    untyped = []
    for function in functions():
        arguments = function.node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        bare = [one.arg for one in named if one and one.annotation is None and one.arg not in {"self", "cls"}]
        if bare or function.node.returns is None:
            untyped.append(f"{function} {bare}")
    assert untyped == []


def test_public_functions_and_classes_say_what_they_mean() -> None:
    silent = [
        f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_applications_do_not_print() -> None:
    printed = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printed == []


def test_every_template_is_used() -> None:
    """A template is named in code or in another template, by its whole name or its last part."""
    templates = [
        path for path in tracked() if path.suffix == ".html" and "templates" in path.parts and "tests" not in path.parts
    ]
    said = {path: path.read_text(encoding="utf-8") for path in [*modules(), *templates]}
    unused = []
    for template in templates:
        name = str(template).rpartition("templates/")[2]
        short = template.stem if name.startswith(NAMED_BY_STEM) else template.name
        mention = re.compile(rf"[\"'](?:{re.escape(name)}|{re.escape(short)})[\"']")
        if replaces_one_of_wagtail(name):
            continue
        if not any(mention.search(text) for path, text in said.items() if path != template):
            unused.append(name)
    assert unused == []
    assert len(templates) >= 20


def replaces_one_of_wagtail(name: str) -> bool:
    """Whether Wagtail or allauth itself asks for a template of this name, so that ours stands in front of its own."""
    return any((Path(str(app.__file__)).parent / "templates" / name).exists() for app in (wagtail.admin, allauth))


def test_the_readme_stays_short() -> None:
    readme = PROJECT / "README.md"
    assert not readme.exists() or len(readme.read_text(encoding="utf-8").splitlines()) <= LONGEST_README


OF_ANY_TIME_ZONE = frozenset(
    {"localdate", "localtime", "get_current_timezone", "template_localtime", "date.today", "datetime.today"}
)
"""What answers with the day or hour of the time zone that a person or a server happens to have."""


def test_the_day_is_asked_of_the_catalogues_calendar() -> None:
    """A version counts from 00:00 in Poland, also when the person who agrees has another time zone."""
    asked = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and _named_beside(node) & OF_ANY_TIME_ZONE)
        or (isinstance(node, ast.ImportFrom) and OF_ANY_TIME_ZONE & {alias.name for alias in node.names})
    ]
    assert asked == []


def _named_beside(attribute: ast.Attribute) -> set[str]:
    """`localdate` for `timezone.localdate`, and `date.today` for `datetime.date.today`."""
    owner = attribute.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return {attribute.attr, f"{name}.{attribute.attr}"}
