"""Persons: found by titles, honorifics and verbs of speech beside their names; then by surname and title alone."""

from __future__ import annotations

import re

from .article import plain
from .parties import TOKEN, Casting, Party, alternation


def add_persons(casting: Casting) -> None:
    particles = casting.rules.any_of("particles")
    name = re.compile(rf"(?<![\w'-]){TOKEN}(?: (?:{particles} )?{TOKEN}){{0,8}}|(?<=[dl]'){TOKEN}(?: {TOKEN}){{1,8}}")
    for number, text in casting.numbered():
        for found in name.finditer(text):
            start = found.start() + casting.opening(found[0])
            if text[start : found.end()].split()[0] in casting.rules.lists["honorifics"]:
                continue
            office = re.search(rf"{casting.titles.pattern} (?:des |de la |de l'|du |d')$", text[:start], re.IGNORECASE)
            if office and text[start : found.end()].count(" ") > 1:  # ministre des Transports Ada Brun
                start = text.index(" ", start) + 1
            while title := casting.titles.match(text, start):
                if title.end() + 1 >= found.end():
                    break
                start = title.end() + 1
            for inner in list(casting.titles.finditer(text, start, found.end())):
                if inner.end() + 1 < found.end() and text[inner.end()] == " ":
                    start = inner.end() + 1
            if " " not in text[start : found.end()] or casting.is_taken(number, start, found.end()):
                continue
            _consider(casting, number, text, start, found.end())


def _consider(casting: Casting, number: int, text: str, start: int, end: int) -> None:
    name = text[start:end]
    known = next((p for p in casting.parties if p.kind == "person" and p.name == name), None)
    heads, first = _title_before(casting, text, start)
    after, last = _title_after(casting, text, end)
    heads |= after
    shown = bool(heads) or _speaks(casting, text, start, end) or _is_called(casting, name.split()[-1])
    shown = shown or bool(re.match(r", (?:who|qui|\d\d ans|\d\d,|whose)\b", text[end:]))
    if not known and not shown:
        return
    party = known or Party(name, "person")
    party.heads |= heads
    casting.add(number, first, max(end, last), party)


def _title_before(casting: Casting, text: str, start: int) -> tuple[set[str], int]:
    """The title that stands before a name, and where its words begin."""
    window = text[max(0, start - 110) : start]
    begin = max(0, start - 110)
    for found in reversed(list(casting.titles.finditer(window))):
        between = window[found.end() :]
        close = re.fullmatch(
            r"(?: (?:des |de la |de l'|du |d')[A-ZÀ-Ý][\w-]+)? ?(?:[a-zà-ÿ]+ )?(?:\d+-year-old )?", between
        )
        apposed = re.fullmatch(r"[^.;:!?«»“”\"\0]*, (?:\d+-year-old )?(?:former \w+ )?", between)
        if not (close or (apposed and between.count(",") == 1)) or re.search(casting.verbs, between):
            continue
        before = re.search(
            rf"(?:{casting.rules.lists['title_before']})(?:[A-Z][\w-]+ )*(?:[\w-]+'s )?$", window[: found.start()]
        )
        head = found[0].lower()
        return {head, head.split()[-1]}, begin + (before.start() if before else found.start())
    return set(), start


def _title_after(casting: Casting, text: str, end: int) -> tuple[set[str], int]:
    found = re.compile(
        rf", (?:{casting.rules.lists['title_before']})(?:\w+ )?(?P<title>{casting.titles.pattern})", re.I
    ).match(text, end)
    return ({found["title"].lower()}, end) if found else (set(), end)


def _speaks(casting: Casting, text: str, start: int, end: int) -> bool:
    adverbs = casting.rules.lists["adverbs"]
    said, says = casting.rules.any_of("said"), casting.rules.any_of("says")
    auxiliaries = casting.rules.any_of("auxiliaries")
    before = re.search(rf"[»”\",\0] ?(?:{auxiliaries} )?(?:{said}|{says}) $", text[:start])
    by = re.search(rf"(?:{casting.rules.lists['according']}) $", text[:start], re.IGNORECASE)
    if casting.rules.lang == "fr":
        after = re.match(rf" (?:{auxiliaries} {adverbs}(?:{said})|{adverbs}(?:{says}))\b", text[end:])
    else:
        after = re.match(rf" (?:{auxiliaries} )?{adverbs}(?:{said}|{says})\b", text[end:])
    return bool(before or after or by)


def _is_called(casting: Casting, surname: str) -> bool:
    """Whether the surname stands elsewhere after an honorific, or alone before a verb of speech."""
    honorifics = alternation(casting.rules.lists["honorifics"])
    pattern = rf"(?<!\w)(?:{honorifics} {re.escape(surname)}\b|(?<![A-Za-z] ){re.escape(surname)} {casting.verbs})"
    return any(re.search(pattern, text) for text in casting.paragraphs)


def add_surnames(casting: Casting) -> None:
    honorifics = casting.rules.lists["honorifics"]
    for party in [party for party in casting.parties if party.kind == "person"]:
        surname = plain(party.name).split()[-1]
        pattern = rf"(?<![\w-])(?:(?P<honorific>{alternation(honorifics)}) )?{re.escape(surname)}(?![\w-])"
        for number, text in casting.numbered():
            for found in re.finditer(pattern, text):
                if found["honorific"]:
                    party.gender = honorifics[found["honorific"]] or party.gender
                if not casting.is_taken(number, found.start(), found.end()):
                    casting.add(number, found.start(), found.end(), party)


def add_roles(casting: Casting) -> None:
    """Titles that stand alone: `la ministre`, `the club`."""
    determiner = r"(?:[Ll]a |[Ll]e |[Ll]'|[Cc]ette |[Cc]e |[Tt]he )"
    ofs = r"(?: (?:général|de|du|des|d')[^,.;:!?«»“”\"\0]{0,40}?(?=[,.]| a | ont |$))?"
    for number, text in casting.numbered():
        for found in re.finditer(
            rf"(?<![\w'])(?P<the>{determiner})(?P<head>{casting.titles.pattern}){ofs}", text, re.I
        ):
            if casting.is_taken(number, found.start(), found.start("head") + 1):
                continue
            head = found["head"].lower()
            party = _by_head(casting, head, number, found.start())
            if party and found["the"].lower().startswith(("la ", "cette")):
                party.gender = party.gender or "f"
            casting.add(number, found.start(), found.end(), party, named=False)


def _by_head(casting: Casting, head: str, number: int, start: int) -> Party | None:
    """Who was given a title last, before this place; else after it."""
    ordered = sorted(casting.mentions, key=lambda m: (m.paragraph, m.start))
    persons = [(m, m.party) for m in ordered if m.party and head in m.party.heads and m.party.kind == "person"]
    before = [party for m, party in persons if (m.paragraph, m.start) < (number, start)]
    return before[-1] if before else (persons[0][1] if persons else None)
