"""Live editing: the server survives every mistake in a briefing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from support.corpora import BASE
from support.projects import copy_sample, replace_text

PAGE = "briefings/pier/"
ISSUE = "briefings/issues/new-pier.yml"


def test_a_mistake_is_shown_and_fixed(tmp_path: Path, serve_live: Callable) -> None:
    """A file broken while serving shows its problem on the open page; once fixed, the page is back."""
    server = serve_live(copy_sample(tmp_path, BASE, in_french_alone=True))
    server.wait_for(PAGE, "Qui dit quoi")
    issue = tmp_path / ISSUE
    replace_text(issue, "question:", "qestion:")
    server.wait_for(PAGE, "issues/new-pier.yml:1:1: qestion: champ inconnu")
    replace_text(issue, "qestion:", "question:")
    replace_text(issue, "a new pier", "a quiet pier")
    server.wait_for(PAGE, "a quiet pier")


def test_pages_that_come_and_go(tmp_path: Path, serve_live: Callable) -> None:
    """A new briefing has its page in every language, and stands on the pages of others; once removed it has none. What
    only the rules refuse is shown soon after the pages."""
    server = serve_live(copy_sample(tmp_path, BASE))
    server.wait_for(f"en/{PAGE}", "Who says what")
    old, new = tmp_path / "briefings/2020/pier.yml", tmp_path / "briefings/2020/quay.yml"
    text = old.read_text(encoding="utf-8").replace("title: ", "title: Quay and ", 1)
    new.write_text(text.replace("we-need-it", "we-want-it").replace("ada-brun-pier", "ada-brun-quay"), encoding="utf-8")
    server.wait_for("en/briefings/quay/", "Quay and ")
    server.wait_for("briefings/", "Quay and ")
    new.write_text(old.read_text(encoding="utf-8"), encoding="utf-8")
    server.wait_for("en/briefings/quay/", "is taken (by ")
    new.unlink()
    server.wait_until_gone("en/briefings/quay/")


def test_a_mistake_at_the_first_start(tmp_path: Path, serve_live: Callable) -> None:
    """A server started on a broken file explains it on the home page, and recovers."""
    copy_sample(tmp_path, BASE, in_french_alone=True)
    actor = tmp_path / "briefings/actors/ada-brun.yml"
    good = actor.read_text(encoding="utf-8")
    actor.write_text("kind: [", encoding="utf-8")
    server = serve_live(tmp_path)
    server.wait_for("", "actors/ada-brun.yml:2:1")
    actor.write_text(good, encoding="utf-8")
    server.wait_for(PAGE, "Qui dit quoi")


def test_both_languages_and_their_search(tmp_path: Path, serve_live: Callable) -> None:
    """The server has every language, each with a search index, which is updated after a change."""
    server = serve_live(copy_sample(tmp_path, BASE))
    server.wait_for(f"en/{PAGE}", "Who says what")
    for folder in ("", "en/"):
        server.wait_for(f"{folder}pagefind/pagefind-entry.json", "page_count")
    issue = tmp_path / ISSUE
    replace_text(issue, "a new pier", "a quiet pier")
    server.wait_for("en/issues/new-pier/", "a quiet pier")
    server.wait_for("en/pagefind/pagefind-entry.json", "page_count")


def test_the_site_without_search(tmp_path: Path, serve_live: Callable) -> None:
    """The offline site can be served, too, in every language."""
    server = serve_live(copy_sample(tmp_path, BASE), VERBATIM_ONLINE="false")
    server.wait_for(f"en/{PAGE}index.html", "Who says what")


def test_briefings_that_are_moved_away_and_back(tmp_path: Path, serve_live: Callable) -> None:
    """Without its briefings the site says that there are none; once they are back, so is the site, and it follows."""
    server = serve_live(copy_sample(tmp_path, BASE, in_french_alone=True))
    server.wait_for(PAGE, "Qui dit quoi")
    for words in ("a quiet pier", "a visible pier"):
        (tmp_path / "briefings").rename(tmp_path / "away")
        server.wait_for("", "Aucun dossier")
        (tmp_path / "away").rename(tmp_path / "briefings")
        server.wait_for(PAGE, "Qui dit quoi")
        issue = tmp_path / ISSUE
        issue.write_text(re.sub(r"a \w+ pier", words, issue.read_text(encoding="utf-8")), encoding="utf-8")
        server.wait_for(PAGE, words)


def test_a_start_without_briefings(tmp_path: Path, serve_live: Callable) -> None:
    """A server that is started without the folder of the briefings takes them when they come."""
    project = copy_sample(tmp_path, BASE, in_french_alone=True)
    (project / "briefings").rename(project / "away")
    server = serve_live(project)
    server.wait_for("", "Aucun dossier")
    (project / "away").rename(project / "briefings")
    server.wait_for(PAGE, "Qui dit quoi")
