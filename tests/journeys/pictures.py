"""Pictures of the guides in `docs/pl/`: browser journeys renew them when `OKIENKO_PICTURES` is set, and only then."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pl" / "obrazy"
SCREEN: ViewportSize = {"width": 1366, "height": 768}
"""The screen of most offices, in pixels."""
COLOURS = 64
"""Enough for a screen of text, and a third of the size."""


def picture(page: Page, name: str) -> None:
    """Renew the picture `docs/pl/obrazy/<name>.png` of what the browser shows."""
    if os.environ.get("OKIENKO_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="initial", scale="css")))
        small = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)
