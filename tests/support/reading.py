"""Reading: parses pages as a browser does, without running them: elements, addresses, handlers and texts."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

from support.planting import Garden, lost, read_marks

OTHER_SITES = ("example.org", "archive.example.org", "www.wikidata.org")
"""The hosts that the corpus links to on purpose."""

ELEMENTS = """
a abbr article aside b blockquote body br button caption cite circle code col colgroup dd defs details div dl dt
em fieldset figcaption figure footer form g h1 h2 h3 h4 head header hr html i img input label legend li line
linearGradient main mark nav ol option output p path pattern polygon polyline pre q rect s search section select
small span stop strong summary sup svg symbol table tbody td template text textPath textarea tfoot th thead time
title tr tspan ul use var
"""
"""The elements that templates may use; none of them runs code, frames a page, or changes the base of links."""

SHELL_ELEMENTS = {"script", "style", "link", "meta", "noscript", "base", "data block", "own meta"}
"""Further elements of the shell around our pages."""

_LOOK = """
(html) => {
  const RUNS = /^on|^srcdoc$|^style$|^http-equiv$/i, PLAIN = /^[a-z_][a-z0-9_:.-]*$/i;
  const LEADS = /^(href|xlink:href|action|formaction|data|cite|ping|poster|background)$/i;
  const BLOCKS = "p, li, td, th, div, h1, h2, h3, dd, dt, option, text, br";
  const page = new DOMParser().parseFromString(html, "text/html");
  const named = (element) => element.matches("script[type='application/ld+json']") ? "data block"
    : element.matches("meta[name^='citation_'], meta[property^='article:']") ? "own meta" : element.localName;
  const found = { elements: {}, blocks: [], addresses: [], handlers: [], sources: [], moves: [], policies: [],
    marked: [], undirected: [] };
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      found.elements[named(element)] = (found.elements[named(element)] ?? 0) + 1;
      if (named(element) === "data block") found.blocks.push(element.textContent);
      if (element.localName === "template") walk(element.content);
      for (const { name, value } of element.attributes) {
        if (name === "http-equiv" && value === "refresh") found.moves.push(element.content);
        else if (name === "http-equiv" && value === "Content-Security-Policy") found.policies.push(element.content);
        else if (RUNS.test(name) || !PLAIN.test(name)) found.handlers.push(`${element.localName} ${name}=${value}`);
        if (LEADS.test(name)) found.addresses.push(value);
        if (/^(src|srcset)$/i.test(name)) found.sources.push(value);
        if (/k\\d+k/.test(value)) found.marked.push(value);
      }
    }
  };
  walk(page);
  for (const each of page.querySelectorAll("script, style")) each.remove();
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: inside, data } = texts.currentNode;
    if (/\\p{Script=Hebrew}/u.test(data) && !inside.closest("[dir=auto], svg")) found.undirected.push(inside.outerHTML);
  }
  for (const block of page.querySelectorAll(BLOCKS)) block.append(" ");
  found.text = page.body.textContent;
  found.title = page.title;
  return found;
}
"""
"""For a page: elements by name, blocks of data, addresses, code that would run, texts and attributes with a mark, and
Hebrew text outside an element whose direction its text decides."""

_READ = f"""
async (input) => {{
  const look = {_LOOK.strip()};
  const files = [...input.files].filter(({{ name }}) => name.endsWith(".html"));
  const pages = await Promise.all(files.map((file) => file.text()));
  return JSON.stringify(files.map((file, number) => [file.webkitRelativePath, look(pages[number])]));
}}
"""


def read_pages(page: Page, folder: Path) -> dict[str, dict]:
    """What each page below a folder has, by path. The browser reads the files itself: to hand them on takes longer."""
    page.set_content("<input type=file webkitdirectory>")
    field = page.locator("input")
    field.set_input_files(folder.resolve())
    return {path.partition("/")[2]: found for path, found in json.loads(field.evaluate(_READ))}


def is_made_of(page: dict, *more: str) -> bool:
    """Whether a page has only the elements of our templates, and some given ones."""
    return set(page["elements"]) <= {*ELEMENTS.split(), *more}


def judge(garden: Garden, pages: list[dict], lang: str) -> None:
    """Pages have only elements of our templates, and every text as it was typed."""
    shown, spoilt = set(), []
    for page in pages:
        marked = [unquote(each) if each.startswith("https:") else each for each in page["marked"]]
        for text in [page["text"], page["title"], *marked]:
            here, otherwise = read_marks(garden, text)
            shown |= here
            spoilt += otherwise
    assert spoilt == []
    assert lost(garden, shown, lang) == set()


def is_ours(address: str) -> bool:
    """Whether an address is on the site, or a URL of the corpus."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return parts.scheme == "https" and parts.netloc in OTHER_SITES
    return "evil" not in parts.path
