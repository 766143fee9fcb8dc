"""Checking what somebody pasted or uploaded: through the gate, in a process with limits. Nothing is kept.

`findings` runs in that process; `check` is what the page and the API call.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cms.intake.child import run
from cms.intake.refusals import RefusedFile

LARGEST = 2_000_000
"""Bytes: the largest catalogue of an office has a tenth of that."""
SECONDS = 2
"""CPU time: a card takes a third of it, start of the process included."""
MOST_FINDINGS = 200
"""What is shown at most; a file with more errors is no card."""

Kind = Literal["xml", "json"]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing wrong, with its line."""

    line: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was checked and what is wrong with it."""

    kind: Kind
    remarks: tuple[Remark, ...]

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong."""
        return not self.remarks


def kind_of(content: bytes) -> Kind:
    """XML begins with an angle bracket, everything else is taken for JSON: told by content, not by name."""
    return "xml" if content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<") else "json"


def check(content: bytes, *, office_types: Collection[str] = ()) -> Verdict:
    """Check a card. A file that the gate refuses has that as its one remark. `office_types`: as in `findings`."""
    kind = kind_of(content)
    try:
        if len(content) > LARGEST:
            raise RefusedFile(f"Plik ma ponad {LARGEST // 1_000_000} MB. Sprawdź karty po kolei.")
        found = run(
            "exporters.validator.checking:findings", kind, ",".join(office_types), content=content, seconds=SECONDS
        )
    except RefusedFile as refusal:
        found = [[refusal.line, str(refusal).rstrip(".")]]
    return Verdict(kind=kind, remarks=tuple(Remark(line=line, sentence=sentence) for line, sentence in found))


def findings(content: bytes, kind: str, office_types: str = "") -> list[tuple[int, str]]:
    """Lines and sentences. `office_types` are the known codes, with commas; without them any passes in a JSON card.

    Raises `RefusedFile`. The parsers are imported here: the process of the page does not need them.
    """
    found: Any
    if kind == "xml":
        from cms.intake.xml_files import read_xml
        from exporters.epuap.validation import findings_of

        root = read_xml(content, largest=LARGEST)
        found = sorted((finding.line, finding.sentence) for finding in findings_of(root, Path("karta.xml")))
    else:
        from exporters.validator.json_cards import json_findings

        known = [code for code in office_types.split(",") if code]
        found = json_findings(content, largest=LARGEST, office_types=known)
    return list(found)[:MOST_FINDINGS]
