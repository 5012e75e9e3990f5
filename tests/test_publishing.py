"""Publishing: completely, or not at all."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from support.projects import copy_sample
from verbatim.publishing import atomic
from verbatim.publishing.atomic import BusyError, publish, write_whole


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


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o000], ids=oct)
def test_everybody_can_read_what_is_published(tmp_path: Path, mask: int) -> None:
    """A published site is readable by all and writable by its owner alone, whatever the umask; so is the way to it."""

    def fill(stage: Path) -> bool:
        (stage / "issues").mkdir()
        (stage / "issues/index.html").write_text("page")
        return _fill("home")(stage)

    before = os.umask(mask)
    try:
        publish(tmp_path, fill)
    finally:
        os.umask(before)
    stage = (tmp_path / "site").resolve()
    modes = {path.name: path.stat().st_mode & 0o777 for path in (stage.parent, stage, *stage.rglob("*"))}
    assert modes == {".build": 0o755, stage.name: 0o755, "issues": 0o755, "index.html": 0o644}


def test_two_writers_of_a_file_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written while somebody else writes it holds the later text whole, and neither fails."""
    path = tmp_path / "verified.lock"
    failed: list[Exception] = []

    def write_other() -> None:
        try:
            write_whole(path, "the second's\n")
        except OSError as error:
            failed.append(error)

    other = Thread(target=write_other)

    def meet(descriptor: int) -> None:
        monkeypatch.undo()
        other.start()
        other.join(0.5)  # it waits for us; where it does not, it ends in this time

    monkeypatch.setattr(os, "fsync", meet)
    write_whole(path, "the first's, which is longer\n")
    other.join()
    assert failed == []
    assert path.read_text() == "the second's\n"
    assert [each.name for each in tmp_path.iterdir()] == ["verified.lock"]


def test_a_link_in_the_place_of_an_unfinished_file(tmp_path: Path) -> None:
    """A file is not written through a link that a commit put where the unfinished one goes."""
    (tmp_path / "mine").write_text("mine")
    (tmp_path / ".verified.lock.new").symlink_to("mine")
    with pytest.raises(OSError, match="symbolic links"):
        write_whole(tmp_path / "verified.lock", "text")
    assert (tmp_path / "mine").read_text() == "mine"


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    """While one build has the lock of the project, another one says so and changes nothing."""
    publish(tmp_path, _fill("one"))
    with (tmp_path / ".build" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            publish(tmp_path, _fill("two"))
    assert (tmp_path / "site" / "index.html").read_text() == "one"


def _made_by_hand(root: Path) -> Path:
    """A real `site/` folder, as plain `mkdocs build` leaves it."""
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("by hand")
    return root / "site"


@pytest.mark.parametrize("name", ["symlink", "replace"])
@pytest.mark.parametrize("exchanges", [True, False])
def test_a_folder_stays_where_no_link_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, exchanges: bool
) -> None:
    """Where a link is refused the folder that was there stays published, and no copy of the new site is left."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    site = _made_by_hand(tmp_path)
    monkeypatch.setattr(os, name, refuse)
    if not exchanges:
        monkeypatch.setattr(atomic, "_exchange", lambda link, folder: False)
    if exchanges and name == "replace":
        assert publish(tmp_path, _fill("one"))  # which needs no second step
        return
    with pytest.raises(PermissionError):
        publish(tmp_path, _fill("one"))
    assert not site.is_symlink()
    assert (site / "index.html").read_text() == "by hand"
    assert [path.name for path in (tmp_path / ".build").iterdir()] == ["lock"]


class Killed(BaseException):
    """Ends a build as a signal would, but for what `finally` does, which the test takes away."""


def _kill(*_: object) -> None:
    raise Killed


def test_a_kill_after_a_folder_traded_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where link and folder trade places in one step, the new site is published, and the next build clears up."""
    site = _made_by_hand(tmp_path)
    calls = iter([atomic._clear, _kill])
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_clear", lambda *arguments: next(calls)(*arguments))
        with pytest.raises(Killed):
            publish(tmp_path, _fill("one"))
    assert (site / "index.html").read_text() == "one"
    assert publish(tmp_path, _fill("two"))
    assert (site / "index.html").read_text() == "two"
    assert len(list((tmp_path / ".build").iterdir())) == 2


def test_a_kill_between_folder_and_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that takes two steps, a build that is killed between them leaves the folder for the next one to restore."""
    site = _made_by_hand(tmp_path)
    calls = iter([Path.rename, _kill])
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_exchange", lambda link, folder: False)
        patch.setattr(atomic, "_clear", lambda *_: None)
        patch.setattr(Path, "rename", lambda *arguments: next(calls)(*arguments))
        patch.setattr(Path, "replace", _kill)
        with pytest.raises(Killed):
            publish(tmp_path, _fill("one"))
    assert not site.exists()
    assert not publish(tmp_path, _fill("two", succeeds=False))
    assert (site / "index.html").read_text() == "by hand"


def test_failed_builds_leave_no_copies(tmp_path: Path) -> None:
    """Builds that fail before anything was ever published leave nothing behind, beside a folder made by hand too."""
    for prepare in (lambda: None, lambda: _made_by_hand(tmp_path)):
        prepare()
        assert not publish(tmp_path, _fill("one", succeeds=False))
        with pytest.raises(FileNotFoundError):
            publish(tmp_path, lambda stage: True)
        assert [path.name for path in (tmp_path / ".build").iterdir()] == ["lock"]


@pytest.mark.parametrize("link", [".build", ".build/search", ".build/lock", "site"])
def test_links_that_lead_elsewhere_are_refused(tmp_path: Path, link: str) -> None:
    """A link that a commit brings leads no build to write or delete what lies elsewhere."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    project = tmp_path / "project"
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(elsewhere / "mine.txt" if link == ".build/lock" else elsewhere)
    with pytest.raises(OSError, match=r"is a link|symbolic links"):
        publish(project, _fill("one"))
    assert [path.name for path in elsewhere.iterdir()] == ["mine.txt"]
    assert (elsewhere / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("link", [".build", ".build/search", "site"])
def test_plain_mkdocs_refuses_such_links(tmp_path: Path, link: str) -> None:
    """`mkdocs build`, which empties its target first, refuses a target that is a link to elsewhere."""
    project, elsewhere = copy_sample(tmp_path / "project", in_french_alone=True), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    (project / link).parent.mkdir(exist_ok=True)
    (project / link).symlink_to(elsewhere)
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(project / "mkdocs.yml")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "is a link" in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in elsewhere.iterdir()] == ["mine.txt"]
