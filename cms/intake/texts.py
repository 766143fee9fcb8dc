"""Texts from outside: UTF-8 and nothing else."""

from __future__ import annotations

import codecs

from cms.intake.refusals import RefusedFile

_OTHER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def utf8(content: bytes, *, largest: int) -> str:
    """The text without its byte order mark. `largest` counts bytes. Raises `RefusedFile`."""
    if len(content) > largest:
        raise RefusedFile(f"Plik ma ponad {_size(largest)}. Podziel go albo zmniejsz.")
    if content.startswith(_OTHER_MARKS):
        raise RefusedFile("Plik jest zapisany w UTF-16 albo UTF-32. Zapisz go w kodowaniu UTF-8.")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedFile("Plik nie jest zapisany w UTF-8. Zapisz go w tym kodowaniu.", line=line) from None
    if "\x00" in text:
        raise RefusedFile("Plik zawiera znak o kodzie 0, więc nie jest tekstem.")
    return text


def _size(number: int) -> str:
    return f"{number // 1_000_000} MB" if number >= 1_000_000 else f"{number // 1000} kB"
