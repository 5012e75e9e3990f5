"""Review: what a change brings that its reviewer has to look at, and on whose word its lock lines are taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..problems import Problem, printable
from ..reading.lock import NAME, Lock, format_lines
from ..reading.signatures import FOLDER, Signatures

MOST_LINES = 1000
"""Of a list in the summary."""

_MOST_CHARACTERS = 400
_FILE, _NO_FILE = "100644", "000000"
"""Git's modes."""


@dataclass(frozen=True)
class ChangedFile:
    name: str
    """Relative to the project's folder; after a slash, to that of the repository around it."""

    mode: str
    """Git's, after the change: `100644` for a plain file, `000000` for none."""


@dataclass(frozen=True)
class LockLine:
    text: str
    signers: tuple[str, ...] = ()
    """Who vouches for it: `anna@example.org on 2026-05-24`."""


@dataclass(frozen=True)
class Review:
    other_files: list[str]
    """Those that are neither briefings, nor the lock, nor signatures."""

    signature_files: list[str]
    removed: list[str]
    """Lines that the lock no longer has."""

    added: list[LockLine]
    problems: list[str]
    """What is wrong with the lock and the signatures."""

    @property
    def unsigned(self) -> int:
        return sum(not line.signers for line in self.added)


def review_change(
    files: Iterable[ChangedFile],
    before: Lock,
    after: Lock,
    signatures: Signatures,
    problems: Iterable[Problem],
    folder: str,
) -> Review:
    """Compare a project before and after a change; `folder` is that of the briefings, `signatures` are for `after`."""
    known = re.compile(
        rf"{re.escape(folder)}/(?:.+/)?[^/]+\.yml|{re.escape(folder)}/sources/{re.escape(NAME)}", re.DOTALL
    )
    signature = re.compile(rf"{re.escape(folder)}/{FOLDER}/[^/]+\.sig", re.DOTALL)
    plain = [file for file in files if file.mode in (_FILE, _NO_FILE)]
    signed = {file.name for file in plain if signature.fullmatch(file.name)}
    harmless = signed | {file.name for file in plain if known.fullmatch(file.name)}
    old, new = format_lines(before), format_lines(after)
    return Review(
        other_files=sorted({file.name for file in files} - harmless),
        signature_files=sorted(signed),
        removed=[line for key, line in old.items() if new.get(key) != line],
        added=[
            LockLine(line, tuple(f"{each.signer} on {each.day}" for each in signatures.attested.get(key, ())))
            for key, line in new.items()
            if old.get(key) != line
        ],
        problems=[str(problem) for problem in problems],
    )


def format_review(review: Review) -> str:
    """A summary in Markdown. Whatever the change names stands in blocks of code that it cannot end."""
    parts = ["## What this change brings"]
    if review.other_files:
        parts += [
            f"**{len(review.other_files)} file(s) beyond the briefings.** Strangers may change `briefings/**/*.yml`, "
            "the lock and signatures. Read these before you check them out: on your machine they can run anything.",
            _block(f"! {name}" for name in review.other_files),
        ]
    if review.signature_files:
        parts += ["**Signatures that changed:**", _block(f"! {name}" for name in review.signature_files)]
    if review.removed or review.added:
        count = f"**{len(review.removed)} line(s) of the lock removed, {len(review.added)} added.**"
        word = f" {review.unsigned} not covered by a signature: taken on the word of whoever made this change."
        lines = [f"- {_short(line)}" for line in review.removed]
        lines += [f"+ {_short(line.text)}  {_vouched(line)}" for line in review.added]
        parts += [count + (word if review.unsigned else ""), _block(lines)]
    if review.problems:
        parts += [
            "**What is wrong with the lock and the signatures:**",
            _block(f"! {each}" for each in review.problems),
        ]
    if len(parts) == 1:
        parts.append("Briefings alone.")
    return "\n\n".join(parts) + "\n"


def _vouched(line: LockLine) -> str:
    return f"(signed by {', '.join(line.signers)})" if line.signers else "(NOT SIGNED)"


def _short(line: str) -> str:
    """A line of the lock with the beginnings of its digests."""
    return re.sub("([0-9a-f]{8})[0-9a-f]{56}", r"\1…", line)


def _block(lines: Iterable[str]) -> str:
    """A block of code. No line begins with `~`, so that none ends it."""
    shown = [printable(line)[:_MOST_CHARACTERS] for line in lines]
    rest = [f"! and {len(shown) - MOST_LINES} more"] if len(shown) > MOST_LINES else []
    return "\n".join(["~~~diff", *shown[:MOST_LINES], *rest, "~~~"])
