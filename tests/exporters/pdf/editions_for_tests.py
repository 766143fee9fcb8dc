"""Editions of handbooks for tests, made without a database."""

from __future__ import annotations

import base64
import hashlib
import io

from PIL import Image

from handbooks.published.handbook import Change, Chapter, FrozenEdition, Handbook
from handbooks.published.prose import Block, Line, Picture, Run

LONG = "Zdanie, które stoi w rozdziale i ma dość słów, żeby zająć więcej niż jeden wiersz na stronie podręcznika."


def line(text: str) -> Line:
    return (Run(kind="plain", text=text),)


def noted(text: str, note: str) -> Line:
    return (Run(kind="plain", text=text), Run(kind="note", text=note))


def picture(*, side: int = 40, kind: str = "PNG") -> Picture:
    written = io.BytesIO()
    Image.new("RGB", (side, side), "#0b4f8a").save(written, kind)
    data = written.getvalue()
    return Picture(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=f"image/{kind.lower()}",
        width=side,
        height=side,
        data=base64.b64encode(data).decode(),
    )


def chapter(kind: str, title: str, *blocks: Block, after: bool = False) -> Chapter:
    return Chapter(
        kind=kind, title=title, after=after, blocks=blocks or (Block(kind="paragraph", lines=(line(LONG),)),)
    )


def handbook_edition(*chapters: Chapter, number: int = 1, changes: tuple[Change, ...] = ()) -> Handbook:
    return Handbook(
        code="UST",
        title="Podręcznik: katalog i karty usług – urząd statystyczny",
        number=number,
        issued_on="2026-01-01",
        chapters=chapters,
        frozen=(FrozenEdition(key="UST-BAD-001", sequence=7), FrozenEdition(key="UST-SPI-001", sequence=41)),
        changes=changes,
        imprint=("Wydawca: redakcja.",),
        funding_note="Współfinansowano ze środków próbnych.",
    )
