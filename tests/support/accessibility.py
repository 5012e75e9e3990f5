"""Runs axe on an open page."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def open_everything(page: Page) -> None:
    """Open every folded element."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


CONTRAST = "color-contrast"
"""The rule that takes most of the time."""


SIZES = ("target-size", "scrollable-region-focusable")
"""The rules that larger letters alone can violate. They need less contrast, not more."""


def violations(page: Page, *, only: Sequence[str] = (), without: str = "") -> list[tuple[str, list[str]]]:
    """The rules that a page violates, each with the start of the first three elements.

    Runs all rules, some of them, or all except one.
    """
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = list(only)
    if without:
        options["rules"] = {without: {"enabled": False}}
    results = Axe().run(page, options=options).response
    assert results["passes"], "axe has not looked at anything"
    return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in results["violations"]]
