"""The earlier build: pages that need not be written anew, because nothing that they are made of has changed.

A record beside the sites names each page's fingerprint and its file. A file is taken over only if it is still the one
that was recorded: the same inode, the same time, the same bytes. So a record that is stale, torn or brought by a commit
takes over nothing, and leads to a build of everything.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

VERSION = 1
"""Of the record's form."""

MOST_BYTES = 1 << 28


class EarlierPages:
    """The pages of the published site, and those of the one that is being built."""

    def __init__(self, record: Path, published: Path) -> None:
        """`record` is the file that `save` writes; `published` is the folder that its pages are in."""
        self._record, self._published = record, published
        self._earlier = _read(record)
        self._pages: dict[str, tuple[str, Path]] = {}

    def place(self, url: str, fingerprint: str | None, page: Path) -> bool:
        """Put the page of a URL there, if its fingerprint is the same as in the published site; else return False."""
        earlier = self._published / url / "index.html"
        if not fingerprint or self._earlier.get(url) != [fingerprint, _identity(earlier)]:
            return False
        self._pages[url] = fingerprint, page
        return link(earlier, page)

    def write(self, url: str, fingerprint: str | None, page: Path, content: bytes) -> None:
        """Write a page that was rendered; one of the same bytes as the published one keeps its time."""
        if fingerprint:
            self._pages[url] = fingerprint, page
        page.parent.mkdir(parents=True, exist_ok=True)
        earlier = self._published / url / "index.html"
        if not (_content(earlier) == content and link(earlier, page)):
            page.write_bytes(content)

    def save(self) -> None:
        """Write the record of this build's pages; where it cannot be written there is none."""
        pages = {url: [fingerprint, _identity(page)] for url, (fingerprint, page) in self._pages.items()}
        with contextlib.suppress(OSError):
            self._record.unlink(missing_ok=True)  # and not what a link in its place leads to
            self._record.parent.mkdir(exist_ok=True)
            self._record.write_text(json.dumps({"version": VERSION, "pages": pages}), encoding="utf-8")


def engine_digest(hooks: Path) -> str:
    """What tells this version of the code, of Python and of the installed packages from every other."""
    found = blake2b(sys.version.encode(), digest_size=16)
    for file in sorted(path for path in hooks.rglob("*") if "__pycache__" not in path.parts and path.is_file()):
        found.update(file.relative_to(hooks).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for folder in sys.path:
        for name in sorted(path.name for path in Path(folder).glob("*.dist-info")):
            found.update(name.encode() + b"\0")
    return found.hexdigest()


def keep_unchanged(site: Path, published: Path) -> None:
    """Put the published file in the place of each of a new site's files that has the same bytes, so that it keeps its
    time."""
    for place, _, names in os.walk(site):
        for name in names:
            file = Path(place, name)
            earlier = published / file.relative_to(site)
            if _are_equal(file, earlier):
                link(earlier, file)


def link(source: Path, target: Path) -> bool:
    """Make `target` the same file as `source`, in place of one that is there; False where that cannot be."""
    beside = target.with_name(f".{target.name}.same")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, beside, follow_symlinks=False)
        beside.replace(target)
    except (OSError, NotImplementedError):  # another file system, or one without links
        beside.unlink(missing_ok=True)
        return False
    return True


def _are_equal(file: Path, earlier: Path) -> bool:
    """Whether two files have the same bytes and are not one file already."""
    try:
        ours, theirs = file.lstat(), earlier.lstat()
    except OSError:
        return False
    same_size = ours.st_size == theirs.st_size and not os.path.samestat(ours, theirs)
    return same_size and _content(file) == _content(earlier)


def _identity(file: Path) -> list[Any] | None:
    """What tells a file from every other, of this path and of any other time; None for one that cannot be read."""
    content = _content(file)
    if content is None:
        return None
    status = file.lstat()
    return [status.st_ino, status.st_mtime_ns, blake2b(content, digest_size=16).hexdigest()]


def _content(file: Path) -> bytes | None:
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as opened:
            return opened.read()
    except OSError:
        return None


def _read(record: Path) -> dict[str, Any]:
    """The pages of a record by URL; none where it is no record."""
    content = _content(record)
    try:
        found = json.loads(content) if content and len(content) <= MOST_BYTES else {}
    except (ValueError, RecursionError):
        return {}
    pages = found.get("pages") if isinstance(found, dict) and found.get("version") == VERSION else {}
    return pages if isinstance(pages, dict) else {}
