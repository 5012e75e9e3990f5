"""Serving: an edit of the briefings is followed without a build of MkDocs', and pages are rendered when asked for.

MkDocs builds the site once, and again when anything but the briefings changes. After an edit of these, the pages are
known as soon as the changed files are read, and those that readers ask for are rendered. The rules are checked
meanwhile; what they find is shown in place of the pages.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from mkdocs.livereload import LiveReloadServer

from mkdocs_outputs import Outputs
from mkdocs_pages import Stamps
from mkdocs_watch import BriefingsWatch
from verbatim.problems import Problem, fatal
from verbatim.reading.corpus import Corpus
from verbatim.site import Output

MADE_OF_BRIEFINGS = (".json", ".ics", ".html", ".csv", ".sqlite", ".xml", ".bib", ".ris", ".png")
"""What the names of files end in that are no part of the theme, but of the site's output."""


@dataclass
class LiveEdition:
    """A language's site under `serve`."""

    folder: str
    """Where it is, from the root of the whole site: empty, or `en/`."""

    place: Path
    stamps: Stamps
    output: Output


@dataclass(frozen=True)
class _Judged:
    """A corpus with problems that pages have to show."""

    corpus: Corpus
    problems: list[Problem]


class LiveSite:
    """The site that `serve` shows."""

    def __init__(
        self,
        server: LiveReloadServer,
        watch: BriefingsWatch,
        editions: Mapping[str, LiveEdition],
        outputs: Outputs,
        watched: Sequence[Path],
    ) -> None:
        """`watched` is what MkDocs has to build for."""
        self._server, self._watch, self._editions, self._outputs = server, watch, editions, outputs
        self._watched = watched
        self._build = server.builder
        self._others = self._times()
        self._lock = Lock()
        self._rendered: set[str] = set()
        self._edits = 0
        self._judged: _Judged | None = None

    def begin(self) -> None:
        """Take the place of the server's builder and of what answers its requests."""
        self._server.builder = self.rebuild
        self._server.set_app(self.answer)

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Put the page or file that is asked for into the site, and let MkDocs send it."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        with self._lock:
            self._put(path.removeprefix(self._server.mount_path))
        return self._server.serve_request(environ, start_response)

    def rebuild(self) -> None:
        """Follow an edit; MkDocs builds where it is not one of the briefings, or brings pages of a new kind."""
        with self._lock:
            edited, self._watch.edited = self._watch.edited, False
            others, self._others = self._others, self._times()
            judged, self._judged = self._judged, None
            if others != self._others or not (self._follow() if edited or not judged else self._show_judged(judged)):
                self._edits += 1  # what is being judged or indexed is older
                self._build()
            self._rendered.clear()

    def _follow(self) -> bool:
        """Show what the briefings say now; False where that takes a build of MkDocs'."""
        self._edits += 1
        corpus, found, problems = self._outputs.read()
        if fatal(problems, strict=False):
            return self._show_judged(_Judged(corpus, self._outputs.judge(corpus, found)))
        try:
            outputs = self._outputs.all(corpus, None)
        except Exception:  # which only a corpus with problems can cause
            return self._show_judged(_Judged(corpus, self._outputs.judge(corpus, found)))
        if not self._show(outputs):
            return False
        Thread(target=self._judge, args=(self._edits, corpus, found, outputs), daemon=True).start()
        return True

    def _show_judged(self, judged: _Judged) -> bool:
        return self._show(self._outputs.all(judged.corpus, judged.problems))

    def _judge(self, edit: int, corpus: Corpus, found: list[Problem], outputs: list[Output]) -> None:
        """Check a corpus that is shown already, and index it; stop when there is a newer one."""
        problems = self._outputs.judge(corpus, found)
        if edit != self._edits:
            return
        if fatal(problems, strict=False):
            self._judged = _Judged(corpus, problems)
            self._watch.rebuild()
        else:
            self._outputs.tell(problems)
            self._outputs.index(outputs)

    def _show(self, outputs: list[Output]) -> bool:
        """Let these be the pages; False where some of them need a build of MkDocs'."""
        editions = list(self._editions.values())
        if not all(edition.stamps.can_show(output.pages) for edition, output in zip(editions, outputs, strict=True)):
            return False
        for edition, output in zip(editions, outputs, strict=True):
            kept = {page.url for page in output.pages}
            for page in edition.output.pages:
                if page.url not in kept:
                    (edition.place / page.url / "index.html").unlink(missing_ok=True)
            edition.output = output
            edition.stamps.show(output.pages)
        return True

    def _put(self, path: str) -> None:
        """Write what an address shows, if it is made of briefings and not written yet."""
        name = posixpath.normpath("/" + path).lstrip("/")
        if path.endswith("/") or not path:
            name = posixpath.join(name, "index.html")
        if name in self._rendered:
            return
        for edition in sorted(self._editions.values(), key=lambda edition: len(edition.folder), reverse=True):
            if name.startswith(edition.folder):
                content = _content(edition, name.removeprefix(edition.folder))
                if content is not None:
                    target = edition.place / name.removeprefix(edition.folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                    self._rendered.add(name)
                return

    def _times(self) -> dict[str, int]:
        """When what MkDocs has to build for was last written."""
        return {str(path): path.stat().st_mtime_ns for path in _files(self._watched)}


def _content(edition: LiveEdition, name: str) -> bytes | None:
    """A page or a file that is made of briefings; None for any other."""
    if name.endswith("index.html"):
        html = edition.stamps.html(name.removesuffix("index.html"))
        return None if html is None else html.encode()
    if name.endswith(MADE_OF_BRIEFINGS) and not name.startswith(("assets/", "pagefind/")):
        return next((file.content for file in edition.output.files if file.path == name), None)
    return None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (each for each in path.rglob("*") if "__pycache__" not in each.parts)
        elif path.exists():
            yield path
