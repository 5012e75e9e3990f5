"""Front matter of hand-written pages is shown as text, and cannot disable the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from support.corpora import BASE
from support.payloads import PAYLOADS
from support.projects import build, copy_sample, run_hooks

HOSTILE = {**PAYLOADS, "end of an attribute and of the head": 'A guide">: how it works <p>'}

KEYS = (
    "title", "description", "author", "canonical", "canonical_url", "subtitle", "status", "icon", "image", "social",
    "revision_date", "git_revision_date_localized", "git_creation_date_localized",
)  # fmt: skip
"""Fields that Material prints or may print; `hide` and `tags` are lists."""

BODY = "\n# {}\n\n<script>broken = 1</script>\n\n<img src=x onerror='broken = 1'>\n"

HEADINGS = ('A "wide" quay', "A <b title='>\"'>wide</b> quay", "Quay & <i>pier</i> &lt;b>")
TITLES = {
    "heading-0": 'A "wide" quay',
    "heading-1": "A \"'>wide quay",
    "heading-2": "Quay & pier <b>",
    "Quay%22%3E%20%3Cp%3E": 'Quay"> <p>',
}
"""By address: pages whose title is their heading or file name."""

LOOK = """() => ({
  first: document.head.firstElementChild.httpEquiv,
  policies: document.querySelectorAll("meta[http-equiv=Content-Security-Policy]").length,
  ran: typeof broken,
  inserted: document.querySelectorAll("base, iframe, object, embed, head script[src], head img, head p").length,
  title: document.title,
  said: Object.fromEntries(["name=description", "name=author", "property='og:title'", "property='og:description'"]
    .map((key) => [key, document.querySelector(`head meta[${key}]`)?.content])),
})"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a hand-written page per payload, which is in all fields of its front matter."""
    project = copy_sample(tmp_path_factory.mktemp("planted"), BASE, in_french_alone=True)
    for number, payload in enumerate(HOSTILE.values()):
        meta = {**dict.fromkeys(KEYS, payload), "hide": [payload], "tags": [payload, {payload: payload}]}
        if number % 2:
            del meta["title"]
        page = project / f"docs/fr/planted-{number}/index.md"
        page.parent.mkdir()
        page.write_text(f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n{BODY.format('Quay')}", encoding="utf-8")
    for number, heading in enumerate(HEADINGS):
        page = project / f"docs/fr/heading-{number}.md"
        page.write_text(BODY.format(heading), encoding="utf-8")
    (project / 'docs/fr/Quay"> <p>.md').write_text(BODY.format("").replace("# ", ""), encoding="utf-8")
    home = {**dict.fromkeys(set(KEYS) - {"icon"}, HOSTILE["end of an attribute"]), "hide": ["navigation"]}
    (project / "docs/fr/index.md").write_text(f"---\n{yaml.safe_dump(home)}---\n{BODY.format('Quay')}")
    return build(project)


@pytest.fixture(scope="module")
def planted_address(planted: Path, serve: Callable[[Path], str]) -> str:
    return serve(planted / "site")


@pytest.fixture
def bare_page(browser: Browser, planted_address: str) -> Iterator[Page]:
    """A page on that site that runs scripts but fetches neither scripts nor styles, which are most of a page's cost."""
    context = browser.new_context(base_url=planted_address)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setBlockedURLs", {"urls": ["*.js", "*.css"]})
    yield page
    context.close()


def test_no_value_ends_the_head_or_the_policy(bare_page: Page) -> None:
    """The policy comes first, blocks the page's inline scripts, and every value is shown as typed."""
    page = bare_page
    for number, payload in enumerate(HOSTILE.values()):
        page.goto(f"planted-{number}/", wait_until="load")
        seen = page.evaluate(LOOK)
        assert (seen["first"], seen["policies"]) == ("Content-Security-Policy", 1), payload
        assert (seen["ran"], seen["inserted"]) == ("undefined", 0), payload
        title = "Quay" if number % 2 else payload
        assert seen["title"] == f"{' '.join(title.split())} - Sextant"
        assert seen["said"] == {
            "name=description": payload,
            "name=author": payload,
            "property='og:title'": title,
            "property='og:description'": payload,
        }
    page.goto("", wait_until="load")
    seen = page.evaluate(LOOK)
    assert (seen["first"], seen["ran"], seen["inserted"]) == ("Content-Security-Policy", "undefined", 0)


def test_other_titles(bare_page: Page) -> None:
    """A title from a page's heading or file name is text, too."""
    for path, title in TITLES.items():
        bare_page.goto(f"{path}/")
        seen = bare_page.evaluate(LOOK)
        assert (seen["title"], seen["said"]["property='og:title'"]) == (f"{title} - Sextant", title)
        assert (seen["ran"], seen["inserted"]) == ("undefined", 0)


def test_titles_in_the_search(browser: Browser, planted_address: str) -> None:
    """The search shows titles of hand-written pages unescaped, although Material's index has them escaped."""
    context = browser.new_context(base_url=planted_address)
    page = context.new_page()
    for words, title in (("wide", TITLES["heading-0"]), ("pier", TITLES["heading-2"])):
        page.goto("about/")
        page.locator(".md-search__input").click()
        page.keyboard.type(words)
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    context.close()


def test_a_page_chooses_no_template(tmp_path: Path) -> None:
    """A page that names its own template, which may lack the policy, is reported with its location."""
    project = copy_sample(tmp_path, BASE, in_french_alone=True)
    page = project / "docs/fr/about/index.md"
    page.write_text(f"---\ntitle: Quay\ntemplate: partials/content.html\n---\n{BODY.format('Quay')}", encoding="utf-8")
    result = run_hooks(project, "build")
    assert result.returncode == 1
    assert "docs/fr/about/index.md:1:1: warning: template: a page chooses none (delete it)" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (project / "site").exists()
