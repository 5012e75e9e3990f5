"""Sources: the views of a source, and of all in their index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Briefing, Source
from ..reading.lock import Key
from .atlas import Atlas
from .statements import Claim, QuotationView


@dataclass(frozen=True)
class SourceView:
    source: Source
    passages: list[tuple[QuotationView, list[Claim]]]
    """Each quotation with the claims that cite it."""

    paraphrased: list[tuple[Claim, list[int]]]
    """Each claim that no words of the source support, with the numbers of the paragraphs that it points to."""

    briefings: list[Briefing]
    text_digest: str
    """SHA-256 of the text that was verified; empty where the lock has none."""

    paragraph_digests: dict[int, str]
    """SHA-256 of these paragraphs by their numbers, as far as the lock has them."""

    signed: dict[str, list[Edtf]]
    """The days on which each signer verified lines of it, oldest first; empty where nobody signs."""

    @property
    def verified(self) -> int:
        return sum(quotation.verified for quotation, _ in self.passages)


@dataclass(frozen=True)
class SourceUse:
    """A source with how often it is quoted and paraphrased."""

    source: Source
    quotations: int
    paraphrases: int


def source_uses(atlas: Atlas) -> list[SourceUse]:
    quoted, paraphrased = atlas.quotations_by_source, atlas.claims_paraphrased
    return [
        SourceUse(source, len(quoted[source.id]), len(paraphrased[source.id]))
        for source in atlas.corpus.sources.values()
    ]


def source_view(atlas: Atlas, source: Source) -> SourceView:
    lock = atlas.corpus.lock
    quotations = atlas.quotations_by_source[source.id]
    paraphrased = [(claim, _paragraphs_in(claim, source)) for claim in atlas.claims_paraphrased[source.id]]
    numbers = sorted({number for _, paragraphs in paraphrased for number in paragraphs})
    paragraphs = {number: line for number in numbers if (line := lock.paragraphs.get((source.id, number)))}
    verified = [(view.briefing.id, view.quotation.id) for view in quotations if view.verified]
    keys: list[Key] = [*verified, *((source.id, number) for number in paragraphs)]
    texts = [
        *(lock.quotations[key].text_digest for key in verified),
        *(line.text_digest for line in paragraphs.values()),
    ]
    return SourceView(
        source=source,
        passages=[(view, atlas.claims_by_quotation[view.quotation.id]) for view in quotations],
        paraphrased=paraphrased,
        briefings=atlas.briefings_by_source[source.id],
        text_digest=next(filter(None, texts), ""),
        paragraph_digests={number: line.digest for number, line in paragraphs.items() if line.digest},
        signed=_signed(atlas, keys),
    )


def _signed(atlas: Atlas, keys: Iterable[Key]) -> dict[str, list[Edtf]]:
    """Who verified these lines of the lock, and on which days."""
    attested = atlas.corpus.signatures.attested
    days = sorted({(each.signer, each.day) for key in keys for each in attested.get(key, ())})
    return {signer: [parse_edtf(day) for _, day in group] for signer, group in groupby(days, key=itemgetter(0))}


def _paragraphs_in(claim: Claim, source: Source) -> list[int]:
    """The numbers of the paragraphs of a source that a claim points to."""
    locators = [item.locator for item in claim.evidence if item.source is source and item.locator]
    return sorted({number for locator in locators for number in locator.paragraphs})
