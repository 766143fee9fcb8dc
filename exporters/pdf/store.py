"""Fragments kept on disk under an honest key, so that a card is laid out once and printed in every book.

A fragment depends on the edition (or the HTML) of its part and on `assets.style_version`: style sheets, templates, modules of this
package, fonts, the versions of the renderer and the settings that are printed. Titles of other cards that a card prints are part of
its own edition. Each of these is in the path, so nothing has to be invalidated; what is no longer used is pruned.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from exporters.files import replace_file
from exporters.pdf.assets import style_version
from exporters.pdf.fragment import Body, Fragment, Head

MAGIC = b"okienko-fragment-2\n"
SUFFIX = ".fragment"
UNUSED_AFTER_SECONDS = 30 * 24 * 3600
"""Parts that are no cards (covers, contents) are thrown away when no book has used them for so long."""

logger = logging.getLogger(__name__)
_head = msgspec.msgpack.Decoder(Head)
_body = msgspec.msgpack.Decoder(Body)
_encode = msgspec.msgpack.Encoder().encode


class DamagedFragment(RuntimeError):
    """A kept fragment is missing or is not what was written: it has to be made again."""


@dataclass(frozen=True)
class KeptFragment:
    """A fragment on disk. It is read when it is asked for, so that books of any size need little memory."""

    path: Path

    def head(self) -> Head:
        """The head. Raises `DamagedFragment`."""
        return _head.decode(self._parts()[0])

    def body(self) -> Body:
        """The body. Raises `DamagedFragment`."""
        return _body.decode(self._parts()[1])

    def whole(self) -> Fragment:
        """Both. Raises `DamagedFragment`."""
        head, body = self._parts()
        return Fragment(_head.decode(head), _body.decode(body))

    def _parts(self) -> tuple[memoryview, memoryview]:
        try:
            content = memoryview(self.path.read_bytes())
        except OSError as error:
            raise DamagedFragment(str(self.path)) from error
        start = len(MAGIC)
        checksum, packed = content[start : start + 32], content[start + 32 :]
        if bytes(content[:start]) != MAGIC or hashlib.sha256(packed).digest() != bytes(checksum):
            raise DamagedFragment(str(self.path))
        length = int.from_bytes(packed[:4], "big")
        return packed[4 : 4 + length], packed[4 + length :]


@dataclass(frozen=True)
class FragmentInMemory:
    """A fragment that could not be kept, or need not be."""

    fragment: Fragment

    def head(self) -> Head:
        """The head."""
        return self.fragment.head

    def body(self) -> Body:
        """The body."""
        return self.fragment.body

    def whole(self) -> Fragment:
        """Both."""
        return self.fragment


@dataclass(frozen=True)
class FragmentStore:
    """The fragments of one style version."""

    directory: Path
    version: str

    def _folder(self) -> Path:
        return self.directory / self.version

    def _path(self, key: str) -> Path:
        return self._folder() / key[:2] / f"{key}{SUFFIX}"

    def find(self, key: str) -> KeptFragment | None:
        """The whole, undamaged fragment under a key. Whole means: its checksum is right."""
        found = KeptFragment(self._path(key))
        try:
            found.head()
        except DamagedFragment:
            if self.holds(key):
                logger.warning("Część wydruku %s jest uszkodzona i zostanie złożona ponownie.", found.path)
            return None
        return found

    def holds(self, key: str) -> bool:
        """Whether there is a file under the key, undamaged or not."""
        return self._path(key).exists()

    def found(self, key: str) -> KeptFragment:
        """The fragment under a key that is known to be there; damage shows when it is read."""
        return KeptFragment(self._path(key))

    def keep(self, key: str, fragment: Fragment) -> KeptFragment:
        """Write a fragment: whole or not at all. Raises `OSError`."""
        head, body = _encode(fragment.head), _encode(fragment.body)
        packed = len(head).to_bytes(4, "big") + head + body
        path = self._path(key)
        replace_file(path, [MAGIC, hashlib.sha256(packed).digest(), packed])
        return KeptFragment(path)

    def prune(self, used: Iterable[str]) -> int:
        """Throw away other style versions, and fragments that are neither among `used` nor recent. Returns how many files."""
        keys, removed = set(used), 0
        if self.directory.exists():
            for folder in self.directory.iterdir():
                if folder.is_dir() and folder.name != self.version:
                    removed += sum(1 for _ in folder.rglob(f"*{SUFFIX}"))
                    shutil.rmtree(folder, ignore_errors=True)
        oldest = time.time() - UNUSED_AFTER_SECONDS
        for path in self._folder().rglob(f"*{SUFFIX}"):
            if path.stem not in keys and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def fragment_store() -> FragmentStore:
    """The store of this installation and style."""
    return FragmentStore(Path(settings.DATA_DIRECTORY) / "pdf" / "fragments", style_version())


def font_cache() -> Path:
    """Where cut fonts are kept."""
    return Path(settings.DATA_DIRECTORY) / "pdf" / "fonts"
