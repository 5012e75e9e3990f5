"""The files of sources' texts: where they lie, which of them are read, and what is wrong with them.

A private text lies in `.texts/`, beside the folder of the briefings, and is never committed. A public one lies
beside its source. Until version 2 a private text may also lie there, and `verify` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model.entities import Source
from ..problems import Message, Problem, Severity, Where, did_you_mean, unreadable
from .kept import NOTHING_KEPT, KeptFiles
from .texts import MOST_MARKS, SourceText, is_overloaded

PRIVATE = ".texts"
"""The folder of private texts, beside that of the briefings."""

MAX_TEXT_BYTES = 2 << 20


@dataclass(frozen=True)
class TextFile:
    path: Path

    name: str
    """As problems name it: `.texts/<id>.txt`, `briefings/sources/<id>.txt`."""

    def problem(self, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        return Problem(Where(self.name), "", message, hint, severity)


def text_name(source: Source, folder: str) -> str:
    """Where a source's text belongs; `folder` is that of the briefings, as problems name it."""
    return f"{PRIVATE}/{source.id}.txt" if source.text == "private" else f"{folder}/sources/{source.id}.txt"


def read_texts(
    folder: Path,
    sources: Mapping[str, Source],
    committed: Collection[str] = (),
    unread: Collection[str] = (),
    kept: KeptFiles = NOTHING_KEPT,
) -> tuple[dict[str, SourceText], list[Problem]]:
    """The texts that are at hand, by source; on another machine, as in CI, there may be none.

    `committed` are the names of text files that git tracks. The ids in `unread` may be those of sources, too.
    """
    problems: list[Problem] = []
    files = _claimed_files(folder, sources, committed, unread, problems)
    texts = {}
    for id, (file, *others) in files.items():
        problems += [
            other.problem(Message("not read: {other} is", other=file.name), "delete one of them", "warning")
            for other in others
        ]
        try:
            with file.path.open("rb") as opened:
                data = opened.read(MAX_TEXT_BYTES + 1)
            if len(data) > MAX_TEXT_BYTES:
                problems.append(file.problem(Message("larger than {most} KiB", most=MAX_TEXT_BYTES // 1024)))
            elif not (text := kept.read((file.name,), data, _text_of)):
                message = Message("more than {most} accents or other marks on one letter", most=MOST_MARKS)
                problems.append(file.problem(message))
            elif text.paragraphs:
                texts[id] = text
            else:
                problems.append(file.problem("empty", "paste the source's text into it, or delete it"))
        except UnicodeDecodeError:
            problems.append(file.problem("not UTF-8", "save the file as UTF-8"))
        except OSError as error:
            problems.append(file.problem(unreadable(error)))
    return texts, problems


def _text_of(data: bytes) -> SourceText | None:
    """A file's text; None where its letters bear too many marks. Raises UnicodeDecodeError."""
    text = data.decode("utf-8-sig")
    return None if is_overloaded(text) else SourceText(text)


def misplaced_texts(
    folder: Path, sources: Mapping[str, Source], committed: Collection[str] = ()
) -> Iterator[tuple[TextFile, TextFile]]:
    """Private texts in the place of public ones, each with the place where it belongs; none where that is a link."""
    if (folder.parent / PRIVATE).is_symlink():
        return
    for id, (file, *_) in _claimed_files(folder, sources, committed, (), []).items():
        name = text_name(sources[id], folder.name)
        if sources[id].text == "private" and not file.name.startswith(f"{PRIVATE}/"):
            yield file, TextFile(folder.parent / name, name)


def _claimed_files(
    folder: Path,
    sources: Mapping[str, Source],
    committed: Collection[str],
    unread: Collection[str],
    problems: list[Problem],
) -> dict[str, list[TextFile]]:
    """The files of each source that has some, the one that is read first; those that are read for no source are
    problems."""
    former = {id: source for source in sources.values() for id in source.formerly}
    owners = {**former, **sources}
    claimed: dict[str, list[TextFile]] = {}
    for file in _text_files(folder, problems):
        source = owners.get(file.path.stem)
        public = source and source.text == "public" and not file.name.startswith(f"{PRIVATE}/")
        if not public and _is_committed(file, committed):
            place = f"{PRIVATE}/{file.path.name}"
            hint: str = Message("`git rm --cached` it, and keep the text at {place}", place=place)
            problems.append(file.problem("committed, but its source is not public: it is not read", hint))
        elif source and source.text == "none":
            problems.append(file.problem("not read: its source says `text: none`", severity="warning"))
        elif source:
            claimed.setdefault(source.id, []).append(file)
        elif file.path.stem not in unread:
            hint = did_you_mean(file.path.stem, sources)
            problems.append(file.problem("no source has this text: it is not read", hint, "warning"))
    for id, files in claimed.items():
        files.sort(key=lambda file: file.path.stem != id)  # a name of today before a former one
    return claimed


def _is_committed(file: TextFile, committed: Collection[str]) -> bool:
    return file.name.lower() in committed or (PRIVATE in committed and file.name.startswith(f"{PRIVATE}/"))


def _text_files(folder: Path, problems: list[Problem]) -> Iterator[TextFile]:
    """All of them, private ones first. Links among the sources are reported where their folder is read."""
    for place, prefix in ((folder.parent / PRIVATE, PRIVATE), (folder / "sources", f"{folder.name}/sources")):
        if prefix == PRIVATE and place.is_symlink():  # a commit can bring one that leads to its own texts
            problems.append(Problem(Where(prefix), "", "a symbolic link: not read", "put the folder itself here"))
            continue
        try:
            paths = sorted(place.iterdir())
            texts = {path for path in paths if path.suffix == ".txt" and path.is_file() and not path.is_symlink()}
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            problems.append(Problem(Where(prefix), "", unreadable(error)))
            continue
        for path in paths:
            file = TextFile(path, f"{prefix}/{path.name}")
            if path in texts:
                yield file
            elif prefix == PRIVATE:
                problems.append(file.problem("not read", "a text is a file whose name ends in .txt", "warning"))
