"""Cuts what Hugo and Eleventy write around their content out of our own built pages.

All sides have the same shell, with a page's own title and description. What our pages hold without change, the key to
the marks and the form for a reader's own copy, is cut as well, since a template would have it as text.
"""

from __future__ import annotations

import re
from pathlib import Path

START, END = '<div class="vb ', "</article>"
KEY = re.compile(r'<details class="vb-legend">.*?</details>\n?', re.DOTALL)
SPRITE = re.compile(r'<svg class="vb-sprite".*?</svg>\n?', re.DOTALL)
OWN_COPY = re.compile(r'<details class="vb-own">.*?</details>\n?', re.DOTALL)


def bare_shell(site: Path, content: str, title: str, description: str) -> str:
    """A layout: the shell of a page two folders deep, around the peer's words for its content, title, description."""
    page = _source(site)
    start, end = page.index(START), page.index(END)
    named = _named(page[:start], title, description)
    return f"{named}{content}{page[end:]}"


def go_layouts(site: Path) -> dict[str, str]:
    """The layouts and partials of Hugo's own templates that are cut out of our pages, by path."""
    shell = bare_shell(site, '{{ block "main" . }}{{ end }}', "{{ .Title }}", "{{ .Description }}")
    page = _source(site)
    own_copy = _found(OWN_COPY, page)
    own_copy = re.sub(r'data-text="[^"]*"', 'data-text="{{ .text_digest }}"', own_copy)
    own_copy = re.sub(r'data-paragraphs="[0-9][^"]*"', 'data-paragraphs="{{ .paragraph_digests }}"', own_copy)
    return {
        "baseof.html": shell,
        "archive/baseof.html": shell.replace('="../../', '="../../../'),
        "_partials/key.html": _found(KEY, page).replace('="../../', '="{{ . }}'),
        "_partials/sprite.html": _found(SPRITE, page),
        "_partials/own-copy.html": own_copy,
    }


def _source(site: Path) -> str:
    return next((site / "sources").glob("source-*/index.html")).read_text(encoding="utf-8")


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found, pattern
    return found[0]


def _named(head: str, title: str, description: str) -> str:
    head, count = re.subn(r"(<title>)[^<]*? - ", rf"\g<1>{title} - ", head)
    assert count == 1, "the title"
    head, count = re.subn(r'(<meta name="description" content=")[^"]*"', rf'\g<1>{description}"', head)
    assert count, "the description"
    return head
