"""Search engines behind one protocol. Nothing outside this package knows how one works."""

from __future__ import annotations

from pathlib import Path

from search.engines.protocol import EmbeddedEngine
from search.engines.tantivy_engine import TantivyEngine


def open_engine(generation: Path) -> EmbeddedEngine:
    """The embedded engine of one generation of the index: tantivy in its directory."""
    return TantivyEngine(generation / "tantivy")
