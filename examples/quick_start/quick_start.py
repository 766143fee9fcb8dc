"""The first minutes with the API: `python quick_start.py ADDRESS`. Needs nothing but Python."""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any


def get(address: str) -> Any:
    """The JSON behind an address."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def main(site: str) -> None:
    """One card, all offices page by page, the newest changes."""
    card = get(f"{site}/api/v1/cards/UW-PAS-001?fields=title,fees")
    fees = ", ".join(f"{fee['amount']} {fee['currency']} ({fee['kind']})" for fee in card["fees"])
    print(f"{card['title']}: {fees}")

    codes: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(f"{site}/api/v1/offices?limit=50&cursor={cursor}")
        codes += [office["code"] for office in page["items"]]
        cursor = page["next"]
    print(f"Urzędy: {len(codes)}, pierwszy: {codes[0]}")

    last = get(f"{site}/api/v1/changes?limit=1")["last"]
    for change in get(f"{site}/api/v1/changes?since={max(0, last - 3)}&limit=3")["items"]:
        print(f"{change['sequence']} {change['state']} {change['key']} ({change['cause']})")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
