"""Indexing: turns search records into Pagefind's index files, which the browser searches.

Pagefind's program is called directly, by its `--service` protocol: each message is JSON in base64, ended by a comma.
The Python wrapper waits a tenth of a second for every message, which is more than a minute for a thousand records.
"""

from __future__ import annotations

import base64
import fcntl
import functools
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from threading import Thread
from typing import IO, Any

from pagefind_bin import get_executable

from ..problems import Message
from ..progress import Count, Progress, silent
from ..wording.words import fold
from .records import SearchRecord

KEPT = ("pagefind.js", "pagefind-entry.json", "pagefind.*.pf_meta", "wasm.*", "index/*", "filter/*", "fragment/*")
"""The files that searching needs; the rest is Pagefind's own interface."""

PLAIN_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
"""Pagefind splits words only at ASCII punctuation: `l’OTAN` would be one word."""


class IndexingError(Exception):
    """Pagefind failed; the message holds its answer."""


def start_indexing(
    records: Iterable[SearchRecord], lang: str, cache: Path, progress: Progress = silent
) -> Future[Path]:
    """Index in the background; the result is the folder of the index, below `cache`.

    An index of the same records is reused. The future raises IndexingError or OSError. Jobs of one cache run in order,
    callbacks included, so that under `serve` the newest index is placed last.
    """
    return _queue(cache).submit(build_index, list(records), lang, cache, progress)


@functools.cache
def _queue(cache: Path) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="indexing")


def build_index(records: list[SearchRecord], lang: str, cache: Path, progress: Progress = silent) -> Path:
    """Build or reuse the index of records in one language; returns its folder. Raises IndexingError and OSError."""
    executable = get_executable()
    lines = [
        json.dumps(_message(record, len(records) - number), ensure_ascii=False, sort_keys=True)
        for number, record in enumerate(records)
    ]
    digest = hashlib.sha256("\n".join([str(executable.stat().st_size), lang, *lines]).encode()).hexdigest()[:16]
    folder = cache / f"{lang}-{digest}"
    cache.mkdir(parents=True, exist_ok=True)
    with _alone_in(cache):
        if not folder.is_dir():
            for left in cache.glob("new-*"):  # left by a killed process
                shutil.rmtree(left)
            with tempfile.TemporaryDirectory(prefix="new-", dir=cache) as scratch:
                kept = _gather(executable, lines, lang, Path(scratch), progress)
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


def _gather(executable: Path, lines: list[str], lang: str, scratch: Path, progress: Progress) -> Path:
    """Write a new index; returns the folder with the files that searching needs.

    Pagefind hands the files over. Where it writes them itself, it answers, and even ends, before all bytes are written.
    """
    kept = scratch / "kept"
    for file in _run(executable, lines, lang, progress):
        if any(PurePath(file["path"]).match(pattern) for pattern in KEPT):
            target = kept / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(base64.b64decode(file["content"]))
    return kept


def _message(record: SearchRecord, rank: int) -> dict[str, Any]:
    """The request that adds a record. `rank` orders the records of one day, the highest first.

    The searched text is folded, so that accents never matter. Pagefind also searches `meta`, and misses phrases if a
    word occurs both with and without accents, so the text to show is appended to the URL, after a space.
    """
    shown = {"title": record.title, "text": record.text, "note": record.note, **record.meta}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{record.url} {json.dumps({key: value for key, value in shown.items() if value}, ensure_ascii=False)}",
        "content": _searched(f"{record.text} {record.title} {record.note}"),
        "language": record.lang,
        "meta": {} if record.is_statement else {"title": _searched(record.title)},  # weighs more: pages come first
        "filters": {"kind": [record.kind], **{key: values for key, values in record.filters.items() if values}},
        "sort": {"date": f"{record.sort_date} {rank:07}"} if record.sort_date else {},
    }


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
