"""What holds for any content of `briefings/`, in any number of languages."""

from __future__ import annotations

from collections.abc import Iterator

from support import ROOT
from support.editing import marks
from support.projects import Edition, call_hooks
from verbatim.checks import checked_corpus


def test_check_is_clean() -> None:
    """`check` finds nothing, warnings included."""
    result = call_hooks("check", "--strict", ROOT / "briefings")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_the_lock_is_up_to_date() -> None:
    """Every quotation and paraphrase of a text is proven by the text if it is available, or else by the lock."""
    result = call_hooks("verify", "--check", "--from-lock", ROOT / "briefings")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_texts_are_in_every_language(editions: list[Edition]) -> None:
    """Every text except sources' titles is in each language of the site; quotations are translated."""
    langs = {edition.lang for edition in editions}
    corpus, _ = checked_corpus(editions[0].briefings, editions[0].lang)
    kinds = {"actors": corpus.actors, "issues": corpus.issues, "briefings": corpus.published().briefings}
    missing = [
        place
        for kind, records in kinds.items()
        for record in records.values()
        for place in _untranslated(record.model_dump(warnings=False), f"{kind}/{record.id}", langs)
    ]
    for briefing in corpus.published().briefings.values():
        for quotation in briefing.quotations:
            if langs - {corpus.sources[quotation.source].lang} - set(quotation.translation or ()):
                missing.append(f"briefings/{briefing.id}: {quotation.id}")
    assert missing == []


def _untranslated(value: object, place: str, langs: set[str]) -> Iterator[str]:
    """The places of texts that lack a language."""
    if isinstance(value, dict) and value and all(len(key) == 2 and isinstance(value[key], str) for key in value):
        yield from [place] if langs - set(value) else []
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "translation":
                yield from _untranslated(inner, f"{place}.{key}", langs)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _untranslated(inner, f"{place}[{number}]", langs)


def test_editors_find_nothing_wrong() -> None:
    """No file of briefings is marked by the schema that editors check it by."""
    files = [path for path in (ROOT / "briefings").glob("*/*.yml") if path.parent.name != "signatures"]
    assert [mark for path in files for mark in marks(f"{path.parent.name}/{path.name}", path.read_text("utf-8"))] == []
