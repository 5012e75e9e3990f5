"""Signatures: who vouches for which lines of the lock, and since when.

`allowed_signers`, in the folder of the briefings, names who may sign, in OpenSSH's format. `signatures/<signer>.sig`
holds, in one file for each signer, the lines of the lock that they verified with the day before each, and below them
the SSH signature of all that stands above it:

    2026-05-24 quotation <briefing> <quotation> …
    -----BEGIN SSH SIGNATURE-----

A line of the lock is covered where a valid signature has the very same line. Where `allowed_signers` stands every line
has to be.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import Problem, Where
from .lock import MAX_LOCK_BYTES, Key, Lock, format_lines

SIGNERS = "allowed_signers"
FOLDER = "signatures"
NAMESPACE = "verbatim-lock"
"""What the signatures are made for, so that none made for something else passes."""

MAX_SIGNERS = 50
MAX_SIGNERS_BYTES = 1 << 20

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (.*)")
_AGAIN = "sign again: `python hooks verify --sign <key>`"
_HEADER = (
    "# Lines of verified.lock, each with the day on which it was verified. `python hooks verify --sign` writes this.\n"
)


@dataclass(frozen=True)
class Signed:
    """A text with its signature, and who may have made it."""

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


@dataclass(frozen=True)
class Verdict:
    """Whose signature it is; or, where that is empty, why it counts for nothing."""

    signer: str = ""
    reason: str = ""


Verifier = Callable[[Signed], Verdict]


@dataclass(frozen=True)
class Attestation:
    """Somebody's word for a line of the lock."""

    signer: str
    day: str
    """`2026-05-24`: when the line was verified."""


@dataclass(frozen=True)
class Signatures:
    required: bool = False
    """Whether signers are named."""

    attested: Mapping[Key, tuple[Attestation, ...]] = field(default_factory=dict)
    """The valid ones for each line of the lock that has some."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with the others, which keeps nobody from signing anew."""

    def days_of(self, signer: str) -> dict[Key, str]:
        """The lines that somebody vouches for, with their days."""
        return {key: each.day for key, all_ in self.attested.items() for each in all_ if each.signer == signer}


def read_signatures(folder: Path, lock: Lock, verify: Verifier) -> Signatures:
    """The signatures of a folder of briefings. Without `allowed_signers` none are required, and none are read."""
    try:
        allowed = _read(folder / SIGNERS, MAX_SIGNERS_BYTES)
    except FileNotFoundError:
        return Signatures()
    except OSError as error:
        problem = Problem(Where(f"{folder.name}/{SIGNERS}"), "", f"cannot be read: {error.strerror}")
        return Signatures(True, problems=(problem,))
    keys = {line: key for key, line in format_lines(lock).items()}
    attested: dict[Key, tuple[Attestation, ...]] = {}
    problems: list[Problem] = []
    for number, path in enumerate(sorted((folder / FOLDER).glob("*.sig"))):
        where = Where(f"{folder.name}/{FOLDER}/{path.name}")
        if number == MAX_SIGNERS:
            problems.append(Problem(where, "", f"more than {MAX_SIGNERS} signers: the rest is not read"))
            break
        signer, days, found = _read_statement(path, where.file, allowed, verify)
        problems += found
        for line in days.keys() & keys.keys():
            attested[keys[line]] = (*attested.get(keys[line], ()), Attestation(signer, days[line]))
    return Signatures(True, attested, tuple(problems))


def _read_statement(
    path: Path, name: str, allowed: bytes, verify: Verifier
) -> tuple[str, dict[str, str], list[Problem]]:
    """Who signed a file, the day of each line in it, and what is wrong; no lines where the signature is not valid."""
    try:
        data = _read(path, MAX_LOCK_BYTES).replace(b"\r\n", b"\n")
        content, begin, rest = data.partition(_BEGIN)
        text = content.decode()
    except (OSError, UnicodeDecodeError):
        return "", {}, [Problem(Where(name), "", "cannot be read", _AGAIN)]
    verdict = verify(Signed(content, begin + rest, allowed)) if begin else Verdict(reason="there is none")
    if not verdict.signer:
        return "", {}, [Problem(Where(name), "", f"no valid signature: {verdict.reason}", _AGAIN)]
    days, problems = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        if found := _DATED.fullmatch(line):
            days[found[2]] = found[1]
        elif line and not line.startswith("#"):
            problems.append(Problem(Where(name, number), "", "not a day and a line of the lock", _AGAIN))
    return verdict.signer, days, problems


def _read(path: Path, most: int) -> bytes:
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most >> 20} MiB")
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


def signature_name(signer: str) -> str:
    """The name of a signer's file: `anna-example-org.sig` for anna@example.org."""
    return "-".join(re.findall("[a-z0-9]+", signer.lower()))[:80] + ".sig"
