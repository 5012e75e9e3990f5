"""Publishing: completely, or not at all."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from verbatim.publishing.atomic import BusyError, publish


def _fill(text: str, succeeds: bool = True):
    def fill(stage: Path) -> bool:
        (stage / "index.html").write_text(text)
        return succeeds

    return fill


def test_a_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """After each build the newest site is published, and only that one is on disk."""
    assert publish(tmp_path, _fill("one"))
    assert publish(tmp_path, _fill("two"))
    assert (tmp_path / "site" / "index.html").read_text() == "two"
    assert len(list((tmp_path / ".build").glob("site-*"))) == 1


def test_a_failed_build_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    """A build that refuses and a build that crashes leave the published site unchanged, and no files behind."""
    publish(tmp_path, _fill("one"))
    before = (tmp_path / "site").resolve()
    assert not publish(tmp_path, _fill("two", succeeds=False))

    def broken(stage: Path) -> bool:
        (stage / "index.html").write_text("half")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        publish(tmp_path, broken)
    assert (tmp_path / "site").resolve() == before
    assert (tmp_path / "site" / "index.html").read_text() == "one"
    publish(tmp_path, _fill("three"))
    assert len(list((tmp_path / ".build").glob("site-*"))) == 1


def test_a_folder_that_mkdocs_left_is_replaced(tmp_path: Path) -> None:
    """A real `site/` folder, written by plain `mkdocs build`, is replaced by the link."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("by hand")
    publish(tmp_path, _fill("one"))
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "site" / "index.html").read_text() == "one"


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    """While one build has the lock of the project, another one says so and changes nothing."""
    publish(tmp_path, _fill("one"))
    with (tmp_path / ".build" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            publish(tmp_path, _fill("two"))
    assert (tmp_path / "site" / "index.html").read_text() == "one"
