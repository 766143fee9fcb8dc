"""Accessibility of a screen by axe-core (MPL-2.0, used in tests only), for the levels A and AA of WCAG 2.0 to 2.2."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


END_ANIMATIONS = """() => document.getAnimations().forEach((one) => {
  if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
})"""
HEIGHT = """() => Math.max(...[document.documentElement, ...document.querySelectorAll("main")].map((one) => one.scrollHeight))"""
BARS = 400
"""Pixels left for what stands above and below the content."""


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is shown now: rule and element of each violation.

    A message that is half faded in would count as pale, a button half under the bar of the form as small; so animations are ended
    and the window is as tall as the page while axe looks.
    """
    page.evaluate(END_ANIMATIONS)
    usual = page.viewport_size
    if usual:
        page.set_viewport_size({"width": usual["width"], "height": max(usual["height"], page.evaluate(HEIGHT) + BARS)})
    results = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": LEVELS})
    if usual:
        page.set_viewport_size(usual)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
