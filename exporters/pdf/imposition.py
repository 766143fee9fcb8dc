"""Pages of an A5 booklet on sheets of A4, in the order in which they are printed on both sides, folded and stitched.

An imposed file is for a printer, not for reading: it has no tags, links or bookmarks. Lengths are in points.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporters.files import replace_file
from exporters.pdf.fragment import RESOURCES
from exporters.pdf.objects import number, numbers, reference, stream
from exporters.pdf.output import BookFile
from exporters.pdf.reading import PdfFile, Ref

SHEET = (841.89, 595.276)
"""A4, lying."""
PAGES_ON_SHEET = 4
MOST_SHEETS_TO_STAPLE = 20
"""A thicker booklet does not close. It is made of gatherings that are sewn or glued together."""
SHEETS_IN_GATHERING = 8
SUFFIX = "-arkusze"
Pair = tuple[int | None, int | None]
"""Left and right page of one side of a sheet, from 0; None for an empty one."""


def sides(pages: int) -> Iterator[Pair]:
    """The sides of all sheets for so many pages, front and back in turn, gathering after gathering."""
    sheets = -(-pages // PAGES_ON_SHEET)
    gathering = sheets if sheets <= MOST_SHEETS_TO_STAPLE else SHEETS_IN_GATHERING
    for first in range(0, sheets, gathering):
        count = min(gathering, sheets - first)
        start, end = first * PAGES_ON_SHEET, (first + count) * PAGES_ON_SHEET - 1
        for sheet in range(count):
            outer, inner = 2 * sheet, 2 * sheet + 1
            for left, right in ((end - outer, start + outer), (start + inner, end - inner)):
                yield (left if left < pages else None, right if right < pages else None)


def impose(path: Path) -> Path:
    """Write the sheets of a finished booklet beside it; returns their file. Raises `OSError`."""
    out = path.with_name(f"{path.stem}{SUFFIX}{path.suffix}")
    replace_file(out, [imposed(path.read_bytes())])
    return out


def imposed(content: bytes) -> bytes:
    """The sheets of a finished booklet. Fonts and pictures are copied as they are, under their numbers."""
    source = PdfFile(content)
    catalog = source.get(source.trailer["Root"])
    pages = [source.get(page) for part in source.get(catalog["Pages"])["Kids"] for page in source.get(part)["Kids"]]
    written = io.BytesIO()
    file = BookFile(written, source.size)
    for kept in _needed(source, [RESOURCES, source.trailer["Info"].number]):
        file.put(kept, source.raw(kept))
    forms = [_write_form(file, source, page) for page in pages]
    tree = file.take(2)
    root = tree + 1
    width = pages[0]["MediaBox"][2]
    sheets = [_write_side(file, pair, forms, tree, width) for pair in sides(len(pages))]
    file.put(tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(sheets), b" ".join(map(reference, sheets))))
    file.put(
        root,
        b"<</Type/Catalog/Pages %b/Lang(pl)/ViewerPreferences<</Duplex/DuplexFlipShortEdge/PrintScaling/None>>>>"
        % reference(tree),
    )
    file.finish(root=root, information=source.trailer["Info"].number)
    return written.getvalue()


def _needed(source: PdfFile, roots: list[int]) -> list[int]:
    """Numbers of the objects that these lead to, in ascending order."""
    found: set[int] = set()
    waiting: list[Any] = [Ref(root) for root in roots]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Ref) and value.number not in found:
            found.add(value.number)
            value = source.object(value.number)
        value = getattr(value, "entries", value)
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return sorted(found)


def _write_form(file: BookFile, source: PdfFile, page: dict[str, Any]) -> int:
    """Write a page as a form that can be drawn anywhere; returns its number."""
    content = b"\n".join(source.get(part).content for part in page["Contents"])
    box = numbers(page["MediaBox"])
    form = file.take(1)
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources %b" % (box, reference(RESOURCES))
    file.put(form, stream(content, entries))
    return form


def _write_side(file: BookFile, pair: Pair, forms: list[int], tree: int, width: float) -> int:
    """Write one side of a sheet: both pages meet in the fold. Returns its number."""
    fold = SHEET[0] / 2
    drawn = [(left, forms[page]) for left, page in zip((fold - width, fold), pair, strict=True) if page is not None]
    operators = b"\n".join(b"q 1 0 0 1 %b 0 cm /P%d Do Q" % (number(left), form) for left, form in drawn)
    used = b"".join(b"/P%d %b" % (form, reference(form)) for _, form in drawn)
    side = file.take(2)
    file.put(side, stream(operators))
    file.put(
        side + 1,
        b"<</Type/Page/Parent %b/MediaBox[0 0 %b]/Resources<</XObject<<%b>>>>/Contents %b>>"
        % (reference(tree), numbers(SHEET), used, reference(side)),
    )
    return side + 1
