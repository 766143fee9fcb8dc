"""Search engines behind one protocol. Nothing outside this package knows which one is used."""

from __future__ import annotations

from pathlib import Path

from search.engines.protocol import Engine
from search.engines.tantivy_engine import TantivyEngine


def open_engine(generation: Path) -> Engine:
    """The engine of one generation of the index: tantivy in its directory."""
    return TantivyEngine(generation / "tantivy")
