"""A mirror of the catalogue that follows the feed of changes: `python mirror.py ADDRESS FOLDER [--verify]`.

Needs nothing but Python. Every text lies in the folder under its key, with the bytes that the catalogue hashed; `state.json` keeps
the number of the last edition seen. Run it as often as you like: it fetches what changed, and an interrupted run goes on where
it stopped. `--verify` downloads the knowledge package and proves, hash by hash, that nothing differs.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import io
import json
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

PLACES = {
    "urzad/": "offices/",
    "zdarzenie/": "life-events/",
    "akt/": "acts/",
    "formularz/": "forms/",
    "podrecznik/": "handbooks/",
    "dobra-praktyka/": "good-practices/",
}
"""Beginning of a key -> where the API keeps such texts. Cards are named by their keys, the topic tree is `topics`."""
PAGE = 500


class Mirror:
    """The catalogue of one address in one folder."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address.rstrip("/")
        self._folder = folder
        self._state_file = folder / "state.json"
        self._state: dict[str, Any] = {"sequence": 0, "future": {}}
        if self._state_file.exists():
            self._state = json.loads(self._state_file.read_text(encoding="utf-8"))

    def follow(self, today: datetime.date) -> int:
        """Fetch everything that changed since the last run; returns how many texts were looked at."""
        looked_at = self._due(today)
        while True:
            page = json.loads(self._get(f"/api/v1/changes?since={self._state['sequence']}&limit={PAGE}"))
            changed = {row["key"]: row for row in page["items"]}
            for key, row in changed.items():
                if row["valid_from"] > today.isoformat():
                    self._state["future"].setdefault(row["valid_from"], []).append(key)
                self._fetch(key)
            looked_at += len(changed)
            # Only now: had the run stopped above, the next one would fetch the same page again.
            self._state["sequence"] = page["next"]
            self._keep_state()
            if page["next"] == page["last"]:
                return looked_at

    def _due(self, today: datetime.date) -> int:
        """Texts that were recorded earlier and take force by today."""
        days = [day for day in self._state["future"] if day <= today.isoformat()]
        keys = sorted({key for day in days for key in self._state["future"][day]})
        for key in keys:
            self._fetch(key)
        for day in days:
            del self._state["future"][day]
        return len(keys)

    def _fetch(self, key: str) -> None:
        """Take the text in force today, or drop it when there is none (404 never or suspended, 410 withdrawn)."""
        path = place_of(key)
        if path is None:
            return
        target = self._folder / file_name(key)
        try:
            content = self._get(f"/api/v1/{path}")
        except urllib.error.HTTPError as refusal:
            if refusal.code not in {404, 410}:
                raise
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(content)
        fresh.replace(target)

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every text here, by file name."""
        files = [path for path in self._folder.rglob("*.json") if path != self._state_file]
        return {
            str(path.relative_to(self._folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)
        }

    def differences(self) -> list[str]:
        """What differs from the knowledge package, by file name; nothing when the mirror is true."""
        wanted = hashes_of_package(self._get("/katalog/knowledge-package"))
        here = self.hashes()
        return sorted(name for name in wanted.keys() | here.keys() if wanted.get(name) != here.get(name))

    def _keep_state(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._state_file.write_text(json.dumps(self._state), encoding="utf-8")

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self._address}{path}", timeout=60) as answer:
            content: bytes = answer.read()
            return content


def place_of(key: str) -> str | None:
    """Where the API keeps the text of a key; None for what it does not serve one by one (types of offices)."""
    if key == "dzialy":
        return "topics"
    for beginning, place in PLACES.items():
        if key.startswith(beginning):
            return place + quote(key.removeprefix(beginning), safe="")
    return None if key.startswith("typ/") else f"cards/{quote(key)}"


def file_name(key: str) -> str:
    """The file of a key below the folder."""
    return f"{quote(key, safe='')}.json"


def hashes_of_package(content: bytes) -> dict[str, str]:
    """SHA-256 of every text in force that the package holds, by the file name it has in the mirror."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        day = json.loads(archive.read("manifest.json"))["on"]
        for name in archive.namelist():
            for line in archive.read(name).splitlines() if name.endswith(".jsonl") else ():
                row = json.loads(line)
                in_force = row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] >= day)
                if in_force and row["state"] == "published" and place_of(row["key"]):
                    found[file_name(row["key"])] = row["sha256"]
    return found


def main() -> int:
    """Follow once, then verify when asked to. Exit code 1 when the mirror differs."""
    parser = argparse.ArgumentParser(description="Lustro katalogu usług, prowadzone strumieniem zmian.")
    parser.add_argument("address", help="adres katalogu, na przykład https://okienko.example")
    parser.add_argument("folder", type=Path, help="folder na lustro")
    parser.add_argument("--verify", action="store_true", help="porównaj z pakietem wiedzy")
    chosen = parser.parse_args()
    mirror = Mirror(chosen.address, chosen.folder)
    print(f"Sprawdzone wydania: {mirror.follow(datetime.date.today())}. Treści w lustrze: {len(mirror.hashes())}.")
    if not chosen.verify:
        return 0
    differences = mirror.differences()
    print("Lustro jest wierne." if not differences else f"Różnice: {', '.join(differences[:20])}.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
