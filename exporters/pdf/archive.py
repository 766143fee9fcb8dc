"""What PDF/A-3b (ISO 19005-3) wants besides PDF/UA: a colour profile for the whole file, and attachments that say what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from exporters.pdf.assets import COLOR_PROFILE, FOLDER
from exporters.pdf.objects import reference, stream, text_string
from exporters.pdf.output import BookFile

CONDITION = "sRGB IEC61966-2.1"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file inside the PDF: the same content as the pages, for programs."""

    name: str
    media_type: str
    description: str
    content: bytes


def write_archive(file: BookFile, attachments: Sequence[Attachment], *, published_on: str) -> tuple[bytes, bytes]:
    """Write profile and attachments; returns entries for the catalog and for its dictionary of names."""
    profile = file.take(1)
    file.put(profile, stream((FOLDER / COLOR_PROFILE).read_bytes(), b"/N 3"))
    intent = (
        b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%b/Info%b/DestOutputProfile %b>>]"
        % (
            text_string(CONDITION),
            text_string(CONDITION),
            reference(profile),
        )
    )
    specifications = {one.name: _write_attachment(file, one, published_on) for one in attachments}
    if not specifications:
        return intent, b""
    ordered = sorted(specifications, key=text_string)
    pairs = b"".join(text_string(name) + reference(specifications[name]) for name in ordered)
    associated = b" ".join(reference(specifications[name]) for name in ordered)
    return intent + b"/AF[%b]" % associated, b"/EmbeddedFiles<</Names[%b]>>" % pairs


def _write_attachment(file: BookFile, attachment: Attachment, published_on: str) -> int:
    """Write one attachment; returns the number of its file specification."""
    number = file.take(2)
    changed = b"/ModDate" + text_string(f"D:{published_on.replace('-', '')}000000Z")
    checksum = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest().encode()  # the norm asks for MD5
    kind = attachment.media_type.partition(";")[0].replace("/", "#2F").encode()
    entries = b"/Type/EmbeddedFile/Subtype/%b/Params<</Size %d%b/CheckSum<%b>>>" % (
        kind,
        len(attachment.content),
        changed,
        checksum,
    )
    file.put(number, stream(attachment.content, entries))
    name, content = text_string(attachment.name), reference(number)
    file.put(
        number + 1,
        b"<</Type/Filespec/F%b/UF%b/Desc%b/AFRelationship/Data/EF<</F %b/UF %b>>>>"
        % (name, name, text_string(attachment.description), content, content),
    )
    return number + 1
