"""Prose: the safe subset of Markdown that authors write, as HTML.

Paragraphs, emphasis, lists and links; no raw HTML, no images, no headings. Text without Markdown bypasses both
libraries.
"""

from __future__ import annotations

import re
from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup

_QUOTATION_MARK_IN_TEXT = re.compile(r'"(?![^<]*>)')
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br"}
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"https?://[^/\\?#]|mailto:", re.IGNORECASE)
"""How a whole address begins; browsers take `https:x` and `https:/x` for paths of the site they are on."""

_MARKS = re.compile(r"[*_\[<\\]|^[^\S\n]*(?:[-+]|\d+\.)\s|  $", re.MULTILINE)
_YEAR = re.compile(r"^(\d{3,})\.", re.MULTILINE)


@lru_cache(maxsize=8192)
def render_prose(text: str) -> Markup:
    """Render Markdown as one or more block elements."""
    if not _MARKS.search(text):
        paragraphs = re.split(r"\n\s*\n", text.strip())
        return Markup("\n").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)
    text = text.replace("&", "&amp;")  # an entity in the source is text, too
    text = _YEAR.sub(r"\1\\.", text)  # "1984." begins a sentence, not a list
    html = nh3.clean(
        _reader().reset().convert(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_keep_whole_addresses,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return Markup(_QUOTATION_MARK_IN_TEXT.sub("&#34;", html))


def render_inline(text: str) -> Markup:
    """Render for use inside a paragraph: a single paragraph loses its `<p>`, several keep theirs."""
    html = render_prose(text)
    inner = re.fullmatch(r"<p>(.*)</p>", html, re.DOTALL)
    if inner and "<p>" not in inner[1]:
        return Markup(inner[1])
    return html


def strip_prose(text: str) -> str:
    """The text without markup, for descriptions and search."""
    html = render_prose(text)
    return " ".join(html.striptags().split())


def first_sentence(text: str, limit: int = 160) -> str:
    """The text without markup, cut after a word if it is longer than `limit` characters."""
    words = strip_prose(text)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def _keep_whole_addresses(tag: str, attribute: str, value: str) -> str | None:
    """Keep absolute URLs with an allowed scheme; `//host` and relative URLs are dropped."""
    if attribute != "href":
        return value
    return value if _ADDRESS.match(value) else None


@lru_cache(maxsize=1)
def _reader() -> markdown.Markdown:
    reader = markdown.Markdown()
    # Raw HTML stays text: without these two, `<` reaches the serialiser as a character and is escaped.
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    # References would leak from one text into the next; code and images are not allowed.
    unwanted = (
        "image_link",
        "image_reference",
        "short_image_ref",
        "reference",
        "short_reference",
        "entity",
        "backtick",
    )
    for name in unwanted:
        reader.inlinePatterns.deregister(name)
    for name in ("hashheader", "setextheader", "code", "quote", "hr", "reference"):
        reader.parser.blockprocessors.deregister(name)
    return reader
