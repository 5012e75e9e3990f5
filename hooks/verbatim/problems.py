"""Problems as values: what is wrong in the input, where, and how to fix it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Self, get_args

Severity = Literal["error", "warning", "notice"]
"""A notice is what a draft has yet to settle: it stops nothing, since drafts are not published."""

LABELS: dict[Severity, str] = {"error": "", "warning": "warning: ", "notice": "notice: "}
"""What stands before a message; errors need none."""

MAX_PER_FILE = 100
MAX_IN_ALL = 1000
"""Problems that are reported in one run."""

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, line breaks, lone surrogates, and characters that are invisible or turn the reading order."""


class Message(str):
    """English words for people, which remember what they are made of, so that `wording.messages` can translate them.

    `Message("unknown actor {id!r}", id=id)` fills the braces as `str.format` does. It compares, sorts and prints as its
    English text. A value that is a message itself is translated too; every other reads the same in all languages.

    Words without values need no `Message`: a plain string is its own template.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        message = super().__new__(cls, template.format(**values) if values else template)
        message.template, message.values = template, values
        return message


Translate = Callable[[str], str]
"""Says a message in another language, and what is no message as it is. `str` leaves all in English."""

Loc = tuple[str | int, ...]
"""Path of a field in a document, outermost key first: `("positions", 2, "actor")`."""


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file."""

    file: str
    """Relative to the project's folder, with forward slashes."""

    line: int = 1
    """One-based."""

    column: int = 1
    """One-based, in code points."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """Something for an author to fix."""

    where: Where

    field: str
    """Path of the field, `positions[2].actor`; empty for the whole file."""

    message: str
    """What is wrong, in one line; a `Message` where it names something."""

    hint: str = ""
    """How to fix it, likewise, without parentheses; empty if the message is enough."""

    severity: Severity = "error"

    def __str__(self) -> str:
        return self.line()

    def line(self, translate: Translate = str) -> str:
        """As commands and the build print it."""
        severity = translate(LABELS[self.severity])
        field = f"{self.field}: " if self.field else ""
        advice = f" ({translate(self.hint)})" if self.hint else ""
        return printable(f"{self.where}: {severity}{field}{translate(self.message)}{advice}")


def printable(text: str) -> str:
    """Escape what a terminal or CI would act on; the result is one line."""
    shown = _UNSHOWN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return shown.replace("##[", "# #[")  # CI reads "##[" as a command, anywhere in a line


def field_name(loc: Loc) -> str:
    """Format a path for authors: `("positions", 2, "actor")` is `positions[2].actor`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word closest to `word`; an empty string if none is close."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return Message("did you mean {word!r}?", word=near[0]) if near else ""


def reason(error: OSError) -> Message:
    """What the operating system says of a failure, without the file's name: `Permission denied`."""
    said = error.strerror or str(error)
    return said if isinstance(said, Message) else Message(said)


def unreadable(error: OSError) -> Message:
    return Message("cannot be read: {reason}", reason=reason(error))


def explain(error: Exception) -> str:
    """What an exception says to people: the message that it was raised with, or the file and the reason."""
    if isinstance(error, OSError) and error.strerror:
        known = error.filename is not None
        return Message("{file}: {reason}", file=error.filename, reason=reason(error)) if known else reason(error)
    return error.args[0] if error.args and isinstance(error.args[0], str) else str(error)


def fatal(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build: errors always do, warnings only under `strict`."""
    return any(problem.severity == "error" or (strict and problem.severity == "warning") for problem in problems)


def in_bounds(problems: Iterable[Problem]) -> list[Problem]:
    """Distinct problems in the order of files: `MAX_PER_FILE` of each file and `MAX_IN_ALL`, then how many more."""
    kept: list[Problem] = []
    for _, group in groupby(sorted(set(problems)), key=lambda problem: problem.where.file):
        items = list(group)
        more = Message("and {count} more in this file", count=len(items) - MAX_PER_FILE)
        kept += _first(items, MAX_PER_FILE, more)
    return _first(kept, MAX_IN_ALL, Message("and {count} more in other files", count=len(kept) - MAX_IN_ALL))


def _first(problems: list[Problem], most: int, more: str) -> list[Problem]:
    rest = problems[most:]
    if not rest:
        return problems
    severity = min((problem.severity for problem in rest), key=get_args(Severity).index)
    return [*problems[:most], Problem(rest[0].where, "", more, severity=severity)]
