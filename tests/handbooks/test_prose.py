"""What editors type becomes plain data: known marks, all words, no markup, bounded."""

from __future__ import annotations

import html
import re
import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbooks.authoring.prose import LONGEST_CHAPTER, UnprintableChapter, plain_line, published_blocks, rich_blocks
from handbooks.published.prose import Block, Run, plain_text


def shown(source: str) -> list[tuple[str, list[str]]]:
    """Blocks as (kind, lines)."""
    return [(block.kind, [plain_text(line) for line in block.lines]) for block in rich_blocks(source)]


def child(kind: str, value: object) -> SimpleNamespace:
    return SimpleNamespace(block_type=kind, value=value)


def test_paragraphs_lists_and_marks_are_read() -> None:
    source = (
        "<p>Pisz <b>prosto</b> i <i>krótko</i>.</p><ul><li>raz</li><li>dwa <b>razy</b></li></ul><ol><li>krok</li></ol>"
    )
    assert shown(source) == [
        ("paragraph", ["Pisz prosto i krótko."]),
        ("bullets", ["raz", "dwa razy"]),
        ("numbers", ["krok"]),
    ]
    (paragraph, *_) = rich_blocks(source)
    assert [run.kind for run in paragraph.lines[0]] == ["plain", "strong", "plain", "emphasis", "plain"]


def test_a_footnote_is_taken_out_of_the_sentence() -> None:
    assert plain_line("Termin [przypis: art. 57 KPA] minął.") == (
        Run(kind="plain", text="Termin "),
        Run(kind="note", text="art. 57 KPA"),
        Run(kind="plain", text=" minął."),
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>raz <b>dwa", "raz dwa"),
        ("raz</p></div>dwa", "razdwa"),
        ("<script>alert(1)</script><p>tekst</p>", "tekst"),
        ('<p onclick="x">klik<img src=x onerror=y></p>', "klik"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"),
        ("<table><tr><td>komórka</td></tr></table>", "komórka"),
        ("", ""),
    ],
)
def test_broken_and_foreign_markup_keeps_words_only(source: str, words: str) -> None:
    assert " ".join(text for _, lines in shown(source) for text in lines) == words


@pytest.mark.parametrize("depth", [200, 20_000])
def test_markup_nested_without_end_keeps_its_words(depth: int) -> None:
    started = time.process_time()
    texts = [text for _, lines in shown("<b>" * depth + "w głębi" + "</b>" * depth) for text in lines]
    assert "".join(texts) == "w głębi"
    assert time.process_time() - started < 5


@given(st.text())
def test_any_text_survives(text: str) -> None:
    """All characters but white space and control characters come through a paragraph."""
    got = "".join(line for _, lines in shown(f"<p>{html.escape(text)}</p>") for line in lines)
    kept = re.sub(r"\[przypis:.*?\]|[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", text)
    assert re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffd]", "", got) == re.sub("\ufffd", "", kept)


@given(st.text(alphabet="<>/bpul lia&;\"'=x[]:przys", max_size=200))
def test_any_markup_ends_in_blocks(source: str) -> None:
    assert all(isinstance(block, Block) for block in rich_blocks(source))


def test_a_word_of_a_million_letters_is_refused_with_its_chapter() -> None:
    with pytest.raises(
        UnprintableChapter, match=rf"Rozdział „Cel” ma 1000000 znaków, a może mieć najwyżej {LONGEST_CHAPTER}"
    ):
        published_blocks("Cel", [child("text", f"<p>{'x' * 1_000_000}</p>")])
    with pytest.raises(UnprintableChapter, match="Rozdział „Cel” ma 5000 znaków bez spacji"):
        published_blocks("Cel", [child("text", f"<p>{'x' * 5000}</p>")])


def test_a_table_of_thousands_of_rows_is_refused_with_its_chapter() -> None:
    value = {"header": "a|b", "rows": "1|2\n" * 3000}
    with pytest.raises(UnprintableChapter, match=r"Rozdział „Wzory”: tabela ma 3000 wierszy"):
        published_blocks("Wzory", [child("table", value)])


def test_a_ragged_table_is_refused_with_its_chapter() -> None:
    with pytest.raises(UnprintableChapter, match=r"Rozdział „Wzory”.*różną liczbę komórek"):
        published_blocks("Wzory", [child("table", {"header": "a|b", "rows": "1|2\n3"})])
