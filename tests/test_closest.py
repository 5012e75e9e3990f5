"""The closest passage: whatever is quoted wrongly, what is printed can be pasted, and then it matches."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from support.corpora import BASE, VERIFIED, write_corpus
from verbatim.checks.claims import KnownText, QuotationClaim
from verbatim.checks.quotations import verify
from verbatim.model.entities import Briefing, Quotation, Source
from verbatim.problems import Problem, Where
from verbatim.reading.closest import find_closest
from verbatim.reading.loading import load_corpus
from verbatim.reading.lock import QuotationLine
from verbatim.reading.strict_yaml import parse
from verbatim.reading.texts import SourceText, normalise

SIGNS = [
    "…",
    ",",
    ".",
    " ?",
    " ;",
    ":",
    "'",
    "-",
    "–",
    "»",
    "« ",
    '"',
    "’",
    "\\",
    "#",
    "[…]",
    "\u00a0",
    "\u200d",
    "1 500",
    "水",
]
words = st.sampled_from(["Le", "pont", "tombe", "l'Alliance", "côté", "can't", "3,5", "-5", "no", "le", "été", "a"])
texts = st.lists(
    st.lists(words | st.sampled_from(SIGNS), min_size=1, max_size=25).map(" ".join), min_size=1, max_size=3
).map("\n\n".join)
quotes = st.lists(words | st.sampled_from(SIGNS), min_size=1, max_size=12).map(" ".join)


def claim_of(quote: str, access: str) -> QuotationClaim | None:
    """The claim of a quotation; None where the schema refuses it."""
    source = Source(id="s", kind="press", title={"en": "S"}, lang="en", published="2020", text=access)
    try:
        quotation = Quotation(id="q", source="s", speaker="a", quote=quote)
    except ValueError:
        return None
    fields = {"title": "T", "date": "2020", "lang": "en", "status": "published", "summary": "S"}
    briefing = Briefing.model_validate({"id": "b", **fields}, context={"lang": "en"})
    return QuotationClaim(briefing, ("quotations", 0, "quote"), source, quotation)


@given(texts, quotes, st.sampled_from(["private", "public"]))
def test_the_closest_passage_passes_when_it_is_pasted(text: str, quote: str, access: str) -> None:
    """What a line prints as the closest passage is a value of YAML that the schema takes and the text holds."""
    claim = claim_of(quote, access)
    if not claim:
        return
    known = KnownText(SourceText(text), claim.source, [])
    proven = claim.prove(known, show=True)
    if isinstance(proven, QuotationLine) or not proven.hint.startswith("closest"):
        return
    line = str(Problem(Where("b.yml"), "quotations[0].quote", proven.message, proven.hint))
    pasted = re.search(r"\(closest.*?: (\".*\")\)$", line)
    document, problems = parse(f"quote: {pasted[1]}\n".encode(), "b.yml")
    assert problems == []
    again = claim_of(document.value["quote"], access)
    assert again, pasted[1]
    outcome = again.prove(known, show=True)
    assert isinstance(outcome, QuotationLine) or outcome.message == "more than once in the text of its source"


@given(texts, quotes)
def test_a_private_text_is_echoed_no_further_than_the_quotation_goes(text: str, quote: str) -> None:
    """Of a private text no more is shown than the quotation has code points, and the text does hold it."""
    source = SourceText(text)
    if source.find(quote) or not claim_of(quote, "private"):
        return
    closest = find_closest(source, quote, bounded=True)
    if closest:
        assert len(closest.passage.replace("[…]", "").replace(" ", "")) <= len(quote)
        assert source.find(closest.passage)
        assert closest.differs_at in normalise(quote) or "[…]" in quote


def test_one_word_in_a_sentence(tmp_path: Path) -> None:
    """Of a sentence with one wrong word, one word too much or one too little, the whole sentence is the closest."""
    sentence = "Boats wait for days, and they need it too."
    text = SourceText(f"The port is old.\n\nSo it is. {sentence} The council has counted them.")
    for wrong in (
        "Boats wait for weeks, and they need it too.",
        "Boats wait for days, and now they really need it too.",
    ):
        assert find_closest(text, wrong, bounded=True).passage == sentence
    assert find_closest(text, "Boats wait for days, they need it too.", bounded=False).passage == sentence


def test_a_text_of_one_word_costs_no_time() -> None:
    """A text and a quotation of one word over and over are given up, not compared."""
    text = SourceText("la " * 200_000)
    assert find_closest(text, "la " * 300 + "fin", bounded=False) is None


def test_verify_says_how_many_texts_it_had(tmp_path: Path) -> None:
    """The sources that something is quoted from are counted, and those of them whose text was read."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    verification = verify(load_corpus(folder, "en")[0])
    assert (verification.at_hand, verification.wanted) == (1, 1)
    (tmp_path / ".texts/harbour-gazette.txt").unlink()
    verification = verify(load_corpus(folder, "en")[0])
    assert (verification.at_hand, verification.wanted) == (0, 1)
