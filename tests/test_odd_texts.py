"""Names and words that scripts and lines of text could trip over: signs of JavaScript's, and the other direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.corpora import BASE
from support.projects import build, copy_sample
from verbatim.wording.language import load_language

HEBREW = "שלום (עולם)"

FILES = {
    **BASE,
    "actors/port-council.yml": "{kind: organisation, name: Port $& $` $' $$ Council}",
    "actors/ada-brun.yml": BASE["actors/ada-brun.yml"].replace("Ada Brun", HEBREW),
    "sources/harbour-gazette.yml": f"{BASE['sources/harbour-gazette.yml']}author: {HEBREW}\npublisher: {HEBREW}\n",
    "2020/pier.yml": BASE["2020/pier.yml"]
    .replace("quote: we need it", f"quote: {HEBREW}")
    .replace("She wants it built.", f"{HEBREW}."),
}


@pytest.fixture(scope="module")
def page(browser: Browser, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The English pages of a site of such texts."""
    project = build(copy_sample(tmp_path_factory.mktemp("odd"), FILES))
    context = browser.new_context(base_url=f"{serve(project / 'site')}en/")
    yield context.new_page()
    context.close()


def test_a_name_with_signs_of_a_replacement(page: Page) -> None:
    """The name that is offered for a slip is the actor's, whatever `$&` means to JavaScript."""
    page.goto("")
    page.locator(".md-search__input").click()
    page.keyboard.type("port concuil")
    expect(page.locator(".md-search-result__link").first).to_contain_text("Port $& $` $' $$ Council")


def test_the_search_and_the_explorer_let_words_choose_their_direction(page: Page) -> None:
    """What scripts draw of Hebrew words stands in elements whose direction the words decide."""
    for path in ("", "explore/?words=pier"):
        page.goto(path)
        if not path:
            page.locator(".md-search__input").click()
            page.keyboard.type("שלום")
        expect(page.locator("[dir=auto]", has_text="שלום").locator("visible=true").first).to_be_visible()
    undirected = page.evaluate("""() => [...document.querySelectorAll(".vb-x *, .md-search-result *")]
        .filter((one) => !one.childElementCount && /\\p{Script=Hebrew}/u.test(one.textContent))
        .filter((one) => !one.closest("[dir=auto]")).map((one) => one.outerHTML)""")
    assert undirected == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ({"en": "Port & Council"}, "Port &amp; Council"),
        ({"fr": "Conseil"}, '<span lang="fr">Conseil</span>'),
        ({"en": HEBREW}, f'<span dir="auto">{HEBREW}</span>'),
        ({"he": HEBREW}, f'<span lang="he" dir="auto">{HEBREW}</span>'),
        ({"ar": "Port: مرحبا"}, '<span lang="ar" dir="auto">Port: مرحبا</span>'),
    ],
)
def test_only_such_words_are_marked(text: dict[str, str], html: str) -> None:
    """Words from right to left decide their own direction; others cost no byte."""
    assert load_language("en").text(text) == html
