"""Open points of what briefings share: `TODO` in the file of an actor, a question or a source."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import Briefing
from ..problems import Problem
from ..reading.corpus import Corpus
from ..reading.open_points import refused_points, told_points


def open_points_are_settled(corpus: Corpus) -> Iterator[Problem]:
    """What something published needs has no open point; elsewhere it is told, as in a draft."""
    published = {(type(record), record.id) for record in corpus.published().records()}
    for record in corpus.records():
        if isinstance(record, Briefing):  # which is judged as it is read
            continue
        document = corpus.documents[type(record), record.id]
        if (type(record), record.id) in published:
            yield from refused_points(document, "decide it: a published briefing needs it")
        else:
            yield from told_points(document)
