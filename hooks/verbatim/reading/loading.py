"""Loading: the files of a briefings folder become a Corpus, and all that is wrong with them becomes problems."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..model.entities import TAGS, Actor, Briefing, Issue, Record, Source
from ..model.schema import fields_at
from ..model.values import LANGS
from ..problems import Loc, Message, Problem, Severity, Where, did_you_mean, explain, unreadable
from ..progress import Progress, counted, silent
from .corpus import Corpus
from .kept import NOTHING_KEPT, KeptFiles
from .lock import MAX_LOCK_BYTES, NAME, UNFINISHED, Lock, parse_lock
from .open_points import refused_points, set_aside
from .outside import NOTHING_ASKED, Outside
from .signatures import FOLDER, SIGNERS, read_signatures
from .strict_yaml import COMMA, MAX_BYTES, MAX_PROBLEMS, Document, parse
from .text_files import read_texts
from .texts import SourceText

R = TypeVar("R", Source, Actor, Issue, Briefing)

REGISTRIES: dict[str, type[Record]] = {"sources": Source, "actors": Actor, "issues": Issue}
"""The folders of the registries; every folder named for a year holds briefings."""


def load_corpus(
    folder: Path,
    default_lang: str,
    outside: Outside = NOTHING_ASKED,
    *,
    texts: bool = True,
    kept: KeptFiles = NOTHING_KEPT,
    progress: Progress = silent,
) -> tuple[Corpus, list[Problem]]:
    """Read every file below `folder`.

    Returns what could be read and every problem found; the corpus is whole only where no problem is an error.
    `default_lang` is the language of plain strings in files that name none by `lang`: actors and issues; `outside` is
    what other programs say of the folder. `texts` says whether the sources' texts are read where they are at hand;
    `kept` has what an earlier call read.
    """
    if not yaml.__with_libyaml__:
        where = Where(folder.name)
        hint = "install a PyYAML wheel, or libyaml's headers before building it"
        return Corpus(), [Problem(where, "", "PyYAML was built without libyaml", hint)]

    problems = list(outside.problems)
    records = _Records(kept)
    files = [
        (f"{folder.name}/{path.relative_to(folder).as_posix()}", path, model)
        for path, model in find_files(folder, problems)
    ]
    files.sort(key=lambda file: file[0] not in outside.last_commit)  # the older ones first
    for name, path, model in counted(files, "files read", progress):
        problems += records.add(path, name, model, default_lang)

    sources = records.of_kind(Source)
    at_hand: dict[str, SourceText] = {}
    if texts:
        at_hand, found = read_texts(folder, sources, outside.committed, records.unread[Source], kept)
        problems += found
    lock, lock_file = read_lock(folder, problems, kept)
    by_date = sorted(records.of_kind(Briefing).values(), key=lambda b: (b.date.sort_key, b.id))
    corpus = Corpus(
        sources=sources,
        actors=records.of_kind(Actor),
        issues=records.of_kind(Issue),
        briefings={briefing.id: briefing for briefing in by_date},
        documents=records.documents,
        texts=at_hand,
        lock=lock,
        lock_file=lock_file,
        signatures=read_signatures(folder, lock, outside.verify),
        last_commit=outside.last_commit,
        unread={model: frozenset(ids) for model, ids in records.unread.items()},
    )
    return corpus, problems


class _Records:
    """The records read so far, by type and id."""

    def __init__(self, kept: KeptFiles) -> None:
        self.kept = kept
        self.records: dict[tuple[type[Record], str], Record] = {}
        self.documents: dict[tuple[type[Record], str], Document] = {}
        self.unread: dict[type[Record], set[str]] = {model: set() for model in (Source, Actor, Issue, Briefing)}

    def of_kind(self, kind: type[R]) -> dict[str, R]:
        """By id, in the order of files."""
        found = [record for record in self.records.values() if isinstance(record, kind)]
        return {record.id: record for record in sorted(found, key=lambda each: self.documents[kind, each.id].file)}

    def add(self, path: Path, name: str, model: type[Record], default_lang: str) -> list[Problem]:
        """Read one file, which problems call `name`; returns what is wrong with it.

        Of two with one id the one that is read first stays.
        """
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            self.unread[model].add(path.stem)
            return [Problem(Where(name), "", unreadable(error))]
        key, make = (model, path.stem), partial(_read, name=name, id=path.stem, model=model, default_lang=default_lang)
        document, record, found = self.kept.read((name, *key, default_lang), data, make)
        problems = list(found)
        if not document or not record:
            self.unread[model].add(path.stem)
        elif key in self.records:
            other = self.documents[key].file
            message = Message(
                "a second {kind} {id!r} (the first is {other})", kind=model.__name__.lower(), id=record.id, other=other
            )
            problems.append(Problem(Where(name), "", message, "rename this file"))
            self.unread[model].add(path.stem)
        else:
            self.records[key], self.documents[key] = record, document
        return problems


def problems_of(text: str, id: str, model: type[Record], default_lang: str) -> list[Problem]:
    """What keeps the text of a file from being read as a record; references are not followed."""
    return _read(text.encode(), f"{id}.yml", id, model, default_lang)[2]


def _read(
    data: bytes, name: str, id: str, model: type[Record], default_lang: str
) -> tuple[Document | None, Record | None, list[Problem]]:
    """A file as a document and as a record, as far as it can be read, and what is wrong with it."""
    document, problems = parse(data, name)
    if document and model is Briefing:
        document, points = _heed_open_points(document)
        problems += points
    record = _validate(document, model, id, default_lang, problems) if document else None
    return document, record, problems


def _heed_open_points(document: Document) -> tuple[Document, list[Problem]]:
    """A briefing without what a draft leaves open; in a published one open points are errors."""
    if document.value.get("status") == "draft":
        return set_aside(document)
    return document, refused_points(document)


def parse_file(path: Path, name: str) -> tuple[Document | None, list[Problem]]:
    """The content of a file, which problems call `name`, before the schema has seen it; and what is wrong with it."""
    try:
        with path.open("rb") as file:
            return parse(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        return None, [Problem(Where(name), "", unreadable(error))]


def find_files(folder: Path, problems: list[Problem]) -> Iterator[tuple[Path, type[Record]]]:
    """Every YAML file with the type of record that its folder holds; what is neither becomes a problem."""

    def report(path: Path, message: str, hint: str = "", severity: Severity = "error") -> None:
        problems.append(Problem(Where(path.relative_to(folder.parent).as_posix()), "", message, hint, severity))

    def listed(path: Path) -> list[Path]:
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            report(path, "cannot be read")
            return []
        try:
            return sorted(path.iterdir()) if path.is_dir() else []
        except OSError as error:
            report(path, unreadable(error))
            return []

    for directory in listed(folder):
        model = REGISTRIES.get(directory.name) or (Briefing if re.fullmatch(r"[0-9]{4}", directory.name) else None)
        if directory.is_symlink() or folder.is_symlink():
            is_file = directory.name == SIGNERS
            hint = "put the file itself here" if is_file else "put the folder itself here"
            report(directory, "a symbolic link", hint)
        elif model and not directory.is_dir():
            report(directory, "a file where a folder is expected")
        elif model is None and directory.name in (SIGNERS, FOLDER):
            continue
        elif model is None:
            report(directory, "neither a year nor a registry", "briefings go into a folder named for a year", "warning")
        else:
            for path in listed(directory):
                if path.is_symlink():
                    report(path, "a symbolic link", "put the file itself here")
                elif not path.is_file():
                    report(path, "not a file")
                elif path.suffix == ".yml" and not path.name.startswith("."):
                    yield path, model
                elif not (model is Source and (path.suffix == ".txt" or path.name in (NAME, UNFINISHED))):
                    report(path, "not read", "a briefing's file ends in .yml and does not begin with a dot", "warning")


def read_lock(folder: Path, problems: list[Problem], kept: KeptFiles = NOTHING_KEPT) -> tuple[Lock, str]:
    """The lock of a folder of briefings, and its name in problems; what is wrong with it is added to these."""
    path = folder / "sources" / NAME
    name = f"{folder.name}/sources/{NAME}"
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LOCK_BYTES + 1)
        if len(data) > MAX_LOCK_BYTES:
            message = Message("larger than {most} MiB", most=MAX_LOCK_BYTES >> 20)
            lock, found = Lock(), [Problem(Where(name), "", message)]
        else:
            lock, found = kept.read((name,), data, lambda data: parse_lock(data.decode().replace("\r\n", "\n"), name))
    except FileNotFoundError:
        return Lock(), name
    except (OSError, UnicodeDecodeError):
        lock, found = Lock(), [Problem(Where(name), "", "cannot be read", "run `python hooks verify`")]
    problems += found
    return lock, name


def _validate(
    document: Document, model: type[Record], id: str, default_lang: str, problems: list[Problem]
) -> Record | None:
    if "id" in document.value:
        problems.append(Problem(document.where_key(("id",)), "id", "the file's name is the id", "delete this line"))
    lang = document.value.get("lang", default_lang) if "lang" in model.model_fields else default_lang
    context = {"lang": lang if isinstance(lang, str) and lang in LANGS else default_lang}
    try:
        return model.model_validate({**document.value, "id": id}, context=context)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        no_fields = {each["loc"][:-1] for each in errors if each["loc"][-1] == _KEY}  # nor is there a value to judge
        errors = [each for each in errors if each["loc"] not in no_fields]
        problems += [_schema_problem(document, model, each) for each in errors[:MAX_PROBLEMS]]
        return None


def _schema_problem(document: Document, model: type[Record], error: ErrorDetails) -> Problem:
    loc: Loc = tuple(part for part in error["loc"] if part not in TAGS)
    kind, context = error["type"], error.get("ctx", {})
    if loc[-1] == _KEY and kind == "string_pattern_mismatch":
        key = str(loc[-2])
        return document.problem(loc[:-1], schema_message(error), COMMA if " " in key else "")
    if kind == "missing":
        return document.problem(loc, schema_message(error))
    if kind == "extra_forbidden":
        hint = did_you_mean(str(loc[-1]), fields_at(model, loc[:-1]))
        return Problem(document.where_key(loc), document.name(loc), schema_message(error), hint)
    if kind == "literal_error":
        known = re.findall(r"'([^']+)'", context["expected"])
        hint = did_you_mean(str(error["input"]), known) or Message("one of: {known}", known=", ".join(known))
        return document.problem(loc, Message("unknown value {input!r}", input=str(error["input"])[:80]), hint)
    if len(loc) > 1 and document.where(loc) == document.where(loc[:-1]) and isinstance(loc[-1], str):
        loc = loc[:-1]  # a plain string stands for a text by language: speak of the string
    return document.problem(loc, schema_message(error))


_KEY = "[key]"
"""Ends pydantic's path of a key that is wrong itself: among ours, the language of a text."""

_FAULTS = {
    "missing": "missing",
    "extra_forbidden": "unknown field",
    "string_type": "expected a text",
    "list_type": "expected a list",
    "tuple_type": "expected a list",
    "frozen_set_type": "expected a list",
    "dict_type": "expected a text or a text by language",
    "model_type": "expected a mapping of fields",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "int_parsing_size": "a number that is too large",
    "string_too_short": "empty",
    "too_short": "empty",
    "string_pattern_mismatch": (
        "not of the form that is asked for: two lower-case letters for a language, Q and digits for Wikidata"
    ),
}
"""What is wrong, by pydantic's type of error; `schema_message` has those that name a bound."""


def schema_message(error: ErrorDetails) -> str:
    """What is wrong by the schema, in our words instead of pydantic's."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return explain(context["error"])
    if kind == "too_long":
        return Message("more than {most} items", most=context["max_length"])
    if kind == "string_too_long":
        return Message("longer than {most} characters", most=context["max_length"])
    if kind == "greater_than_equal":
        return Message("less than {least}", least=context["ge"])
    if kind == "less_than_equal":
        return Message("more than {most}", most=context["le"])
    if kind == "string_pattern_mismatch" and error["loc"][-1] == _KEY:
        return Message("{text!r} is no language's code (two letters, as in ISO 639-1)", text=str(error["input"])[:80])
    if kind == "string_pattern_mismatch" and context["pattern"] == r"\S":
        return "nothing visible"
    return _FAULTS.get(kind, error["msg"])
