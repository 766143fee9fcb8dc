"""Accessibility of a screen by axe-core (MPL-2.0, used in tests only), for the levels A and AA of WCAG 2.0 to 2.2."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is shown now: rule and element of each violation."""
    results = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": LEVELS})
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
