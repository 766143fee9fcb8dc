"""The gate: hostile files are refused with a sentence and a line, plain ones pass, and a child process has limits."""

from __future__ import annotations

import contextlib
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.intake.archives import Limits, opened_archive, opened_member
from cms.intake.child import run
from cms.intake.json_files import read_json
from cms.intake.refusals import RefusedFile
from cms.intake.xml_files import read_xml

LARGEST = 5_000_000

HOSTILE_XML = {
    "entity bomb": (
        b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>\n<a>&c;</a>', "DOCTYPE",
    ),
    "external entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
    "external DTD": (b'<!DOCTYPE a SYSTEM "https://inny.example/a.dtd"><a/>', "DOCTYPE"),
    "200,000 levels": (b"<a>" * 200_000 + b"</a>" * 200_000, "głębiej niż na 64"),
    "300,000 attributes": (b"<a " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>", "więcej niż 64 atrybutów"),
    "inclusion": (
        b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd" parse="text"/></a>', "XInclude",
    ),
    "UTF-16": ("<a/>".encode("utf-16"), "UTF-16"),
    "UTF-32": ("<a/>".encode("utf-32"), "UTF-32"),
    "Latin 2": ("<a>zażółć</a>".encode("iso-8859-2"), "UTF-8"),
    "another encoding declared": (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "UTF-7"),
    "zero byte": (b"<a>\x00</a>", "kodzie 0"),
    "nothing": (b"", "brakuje elementów"),
    "unknown entity": (b"<a>&nbsp;</a>", "nieznana encja"),
    "not closed": (b"<a>\n<b>\n</a>", "nie pasuje"),
    "too large": (b"<a>" + b" " * LARGEST + b"</a>", "ponad 5 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_XML)
def test_hostile_xml_is_refused(name: str) -> None:
    content, sentence = HOSTILE_XML[name]
    with pytest.raises(RefusedFile, match=sentence):
        read_xml(content, largest=LARGEST)


def test_the_line_is_told() -> None:
    with pytest.raises(RefusedFile) as refusal:
        read_xml(b"<a>\n<b>\n</a>", largest=LARGEST)
    assert refusal.value.line == 3
    with pytest.raises(RefusedFile) as refusal:
        read_json(b'{"a": 1,\n "b" 2}', largest=LARGEST)
    assert refusal.value.line == 2


def test_plain_xml_passes_with_and_without_a_mark() -> None:
    for content in ("<a b='1'>zażółć</a>".encode(), "\ufeff<?xml version='1.0' encoding='utf-8'?><a>ż</a>".encode()):
        assert read_xml(content, largest=LARGEST).tag == "a"


HOSTILE_JSON = {
    "200,000 levels": (b"[" * 200_000, "głębiej niż na 64"),
    "levels after a text": (b'["\\"[[[", ' + b'{"a":' * 70 + b"1", "głębiej"),
    "no JSON": (b"{", "poprawny JSON"),
    "not a number": (b"[NaN]", "NaN"),
    "long number": (b"[" + b"1" * 10_000 + b"]", "liczba"),
    "UTF-16": (json.dumps([1]).encode("utf-16"), "UTF-16"),
}


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_refused(name: str) -> None:
    content, sentence = HOSTILE_JSON[name]
    with pytest.raises(RefusedFile, match=sentence):
        read_json(content, largest=LARGEST)


plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(plain_values)
def test_every_plain_value_passes(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    if "\x00" not in text:
        assert read_json(text.encode("utf-8", "surrogatepass"), largest=LARGEST) == value


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value_or_a_sentence(content: bytes) -> None:
    for read in (read_json, read_xml):
        with contextlib.suppress(RefusedFile):
            read(content, largest=LARGEST)


def archive(path: Path, members: dict[str, bytes], *, mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            file.writestr(info, content)
    return path


HOSTILE_ARCHIVES: dict[str, tuple[dict[str, bytes], int, str]] = {
    "bomb": ({"a": bytes(40_000_000)}, 0, "podejrzanie mocno"),
    "too large": ({"a": bytes(30_000_000), "b": bytes(30_000_000)}, 0, "ponad 50 MB"),
    "too many": ({f"{n}": b"" for n in range(1001)}, 0, "więcej niż 1000"),
    "parent folder": ({"../../etc/passwd": b"x"}, 0, "wychodzi poza"),
    "from the root": ({"/etc/passwd": b"x"}, 0, "wychodzi poza"),
    "backslashes": ({"..\\a": b"x"}, 0, "wychodzi poza"),
    "drive": ({"C:a": b"x"}, 0, "wychodzi poza"),
    "link": ({"a": b"/etc/passwd"}, 0o120777, "dowiązaniem"),
    "control characters": ({"a\x07": b"x"}, 0, "niedozwolone znaki"),
}


@pytest.mark.parametrize("name", HOSTILE_ARCHIVES)
def test_hostile_archives_are_refused_before_reading(tmp_path: Path, name: str) -> None:
    members, mode, sentence = HOSTILE_ARCHIVES[name]
    path = archive(tmp_path / "a.zip", members, mode=mode)
    with pytest.raises(RefusedFile, match=sentence), opened_archive(path, Limits()):
        pass


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a": b"x" * 1000})
    content = path.read_bytes()
    path.write_bytes(content.replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with (
        opened_archive(path, Limits()) as opened,
        pytest.raises(RefusedFile, match="uszkodzony"),
        opened_member(opened, "a") as file,
    ):
        assert len(file.read()) <= 10
    path.write_bytes(b"PK\x03\x04 to nie jest archiwum")
    with pytest.raises(RefusedFile, match="nie jest poprawne"), opened_archive(path, Limits()):
        pass


def test_a_child_returns_what_the_function_returned_and_passes_refusals_on(tmp_path: Path) -> None:
    assert run("tests.cms.intake.work:length", "zażółć") == 6
    with pytest.raises(RefusedFile, match="za krótkie") as refusal:
        run("tests.cms.intake.work:refuse")
    assert refusal.value.line == 7


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("spin", "trwało ponad 1 s"), ("swallow", "za duży"), ("crash", "za duży"), ("write", "za duży")],
)
def test_a_child_is_stopped_at_its_limits(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(RefusedFile, match=sentence):
        run(f"tests.cms.intake.work:{name}", str(tmp_path / "plik"), seconds=1)
