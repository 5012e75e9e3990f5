"""Signatures: who vouches for which lines of the lock, and since when.

`allowed_signers`, in the folder of the briefings, names who may sign, in OpenSSH's format. `signatures/<signer>.sig`
holds the lines of the lock that a signer verified, each after its day, and below them the SSH signature of all that
stands above it:

    2026-05-24 quotation <briefing> <quotation> …
    -----BEGIN SSH SIGNATURE-----

A line of the lock is covered where a valid signature has the very same line. Where `allowed_signers` stands, every
line has to be. The days are the signer's own word, those that `valid-before` is held against too.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..problems import MAX_PER_FILE, Message, Problem, Where, unreadable
from .lock import MAX_LOCK_BYTES, Key, Lock, format_lines

SIGNERS = "allowed_signers"
FOLDER = "signatures"
NAMESPACE = "verbatim-lock"
"""What the signatures are made for, so that none made for something else passes."""

SIGNER = re.compile("[A-Za-z0-9][A-Za-z0-9@._+-]{0,79}")
"""A signer's name, which is also that of their file and stands on pages."""

MAX_SIGNERS = 50
MAX_SIGNERS_BYTES = 1 << 20

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (.+)")
_AGAIN = "sign again: `python hooks verify --sign <key>`"
_HEADER = (
    "# Lines of verified.lock, each with the day on which it was verified. `python hooks verify --sign` writes this.\n"
)


@dataclass(frozen=True)
class Signed:
    """A text with its signature, and who may have made it."""

    signer: str
    content: bytes
    signature: bytes
    """Armoured."""

    allowed: bytes
    """The file `allowed_signers`."""

    @property
    def day(self) -> str:
        """The newest day in it, `20260524`, on which the key had to be valid; empty where it names none."""
        days = re.findall(rb"^([0-9]{4})-([0-9]{2})-([0-9]{2}) ", self.content, re.MULTILINE)
        return b"".join(max(days)).decode() if days else ""


Verifier = Callable[[Signed], str]
"""Says why a signature is not valid; nothing where it is."""


@dataclass(frozen=True)
class Attestation:
    """Somebody's word for a line of the lock."""

    signer: str
    day: str
    """`2026-05-24`: when the line was verified."""


@dataclass(frozen=True)
class Signatures:
    allowed: bytes | None = None
    """The file `allowed_signers`; None without one, and then none are required."""

    attested: Mapping[Key, tuple[Attestation, ...]] = field(default_factory=dict)
    """The valid ones for each line of the lock that has some."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with the others, which keeps nobody from signing anew."""

    def days_of(self, signer: str) -> dict[Key, str]:
        """The lines that somebody vouches for, with their days."""
        return {key: each.day for key, all_ in self.attested.items() for each in all_ if each.signer == signer}


def read_signatures(folder: Path, lock: Lock, verify: Verifier) -> Signatures:
    """The signatures of a folder of briefings for a lock; none are verified where nobody is named who may sign."""
    problems: list[Problem] = []
    paths = list(_signature_files(folder, problems))
    try:
        allowed = _read(folder / SIGNERS, MAX_SIGNERS_BYTES)
    except FileNotFoundError:
        if paths:
            message = Message("signatures count for nothing: there is no {signers}", signers=SIGNERS)
            problems.append(Problem(Where(f"{folder.name}/{FOLDER}"), "", message, severity="warning"))
        return Signatures(problems=tuple(problems))
    except OSError as error:
        problems.append(Problem(Where(f"{folder.name}/{SIGNERS}"), "", unreadable(error)))
        return Signatures(b"", problems=tuple(problems))
    keys = {line: key for key, line in format_lines(lock).items()}
    attested: dict[Key, tuple[Attestation, ...]] = {}
    for path in paths:
        days, found = _read_statement(path, f"{folder.name}/{FOLDER}/{path.name}", allowed, verify)
        problems += found
        for line in days.keys() & keys.keys():
            attested[keys[line]] = (*attested.get(keys[line], ()), Attestation(path.stem, days[line]))
    return Signatures(allowed, attested, tuple(problems))


def _signature_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The first `MAX_SIGNERS` of them. A link in the place of their folder is reported where folders are read."""
    place, name = folder / FOLDER, f"{folder.name}/{FOLDER}"
    try:
        paths = [] if place.is_symlink() else sorted(place.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(Problem(Where(name), "", unreadable(error)))
        return
    read = 0
    for path in paths:
        if path.suffix == ".sig" and SIGNER.fullmatch(path.stem):
            read += 1
            if read > MAX_SIGNERS:
                message = Message("more than {most} signers: the rest is not read", most=MAX_SIGNERS)
                problems.append(Problem(Where(name), "", message))
                return
            yield path
        elif not (path.name.startswith(".") and path.name.endswith(".sig.new")):  # of a `verify` that was killed
            hint = "a signature's file is named for its signer: you@example.org.sig"
            problems.append(Problem(Where(f"{name}/{path.name}"), "", "not read", hint, "warning"))


def _read_statement(path: Path, name: str, allowed: bytes, verify: Verifier) -> tuple[dict[str, str], list[Problem]]:
    """The day of each line that a file vouches for, and what is wrong; no lines where its signature is not valid."""
    try:
        data = _read(path, MAX_LOCK_BYTES).replace(b"\r\n", b"\n")
        content, begin, rest = data.partition(_BEGIN)
        text = content.decode()
    except OSError as error:
        return {}, [Problem(Where(name), "", unreadable(error), _AGAIN)]
    except UnicodeDecodeError:
        return {}, [Problem(Where(name), "", "not UTF-8", _AGAIN)]
    days: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _DATED.fullmatch(line)
        if found and _is_day(found[1]):
            days[found[2]] = found[1]
        elif line and not line.startswith("#"):
            problems.append(Problem(Where(name, number), "", "not a day and a line of the lock", _AGAIN))
            if len(problems) == MAX_PER_FILE:
                break
    if problems:
        return {}, problems
    invalid = verify(Signed(path.stem, content, begin + rest, allowed)) if begin else Message("there is none")
    message = Message("no valid signature: {why}", why=invalid)
    return ({}, [Problem(Where(name), "", message, _AGAIN)]) if invalid else (days, [])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read(path: Path, most: int) -> bytes:
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link")
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, Message("larger than {most} MiB", most=most >> 20))
    return data


def format_statement(lock: Lock, days: Mapping[Key, str]) -> str:
    """What a signer signs: the lines of the lock that they verified, each after its day."""
    lines = (f"{days[key]} {line}\n" for key, line in format_lines(lock).items() if key in days)
    return _HEADER + "".join(lines)


def days_to_sign(
    signatures: Signatures, signer: str, old: Lock, new: Lock, matched: Collection[Key], today: str
) -> dict[Key, str]:
    """The lines that a signer vouches for: those that were matched now, and their own from before that are the same.

    The day of a line is the first on which the signer verified it.
    """
    before, after = format_lines(old), format_lines(new)
    same = {key: day for key, day in signatures.days_of(signer).items() if after.get(key) == before[key]}
    return {**dict.fromkeys(matched, today), **same}
