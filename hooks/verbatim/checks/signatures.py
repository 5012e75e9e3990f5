"""Signatures: where signers are named, somebody vouches for every line of the lock."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem, Severity, Where
from ..reading.corpus import Corpus


def unsigned(corpus: Corpus) -> Iterator[Problem]:
    """Signatures that are not valid, and lines of the lock that none covers, where `allowed_signers` stands.

    A draft may be signed later: its quotations are not published.
    """
    yield from corpus.signatures.problems
    if corpus.signatures.allowed is None:
        return
    drafts = {briefing.id for briefing in corpus.briefings.values() if briefing.status == "draft"}
    for key, number in corpus.lock.places.items():
        if key not in corpus.signatures.attested:
            hint = "verify it, then sign: `python hooks verify --sign <key>`"
            severity: Severity = "notice" if isinstance(key[1], str) and key[0] in drafts else "error"
            yield Problem(Where(corpus.lock_file, number), "", "no valid signature covers this line", hint, severity)
