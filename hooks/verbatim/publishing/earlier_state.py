"""The earlier state: what a site published before, read from the JSON files of its data, to tell what changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..exports.dataset.comparison import COMPARED, EDITS, State, parsed_state
from ..problems import Message
from ..views.addresses import API

VARIABLE = "VERBATIM_SINCE"
"""Of the environment: the folder that has the earlier state's files; without it there is none."""

MOST_BYTES = 200_000_000
"""Of all files that are read."""

_PART = re.compile(r"[a-z_]+-\d{4}\.json")

Read = Callable[[str], bytes]
"""Gives a file by its name; raises StateError."""


class StateError(Exception):
    """Raised for what is no state that a build published."""


def state_in(folder: Path) -> State:
    """The state in a folder of data, or of a whole site; raises StateError."""
    data = folder / API if (folder / API).is_dir() else folder
    size = 0

    def read(name: str) -> bytes:
        nonlocal size
        try:
            size += (data / name).stat().st_size
            content = (data / name).read_bytes() if size <= MOST_BYTES else b""
        except OSError:
            raise StateError(
                Message("{folder} has no published data: no file {name}", folder=folder, name=name)
            ) from None
        if size > MOST_BYTES:
            raise StateError(Message("{folder} has more data than can be read", folder=folder))
        return content

    files = dict(state_files(read))
    tables = {name: _whole(name, files) for name in COMPARED}
    try:
        return parsed_state(tables, files[EDITS])
    except ValueError:
        raise StateError(Message("{folder} has no data of this version", folder=folder)) from None


def state_files(read: Read) -> Iterator[tuple[str, Any]]:
    """Every file of a state, parsed, by name; raises StateError for one that is no JSON object."""
    yield EDITS, _parsed(EDITS, read(EDITS))
    for table in COMPARED:
        name = f"{table}.json"
        whole = _parsed(name, read(name))
        yield name, whole
        parts = whole.setdefault("parts", [])
        if not (isinstance(parts, list) and all(isinstance(part, str) and _PART.fullmatch(part) for part in parts)):
            raise StateError(Message("{name} is no published data", name=name))
        for part in parts:
            yield part, _parsed(part, read(part))


def _whole(table: str, files: dict[str, Any]) -> dict[str, Any]:
    """A table with the rows of its parts."""
    whole = files[f"{table}.json"]
    parts = [files[part].get("rows") for part in whole["parts"]]
    lists = [whole.get("rows"), *parts]
    return {"rows": [row for rows in lists for row in (rows if isinstance(rows, list) else [rows])]}


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise StateError(Message("{name} is no published data", name=name))
    return found
