"""QR codes (ISO/IEC 18004) as inline SVG of one path, drawn into the page without any image."""

from __future__ import annotations

import segno
from markupsafe import Markup

QR_CLASS = "qr"
_SVG = Markup(
    '<svg class="{}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><title>{}</title><path fill="#000" d="{}"/></svg>'
)


def qr_code(address: str, *, title: str) -> Markup:
    """The code of an address; `title` stands for it in the structure of a PDF. Equal addresses give equal drawings."""
    matrix = segno.make_qr(address, error="m").matrix
    rows = [_row(number, row) for number, row in enumerate(matrix)]
    size = len(matrix)
    return _SVG.format(QR_CLASS, size, size, title, "".join(rows))


def _row(number: int, row: bytes | bytearray) -> str:
    """Dark runs of a row as rectangles."""
    pieces, start = [], -1
    for place, dark in enumerate([*row, 0]):
        if dark and start < 0:
            start = place
        elif not dark and start >= 0:
            pieces.append(f"M{start} {number}h{place - start}v1H{start}z")
            start = -1
    return "".join(pieces)
