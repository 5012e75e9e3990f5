"""Building again: only what depends on a change is written, and the site is the same as if all of it were."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.projects import build, copy_sample, replace_text, snapshot
from verbatim.publishing.earlier import EarlierPages, keep_unchanged, link

FINGERPRINT = "a" * 32


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A site of one page, with its record beside it."""
    site = tmp_path / "site"
    pages = EarlierPages(tmp_path / "record.json", site)
    pages.write("pier/", FINGERPRINT, site / "pier" / "index.html", b"A pier.")
    pages.save()
    return site


def placed(published: Path, fingerprint: str | None = FINGERPRINT) -> bool:
    """Whether the next build takes over the page."""
    record = published.parent / "record.json"
    return EarlierPages(record, published).place("pier/", fingerprint, published.parent / "next" / "index.html")


def test_a_page_that_is_made_of_the_same_is_taken_over(published: Path) -> None:
    """It is the same file; with another fingerprint, or with none, the page has to be written."""
    assert placed(published)
    assert (published.parent / "next/index.html").samefile(published / "pier/index.html")
    assert not placed(published, "b" * 32)
    assert not placed(published, None)


def edit_in_place(page: Path, record: Path) -> None:
    times = page.stat()
    page.write_bytes(b"A quay.")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def bring_another(page: Path, record: Path) -> None:
    page.rename(page.with_name("old"))
    page.write_bytes(b"A pier.")


def bring_a_link(page: Path, record: Path) -> None:
    page.rename(page.with_name("old"))
    page.symlink_to("old")


def tear(page: Path, record: Path) -> None:
    record.write_bytes(record.read_bytes()[:-9])


def nest(page: Path, record: Path) -> None:
    record.write_text("[" * 100_000)


def link_the_record(page: Path, record: Path) -> None:
    record.rename(record.with_name("elsewhere.json"))
    record.symlink_to("elsewhere.json")


def record_another_form(page: Path, record: Path) -> None:
    record.write_text(json.dumps({"version": 1, "pages": {"pier/": FINGERPRINT}}))


def record_an_older_version(page: Path, record: Path) -> None:
    record.write_text(json.dumps(json.loads(record.read_text()) | {"version": 0}))


def remove(page: Path, record: Path) -> None:
    page.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        edit_in_place, bring_another, bring_a_link, tear, nest, link_the_record, record_another_form,
        record_an_older_version, remove,
    ],
)  # fmt: skip
def test_what_is_stale_torn_or_foreign_is_not_trusted(published: Path, spoil: Callable[[Path, Path], None]) -> None:
    """A page or a record that anybody has touched since leads to a page that is written anew, without a word."""
    spoil(published / "pier/index.html", published.parent / "record.json")
    assert not placed(published)


def test_equal_bytes_keep_their_time(published: Path) -> None:
    """A page that was rendered anew, and any other file, is the published one where the bytes are the same."""
    new = published.parent / "new"
    EarlierPages(published.parent / "record.json", published).write("pier/", "b" * 32, new / "p.html", b"A pier.")
    assert (new / "p.html").samefile(published / "pier/index.html")
    shutil.copytree(published, new, dirs_exist_ok=True, copy_function=shutil.copyfile)
    (new / "other").write_bytes(b"A pier.")
    keep_unchanged(new, published)
    assert (new / "pier/index.html").samefile(published / "pier/index.html")
    assert (new / "other").stat().st_nlink == 1


def test_without_links_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no links refuses them, and leaves nothing behind."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    (tmp_path / "a").write_text("A pier.")
    monkeypatch.setattr(os, "link", refuse)
    assert not link(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


BRIEFINGS = "briefings/2021"


def edit_a_description(project: Path) -> None:
    replace_text(project / "briefings/actors/orpa.yml", "Alliance inventée", "Alliance nouvelle")


def change_everything(project: Path) -> None:
    """Remove a briefing, and change a label and the shell."""
    (project / BRIEFINGS / "dredging-2021-05-20.yml").unlink()
    replace_text(project / "hooks/verbatim/wording/locale/fr.yml", "Dossiers", "Classeurs")
    replace_text(project / "project.yml", "site_name: ", "copyright: The piers\nsite_name: ")


def test_a_site_of_many_builds_is_that_of_one(tmp_path: Path) -> None:
    """After an edit, and then a deletion, another label and another shell, each built upon the last, every file has the
    bytes of a build from nothing; what an edit does not reach keeps its time, and what was removed is gone."""
    project = build(copy_sample(tmp_path / "project", in_french_alone=True))
    times = times_of(project)
    edit_a_description(project)
    build(project)
    written = {path for path, time in times_of(project).items() if times.get(path) != time and "pagefind" not in path}
    data = ("actors/orpa.json", "actors.json", "parties.json", "csv/actors.csv", "csv/parties.csv", "data.sqlite")
    assert written == {"actors/orpa/index.html", *(f"api/v1/{name}" for name in data)}
    change_everything(project)
    build(project)
    afresh = tmp_path / "afresh"
    shutil.copytree(project, afresh, symlinks=True, ignore=shutil.ignore_patterns(".build", "site"))
    ours, theirs = (pages_of(each) for each in (project, build(afresh)))
    assert ours == theirs


def pages_of(project: Path) -> dict[str, bytes]:
    """Every file but those of the search index, whose names differ between builds of the same records."""
    return {path: content for path, content in snapshot(project / "site").items() if "pagefind/" not in path}


def times_of(project: Path) -> dict[str, int]:
    """The time of each file of a published site, by path."""
    site = (project / "site").resolve()
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
