"""Runs axe on an open page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def open_everything(page: Page) -> None:
    """Open every folded element."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


SIZES = ("target-size", "scrollable-region-focusable")
"""The rules that larger letters alone can violate. They need less contrast, not more."""

WIDTHS = ("scrollable-region-focusable",)
"""The rule, among those that axe runs unasked, that a narrow window alone can violate."""

_RUN = """async ([context, options]) => {
    const found = await axe.run(context ?? document, { resultTypes: ["violations"], ...options });
    const { passes, violations, inapplicable } = found;
    const mayBeAbsent = !context && options.runOnly;  // a page need not have what a few rules are about
    const looked = passes.length || violations.length || (mayBeAbsent && inapplicable.length);
    if (!looked) throw new Error("axe has not looked at anything");
    return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 120))]);
}"""

_MARK_LOOKS = """async (tried) => {
    const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(moving.map((each) => each.finished));
    const looks = new Set(tried);
    for (const one of document.body.querySelectorAll("*")) {
        const speaks = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!(speaks || one.matches("input")) || !one.checkVisibility()) continue;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
        const look = [one.localName, one.getAttribute("class"), color, fontSize, fontWeight, textShadow];
        for (let each = one; each; each = each.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
            look.push(backgroundColor, backgroundImage, opacity);
        }
        const size = looks.size;
        delete one.dataset.look;
        if (looks.add(look.join()).size > size) one.dataset.look = "";
    }
    return [...looks].slice(tried.length);
}"""
"""Marks an element of each look that was not tried before, and returns these looks."""


def violations(page: Page, *, only: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """The rules, or those of the given ones, that a page violates, each with the start of the first three elements.

    Contrast has `faint` of its own, since it takes most of the time.
    """
    return _run(page, None, {"runOnly": list(only)} if only else {"rules": {"color-contrast": {"enabled": False}}})


def faint(page: Page, tried: list[str] | None = None) -> list[tuple[str, list[str]]]:
    """The first three elements whose colours have less contrast than axe requires; one element of each look is tried.

    Elements have one look if they have the same tag, classes, colour and letters, and the same grounds behind them.
    `tried` has the looks of earlier pages, and gets those of this one.
    """
    tried = [] if tried is None else tried
    new = page.evaluate(_MARK_LOOKS, tried)
    tried += new
    if not new:
        return []
    return _run(page, {"include": [["[data-look]"]]}, {"runOnly": ["color-contrast"]})


def _run(page: Page, context: dict[str, Any] | None, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    return [tuple(each) for each in page.evaluate(_RUN, [context, options])]
