"""Indexing: turns search records into Pagefind's index files, which the browser searches.

There are two indexes: that of pages is small and answers first, that of statements is loaded after it. What is shown of
a record is in files of our own, `records/0.json` and so on, since Pagefind writes a file for each record. Records are
numbered newest first, and the indexes name them by number, so that results are sorted and filtered without Pagefind's
help: its own sorts and filters take time with the square of the results.

Pagefind's program is called directly, by its `--service` protocol: each message is JSON in base64, ended by a comma.
The Python wrapper waits a tenth of a second for every message, which is more than a minute for a thousand records.
"""

from __future__ import annotations

import base64
import fcntl
import functools
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path, PurePath
from threading import Thread
from typing import IO, Any

from pagefind_bin import get_executable

from ..parts import Part
from ..problems import Message
from ..progress import Count, Progress, silent
from ..wording.words import fold
from .records import SearchRecord

PROGRAM, DATA = ("pagefind.js", "wasm.*"), ("pagefind-entry.json", "pagefind.*.pf_meta", "index/*")
"""The files that searching needs; the rest is Pagefind's own interface, and what it would show of each record."""

STATEMENTS = "statements"
"""The folder of the second index, which takes its program from the first."""

KINDS = "stuvwxyz"
"""What the names of statements begin with, in the index of each part; as in `query.js`."""

RECORDS_PER_FILE = 16
"""As in `query.js`. Results lie apart, so that a larger file would mostly bring what is not shown."""

PLACES_PER_FILE = 10_000
"""Of numbers in a file of a facet, unless a single value has more: at most 20 KB compressed."""

SIGNATURE = b"pagefind_dcd"
"""What the content of Pagefind's files begins with."""

PLAIN_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
"""Pagefind splits words only at ASCII punctuation: `l’OTAN` would be one word."""

WHOLE = Part()


class IndexingError(Exception):
    """Pagefind failed; the message holds its answer."""


def statement_indexes(part: Part) -> list[str]:
    """The folders of all parts' indexes of statements, below that of pages."""
    return [STATEMENTS] if part.is_whole else [f"{STATEMENTS}-{number}" for number in range(1, part.of + 1)]


def start_indexing(
    records: Iterable[SearchRecord], lang: str, cache: Path, part: Part = WHOLE, progress: Progress = silent
) -> Future[Path]:
    """Index a part of the records in the background; the result is the folder of the index, below `cache`.

    An index of the same records is reused. The future raises IndexingError or OSError. Jobs of one cache run in order,
    callbacks included, so that under `serve` the newest index is placed last.
    """
    return _queue(cache).submit(build_index, list(records), lang, cache, part, progress)


@functools.cache
def _queue(cache: Path) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="indexing")


def build_index(
    records: list[SearchRecord], lang: str, cache: Path, part: Part = WHOLE, progress: Progress = silent
) -> Path:
    """Build or reuse the index of records in one language; returns its folder. Raises IndexingError and OSError.

    Of a site that is built in parts, the first has the index of pages, and each that of a stretch of statements.
    """
    executable = get_executable()
    numbered = sorted(records, key=lambda record: record.sort_date, reverse=True)
    pairs = [(record, _message(record, number)) for number, record in enumerate(numbered)]
    shown = [_shown(record) for record in numbered]
    lines = [str(executable.stat().st_size), lang, str(part), *(_json(message) for _, message in pairs)]
    lines += [*map(_json, shown), *(_json(dict(record.filters)) for record in numbered)]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    folder = cache / f"{lang}-{digest}"
    cache.mkdir(parents=True, exist_ok=True)
    with _alone_in(cache):
        if not folder.is_dir():
            for left in cache.glob("new-*"):  # left by a killed process
                shutil.rmtree(left)
            with tempfile.TemporaryDirectory(prefix="new-", dir=cache) as scratch:
                kept = Path(scratch) / "kept"
                pages, statements = (
                    [message for record, message in pairs if record.is_statement is wanted] for wanted in (False, True)
                )
                if part.number == 1:
                    _gather(executable, pages, lang, kept, "p", (*PROGRAM, *DATA), progress)
                nothing = SearchRecord("#", "", "0", lang, "none")  # Pagefind makes no index without records
                mine = part.stretch(statements) or [_message(nothing, 0)]
                name = statement_indexes(part)[part.number - 1]
                _gather(executable, mine, lang, kept / name, KINDS[part.number - 1], DATA, progress)
                _write_shown(shown, kept / "records", part)
                _write_facets(numbered, kept / "records", part)
                for old in cache.glob(f"{lang}-*"):
                    shutil.rmtree(old, ignore_errors=True)
                kept.rename(folder)
    return folder


@contextmanager
def _alone_in(cache: Path) -> Iterator[None]:
    """Lock the folder against other processes that index into it, such as `serve`."""
    with os.fdopen(os.open(cache / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _gather(
    executable: Path,
    messages: Sequence[dict[str, Any]],
    lang: str,
    folder: Path,
    kind: str,
    patterns: Iterable[str],
    progress: Progress,
) -> None:
    """Write what searching needs of a new index into a folder. Its records are named by `kind` and number.

    Pagefind hands the files over. Where it writes them itself, it answers, and even ends, before all bytes are written.
    """
    files = {
        file["path"]: file["content"]
        for file in _run(executable, [_json(message) for message in messages], lang, progress)
    }
    numbers = {
        PurePath(path).stem: int(json.loads(_unpacked(base64.b64decode(content)))["url"])
        for path, content in files.items()
        if path.startswith("fragment/")
    }
    if len(numbers) != len(messages):
        message = "the search index has {count} of {asked} records"
        raise IndexingError(Message(message, count=len(numbers), asked=len(messages)))
    for path, text in files.items():
        if any(PurePath(path).match(pattern) for pattern in patterns):
            content = base64.b64decode(text)
            if path.endswith(".pf_meta"):
                content = _renamed(content, numbers, lang, kind)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _renamed(metadata: bytes, numbers: Mapping[str, int], lang: str, kind: str) -> bytes:
    """Metadata that names records by kind and number in place of the digests of what would be shown.

    The list of records comes first in it, and numbers take as much room as digests; in order, they compress well.
    """

    def name(found: re.Match[bytes]) -> bytes:
        digest = found[0].decode()
        return f"{kind}{numbers[digest]:0{len(digest) - 1}x}".encode()

    plain = re.sub(rf"{lang}_[0-9a-f]+".encode(), name, _unpacked(metadata), count=len(numbers))
    return gzip.compress(SIGNATURE + plain, mtime=0)


def _unpacked(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(SIGNATURE)


def _write_shown(shown: list[dict[str, Any]], folder: Path, part: Part) -> None:
    folder.mkdir()
    for start in range(0, len(shown), RECORDS_PER_FILE):
        name = f"{start // RECORDS_PER_FILE}.json"
        if part.has(name):
            (folder / name).write_text(_json(shown[start : start + RECORDS_PER_FILE]), encoding="utf-8")


def _write_facets(numbered: list[SearchRecord], folder: Path, part: Part) -> None:
    """Write which records have each value of a facet: `actor-0.json` and so on, in the order of the values, and the
    first value of each file in `facets.json`. Each number is written as its distance from the one before."""
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(numbered):
        for name, values in {"kind": (record.kind,), **record.filters}.items():
            for value in values:
                places[name][value].append(number)
    begins: dict[str, list[str]] = {}
    files: dict[str, Any] = {}
    for name, held in places.items():
        shares: list[dict[str, list[int]]] = [{}]
        for value, numbers in sorted(held.items()):
            if shares[-1] and sum(map(len, shares[-1].values())) + len(numbers) > PLACES_PER_FILE:
                shares.append({})
            shares[-1][value] = [after - before for before, after in pairwise([0, *numbers])]
        begins[name] = [min(share) for share in shares]
        files |= {f"{name}-{count}.json": share for count, share in enumerate(shares)}
    for file, content in {**files, "facets.json": begins}.items():
        if part.has(file):
            (folder / file).write_text(_json(content), encoding="utf-8")


def _message(record: SearchRecord, number: int) -> dict[str, Any]:
    """The request that adds a record.

    The searched text is folded, so that accents never matter. Pagefind also searches `meta`, and misses phrases if a
    word occurs both with and without accents, so what is shown is not in it.
    """
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": str(number),
        "content": _searched(f"{record.text} {record.title} {record.note}"),
        "language": record.lang,
        "meta": {} if record.is_statement else {"title": _searched(record.title)},  # weighs more: pages come first
        "filters": {},
    }


def _shown(record: SearchRecord) -> dict[str, str]:
    """What lists of results show of a record."""
    marks = {name: values[0] for name in ("stance", "modality") if (values := record.filters.get(name))}
    fields = {"title": record.title, "text": record.text, "note": record.note, "day": record.sort_date, **record.meta}
    return {"url": record.url, "kind": record.kind, **marks, **{key: text for key, text in fields.items() if text}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _searched(text: str) -> str:
    return fold(text).translate(PLAIN_SIGNS)


def _run(executable: Path, lines: list[str], lang: str, progress: Progress) -> list[dict[str, str]]:
    """Every file of a new index: its path and, in Base64, its content."""
    requests = [
        json.dumps({"type": "NewIndex", "config": {"force_language": lang}}),
        *lines,
        json.dumps({"type": "GetFiles", "index_id": 0}),
    ]
    messages = (
        base64.b64encode(f'{{"message_id":{number},"payload":{request}}}'.encode()) + b","
        for number, request in enumerate(requests)
    )
    answers = _converse([executable, "--service"], messages, Count("search records indexed", len(requests), progress))
    errors = [answer["message"] for answer in answers if answer["type"] == "Error"]
    if errors or len(answers) != len(requests):
        message = "the search index was not written: {count} of {asked} answers from Pagefind, which said: {said}"
        said = "; ".join(errors[:3]) or Message("nothing more")
        raise IndexingError(Message(message, count=len(answers), asked=len(requests), said=said))
    files: list[dict[str, str]] = answers[-1]["files"]
    return files


def _converse(command: list[str | Path], messages: Iterable[bytes], count: Count) -> list[dict[str, Any]]:
    """Send messages and return the answers, which are counted; fewer than asked for if the program ended early."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        # The program exits when its input closes, so keep it open until the last answer.
        writer = Thread(target=_write, args=(process.stdin, messages))
        writer.start()
        answers: list[dict[str, Any]] = []
        pieces: list[bytes] = []  # of an answer that may be as long as the index
        while len(answers) < count.total and (piece := os.read(process.stdout.fileno(), 1 << 16)):
            first, *more = piece.split(b",")
            pieces.append(first)
            for following in more:
                answers.append(json.loads(base64.b64decode(b"".join(pieces)))["payload"])
                count.step()
                pieces = [following]
        process.kill()
        writer.join()
        with suppress(BrokenPipeError):
            process.stdin.close()
    return answers


def _write(stream: IO[bytes], messages: Iterable[bytes]) -> None:
    with suppress(BrokenPipeError):
        stream.writelines(messages)
        stream.flush()
