"""Every setting of the environment is explained in `.env.example`, and nothing else is."""

from __future__ import annotations

import ast
import re

from tests.conventions.source import PROJECT, modules, tree

READERS = frozenset({"text", "flag", "number", "names"})
OF_THE_SUPERVISOR = frozenset({"BIND", "WEB_WORKERS"})
EXPLAINED = re.compile(r"^# ([A-Z_]+)=\S+$", re.MULTILINE)


def settings_read() -> set[str]:
    """Names passed to the readers of `config.environment`, wherever they are called."""
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                value = node.args[0].value
                if name in READERS and isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z_]+", value):
                    found.add(value)
    return found


def test_settings_and_explanations_agree() -> None:
    explained = EXPLAINED.findall((PROJECT / ".env.example").read_text(encoding="utf-8"))
    assert len(explained) == len(set(explained))
    assert set(explained) == settings_read() | OF_THE_SUPERVISOR


def test_the_known_settings_are_found() -> None:
    assert {"OKIENKO_DATA", "DATABASE_URL", "SECRET_KEY", "DEBUG", "BEHIND_HTTPS"} <= settings_read()


def test_the_supervisor_reads_what_is_explained() -> None:
    source = (PROJECT / "ops/supervisor.py").read_text(encoding="utf-8")
    assert set(re.findall(r"os\.environ\.get\(\"(\w+)\"", source)) == OF_THE_SUPERVISOR


def test_every_explanation_has_meaning_and_default() -> None:
    """A paragraph per setting: a sentence in Polish, the default, an example."""
    paragraphs = (PROJECT / ".env.example").read_text(encoding="utf-8").split("\n\n")[1:]
    for paragraph in paragraphs:
        assert EXPLAINED.search(paragraph.strip()), paragraph
        assert "Domyślnie:" in paragraph, paragraph


def test_the_environment_has_one_reader() -> None:
    """`os.environ` is read in `config/environment.py` only; Django's entry points set one name."""
    readers = [
        str(path.relative_to(PROJECT))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert set(readers) <= {"config/environment.py", "config/wsgi.py"}
