"""Signatures: where signers are named, somebody vouches for every line of the lock."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem, Where
from ..reading.corpus import Corpus


def unsigned(corpus: Corpus) -> Iterator[Problem]:
    """Signatures that are not valid, and lines of the lock that none covers, where `allowed_signers` stands."""
    yield from corpus.signatures.problems
    if corpus.signatures.allowed is None:
        return
    for key, number in corpus.lock.places.items():
        if key not in corpus.signatures.attested:
            hint = "verify it, then sign: `python hooks verify --sign <key>`"
            yield Problem(Where(corpus.lock_file, number), "", "no valid signature covers this line", hint)
