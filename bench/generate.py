"""Generates realistic corpora in invented names: the same seed and size give the same files.

    python bench/generate.py FOLDER --briefings 1000 [--seed 1] [--even]

Who speaks, and on what, follows Zipf's law, as in life: one actor stands in about half of all briefings, one question
in a third. `--even` spreads both evenly.

At 1,000 briefings: 300 actors, 100 issues, 1,000 sources with private texts of about 700 words, and per briefing
five quotations, six positions and four events, in about 130 lines.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

CONSONANTS, VOWELS = "bdfglmnprstv", "aeio"
STANCES = ("for", "reserved", "undecided", "against", "declined")
KINDS = ("person", "organisation", "state", "group")

KEY_POINT = """\
  - id: point-{index}
    issue: {issue}
    summary: "**{lead}.** {summary}"
    evidence: [quote-{number}-{index}]
"""
QUOTATION = """\
  - id: quote-{number}-{index}
    source: source-{number}
    speaker: {actor}
    quote: {quote}
    locator: paragraph {paragraph}
"""
POSITION = """\
  - id: position-{number}-{index}
    actor: {actor}
    issue: {issue}
    stance: {stance}
    modality: reported
    said_by: source
    summary: {summary}
    date: {date}
    date_basis: derived
    date_text: mercredi
    evidence: [quote-{number}-{quote}, {{source: source-{number}, locator: paragraph {paragraph}}}]
"""
EVENT = """\
  - id: event-{number}-{index}
    date: {date}
    title: {title}
    kind: meeting
    status: happened
    actors: [{actors}]
    issues: [{issue}]
    evidence: [{{source: source-{number}, locator: paragraph {paragraph}}}]
"""


class Words:
    """Invented words; the same seed gives the same words."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def some(self, count: int) -> str:
        return " ".join(self._word() for _ in range(count))

    def sentence(self, count: int) -> str:
        return f"{self.some(count).capitalize()}."

    def paragraph(self) -> str:
        return " ".join(self.sentence(self.random.randint(12, 24)) for _ in range(3))

    def choose(self, population: list[str], count: int, *, even: bool) -> list[str]:
        """`count` different members, each as likely as the others or, by Zipf's law, in inverse ratio to its rank."""
        if even:
            return self.random.sample(population, count)
        weights = list(accumulate(1 / rank for rank in range(1, len(population) + 1)))
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen |= dict.fromkeys(self.random.choices(population, cum_weights=weights))
        return list(chosen)

    def _word(self) -> str:
        choose = self.random.choice
        return "".join(choose(CONSONANTS) + choose(VOWELS) for _ in range(self.random.randint(1, 4)))


def generate(briefings: int, seed: int = 1, *, even: bool = False) -> Iterator[tuple[str, str]]:
    """Yield every file of a corpus: its path below the briefings folder, and its text."""
    words = Words(seed)
    actors = [f"actor-{number}" for number in range(max(4, briefings * 3 // 10))]
    issues = [f"issue-{number}" for number in range(max(2, briefings // 10))]
    for index, actor in enumerate(actors):
        name = words.some(2).title()
        text = f"kind: {KINDS[index % 4]}\nname: {{fr: {name}, en: {name}}}\naliases: [{words.some(1)}-{index}]\n"
        yield f"actors/{actor}.yml", f"{text}description: {words.sentence(12)}\n"
    for issue in issues:
        text = f"question: {words.some(8).capitalize()} ?\nshort: {words.some(2)}\ntopics: [{words.some(1)}]\n"
        yield f"issues/{issue}.yml", text
    for number in range(briefings):
        date = f"{2010 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
        quotes = [words.some(12) for _ in range(5)]
        chosen, asked = words.choose(actors, 4, even=even), words.choose(issues, 2, even=even)
        text = f"kind: press\ntitle: {words.some(4)}\npublisher: {words.some(2)}\nlang: fr\ntext: private\n"
        yield f"sources/source-{number}.yml", f"{text}published: {date}\n"
        yield f"../.texts/source-{number}.txt", _source_text(words, quotes)
        yield f"{date[:4]}/briefing-{number}.yml", _briefing(words, number, date, quotes, chosen, asked)


def _source_text(words: Words, quotes: list[str]) -> str:
    said = [f"{words.paragraph()} « {quote} », {words.some(4)}. {words.sentence(20)}" for quote in quotes]
    return "\n\n".join([words.paragraph(), *said, *(words.paragraph() for _ in range(4))]) + "\n"


def _briefing(
    words: Words, number: int, date: str, quotes: list[str], chosen: list[str], asked: list[str]
) -> str:  # fmt: skip
    some, sentence, rng = words.some, words.sentence, words.random
    text = f"title: {some(7)}\ndate: {date}\nlang: fr\nstatus: published\nsummary: {sentence(30)}\nkey_points:\n"
    for index, issue in enumerate(asked):
        text += KEY_POINT.format(number=number, index=index, issue=issue, lead=some(2), summary=sentence(18))
    text += "quotations:\n"
    for index, quote in enumerate(quotes):
        actor = chosen[index % 4]
        text += QUOTATION.format(number=number, index=index, actor=actor, quote=quote, paragraph=index + 2)
    text += "positions:\n"
    for index in range(6):
        who = {"actor": chosen[index % 4], "issue": asked[index // 4], "stance": rng.choice(STANCES)}
        where = {"quote": index % 5, "paragraph": index % 5 + 2}
        text += POSITION.format(number=number, index=index, date=date, summary=sentence(16), **who, **where)
    text += "events:\n"
    for index in range(4):
        when = date[:7] if index % 2 else date
        what = {"title": some(5), "actors": ", ".join(chosen[:2]), "issue": asked[0], "paragraph": index + 2}
        text += EVENT.format(number=number, index=index, date=when, **what)
    return text


def write_corpus(folder: Path, briefings: int, seed: int = 1, *, even: bool = False) -> None:
    """Write a generated corpus into a folder."""
    for name, text in generate(briefings, seed, even=even):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--briefings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--even", action="store_true")
    arguments = parser.parse_args()
    write_corpus(arguments.folder, arguments.briefings, arguments.seed, even=arguments.even)


if __name__ == "__main__":
    main()
