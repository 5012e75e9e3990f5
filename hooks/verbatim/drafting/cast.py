"""Cast: who appears in an article, under which names, and where. Nobody is added whom the wording does not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..model.entities import Actor
from .article import Article, plain
from .rules import Rules

Kind = Literal["person", "organisation", "state", "group", "voice", "document"]

_TOKEN = r"(?:[A-ZÀ-Ý][\w-]{1,40}(?![\w-])|[OD]'[A-Z]\w{1,40}\b)"
_CONNECTED = re.compile(r"[A-ZÀ-Ý][\w-]*")


@dataclass(eq=False)
class Party:
    """Somebody who acts or speaks."""

    name: str
    kind: Kind
    id: str = ""
    """That of the registry's actor; empty for a candidate."""
    gender: str = ""
    """`m`, `f`, `o` for a thing; empty where the wording does not show it."""
    heads: set[str] = field(default_factory=set)
    """The titles and nouns by which the article also calls them: `ministre`, `source`."""
    count: int = 0
    """How often they are named."""


@dataclass(frozen=True)
class Mention:
    paragraph: int
    start: int
    """In the paragraph; `end` is exclusive. A title that stands with a name belongs to it."""
    end: int
    party: Party | None
    """None for a title that nobody was given: whoever spoke last."""


@dataclass
class Cast:
    parties: list[Party]
    mentions: list[Mention]

    def within(self, paragraph: int, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a passage, in their order, those inside a longer one left out."""
        here = [m for m in self.mentions if m.paragraph == paragraph and start <= m.start < end]
        outer = [m for m in here if not any(o is not m and o.start <= m.start and m.end <= o.end for o in here)]
        return sorted(outer, key=lambda m: m.start)


def find_cast(article: Article, actors: Mapping[str, Actor], rules: Rules) -> Cast:
    """`actors` are those of the registry, by id."""
    casting = _Casting([plain(paragraph) for paragraph in article.paragraphs], rules)
    casting.add_known(actors)
    casting.add_organisations()
    casting.add_persons()
    casting.add_states()
    casting.add_surnames()
    casting.add_voices()
    casting.add_roles()
    casting.add_documents()
    return Cast(casting.parties, casting.mentions)


class _Casting:
    def __init__(self, paragraphs: list[str], rules: Rules) -> None:
        self.paragraphs = paragraphs
        self.rules = rules
        self.parties: list[Party] = []
        self.mentions: list[Mention] = []
        self.titles = re.compile(rf"(?<![\w-]){rules.any_of('titles')}(?![\w-])", re.IGNORECASE)
        self.verbs = rf"(?:{rules.any_of('said', 'says')})\b"

    def _add(self, number: int, start: int, end: int, party: Party | None, *, named: bool = True) -> None:
        """Add a mention, unless one with the same place is there."""
        if any(m.paragraph == number and m.start == start and m.end == end for m in self.mentions):
            return
        self.mentions.append(Mention(number, start, end, party))
        if party and party not in self.parties:
            self.parties.append(party)
        if party and named:
            party.count += 1

    def _taken(self, number: int, start: int, end: int) -> bool:
        return any(m.paragraph == number and m.start < end and start < m.end for m in self.mentions)

    def _numbered(self) -> Iterator[tuple[int, str]]:
        return ((number, text) for number, text in enumerate(self.paragraphs, 1))

    # ---- The registry's actors ----------------------------------------------------------------------------
    def add_known(self, actors: Mapping[str, Actor]) -> None:
        names = []
        for actor in actors.values():
            party = Party(next(iter(actor.name.values())), actor.kind, id=actor.id)
            titles = (title for role in actor.roles for title in role.title.values())
            party.heads = {found[0].lower() for title in titles for found in self.titles.finditer(title)}
            written = {plain(name) for name in (*actor.name.values(), *actor.aliases)}
            if actor.kind == "person":
                written |= {name.split()[-1] for name in written}
            names += [(name, party) for name in written]
        for name, party in sorted(names, key=lambda each: -len(each[0])):
            for number, text in self._numbered():
                for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                    if not self._taken(number, found.start(), found.end()):
                        self._add(number, found.start(), found.end(), party)

    # ---- Candidates ------------------------------------------------------------------------------------------
    def add_organisations(self) -> None:
        for number, text in self._numbered():
            for start, end in self._organisation_spans(text):
                if self._taken(number, start, end):
                    continue
                name = text[start:end]
                party = self._organisation(name)
                self._add(number, start, end, party)
                if short := re.compile(r" \(([A-ZÀ-Ý]{2,8})\)").match(text, end):
                    party.heads.add(short[1])
        for party in [party for party in self.parties if party.kind == "organisation"]:
            for acronym in [head for head in party.heads if head.isupper()]:
                self._find_again(acronym, party)

    def _find_again(self, name: str, party: Party) -> None:
        for number, text in self._numbered():
            for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                if not self._taken(number, found.start(), found.end()):
                    self._add(number, found.start(), found.end(), party)

    def _organisation(self, name: str) -> Party:
        """A new one, or that whose name this one shortens: `l'Office` for `Office de santé`."""
        bare = re.sub(r"^(?:the|la|le|l')\s*", "", name, flags=re.IGNORECASE)
        for party in self.parties:
            if party.kind == "organisation" and (
                name in (party.name, *party.heads) or bare.lower() in party.name.lower().split()
            ):
                return party
        return Party(name, "organisation", gender="o", heads={bare.split()[0].lower(), bare.split()[-1].lower()})

    def _organisation_spans(self, text: str) -> Iterator[tuple[int, int]]:
        for found in self.rules.filled("org_names", ignore_case=False).finditer(text):
            start = found.start() + self._opening(found[0])
            if self.rules.lang == "fr" or " " in text[start : found.end()]:
                yield start, found.end()
        nouns = rf"(?<![\w-]){self.rules.any_of('org_nouns')}(?![\w-])"
        name = rf"{_TOKEN}(?: (?:et |de |du |of )?{_TOKEN}){{0,8}}"
        for found in re.finditer(rf"(?i:{nouns}) (?P<name>{name})(?P<more> [a-zà-ÿ]+(?= a | ont | est |,))?", text):
            single = " " not in found["name"]
            yield found.start("name"), found.end("more") if single and found["more"] else found.end("name")
        for found in re.finditer(rf"(?P<name>{name}), (?:the|a|an) (?:\w+ )?(?:{nouns})", text):
            yield found.start("name") + self._opening(found["name"]), found.end("name")
        for found in re.finditer(r"(?<![\w-])[A-Z]{2,5}(?:-[A-Z]?[a-z]+)?(?![\w-])", text):
            if (
                found.start()
                and text[found.start() - 1] != "("
                and found[0] not in self.rules.lists["not_organisations"]
            ):
                yield found.span()
        for pattern in self.rules.patterns("org_plain"):
            for found in pattern.finditer(text):
                if "w" not in found.groupdict():
                    yield found.span()
        for pattern in self.rules.patterns("relays", ignore_case=False):
            for found in pattern.finditer(text):
                yield found.span("org")
        for found in re.finditer(
            r"\((?P<name>[A-Z]\w+ (?:Wire|News|Press))\)|(?<![\w-])(?P<short>(?:AFP|ONU|UN|UE|EU|OTAN|NATO))(?![\w-])",
            text,
        ):
            yield found.span("name") if found["name"] else found.span("short")

    def _opening(self, name: str) -> int:
        """How many characters of a sequence of capitals are an opener: `The`, `But the`."""
        length = 0
        openers = {word.lower() for word in self.rules.words("openers")}
        while (first := _CONNECTED.match(name, length)) and first[0].lower() in openers and first.end() < len(name):
            length = first.end() + 1
        return length

    def add_persons(self) -> None:
        particles = self.rules.any_of("particles")
        name = re.compile(
            rf"(?<![\w'-]){_TOKEN}(?: (?:{particles} )?{_TOKEN}){{0,8}}|(?<=[dl]'){_TOKEN}(?: {_TOKEN}){{1,8}}"
        )
        for number, text in self._numbered():
            for found in name.finditer(text):
                start = found.start() + self._opening(found[0])
                if text[start : found.end()].split()[0] in self.rules.lists["honorifics"]:
                    continue
                office = re.search(rf"{self.titles.pattern} (?:des |de la |de l'|du |d')$", text[:start], re.IGNORECASE)
                if office and text[start : found.end()].count(" ") > 1:  # ministre des Transports Ada Brun
                    start = text.index(" ", start) + 1
                while title := self.titles.match(text, start):
                    if title.end() + 1 >= found.end():
                        break
                    start = title.end() + 1
                for inner in list(self.titles.finditer(text, start, found.end())):
                    if inner.end() + 1 < found.end() and text[inner.end()] == " ":
                        start = inner.end() + 1
                if " " not in text[start : found.end()] or self._taken(number, start, found.end()):
                    continue
                self._consider(number, text, start, found.end())

    def _consider(self, number: int, text: str, start: int, end: int) -> None:
        name = text[start:end]
        known = next((p for p in self.parties if p.kind == "person" and p.name == name), None)
        heads, first = self._title_before(text, start)
        after, last = self._title_after(text, end)
        heads |= after
        shown = bool(heads) or self._speaks(text, start, end) or self._is_called(name.split()[-1])
        shown = shown or bool(re.match(r", (?:who|qui|\d\d ans|\d\d,|whose)\b", text[end:]))
        if not known and not shown:
            return
        party = known or Party(name, "person")
        party.heads |= heads
        self._add(number, first, max(end, last), party)

    def _title_before(self, text: str, start: int) -> tuple[set[str], int]:
        """The title that stands before a name, and where its words begin."""
        window = text[max(0, start - 110) : start]
        begin = max(0, start - 110)
        for found in reversed(list(self.titles.finditer(window))):
            between = window[found.end() :]
            close = re.fullmatch(
                r"(?: (?:des |de la |de l'|du |d')[A-ZÀ-Ý][\w-]+)? ?(?:[a-zà-ÿ]+ )?(?:\d+-year-old )?", between
            )
            apposed = re.fullmatch(r"[^.;:!?«»“”\"\0]*, (?:\d+-year-old )?(?:former \w+ )?", between)
            if not (close or (apposed and between.count(",") == 1)) or re.search(self.verbs, between):
                continue
            before = re.search(
                rf"(?:{self.rules.lists['title_before']})(?:[A-Z][\w-]+ )*(?:[\w-]+'s )?$", window[: found.start()]
            )
            head = found[0].lower()
            return {head, head.split()[-1]}, begin + (before.start() if before else found.start())
        return set(), start

    def _title_after(self, text: str, end: int) -> tuple[set[str], int]:
        found = re.compile(
            rf", (?:{self.rules.lists['title_before']})(?:\w+ )?(?P<title>{self.titles.pattern})", re.I
        ).match(text, end)
        return ({found["title"].lower()}, end) if found else (set(), end)

    def _speaks(self, text: str, start: int, end: int) -> bool:
        adverbs = self.rules.lists["adverbs"]
        said, says = self.rules.any_of("said"), self.rules.any_of("says")
        auxiliaries = self.rules.any_of("auxiliaries")
        before = re.search(rf"[»”\",\0] ?(?:{auxiliaries} )?(?:{said}|{says}) $", text[:start])
        by = re.search(rf"(?:{self.rules.lists['according']}) $", text[:start], re.IGNORECASE)
        if self.rules.lang == "fr":
            after = re.match(rf" (?:{auxiliaries} {adverbs}(?:{said})|{adverbs}(?:{says}))\b", text[end:])
        else:
            after = re.match(rf" (?:{auxiliaries} )?{adverbs}(?:{said}|{says})\b", text[end:])
        return bool(before or after or by)

    def _is_called(self, surname: str) -> bool:
        """Whether the surname stands elsewhere after an honorific, or alone before a verb of speech."""
        honorifics = alternation(self.rules.lists["honorifics"])
        pattern = rf"(?<!\w)(?:{honorifics} {re.escape(surname)}\b|(?<![A-Za-z] ){re.escape(surname)} {self.verbs})"
        return any(re.search(pattern, text) for text in self.paragraphs)

    def add_states(self) -> None:
        """Names with an article or a preposition, whose adjectives stand elsewhere: `la Valdoria`, `valdoriens`."""
        words = {word for text in self.paragraphs for word in re.findall(r"[\w-]+", text)}
        found: dict[str, Party] = {}
        cue = r"(?:\b[Ll]a |\b[Ll]es? |\b[Ll]'|\b[Dd]e la |\bfrom |\bthe |, |\bin )"
        for number, text in self._numbered():
            for match in re.finditer(rf"{cue}(?P<name>{_TOKEN}(?: Isles| Islands| Republic)?)(?= —| \(|[ ,.])", text):
                name, (start, end) = match["name"], match.span("name")
                if self._taken(number, start, end) or not self._has_adjective(name, words):
                    continue
                party = found.setdefault(name, Party(name, "state", gender="o"))
                self._add(number, start, end, party)

    def _has_adjective(self, name: str, words: Iterable[str]) -> bool:
        stem = name.split()[0]
        stem = (stem[:-2] if len(stem) > 5 else stem[:-1]).lower()
        if len(stem) < 4 or name in self.rules.words("openers"):
            return False
        endings = tuple(self.rules.words("adjective_endings"))
        for word in words:
            adjective = word.lower().startswith(stem) and word.lower() not in (name.lower(), f"{name.lower()}s")
            right_case = word[0].isupper() if self.rules.lang == "en" else word.islower()
            if adjective and right_case and word.endswith(endings) and len(word) <= len(name) + 4:
                return True
        return False

    def add_surnames(self) -> None:
        honorifics = self.rules.lists["honorifics"]
        for party in [party for party in self.parties if party.kind == "person"]:
            surname = plain(party.name).split()[-1]
            pattern = rf"(?<![\w-])(?:(?P<honorific>{alternation(honorifics)}) )?{re.escape(surname)}(?![\w-])"
            for number, text in self._numbered():
                for found in re.finditer(pattern, text):
                    if found["honorific"]:
                        party.gender = honorifics[found["honorific"]] or party.gender
                    if not self._taken(number, found.start(), found.end()):
                        self._add(number, found.start(), found.end(), party)

    def add_roles(self) -> None:
        """Titles that stand alone: `la ministre`, `the club`."""
        determiner = r"(?:[Ll]a |[Ll]e |[Ll]'|[Cc]ette |[Cc]e |[Tt]he )"
        ofs = r"(?: (?:général|de|du|des|d')[^,.;:!?«»“”\"\0]{0,40}?(?=[,.]| a | ont |$))?"
        for number, text in self._numbered():
            for found in re.finditer(
                rf"(?<![\w'])(?P<the>{determiner})(?P<head>{self.titles.pattern}){ofs}", text, re.I
            ):
                if self._taken(number, found.start(), found.start("head") + 1):
                    continue
                head = found["head"].lower()
                party = self._by_head(head, number, found.start())
                if party and found["the"].lower().startswith(("la ", "cette")):
                    party.gender = party.gender or "f"
                self._add(number, found.start(), found.end(), party, named=False)
        nouns = {noun.lower() for noun in (*self.rules.words("org_nouns"), *self.rules.lists["org_titles"], "company")}
        for number, text in self._numbered():
            for found in re.finditer(rf"(?<![\w'])[Tt]he (?P<noun>{alternation(nouns)})(?![\w'-])", text):
                before = [m for m in self.mentions if (m.paragraph, m.start) < (number, found.start())]
                orgs = [m.party for m in before if m.party and m.party.kind == "organisation"]
                right = [org for org in orgs if found["noun"].lower() in org.heads]
                if orgs and not self._taken(number, found.start(), found.end()):
                    self._add(number, found.start(), found.end(), (right or orgs)[-1], named=False)

    def _by_head(self, head: str, number: int, start: int) -> Party | None:
        """Who was given a title last, before this place; else after it."""
        ordered = sorted(self.mentions, key=lambda m: (m.paragraph, m.start))
        persons = [(m, m.party) for m in ordered if m.party and head in m.party.heads and m.party.kind == "person"]
        before = [party for m, party in persons if (m.paragraph, m.start) < (number, start)]
        return before[-1] if before else (persons[0][1] if persons else None)

    def add_voices(self) -> None:
        some, nouns, more = (
            self.rules.lists["voice_some"],
            self.rules.any_of("voice_nouns"),
            self.rules.lists["voice_more"],
        )
        for number, text in self._numbered():
            for pattern in self.rules.patterns("voice_forms"):
                for found in pattern.finditer(text):
                    self._voice(number, found, {"voice"})
            for found in re.finditer(
                rf"(?<![\w'])(?i:{some}) (?:[\w-]+ ){{0,2}}?(?P<noun>{nouns})(?![\w-]){more}", text
            ):
                if re.match(r" (?:de |d')[A-Z]", text[found.end() :]) is None:
                    self._voice(number, found, {found["noun"].lower()})
        for number, text in self._numbered():
            for found in re.finditer(
                rf"(?<![\w'])(?:[Tt]he|[Ll]a|[Cc]ette(?: même)?) (?P<noun>{nouns})(?![\w-])", text
            ):
                noun, place = found["noun"].lower(), (number, found.start())
                ordered = sorted(self.mentions, key=lambda m: (m.paragraph, m.start))
                earlier = [m.party for m in ordered if (m.paragraph, m.start) < place and m.party]
                voices = [party for party in earlier if party.kind == "voice" and noun in party.heads]
                if voices and not self._taken(number, found.start(), found.end()):
                    self._add(number, found.start(), found.end(), voices[-1], named=False)

    def add_documents(self) -> None:
        nouns = self.rules.any_of("documents")
        the = r"(?<![\w'])(?i:the|le|la|l'|du|un|une|a) ?(?:[a-zà-ÿ]+ )?"
        for number, text in self._numbered():
            for found in re.finditer(rf"{the}(?P<document>{nouns})(?![\w-])", text):
                self._document(number, text, found)

    def _voice(self, number: int, found: re.Match[str], heads: set[str]) -> None:
        if not self._taken(number, found.start(), found.end()):
            feminine = bool(re.match(r"(?:une|l'une|her)\b", found[0], re.IGNORECASE))
            known = next((p for p in self.parties if p.kind == "voice" and p.name == found[0]), None)
            party = known or Party(found[0], "voice", gender="f" if feminine else "", heads=heads)
            self._add(number, found.start(), found.end(), party)

    def _document(self, number: int, text: str, found: re.Match[str]) -> None:
        """A document speaks for the organisation that wrote it, where the words say which one did."""
        if self._taken(number, found.start(), found.end()):
            return
        by = re.compile(r"(?: [a-zà-ÿ]+)? (?:by (?:the )?|of (?:the )?|de l'|de la |du )").match(text, found.end())
        writer = next((m for m in self.mentions if by and m.paragraph == number and m.start == by.end()), None)
        if writer:
            self._add(number, found.start(), writer.end, writer.party, named=False)
        else:
            noun = found["document"].lower()
            same = [p for p in self.parties if p.kind == "document" and noun in p.heads]
            party = same[-1] if same else Party(noun, "document", gender="o", heads={noun})
            self._add(number, found.start(), found.end(), party)


def alternation(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
