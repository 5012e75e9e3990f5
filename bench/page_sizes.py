"""Sizes of built pages: compressed, as a server sends them, and by kind, to compare the same pages of two sites."""

from __future__ import annotations

import gzip
import html
import re
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

from shell import END, START

TAG = re.compile(r"<[^>]*>")
WHITE = re.compile(r"(?<=>)\s+|\s+(?=<)")
KINDS = ("briefings", "issues", "actors", "sources")


def compressed_sizes(site: Path) -> dict[str, Any]:
    """Number, median and largest of all pages of a site, in KB compressed, and the URL of the largest."""
    sizes = {
        path.parent.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes(), 6)) / 1e3
        for path in site.rglob("index.html")
    }
    largest = max(sizes, key=lambda url: sizes[url])
    return {
        "count": len(sizes),
        "median": round(statistics.median(sizes.values()), 2),
        "largest": round(sizes[largest], 1),
        "largest_url": f"{largest}/",
    }


def compare_kinds(one: Path, other: Path) -> dict[str, dict[str, list[int]]]:
    """By kind of page, how much there is of `one` and of the `other` site: pages, words and bytes of their content,
    without the shell; and how many pages have the `same` HTML but for white space between tags."""
    kinds: dict[str, dict[str, list[int]]] = defaultdict(lambda: {"one": [0, 0, 0], "other": [0, 0, 0], "same": [0]})
    for path in sorted({each.relative_to(site) for site in (one, other) for each in site.rglob("index.html")}):
        counts, contents = kinds[_kind(path)], []
        for name, site in (("one", one), ("other", other)):
            content = _content(site / path)
            words = len(html.unescape(TAG.sub(" ", content)).split())
            for index, count in enumerate((bool(content), words, len(content.encode()))):
                counts[name][index] += count
            contents.append(WHITE.sub("", html.unescape(content)))
        counts["same"][0] += contents[0] == contents[1] != ""
    return dict(kinds)


def _content(path: Path) -> str:
    """Empty for a page that is not there, or has nothing of ours."""
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    return page[page.index(START) : page.index(END)] if START in page else ""


def _kind(path: Path) -> str:
    first, *rest = path.parts
    if first not in KINDS or len(rest) < 2:
        return "others"
    return first if len(rest) == 2 and rest[0] != "by-year" else "volumes"
