"""Organisations and states: found by the nouns and prepositions that stand with their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .parties import TOKEN, Casting, Party, alternation


def add_organisations(casting: Casting) -> None:
    for number, text in casting.numbered():
        for start, end in _organisation_spans(casting, text):
            if casting.is_taken(number, start, end):
                continue
            name = text[start:end]
            party = _organisation(casting, name)
            casting.add(number, start, end, party)
            if short := re.compile(r" \(([A-ZÀ-Ý]{2,8})\)").match(text, end):
                party.heads.add(short[1])
    for party in [party for party in casting.parties if party.kind == "organisation"]:
        for acronym in [head for head in party.heads if head.isupper()]:
            casting.add_everywhere(acronym, party)


def _organisation(casting: Casting, name: str) -> Party:
    """A new one, or that whose name this one shortens: `l'Office` for `Office de santé`."""
    bare = re.sub(r"^(?:the|la|le|l')\s*", "", name, flags=re.IGNORECASE)
    for party in casting.parties:
        if party.kind == "organisation" and (
            name in (party.name, *party.heads)
            or bare.lower() in party.heads
            or bare.lower() in party.name.lower().split()
        ):
            return party
    return Party(name, "organisation", gender="o", heads={bare.split()[0].lower(), bare.split()[-1].lower()})


def _organisation_spans(casting: Casting, text: str) -> Iterator[tuple[int, int]]:
    for found in casting.rules.filled("org_names", ignore_case=False).finditer(text):
        start = found.start() + casting.opening(found[0])
        if casting.rules.lang == "fr" or " " in text[start : found.end()]:
            yield start, found.end()
    nouns = rf"(?<![\w-]){casting.rules.any_of('org_nouns')}(?![\w-])"
    name = rf"{TOKEN}(?: (?:et |de |du |of )?{TOKEN}){{0,8}}"
    for found in re.finditer(rf"(?i:{nouns}) (?P<name>{name})(?P<more> [a-zà-ÿ]+(?= a | ont | est |,| \())?", text):
        single = " " not in found["name"]
        yield found.start("name"), found.end("more") if single and found["more"] else found.end("name")
    for found in re.finditer(rf"(?P<name>{name}), (?:the|a|an) (?:\w+ )?(?:{nouns})", text):
        yield found.start("name") + casting.opening(found["name"]), found.end("name")
    for found in re.finditer(r"(?<![\w-])[A-Z]{2,5}(?:-[A-Z]?[a-z]+)?(?![\w-])", text):
        if (
            found.start()
            and text[found.start() - 1] != "("
            and found[0] not in casting.rules.lists["not_organisations"]
        ):
            yield found.span()
    for pattern in casting.rules.patterns("org_plain"):
        for found in pattern.finditer(text):
            if "w" not in found.groupdict():
                yield found.span()
    for pattern in casting.rules.patterns("relays", ignore_case=False):
        for found in pattern.finditer(text):
            yield found.span("org")
    for found in re.finditer(
        r"\((?P<name>[A-Z]\w+ (?:Wire|News|Press))\)|(?<![\w-])(?P<short>(?:AFP|ONU|UN|UE|EU|OTAN|NATO))(?![\w-])",
        text,
    ):
        yield found.span("name") if found["name"] else found.span("short")


def add_states(casting: Casting) -> None:
    """Names with an article or a preposition, whose adjectives stand elsewhere: `la Valdoria`, `valdoriens`."""
    words = {word for text in casting.paragraphs for word in re.findall(r"[\w-]+", text)}
    found: dict[str, Party] = {}
    cue = r"(?:\b[Ll]a |\b[Ll]es? |\b[Ll]'|\b[Dd]e la |\bfrom |\bthe |, |\bin )"
    for number, text in casting.numbered():
        for match in re.finditer(rf"{cue}(?P<name>{TOKEN}(?: Isles| Islands| Republic)?)(?= —| \(|[ ,.])", text):
            name, (start, end) = match["name"], match.span("name")
            if casting.is_taken(number, start, end) or not _has_adjective(casting, name, words):
                continue
            party = found.setdefault(name, Party(name, "state", gender="o"))
            casting.add(number, start, end, party)


def _has_adjective(casting: Casting, name: str, words: Iterable[str]) -> bool:
    stem = name.split()[0]
    stem = (stem[:-2] if len(stem) > 5 else stem[:-1]).lower()
    if len(stem) < 4 or name in casting.rules.words("openers"):
        return False
    endings = tuple(casting.rules.words("adjective_endings"))
    for word in words:
        adjective = word.lower().startswith(stem) and word.lower() not in (name.lower(), f"{name.lower()}s")
        right_case = word[0].isupper() if casting.rules.lang == "en" else word.islower()
        if adjective and right_case and word.endswith(endings) and len(word) <= len(name) + 4:
            return True
    return False


def add_organisations_by_noun(casting: Casting) -> None:
    """Nouns that stand alone: `the company`."""
    nouns = {
        noun.lower() for noun in (*casting.rules.words("org_nouns"), *casting.rules.lists["org_titles"], "company")
    }
    for number, text in casting.numbered():
        for found in re.finditer(rf"(?<![\w'])[Tt]he (?P<noun>{alternation(nouns)})(?![\w'-]| [A-Z])", text):
            before = [m for m in casting.mentions if (m.paragraph, m.start) < (number, found.start())]
            orgs = [m.party for m in before if m.party and m.party.kind == "organisation"]
            right = [org for org in orgs if found["noun"].lower() in org.heads]
            if orgs and not casting.is_taken(number, found.start(), found.end()):
                casting.add(number, found.start(), found.end(), (right or orgs)[-1], named=False)
