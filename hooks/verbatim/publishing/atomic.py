"""Publishing: a new site takes the place of the old one in a single step, or not at all.

Each build goes into a fresh folder below `.build/`; `site` is a symbolic link to the one that is published, and
replacing a link is atomic. A build that fails or is killed leaves at most a folder that the next one removes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class BusyError(Exception):
    """Another build is at work in the same project."""


def publish(root: Path, fill: Callable[[Path], bool], name: str = "site") -> bool:
    """Let `fill` write a site into a fresh folder and, if it returns true, publish that as `root / name`.

    Returns what `fill` returned. Raises BusyError while another build holds the project, and OSError where the
    folder cannot be written; in both cases the published site stays as it was.
    """
    workshop = root / ".build"
    workshop.mkdir(exist_ok=True)
    with _lock(workshop / "lock"):
        _clear(workshop, root / name)
        stage = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=workshop))
        stage.chmod(0o755)
        if filled := fill(stage):
            _switch(root / name, stage)
        _clear(workshop, root / name)
        return filled


def place_index(index: Path, site: Path) -> None:
    """Put a search index into a site as `pagefind/`, without copying what a link can share."""
    target = site / "pagefind"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(index, target, copy_function=_link_or_copy)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is the old one or the new one at every moment, never half of either."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another build of this project is running") from None
        yield


def _switch(site: Path, stage: Path) -> None:
    if not (stage / "index.html").is_file():
        raise FileNotFoundError("the new site has no index.html: nothing is published")
    if site.is_file() and not site.is_symlink():
        raise FileExistsError(f"{site} is a file: move it away")
    if site.is_dir() and not site.is_symlink():
        # A folder that plain `mkdocs build` left behind: a link cannot replace it, so it steps aside first.
        site.rename(stage.parent / f"{site.name}-replaced-by-{stage.name}")
    link = stage.parent / f"link-to-{stage.name}"
    link.symlink_to(os.path.relpath(stage, site.parent))
    link.replace(site)


def _clear(workshop: Path, site: Path) -> None:
    """Remove what no longer is published, and what an earlier build left half-written."""
    for link in workshop.glob("link-to-*"):
        link.unlink()
    if not site.is_symlink():
        return  # nothing is published by link: what lies here may be the only copy
    published = site.readlink().name
    for path in workshop.glob(f"{site.name}-*"):
        if path.name != published and path.is_dir():
            # What an orphan of a killed build still writes to is left for the next time.
            shutil.rmtree(path, ignore_errors=True)
