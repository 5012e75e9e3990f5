"""A site as files: the ids and links of its pages, and broken links among them."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from support.projects import Edition


class Page(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads_on = '<meta http-equiv="refresh"' in text
        """Whether it only redirects from a former address."""

        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "xlink:href", "src") and value:
                self.links.append(value)


def read_pages(site: Path) -> dict[str, Page]:
    """Pages by address, `/actors/ada/`, without the page for missing addresses."""
    files = [path for path in site.resolve().rglob("*.html") if path.name != "404.html"]
    addresses = ["/" + path.relative_to(site.resolve()).as_posix().removesuffix("index.html") for path in files]
    return {address: Page(path.read_text("utf-8")) for address, path in zip(addresses, files, strict=True)}


def pages_by_kind(site: Path, edition: Edition) -> list[list[str]]:
    """The addresses in one language, in a list per kind, the smallest page first.

    Kinds are the home page, each index, and the pages below each index.
    """
    root, kinds = site.resolve() / edition.folder, {}
    for path in sorted(root.rglob("index.html"), key=lambda path: (path.stat().st_size, path)):
        folder = path.parent.relative_to(root)
        if edition.folder or not folder.parts or not (root / folder.parts[0] / "404.html").exists():
            address = edition.folder + (f"{folder.as_posix()}/" if folder.parts else "")
            kinds.setdefault((folder.parts[:1], len(folder.parts)), []).append(address)
    return list(kinds.values())


def broken_links(site: Path, pages: Mapping[str, Page]) -> list[str]:
    """Links inside the site to a missing file or element."""
    broken = []
    for address, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(urljoin(f"http://site{address}", link))
            parts = urlsplit(target)
            if parts.netloc != "site" or parts.scheme != "http":
                continue
            if parts.path in pages:
                if anchor and anchor not in pages[parts.path].ids and not anchor.startswith("__"):
                    broken.append(f"{address}: {link}")
            elif not (site / parts.path.lstrip("/")).is_file():
                broken.append(f"{address}: {link}")
    return broken


def double_ids(pages: Mapping[str, Page]) -> dict[str, set[str]]:
    """By address: the ids that occur twice on a page."""
    doubles = {address: {id for id in page.ids if page.ids.count(id) > 1} for address, page in pages.items()}
    return {address: ids for address, ids in doubles.items() if ids}


def unreached(pages: Mapping[str, Page]) -> set[str]:
    """Pages that links from the home page do not reach, without redirects from former addresses."""
    reached, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in pages and address not in reached:
            reached.add(address)
            waiting += [urlsplit(urljoin(f"http://site{address}", link)).path for link in pages[address].links]
    return {address for address, page in pages.items() if not page.leads_on} - reached


def strays(site: Path, editions: list[Edition]) -> list[str]:
    """Pages that do not declare their language, or do not link to themselves in each other language."""
    root, found = site.resolve(), []
    for edition in editions:
        folders = [other.folder for other in editions if other.folder and other is not edition]
        for path in (root / edition.folder).rglob("*.html"):
            inside = path.relative_to(root / edition.folder)
            if not edition.folder and any(inside.as_posix().startswith(folder) for folder in folders):
                continue
            text = path.read_text(encoding="utf-8")
            if Page(text).leads_on:
                continue
            if f'<html lang="{edition.lang}"' not in text:
                found.append(f"{path}: not in {edition.lang}")
            if inside.parts[0] == "embed":  # which leads to its page, and that to the other languages
                continue
            for other in [other for other in editions if other is not edition]:
                twin = root / other.folder / inside
                if not twin.is_file():
                    found.append(f"{twin}: missing")
                elif path.name != "404.html" and _links_to(text, other.lang, path.parent) != [twin.parent] * 2:
                    found.append(f"{path}: does not lead to {twin}")
    return found


def _links_to(text: str, lang: str, folder: Path) -> list[Path]:
    """The targets of the switch in the header and of the link in the head, for a language."""
    found = []
    for head in ('<a class="md-header__button vb-lang"', '<link rel=" alternate"'):
        tags = [part.split(">")[0] for part in text.split(head)[1:]]
        links = [tag.split('href="')[1].split('"')[0] for tag in tags if f'hreflang="{lang}"' in tag]
        found += [(folder / link).resolve() for link in links]
    return found
