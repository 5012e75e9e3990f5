"""Formats: what drafting takes from a text, a Markdown file and a saved page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES, TESTS
from support.corpora import BASE, write_corpus
from support.projects import call_hooks
from verbatim.drafting.article import plain, read_article
from verbatim.drafting.formats import Saved, read_saved
from verbatim.drafting.rules import load_rules

FOUND = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((CASES / "formats").iterdir())}
PAGES = sorted((TESTS / "drafting").glob("*/article.html"))


@pytest.mark.parametrize("case", FOUND.values(), ids=FOUND)
def test_what_a_file_says(case: dict[str, Any]) -> None:
    """Each case keeps its own promise on an article's text and metadata."""
    raw = case["content"].encode(case.get("encoding", "utf-8"))
    assert read_saved(raw, case["name"]) == Saved(**case["saved"]), case["promise"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_a_page_is_its_article(page: Path) -> None:
    """A saved page gives the paragraphs of its article, its metadata, and nothing of what stands around."""
    truth = yaml.safe_load((page.parent / "truth.yml").read_text(encoding="utf-8"))
    saved, rules = read_saved(page.read_bytes(), page.name), load_rules(truth["lang"])
    wanted = read_article((page.parent / "article.txt").read_text(encoding="utf-8"), rules)
    found = read_article(saved.text, rules, saved.title)
    assert [plain(paragraph) for paragraph in found.paragraphs] == [plain(each) for each in wanted.paragraphs]
    assert (plain(saved.title), str(saved.published)) == (plain(wanted.title), str(truth["published"]))
    assert (saved.lang, plain(saved.publisher)) == (truth["lang"], plain(truth["publisher"]))
    assert saved.url.startswith("https://news.example/")


def test_a_page_needs_no_flags_and_flags_win(tmp_path: Path) -> None:
    """Day, language, address and publisher come from the page; what the author says instead is taken."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    made = call_hooks("draft", PAGES[0], "--into", briefings)
    assert made.returncode == 0, made.stderr
    source = (briefings / "sources" / "l-echo-de-l-aune-2019-11-26.yml").read_text(encoding="utf-8")
    assert "lang: fr\npublished: 2019-11-26\n" in source
    flags = ["--publisher", "Aune", "--date", "2019-11-27", "--url", "https://news.example/mine", "--lang", "en"]
    assert call_hooks("draft", PAGES[0], *flags, "--into", briefings).returncode == 0
    assert (
        (briefings / "sources" / "aune-2019-11-27.yml")
        .read_text(encoding="utf-8")
        .endswith(
            'lang: en\npublished: 2019-11-27\npublisher: "Aune"\nurl: "https://news.example/mine"\ntext: private\n'
        )
    )


def test_without_the_extractor_a_page_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading pages is optional: one line names the requirements, and nothing is written."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    briefings = write_corpus(tmp_path / "briefings", BASE)
    made = call_hooks("draft", PAGES[0], "--into", briefings)
    install = ".venv/bin/pip install --require-hashes -r requirements-html.txt"
    said = f"draft: an HTML page (install what reads it: `{install}`; or save the article's text)\n"
    assert (made.returncode, made.stderr) == (1, said)
    assert not (tmp_path / ".texts").exists()


@given(st.text(), st.sampled_from(["a.txt", "a.md"]), st.sampled_from(["", "---\n", "<!doctype html><p>"]))
def test_any_file_is_read_or_refused(text: str, name: str, head: str) -> None:
    """Whatever a file holds, it becomes a text or one line that says why not."""
    try:
        said = read_saved((head + text).encode("utf-8", "surrogatepass"), name).title
    except ValueError as error:
        said = str(error)
    assert "\n" not in said


def test_a_day_of_publication_is_asked_for(tmp_path: Path) -> None:
    """A text without a date says which flag gives it."""
    (tmp_path / "article.txt").write_text("Words.\n", encoding="utf-8")
    made = call_hooks("draft", tmp_path / "article.txt", "--into", write_corpus(tmp_path / "briefings", BASE))
    said = "draft: the day of publication is not known (add --date, such as --date 2017-05-24)\n"
    assert (made.returncode, made.stderr) == (1, said)
