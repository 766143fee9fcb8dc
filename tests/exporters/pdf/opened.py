"""A finished PDF of ours taken apart into its objects, and put together again after one of them was changed."""

from __future__ import annotations

import io
import zlib

from exporters.pdf.output import ENTRY, BookFile
from exporters.pdf.reading import PdfFile, Ref


class OpenedPdf:
    """Objects by number as they are written: those of their own, and those packed into object streams."""

    def __init__(self, content: bytes) -> None:
        """Take a file apart."""
        self._file = PdfFile(content)
        table = self._file.rows(range(self._file.size))
        rows = [(kind, where) for kind, where, _, _ in ENTRY.iter_unpack(table)]
        self._own = {number: where for number, (kind, where) in enumerate(rows) if kind == 1}
        self._holders = {number: where for number, (kind, where) in enumerate(rows) if kind == 2}
        ends = [*sorted(self._own.values())[1:], content.rindex(b"startxref")]
        self._table_number = max(self._own, key=lambda number: self._own[number])
        self.objects: dict[int, bytes] = {}
        for number, end in zip(sorted(self._own, key=lambda number: self._own[number]), ends, strict=True):
            self.objects[number] = content[self._own[number] : end].split(b" 0 obj\n", 1)[1].removesuffix(b"\nendobj\n")
        for holder in set(self._holders.values()):
            self._unpack(holder)

    def _unpack(self, holder: int) -> None:
        stream = self._file.object(holder)
        first = stream.entries["First"]
        pairs = [int(piece) for piece in stream.content[:first].split()]
        begins = [first + offset for offset in pairs[1::2]]
        for number, begin, end in zip(pairs[::2], begins, [*begins[1:], len(stream.content) + 1], strict=True):
            self.objects[number] = stream.content[begin : end - 1]

    def number(self, reference: object) -> int:
        """The number of a reference."""
        assert isinstance(reference, Ref)
        return reference.number

    def change(self, number: int, old: bytes, new: bytes) -> None:
        """Replace text in an object; in a stream, in its unpacked content."""
        head, marker, rest = self.objects[number].partition(b"\nstream\n")
        if not marker or old in head:
            assert old in head, (number, head)
            self.objects[number] = head.replace(old, new, 1) + marker + rest
            return
        text = zlib.decompress(rest.removesuffix(b"\nendstream"))
        assert old in text, (number, text[:300])
        packed = zlib.compress(text.replace(old, new, 1))
        self.objects[number] = b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)

    def swap(self, one: int, other: int) -> None:
        """Let two objects change places."""
        self.objects[one], self.objects[other] = self.objects[other], self.objects[one]

    def content(self) -> bytes:
        """The file, in the order in which it was written."""
        out = io.BytesIO()
        file = BookFile(out, max(self.objects) - 1)
        holders = set(self._holders.values())
        for number in sorted(self._own, key=lambda number: self._own[number]):
            if number in holders:
                self._pack(file, number)
            elif number != self._table_number:
                file.put(number, self.objects[number])
        file.finish(root=1, information=7)
        return out.getvalue()

    def _pack(self, file: BookFile, holder: int) -> None:
        packed = sorted(number for number, where in self._holders.items() if where == holder)
        offsets, text = [], b""
        for number in packed:
            offsets.append(len(text))
            text += self.objects[number] + b"\n"
        file.put_packed(holder, range(packed[0], packed[-1] + 1), offsets, text.removesuffix(b"\n"), level=1)
