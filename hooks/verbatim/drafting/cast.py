"""Cast: who appears in an article, under which names, and where. Nobody is added whom the wording does not show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Actor
from .article import Article, plain
from .organisations import add_organisations, add_organisations_by_noun, add_states
from .parties import Cast, Casting, Party
from .persons import add_persons, add_roles, add_surnames
from .rules import Rules
from .voices import add_documents, add_voices

_GROUP_BEFORE = re.compile(r"\b[Gg]roupe $")
_GROUP_AFTER = re.compile(r" [Gg]roup\b")
_GROUP = re.compile(rf"^(?:{_GROUP_BEFORE.pattern.rstrip('$')})|{_GROUP_AFTER.pattern}$")
"""What the name of a group is called by or without."""
_LONG = 5
"""Letters from which a name is known without its accents."""


def find_cast(article: Article, actors: Mapping[str, Actor], published: date, rules: Rules) -> Cast:
    """`actors` are those of the registry, by id."""
    casting = Casting([plain(paragraph) for paragraph in article.paragraphs], rules)
    _add_known(casting, actors, parse_edtf(published.isoformat()))
    add_organisations(casting)
    add_persons(casting)
    add_states(casting)
    add_surnames(casting)
    add_voices(casting)
    add_roles(casting)
    add_organisations_by_noun(casting)
    add_documents(casting)
    return Cast(casting.parties, casting.mentions)


def _add_known(casting: Casting, actors: Mapping[str, Actor], day: Edtf) -> None:
    names: list[tuple[str, Party]] = []
    for actor in actors.values():
        party = Party(next(iter(actor.name.values())), actor.kind, id=actor.id)
        party.speaks_for = frozenset(r.organisation for r in actor.roles if r.organisation and r.held_on(day))
        titles = (title for role in actor.roles for title in role.title.values())
        party.heads = {found[0].lower() for title in titles for found in casting.titles.finditer(title)}
        written = {plain(name) for name in (*actor.name.values(), *actor.aliases)}
        if actor.kind == "person":
            written |= {name.split()[-1] for name in written}
        names += [(name, party) for name in written]
    taken = {name for name, _ in names}
    short = [(_GROUP.sub("", name), party) for name, party in names if party.kind != "person"]
    names += [(name, party) for name, party in dict(short).items() if name not in taken]
    bare = [_without_accents(text) for text in casting.paragraphs]
    for name, party in sorted(names, key=lambda each: -len(each[0])):
        accents_count = len(name) < _LONG
        pattern = re.compile(rf"(?<![\w-]){re.escape(name if accents_count else _without_accents(name))}(?![\w-])")
        for number, text in casting.numbered():
            for found in pattern.finditer(text if accents_count else bare[number - 1]):
                if party.kind == "person" and _is_of_a_group(text, found.start(), found.end()):
                    continue
                if not casting.is_taken(number, found.start(), found.end()):
                    casting.add(number, found.start(), found.end(), party)
                    if party.kind == "organisation" and " " in name:  # `l'Alliance` for `Alliance atlantique`
                        party.heads |= {name.split()[0].lower(), name.split()[-1].lower()}


def _is_of_a_group(text: str, start: int, end: int) -> bool:
    """Whether a surname stands in a company's name: `le groupe Marsan`, `the Marsan Group`."""
    return bool(_GROUP_BEFORE.search(text[:start]) or _GROUP_AFTER.match(text, end))


def _without_accents(text: str) -> str:
    """The same number of characters, each without its accents."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)
