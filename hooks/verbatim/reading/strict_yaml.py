"""Strict YAML: bytes to plain strings, lists and dictionaries, with the place of every key and value.

Built from the events of PyYAML's C parser, so that nothing is composed before it is judged: size and
encoding first, then depth, anchors, aliases, merge keys, tags, second documents and duplicate keys while the
events stream. Every scalar stays the string that the author wrote; the schema types it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from ..problems import Loc, Message, Problem, Severity, Where, field_name

COMMA = "between braces a comma ends a text: put it in quotes"
"""How to mend what stands behind a comma and was taken for the next key."""

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_VALUES = 20_000
MAX_MARKS = 4
MAX_PROBLEMS = 100
"""In one file, before reading stops with an error."""

Place = tuple[int, int]
"""Line and column, both one-based, in code points."""

_KEY = re.compile(r"[\w<~+-][\w<~ .'+-]{0,79}")

_COMMENT = re.compile(r"\s+#(?=\S)")

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\u200b\u180e\u034f\u2800\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufff9-\ufffc\U0001d159\U000e0000-\U000e007f]"
)
"""Controls, line breaks that editors do not show, lone surrogates, and characters that turn the reading order."""


@dataclass(slots=True)  # a corpus has one for each of its values
class Marks:
    """Where a value stands, and for a list or a mapping where its children stand."""

    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    children: dict[str | int, Marks] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    """Of a list that items were left out of: the numbers that the others have in the file."""


_NO_KEYS: dict[str, Place] = {}
_NO_CHILDREN: dict[str | int, Marks] = {}
"""Of all scalars together."""


@dataclass(frozen=True)
class Document:
    """One file's content before the schema has seen it."""

    file: str
    value: dict[str, Any]
    marks: Marks
    open_points: tuple[Problem, ...] = ()
    """Of a draft: what it leaves open, which is left out of `value`."""

    def where(self, loc: Loc) -> Where:
        """The place of a field; of the nearest thing around it where the field is missing."""
        marks, place = self.marks, self.marks.place
        for part in loc:
            child = marks.children.get(part)
            if child is None:
                return Where(self.file, *marks.keys.get(str(part), place))
            marks, place = child, child.place
        return Where(self.file, *place)

    def where_key(self, loc: Loc) -> Where:
        """The place of a field's name instead of its value."""
        marks = self.marks
        for part in loc[:-1]:
            marks = marks.children[part]
        return Where(self.file, *marks.keys[str(loc[-1])])

    def problem(self, loc: Loc, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        """A problem at a field of this document."""
        return Problem(self.where(loc), self.name(loc), message, hint, severity)

    def name(self, loc: Loc) -> str:
        """A field's path as the author's file numbers it."""
        marks: Marks | None = self.marks
        written: list[str | int] = []
        for part in loc:
            numbers = marks.numbers if marks else ()
            written.append(numbers[part] if isinstance(part, int) and part < len(numbers) else part)
            marks = marks.children.get(part) if marks else None
        return field_name(tuple(written))


def parse(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """Read one document whose root is a mapping.

    Returns the document, or None where none could be built, and every problem found. A document that comes
    with problems holds what could be read, so that the schema can report on the rest of it in the same run.
    """
    text, problem = _decode(data, file)
    if problem:
        return None, [problem]
    reader = _Reader(file, text)
    try:
        return reader.read(), reader.problems
    except yaml.MarkedYAMLError as error:
        return None, [*reader.problems, _syntax_problem(error, file, text)]
    except _StopReadingError:
        return None, reader.problems


def _decode(data: bytes, file: str) -> tuple[str, Problem | None]:
    if len(data) > MAX_BYTES:
        return "", Problem(
            Where(file), "", Message("larger than {most} KiB", most=MAX_BYTES // 1024), "split it into several files"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problem(Where(file), "", "encoded in UTF-16", "save the file as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        return "", Problem(Where(file, line, column), "", "not UTF-8", "save the file as UTF-8")
    if found := _forbidden(text):
        place, message, hint = found
        line = text.count("\n", 0, place) + 1
        column = place - text.rfind("\n", 0, place)
        return "", Problem(Where(file, line, column), "", message, hint)
    return text, None


def _forbidden(text: str) -> tuple[int, str, str] | None:
    """What deceives readers or breaks lines: where it begins, what it is, and what to do."""
    if found := _FORBIDDEN.search(text):
        return found.start(), Message("invisible or control character U+{code:04X}", code=ord(found[0])), "delete it"
    marks = "".join(char for char in set(text) if unicodedata.category(char).startswith("M"))
    if marks and (found := re.search(f"(?:[{marks}][\u200c\u200d]*){{{MAX_MARKS + 1}}}", text)):
        return (
            found.start(),
            Message("more than {most} combining marks on a letter", most=MAX_MARKS),
            "delete those that are too many",
        )
    return None


def _syntax_problem(error: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    message = error.problem or error.context or "not YAML"
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    hint = ""
    if "mapping values are not allowed" in message:
        hint = "a colon followed by a space inside a value: put the value in quotes"
    elif here[column : column + 1] == "\t" or here.startswith("\t"):
        message, hint = "a tab in the indentation", "indent with spaces"
    elif "quoted scalar" in (error.context or "") and "end of stream" in message:
        line, column = (error.context_mark.line, error.context_mark.column) if error.context_mark else (line, column)
        message, hint = (
            "a quotation mark is opened and never closed",
            "close it, or use the other kind around the value",
        )
    return Problem(Where(file, line + 1, column + 1), "", message, hint)


class _StopReadingError(Exception):
    """Nothing further in this file can be trusted; the problem that says why has been recorded."""


class _Reader:
    """Builds one document from the parser's events, with a stack of its own instead of recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self._events = CParser(text)
        self._loc: list[str | int] = []
        self._values = 0

    def read(self) -> Document | None:
        self._next()  # the start of the stream
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._problem((1, 1), "empty file", "a briefing begins with `title:`")
            return None
        root = self._next()
        if not isinstance(root, yaml.MappingStartEvent):
            self._problem(_place(root), "not a mapping of fields", "write `field: value` lines")
            return None
        self._refuse_adornments(root)
        value, marks = self._mapping(root)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._problem(_place(after), "a second document", "one file holds one document: delete the `---` line")
        return Document(self.file, value, marks)

    def _next(self) -> yaml.Event:
        event = self._events.get_event()
        assert event, "a stream ends with an event of its own, after which nothing is asked for"
        return event

    def _value(self, event: yaml.Event) -> tuple[Any, Marks]:
        self._refuse_adornments(event)
        self._values += 1
        if self._values > MAX_VALUES:
            self._problem(
                _place(event),
                Message("more than {most} values in one file", most=MAX_VALUES),
                "split it into several files",
            )
            raise _StopReadingError
        if isinstance(event, yaml.ScalarEvent):
            self._judge_scalar(event)
            return event.value, Marks(_place(event), _NO_KEYS, _NO_CHILDREN)
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}", Marks(_place(event), _NO_KEYS, _NO_CHILDREN)
        if len(self._loc) >= MAX_DEPTH:
            self._problem(_place(event), Message("nested more than {most} levels deep", most=MAX_DEPTH))
            raise _StopReadingError
        return self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event)

    def _mapping(self, start: yaml.MappingStartEvent) -> tuple[dict[str, Any], Marks]:
        value: dict[str, Any] = {}
        marks = Marks(_place(start))
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            self._refuse_adornments(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(_place(event), "a key that is not a word")
                raise _StopReadingError
            key, plain, place = event.value, not event.style, _place(event)
            if not _KEY.fullmatch(key):
                hint = COMMA if " " in key and start.flow_style else "fields are named in lower-case letters"
                self._problem(place, "a key that is not a word", hint)
                raise _StopReadingError
            self._loc.append(key)
            child, child_marks = self._value(self._next())
            if key == "<<" and plain:
                self._problem(place, "a merge key", "write the fields out")
            elif key in value:
                self._problem(
                    place, Message("duplicate key (first on line {line})", line=marks.keys[key][0]), "keep one of them"
                )
            else:
                value[key], marks.keys[key], marks.children[key] = child, place, child_marks
            self._loc.pop()
        return value, marks

    def _sequence(self, start: yaml.Event) -> tuple[list[Any], Marks]:
        value: list[Any] = []
        marks = Marks(_place(start))
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._loc.append(len(value))
            child, marks.children[len(value)] = self._value(event)
            self._loc.pop()
            value.append(child)
        return value, marks

    def _refuse_adornments(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                _place(event),
                Message("an alias, *{anchor}", anchor=event.anchor),
                "write the value out, or put it in quotes",
            )
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            if event.anchor is not None:
                self._problem(
                    _place(event),
                    Message("an anchor, &{anchor}", anchor=event.anchor),
                    "write the value out, or put it in quotes",
                )
            elif event.tag is not None:
                self._problem(
                    _place(event),
                    Message("a tag, {tag!r}", tag=event.tag[:80]),
                    "delete it, or put the value in quotes",
                )

    def _judge_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.style == '"' and (harmful := _forbidden(event.value)):
            _, message, hint = harmful
            self._problem(_place(event), message, hint)
        if not event.style:
            end = event.end_mark
            assert end
            line = self.lines[end.line] if end.line < len(self.lines) else ""
            if found := _COMMENT.match(line, end.column):
                self._problem(
                    (end.line + 1, found.end()),
                    "from here on the line is a comment",
                    "quote the value, or put a space after #",
                    "warning",
                )

    def _problem(self, place: Place, message: str, hint: str = "", severity: Severity = "error") -> None:
        where = Where(self.file, *place)
        if len(self.problems) == MAX_PROBLEMS:
            message = Message("more than {most} problems: the rest of the file is not read", most=MAX_PROBLEMS)
            self.problems.append(Problem(where, "", message, "correct those above first"))
            raise _StopReadingError
        self.problems.append(Problem(where, field_name(tuple(self._loc)), message, hint, severity))


def _place(event: yaml.Event) -> Place:
    assert event.start_mark, "the parser marks every event"
    return event.start_mark.line + 1, event.start_mark.column + 1
