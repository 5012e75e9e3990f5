"""Publishing: a new site takes the place of the old one in a single step, or not at all.

Each build goes into a fresh folder below `.build/`; `site` is a symbolic link to the one that is published, and
replacing a link is atomic. A build that fails or is killed leaves at most a folder that the next one removes.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..problems import Message
from .earlier import keep_unchanged

LINK = "link-to-"
ASIDE = "-replaced-by-"


class BusyError(Exception):
    """Another build is at work in the same project."""


def publish(root: Path, fill: Callable[[Path], bool], name: str = "site") -> bool:
    """Let `fill` write a site into a fresh folder and, if it returns true, publish that as `root / name`.

    Returns what `fill` returned. Raises BusyError while another build holds the project, and OSError where the
    folder cannot be written or is a link to elsewhere; in all cases the published site stays as it was.
    """
    workshop, site = root / ".build", root / name
    refuse_links(root, site)
    workshop.mkdir(exist_ok=True)
    workshop.chmod(0o755)
    with _lock(workshop / "lock"):
        _put_back(workshop, site)
        _clear(workshop, site)
        stage = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=workshop))
        try:
            if filled := fill(stage):
                keep_unchanged(stage, site.resolve())
                _open_to_all(stage)
                _switch(site, stage)
        finally:
            _clear(workshop, site)
        return filled


def refuse_links(root: Path, site: Path) -> None:
    """Raise FileExistsError for a link that would lead a build to write or delete elsewhere: a commit may bring one."""
    workshop = root / ".build"
    for path in (workshop, workshop / "search"):
        if path.is_symlink():
            raise FileExistsError(Message("{file} is a link: remove it", file=path))
    if site.is_symlink() and not site.resolve().is_relative_to(workshop.resolve()):
        raise FileExistsError(Message("{file} is a link to elsewhere: remove it", file=site))


def place_index(index: Path, site: Path) -> None:
    """Put a search index into a site as `pagefind/`, without copying what a link can share."""
    target = site / "pagefind"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(index, target, copy_function=link_or_copy)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is the old one or the new one at every moment, never half of either.

    Several writers take turns. What one that was killed leaves beside the file is taken over by the next.
    """
    new = path.with_name(f".{path.name}.new")
    with _turn(new) as file:
        try:
            file.truncate(0)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise


@contextmanager
def _turn(path: Path) -> Iterator[TextIO]:
    """Open an unfinished file once nobody else writes it, which is when it is still the one that was opened."""
    while True:
        # A commit may bring a link of this name. Path.open takes no opener.
        with open(path, "a", encoding="utf-8", newline="\n", opener=_open_no_link) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                ours = os.path.samestat(os.fstat(file.fileno()), path.lstat())
            except FileNotFoundError:
                continue
            if ours:
                yield file
                return


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o666)


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name, or a copy where that cannot be."""
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another build of this project is running") from None
        yield


def _open_to_all(folder: Path) -> None:
    """Let everybody read a site, whatever the umask: the web server runs as somebody else."""
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o755)
        for name in names:
            Path(place, name).chmod(0o644)


def _switch(site: Path, stage: Path) -> None:
    if not (stage / "index.html").is_file():
        raise FileNotFoundError("the new site has no index.html: nothing is published")
    if site.is_file() and not site.is_symlink():
        raise FileExistsError(Message("{file} is a file: move it away", file=site))
    link = stage.parent / f"{LINK}{stage.name}"
    link.symlink_to(os.path.relpath(stage, site.parent))
    if site.is_symlink() or not site.exists():
        link.replace(site)
    elif not _exchange(link, site):
        # A folder that plain `mkdocs build` left behind, where no link can take its place in one step.
        aside = stage.parent / f"{site.name}{ASIDE}{stage.name}"
        site.rename(aside)
        try:
            link.replace(site)
        except BaseException:
            aside.rename(site)
            raise


def _exchange(link: Path, folder: Path) -> bool:
    """Let a link and a folder trade places in one step, which Linux can do; false where that is not possible."""
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(here, os.fsencode(link), here, os.fsencode(folder), exchange) == 0)


def _put_back(workshop: Path, site: Path) -> None:
    """Restore a folder that was put aside by a build that was killed before its link took the place."""
    for aside in workshop.glob(f"{site.name}{ASIDE}*"):
        if not site.exists() and not site.is_symlink():
            aside.rename(site)


def _clear(workshop: Path, site: Path) -> None:
    """Remove what is not published: links and folders that an earlier build or this one left behind."""
    published = site.readlink().name if site.is_symlink() else ""
    for path in (*workshop.glob(f"{LINK}{site.name}-*"), *workshop.glob(f"{site.name}-*")):
        if path.is_symlink():
            path.unlink()
        elif path.name != published and path.is_dir():
            # What an orphan of a killed build still writes to is left for the next time.
            shutil.rmtree(path, ignore_errors=True)
