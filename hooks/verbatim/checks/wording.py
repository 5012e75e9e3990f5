"""Our own words: summaries are not the source's, and stand in every language of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pydantic import BaseModel

from ..model.entities import Briefing, Quotation
from ..problems import Loc, Message, Problem
from ..reading.corpus import Corpus

COPIED = 8
"""Words in a row that are not ours any more."""

_OURS = ("title", "summary", "condition")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]{2,}")
_MOST_FIELDS = 3


def summaries_are_our_own(corpus: Corpus) -> Iterator[Problem]:
    """No title or summary repeats its source word for word, where the source's text is at hand."""
    texts = {id: f" {' '.join(_counted(text.text))} " for id, text in corpus.texts.items()}
    for briefing in corpus.briefings.values():
        cited = {id for _, kind, id in briefing.references if kind == "source" and id in texts}
        for loc, text in _texts(briefing) if cited else ():
            for lang, line in text.items() if loc[-1] in _OURS else ():
                found = next((copied for id in sorted(cited) if (copied := _copied(line, id, texts[id]))), None)
                if found:
                    hint = "say it in your own words, or quote it"
                    where = (*loc, lang) if len(text) > 1 else loc
                    yield corpus.problem(briefing, *where, message=found, hint=hint, severity="warning")


def _copied(line: str, source: str, text: str) -> Message | None:
    """What is wrong with a line that shares words in a row with a text, which is given as its words."""
    for part in _QUOTED.split(line):
        words = _counted(part)
        for start in range(len(words) - COPIED + 1):
            if f" {' '.join(words[start : start + COPIED])} " in text:
                shown = " ".join(words[start : start + COPIED])
                message = "{count} words in a row or more are those of {source!r}: {words} …"
                return Message(message, count=COPIED, source=source, words=shown)
    return None


def _counted(text: str) -> list[str]:
    """Its words in lower case, without elisions and others of one letter."""
    return _WORD.findall(text.lower())


def untranslated(corpus: Corpus, languages: Collection[str]) -> Iterator[Problem]:
    """A notice for each of the site's languages that a published briefing is not whole in; readers see another one."""
    for briefing in corpus.briefings.values():
        if briefing.status == "draft":
            continue
        missing: dict[str, list[str]] = {lang: [] for lang in sorted(languages)}
        document = corpus.documents[Briefing, briefing.id]
        for loc, text in _texts(briefing):
            for lang in missing.keys() - text.keys():
                missing[lang].append(document.name(loc))
        for index, quotation in enumerate(briefing.quotations):
            source = corpus.sources.get(quotation.source)
            for lang in missing.keys() - (quotation.translation or {}).keys() if source else ():
                if source and lang != source.lang:
                    missing[lang].append(document.name(("quotations", index, "translation")))
        for lang, fields in missing.items():
            if fields:
                more = ", …" if len(fields) > _MOST_FIELDS else ""
                message = Message(
                    "{count} text(s) without {lang!r}: {fields}",
                    count=len(fields), lang=lang, fields=", ".join(fields[:_MOST_FIELDS]) + more,
                )  # fmt: skip
                hint = Message("write each as a map, with `{lang}: …`", lang=lang)
                yield corpus.problem(briefing, message=message, hint=hint, severity="notice")


def _texts(record: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, dict[str, str]]]:
    """Every text by language in a record, with its path; translations of quotations are left out."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        place = (*loc, field.alias or name)
        if isinstance(value, dict) and not (isinstance(record, Quotation) and name == "translation"):
            yield place, value
        for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            where = place if index is None else (*place, index)
            if isinstance(item, BaseModel):
                yield from _texts(item, where)
            elif isinstance(item, dict) and index is not None:
                yield where, item
