"""Edited chapters of a book: prose of an edition with its footnotes numbered and its pictures at hand."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from exporters.pdf.assets import Variant
from exporters.pdf.planned import PlannedPart, template_part
from handbooks.published.handbook import Chapter
from handbooks.published.prose import Block, Line, Picture, Run


@dataclass(frozen=True)
class PrintedRun:
    """A run with the number of its footnote; 0 for anything else."""

    run: Run
    number: int


@dataclass(frozen=True, kw_only=True)
class PrintedBlock:
    """A block whose runs know their footnotes."""

    block: Block
    lines: tuple[tuple[PrintedRun, ...], ...]
    header: tuple[PrintedRun, ...]
    rows: tuple[tuple[tuple[PrintedRun, ...], ...], ...]


@dataclass(frozen=True, kw_only=True)
class EditedChapter:
    """A chapter written by editors; its anchor is unique in the book."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = field(default=(), repr=False)

    def printed_blocks(self) -> tuple[PrintedBlock, ...]:
        """The blocks with footnotes numbered through the chapter."""
        notes = _Counter()
        return tuple(
            PrintedBlock(
                block=block,
                lines=tuple(notes.numbered(line) for line in block.lines),
                header=notes.numbered(block.header),
                rows=tuple(tuple(notes.numbered(cell) for cell in row) for row in block.rows),
            )
            for block in self.blocks
        )

    def pictures(self) -> dict[str, bytes]:
        """Files of the pictures by their SHA-256."""
        return picture_files(block.picture for block in self.blocks)

    def words(self) -> tuple[str, ...]:
        """Every text of the chapter."""
        return (self.title, *(run.text for block in self.blocks for line in _lines(block) for run in line))

    def part(self, *, variant: Variant) -> PlannedPart:
        """The chapter as a part of a book."""
        return template_part(
            f"Rozdział „{self.title}”",
            "edited",
            variant=variant,
            words=self.words(),
            pictures=self.pictures(),
            chapter=self,
            blocks=self.printed_blocks(),
        )


@dataclass(frozen=True, kw_only=True)
class Chapters:
    """Edited chapters of a book: those before the cards and those after them. Empty when nobody has written any."""

    before: tuple[EditedChapter, ...] = ()
    after: tuple[EditedChapter, ...] = ()


def edited_chapters(chapters: tuple[Chapter, ...]) -> Chapters:
    """The chapters of an edition on their side of the cards."""
    found = [(chapter.after, _edited(chapter)) for chapter in chapters]
    return Chapters(
        before=tuple(chapter for after, chapter in found if not after),
        after=tuple(chapter for after, chapter in found if after),
    )


def picture_files(pictures: Iterator[Picture | None]) -> dict[str, bytes]:
    """Unpacked pictures by their SHA-256."""
    return {picture.sha256: base64.b64decode(picture.data) for picture in pictures if picture is not None}


def _edited(chapter: Chapter) -> EditedChapter:
    return EditedChapter(anchor=f"rozdzial-{chapter.kind}", title=chapter.title, blocks=chapter.blocks)


def _lines(block: Block) -> Iterator[Line]:
    yield from block.lines
    yield from ((run,) for run in block.header)
    for row in block.rows:
        yield from row


@dataclass
class _Counter:
    """Numbers footnotes in the order of the text."""

    last: int = 0

    def numbered(self, line: Line) -> tuple[PrintedRun, ...]:
        found = []
        for run in line:
            if run.kind == "note":
                self.last += 1
            found.append(PrintedRun(run, self.last if run.kind == "note" else 0))
        return tuple(found)
