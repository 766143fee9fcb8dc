"""QR codes drawn straight into the page: their path is plain rectangles, which need no reader of SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import html
from weasyprint.images import SVGImage

from exporters.pdf.qr import QR_CLASS

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1")


class QrImage(SVGImage):
    """An inline SVG image; when it is one of our QR codes it is drawn as rectangles."""

    def __init__(self, tree: Any, *arguments: Any) -> None:
        super().__init__(tree, *arguments)
        self._runs: list[tuple[str, str, str]] = []
        if tree.get("class") == QR_CLASS:
            self._size = float(tree.get("viewBox").split()[2])
            self._runs = RUN.findall("".join(child.get("d", "") for child in tree))

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
        """Draw dark runs of modules in one black shape."""
        if not self._runs:
            super().draw(stream, concrete_width, concrete_height, style)
            return
        stream.transform(a=concrete_width / self._size, d=concrete_height / self._size)
        stream.set_color_rgb(0, 0, 0)
        for left, top, width in self._runs:
            stream.rectangle(int(left), int(top), int(width), 1)
        stream.fill()


@contextmanager
def codes_drawn_directly() -> Iterator[None]:
    """Let WeasyPrint draw QR codes this way. One document at a time."""
    html.SVGImage = QrImage
    try:
        yield
    finally:
        html.SVGImage = SVGImage
