"""Review: what a change brings that its reviewer has to look at, and on whose word its lock lines are taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..problems import Message, Problem, Translate, printable
from ..reading.lock import NAME, Lock, format_lines
from ..reading.signatures import FOLDER, Attestation, Signatures

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
    signers: tuple[Attestation, ...] = ()
    """Who vouches for it."""


@dataclass(frozen=True)
class Review:
    other_files: list[str]
    """Those that are neither briefings, nor the lock, nor signatures."""

    signature_files: list[str]
    removed: list[str]
    """Lines that the lock no longer has."""

    added: list[LockLine]
    problems: list[Problem]
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
        added=[LockLine(line, signatures.attested.get(key, ())) for key, line in new.items() if old.get(key) != line],
        problems=list(problems),
    )


def format_review(review: Review, translate: Translate = str) -> str:
    """A summary in Markdown. Whatever the change names stands in blocks of code that it cannot end."""
    parts = ["## " + translate("What this change brings")]
    if review.other_files:
        message = Message(
            "**{count} file(s) beyond the briefings.** Strangers may change `briefings/**/*.yml`, the lock and "
            "signatures. Read these before you check them out: on your machine they can run anything.",
            count=len(review.other_files),
        )
        parts += [translate(message), _block((f"! {name}" for name in review.other_files), translate)]
    if review.signature_files:
        files = (f"! {name}" for name in review.signature_files)
        parts += [translate("**Signatures that changed:**"), _block(files, translate)]
    if review.removed or review.added:
        message = Message(
            "**{removed} line(s) of the lock removed, {added} added.**",
            removed=len(review.removed),
            added=len(review.added),
        )
        word = Message(
            "{count} not covered by a signature: taken on the word of whoever made this change.", count=review.unsigned
        )
        lines = [f"- {_short(line)}" for line in review.removed]
        lines += [f"+ {_short(line.text)}  {_vouched(line, translate)}" for line in review.added]
        parts += [translate(message) + (f" {translate(word)}" if review.unsigned else ""), _block(lines, translate)]
    if review.problems:
        found = (f"! {problem.line(translate)}" for problem in review.problems)
        parts += [translate("**What is wrong with the lock and the signatures:**"), _block(found, translate)]
    if len(parts) == 1:
        parts.append(translate("Briefings alone."))
    return "\n\n".join(parts) + "\n"


def _vouched(line: LockLine, translate: Translate) -> str:
    if not line.signers:
        return translate("(NOT SIGNED)")
    signers = (translate(Message("{signer} on {day}", signer=each.signer, day=each.day)) for each in line.signers)
    return translate(Message("(signed by {signers})", signers=", ".join(signers)))


def _short(line: str) -> str:
    """A line of the lock with the beginnings of its digests."""
    return re.sub("([0-9a-f]{8})[0-9a-f]{56}", r"\1…", line)


def _block(lines: Iterable[str], translate: Translate = str) -> str:
    """A block of code. No line begins with `~`, so that none ends it."""
    shown = [printable(line)[:_MOST_CHARACTERS] for line in lines]
    more = Message("and {count} more", count=len(shown) - MOST_LINES)
    rest = [f"! {translate(more)}"] if len(shown) > MOST_LINES else []
    return "\n".join(["~~~diff", *shown[:MOST_LINES], *rest, "~~~"])
