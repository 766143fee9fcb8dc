"""The command: output, exit codes, refusals."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

GREEN = "Złóż wniosek. Weź dowód.\nNiezwłocznie zapłać 17 zł.\n"
AMBER = (
    "Złóż dokumentację do urzędu w piątek. Weź dowód i poczekaj na pismo. " * 10 + "Przedsiębiorca weryfikuje. " * 12
)
RED = "Przedsiębiorca otrzymuje potwierdzenie dokumentacji.\n" * 3


def _run(*arguments: str) -> tuple[int, str]:
    output = io.StringIO()
    try:
        call_command("plain_language", *arguments, stdout=output)
    except SystemExit as left:
        return int(str(left.code)), output.getvalue()
    return 0, output.getvalue()


def _file(folder: Path, text: str | bytes) -> str:
    path = folder / "tekst.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


@pytest.mark.parametrize(
    ("text", "code", "band"), [(GREEN, 0, "zielony"), (AMBER, 1, "bursztynowy"), (RED, 3, "czerwony")]
)
def test_the_exit_code_is_the_band(tmp_path: Path, text: str, code: int, band: str) -> None:
    left, output = _run(_file(tmp_path, text))
    assert left == code
    assert output.startswith(f"Ocena: {band} ")


def test_a_blocking_sentence_leaves_with_the_code_of_red(tmp_path: Path) -> None:
    code, output = _run(_file(tmp_path, GREEN * 20 + "kot " * 31))
    assert code == 3
    assert "Zdania powyżej 30 słów: 1." in output


def test_hints_have_lines_and_columns(tmp_path: Path) -> None:
    _, output = _run(_file(tmp_path, GREEN))
    assert "wiersz 2, znak 1 [wskazówka] Zamiast „Niezwłocznie” napisz „jak najszybciej”." in output
    assert "Tekst ma tylko 8 słów." in output


def test_json_has_all_measures_and_hints(tmp_path: Path) -> None:
    _, output = _run(_file(tmp_path, "\ufeff" + GREEN), "--json")
    data = json.loads(output)
    assert data["band"] == "zielony"
    assert data["measures"]["words"] == 8
    assert data["measures"]["fog"] == 1.07
    assert [(hint["line"], hint["column"], hint["rule"]) for hint in data["hints"]] == [(2, 1, "word-swap")]


def test_strict_judges_by_base_forms(tmp_path: Path) -> None:
    name = _file(tmp_path, "Płacisz pracownikami i znajomymi. " * 30)
    assert _run(name)[0] == 3
    assert _run(name, "--strict")[0] == 0


def test_the_limit_cuts_the_list_and_says_so(tmp_path: Path) -> None:
    _, output = _run(_file(tmp_path, "Niezwłocznie zapłać.\n" * 5), "--limit", "2")
    assert output.count("Zamiast „Niezwłocznie”") == 2
    assert "Nie wypisano jeszcze 3 podpowiedzi." in output


def test_text_comes_from_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GREEN.encode())))
    assert _run("-")[1].startswith("Ocena: zielony")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"dobrze\nz\xb3o\n", "wiersz 2 nie jest zapisany w UTF-8"),
        (b"dobrze\n\nzero \x00\n", "w wierszu 3 jest znak o kodzie zero"),
        (b"a" * 4_000_001, "ponad 4 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_polish(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(CommandError, match=message) as refusal:
        _run(_file(tmp_path, content))
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("name", ["nie-ma-takiego", ".", "a\x00b"])
def test_what_cannot_be_opened_is_refused_in_polish(name: str) -> None:
    with pytest.raises(CommandError, match="Nie można odczytać pliku") as refusal:
        _run(name)
    assert refusal.value.returncode == 2


def test_a_megabyte_is_checked_in_bounded_time(tmp_path: Path) -> None:
    name = _file(tmp_path, (RED + GREEN + "W przypadku utraty wydano kartę PCPR. Opłata 17.\n") * 7_000)
    started = time.process_time()
    code, output = _run(name)
    assert code in {0, 1, 3}
    assert "Użyj --limit albo --json." in output
    assert time.process_time() - started < 60
