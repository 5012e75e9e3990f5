"""Formats: an article's text, and what its file says of it, from plain text, Markdown or an HTML page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

import markdown
from pydantic import TypeAdapter, ValidationError

from ..model.values import Line, Url
from ..problems import Message

MAX_ARTICLE_BYTES = 100 << 10
"""An article is a few KiB; the rules look at every name and every sentence of it together."""

MAX_PAGE_BYTES = 5 << 20
"""A page that a browser saved has its scripts and styles around the article."""

_PAGE = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*|<!--.{0,1000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_MARKDOWN = (".md", ".markdown")
_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "td", "th"])


@dataclass(frozen=True)
class Saved:
    """An article as it was saved; what the file does not say is empty."""

    text: str
    """A blank line between paragraphs; plain text as it was, its site's furniture included."""
    title: str = ""
    published: date | None = None
    url: str = ""
    publisher: str = ""
    lang: str = ""
    """An ISO 639-1 code."""


def read_saved(raw: bytes, name: str) -> Saved:
    """`name` is the file's, whose suffix tells Markdown. Raises ValueError for what cannot be read."""
    if _PAGE.match(raw):
        saved = _from_page(raw)
    elif name.lower().endswith(_MARKDOWN):
        saved = _from_markdown(_decoded(raw))
    else:
        saved = Saved(_decoded(raw))
    if len(saved.text.encode()) > MAX_ARTICLE_BYTES:
        raise ValueError(Message("larger than {most} KiB", most=MAX_ARTICLE_BYTES // 1024))
    return saved


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_ARTICLE_BYTES:
        raise ValueError(Message("larger than {most} KiB", most=MAX_ARTICLE_BYTES // 1024))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 (save the text as UTF-8)") from None


# ---- An HTML page -------------------------------------------------------------------------------------------------


def _from_page(raw: bytes) -> Saved:
    """The article of a page, without what the site puts around it; its metadata where the page states them."""
    if len(raw) > MAX_PAGE_BYTES:
        raise ValueError(Message("a page larger than {most} MiB (save the article's text)", most=MAX_PAGE_BYTES >> 20))
    try:
        from trafilatura import bare_extraction, load_html
    except ImportError:
        what = ".venv/bin/pip install --require-hashes -r requirements-html.txt"
        raise ValueError(
            Message("an HTML page (install what reads it: `{what}`; or save the article's text)", what=what)
        ) from None
    page = load_html(raw)
    lang = (
        "" if page is None else page.get("lang") or next(iter(page.xpath("//meta[@property='og:locale']/@content")), "")
    )
    found = page is not None and bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2200-01-01"},
    )
    if not found or isinstance(found, dict) or not found.text:
        raise ValueError("an HTML page in which no article is found (save the article's text)")
    return Saved(
        "\n\n".join(found.text.splitlines()),
        title=_valid(Line, found.title),
        published=_day(found.date or ""),
        url=_valid(Url, found.url),
        publisher=_valid(Line, found.sitename),
        lang=lang[:2].lower(),
    )


# ---- Markdown -----------------------------------------------------------------------------------------------------


def _from_markdown(text: str) -> Saved:
    """Its blocks as plain text; a first heading is the title; `title`, `date`, `url` … stand above, between `---`."""
    headed = text.startswith("---")  # the extension would also take a first line such as `Harwick: it rains`
    reader = markdown.Markdown(extensions=["meta"] if headed else [], output_format="html")
    blocks = _Blocks()
    blocks.feed(reader.convert(text))
    blocks.close()
    head = {key: " ".join(values).strip("\"' ") for key, values in getattr(reader, "Meta", {}).items()}
    return Saved(
        "\n\n".join(blocks.found),
        title=_valid(Line, head.get("title") or blocks.title),
        published=_day(head.get("date", "")),
        url=_valid(Url, head.get("url")),
        publisher=_valid(Line, head.get("publisher")),
        lang=head.get("lang", "")[:2].lower(),
    )


class _Blocks(HTMLParser):
    """The text of each paragraph, heading and item."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.title = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end("")
        elif tag == "br":
            self._text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def close(self) -> None:
        super().close()
        self._end("")

    def _end(self, tag: str) -> None:
        if block := " ".join(self._text.split("\n")).strip():
            self.found.append(block)
            if tag == "h1" and not self.title:
                self.title = block
        self._text = ""


def _valid(kind: Any, value: str | None) -> str:
    """What a file says of itself, if a source may have it; empty else."""
    try:
        return str(TypeAdapter(kind).validate_python(value))
    except ValidationError:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
