"""Feeds: Atom files (RFC 4287) for the whole site, each actor and each issue.

Ids are UUIDs made of the site's host, the language, and the first id that a record had: neither a new title nor a new
id nor a moved page changes them. A template makes the content of an entry, as it makes pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from urllib.parse import urlsplit
from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree as ET

from ..exports.naming import stance_name
from ..model.entities import title_of
from ..views.addresses import Site, feed_url
from ..views.atlas import Atlas
from ..views.feeds import Feed, FeedEntries, FeedEntry
from ..wording.language import Language
from .environment import template_environment
from .whitespace import compact

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write. `check` refuses it in briefings; a configuration may have it."""

ET.register_namespace("", ATOM)


def feed_files(atlas: Atlas, language: Language, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every feed that has an entry: its path relative to the language's root, and its content."""
    namespace = uuid5(NAMESPACE_DNS, urlsplit(site.url).hostname or "verbatim")

    def urn(key: str) -> str:
        return uuid5(namespace, f"{language.code}/{key}").urn

    @cache  # an entry stands in several feeds; only without an address its links differ by the feed's depth
    def entry_element(entry: FeedEntry, root: str) -> ET.Element:
        return _entry(entry, urn(entry.key), root, language)

    for feed in FeedEntries(atlas):
        path = feed_url(feed.page)
        yield path, _feed(feed, path, urn, entry_element, language, site)


def _feed(
    feed: Feed,
    path: str,
    urn: Callable[[str], str],
    entry_element: Callable[[FeedEntry, str], ET.Element],
    language: Language,
    site: Site,
) -> bytes:
    root = site.url or "../" * path.count("/") or "./"
    element = ET.Element(f"{{{ATOM}}}feed", {LANG: language.code})
    _add(element, "id", urn(feed.key))
    _add(element, "title", " · ".join([site.name, *([_name(feed, language)] if feed.record else [])]))
    _add(element, "updated", _moment(max(entry.updated for entry in feed.entries)))
    _add(_add(element, "author"), "name", site.name)
    _add(element, "link", rel="self", type="application/atom+xml", href=f"{root}{path}")
    _add(element, "link", rel="alternate", type="text/html", href=f"{root}{feed.page}")
    element.extend(entry_element(entry, root) for entry in feed.entries)
    written: bytes = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(entry: FeedEntry, id: str, root: str, language: Language) -> ET.Element:
    element = ET.Element(f"{{{ATOM}}}entry")
    _add(element, "id", id)
    _add(element, "title", _title(entry, language))
    _add(element, "updated", _moment(entry.updated))
    _add(element, "published", _moment(entry.published))
    _add(element, "link", rel="alternate", type="text/html", href=f"{root}{entry.url}")
    _add(element, "category", term="change" if entry.before else "position" if entry.position else "briefing")
    html = template_environment(language).get_template("feed-entry.html").render(entry=entry).strip()
    _add(element, "content", compact(html).replace('="~/', f'="{root}'), type="html")
    return element


def _name(feed: Feed, language: Language) -> str:
    assert feed.record, "the site's feed has the site's name alone"
    return language.plain(title_of(feed.record))


def _title(entry: FeedEntry, language: Language) -> str:
    plain, t = language.plain, language.t
    if not entry.position:
        return plain(entry.briefing.title)
    view = entry.position
    way = [told] if (told := ", ".join(dict.fromkeys(stance_name(each, language) for each in entry.before))) else []
    kinds = [str(t("feed.changed"))] if entry.before else []
    kinds += [str(t("feed.withdrawn"))] if view.position.withdrawn else []
    stances = " → ".join([*way, stance_name(view, language)])
    return " · ".join([*kinds, plain(view.holder.name), plain(view.issue.short), stances])


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    kept: dict[str, str] = {name: NOT_IN_XML.sub("\ufffd", value) for name, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{ATOM}}}{tag}", kept)
    element.text = NOT_IN_XML.sub("\ufffd", text) or None
    return element


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
