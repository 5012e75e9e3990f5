"""Drafting: what is found in six articles, against the answers of a careful reader.

The rules were written with these articles and answers at hand. The floors guard against steps backwards; they do not
say how well the rules do on an article that nobody has seen. `pytest -s tests/test_drafting.py` prints the figures.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from dateparser.date import DateDataParser
from hypothesis import given
from hypothesis import strategies as st

from support import CASES, TESTS
from support.corpora import BASE, write_corpus
from support.projects import call_hooks
from verbatim.checks import checked_corpus
from verbatim.drafting.article import Article, plain, read_article
from verbatim.drafting.candidates import EventCandidate, PositionCandidate, find_events, find_positions
from verbatim.drafting.cast import find_cast
from verbatim.drafting.draft import About, draft_article
from verbatim.drafting.parties import Cast
from verbatim.drafting.rules import Rules, load_rules
from verbatim.drafting.speakers import Quoted, listen
from verbatim.drafting.time_words import TimeWords, find_time_words
from verbatim.drafting.writing import write_briefing, write_source
from verbatim.reading.corpus import Corpus
from verbatim.reading.strict_yaml import parse
from verbatim.wording.messages import load_translation

TEXTS = sorted(path for path in (TESTS / "drafting").iterdir() if path.is_dir())

SENTENCES = yaml.safe_load((CASES / "sentences.yml").read_text(encoding="utf-8"))

SECOND_READER = yaml.safe_load((CASES / "second-reader.yml").read_text(encoding="utf-8"))

FLOORS = {
    "quotations": (0.98, 0.98),
    "speech told from names": (0.98, 0.98),
    "speakers": (0.96, 0.96),
    "relays": (0.98, 0.90),
    "dates": (0.97, 0.98),
    "actors": (0.95, 0.93),
    "positions": (0.93, 0.78),
    "events": (0.74, 0.85),
    "furniture": (0.98, 0.98),
}
"""Lowest precision and recall over all six texts, by class."""


@dataclass(frozen=True)
class Text:
    """An article, its answers, and what drafting finds in it."""

    name: str
    truth: dict[str, Any]
    article: Article
    cast: Cast
    quotations: list[Quoted]
    dates: list[TimeWords]
    positions: list[PositionCandidate]
    events: list[EventCandidate]


@dataclass
class Score:
    found: int = 0
    wanted: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def count(self, found: list[Any], wanted: list[Any], is_same: Callable[[Any, Any], bool]) -> None:
        """Pair each answer with the first finding that is the same and not yet paired."""
        left = list(found)
        for answer in wanted:
            pair = next((each for each in left if is_same(each, answer)), None)
            if pair is None:
                self.faults.append(f"missing or wrong: {answer}")
            else:
                left.remove(pair)
        self.right += len(found) - len(left)
        self.found += len(found)
        self.wanted += len(wanted)
        self.faults += [f"not in the answers: {each}" for each in left]


def examine(folder: Path) -> Text:
    truth = yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8"))
    rules: Rules = load_rules(truth["lang"])
    article = read_article((folder / "article.txt").read_text(encoding="utf-8"), rules)
    published = date.fromisoformat(str(truth["published"]))
    cast = find_cast(article, {}, published, rules)
    dates = find_time_words(article, published, rules)
    hearing = listen(article, cast, rules)
    positions = find_positions(article, cast, hearing, rules)
    events = find_events(article, cast, dates, published, rules)
    return Text(folder.name, truth, article, cast, hearing.quotations, dates, positions, events)


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return [examine(folder) for folder in TEXTS]


def fold(text: str) -> str:
    return plain(text).lower()


def names_of(truth: dict[str, Any]) -> dict[str, set[str]]:
    """Every surface of each actor, by its name."""
    return {a["name"]: {fold(name) for name in (a["name"], *a["mentions"])} for a in truth["actors"]}


def is_name(found: str | None, wanted: str | None, truth: dict[str, Any]) -> bool:
    """Whether two surfaces name the same; one may be longer by a title or an article."""
    if found is None or wanted is None:
        return found is wanted
    known = names_of(truth).get(wanted, {fold(wanted)})
    return any(
        fold(found) == name or (len(found) > 4 and (fold(found) in name or name in fold(found))) for name in known
    )


def parts_of(quotation: dict[str, Any]) -> list[str]:
    return quotation.get("parts") or [quotation["text"]]


def pairs(text: Text) -> Iterator[tuple[Quoted, dict[str, Any]]]:
    """Each quotation that was found whole, with its answer."""
    left = list(text.quotations)
    for answer in text.truth["quotations"]:
        for quoted in left:
            if [passage.text for passage in quoted.passages] == parts_of(answer):
                left.remove(quoted)
                yield quoted, answer
                break


def score_quotations(text: Text, score: Score) -> None:
    found = [[(p.text) for p in quoted.passages] for quoted in text.quotations]
    score.count(found, [parts_of(answer) for answer in text.truth["quotations"]], lambda a, b: a == b)


def score_speech(text: Text, score: Score) -> None:
    for quoted, answer in pairs(text):
        score.count([quoted.spoken], [answer["kind"] != "not-speech"], lambda a, b: a == b)


def score_speakers(text: Text, score: Score) -> None:
    """A speaker counts as found only on a quotation that is found whole."""
    spoken = [answer for answer in text.truth["quotations"] if answer["speaker"]]
    found = [quoted for quoted in text.quotations if quoted.speaker]
    answers = {id(quoted): answer for quoted, answer in pairs(text)}

    def is_same(quoted: Quoted, answer: dict[str, Any]) -> bool:
        right = [answer["speaker"], *answer.get("also_speaker", [])]
        name = quoted.speaker.name if quoted.speaker else None
        return answers.get(id(quoted)) is answer and any(is_name(name, each, text.truth) for each in right)

    score.count(found, spoken, is_same)


def score_relays(text: Text, score: Score) -> None:
    for quoted, answer in pairs(text):
        found = [quoted.relay.name] if quoted.relay else []
        wanted = [answer["relay"]] if answer["relay"] else []
        score.count(found, wanted, lambda a, b: is_name(a, b, text.truth))


def score_dates(text: Text, score: Score) -> None:
    def is_same(words: TimeWords, answer: dict[str, Any]) -> bool:
        right = {str(answer["edtf"]), *map(str, answer.get("also", []))}
        surfaces = fold(words.text), fold(str(answer["text"]))
        overlap = surfaces[0] in surfaces[1] or surfaces[1] in surfaces[0]
        return words.paragraph == answer["paragraph"] and overlap and words.edtf in right

    score.count(text.dates, text.truth["dates"], is_same)


def score_actors(text: Text, score: Score) -> None:
    found = [party.name for party in text.cast.parties if party.kind in ("person", "organisation", "state")]
    wanted = [actor["name"] for actor in text.truth["actors"] if actor["kind"] != "other"]
    score.count(found, wanted, lambda a, b: is_name(a, b, text.truth))


def score_positions(text: Text, score: Score) -> None:
    """Paragraph and holder; the stance is left to a person."""
    score.count(
        text.positions,
        text.truth["positions"],
        lambda a, b: a.paragraph == b["paragraph"] and is_name(a.party.name, b["actor"], text.truth),
    )


def score_events(text: Text, score: Score) -> None:
    """Paragraph, date and status of those that the article dates; `conditional` in the answers is our `possible`."""

    def is_same(found: EventCandidate, answer: dict[str, Any]) -> bool:
        statuses = {answer["status"], *answer.get("also_status", [])}
        dates = {str(answer["date"]), *map(str, answer.get("also", []))}
        status = "conditional" if found.status == "possible" else found.status
        return (found.paragraph, status in statuses, found.words.edtf in dates) == (
            answer["paragraph"],
            True,
            True,
        )

    score.count(text.events, [answer for answer in text.truth["events"] if answer["date"]], is_same)


def score_furniture(text: Text, score: Score) -> None:
    score.count(list(text.article.furniture), text.truth["furniture"], lambda a, b: a == b)


SCORES: dict[str, Callable[[Text, Score], None]] = {
    "quotations": score_quotations,
    "speech told from names": score_speech,
    "speakers": score_speakers,
    "relays": score_relays,
    "dates": score_dates,
    "actors": score_actors,
    "positions": score_positions,
    "events": score_events,
    "furniture": score_furniture,
}


@pytest.mark.parametrize("kind", SCORES)
def test_what_is_found_stays_found(kind: str, texts: list[Text]) -> None:
    """Precision and recall of each class stay above their floors, over all texts."""
    whole = Score()
    for text in texts:
        score = Score()
        SCORES[kind](text, score)
        print(
            f"{kind:>22} {text.name:20} precision {score.precision:4.0%} recall {score.recall:4.0%}",
            *score.faults,
            sep="\n    ",
        )
        whole.found, whole.wanted, whole.right = (
            whole.found + score.found,
            whole.wanted + score.wanted,
            whole.right + score.right,
        )
        whole.faults += score.faults
    print(
        f"{kind:>22} all: precision {whole.precision:.1%}, recall {whole.recall:.1%} ({whole.right} of {whole.wanted})"
    )
    precision, recall = FLOORS[kind]
    assert whole.precision >= precision, whole.faults
    assert whole.recall >= recall, whole.faults


def test_numbers_are_no_dates(texts: list[Text]) -> None:
    """What looks like a date and is none is not taken for one."""
    wrong = [
        (text.name, words.text)
        for text in texts
        for words in text.dates
        for other in text.truth["not_dates"]
        if words.paragraph == other["paragraph"] and fold(words.text) == fold(str(other["text"]))
    ]
    assert wrong == []


def read_again(words: TimeWords, lang: str, published: str) -> str:
    """A date expression as dateparser reads it, as precise as it says; empty where it does not read it."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(published)}
    read = DateDataParser(languages=[lang], settings=settings).get_date_data(words.text)
    form = {"month": "%Y-%m", "year": "%Y"}.get(read.period, "%Y-%m-%d")
    return read.date_obj.strftime(form) if read.date_obj else ""


def test_a_second_reader_agrees_on_dates(texts: list[Text]) -> None:
    """dateparser gives the same date for each expression that it reads, but for those that are listed with a reason."""
    both, apart = 0, []
    for text in texts:
        for words in text.dates:
            other = read_again(words, text.truth["lang"], str(text.truth["published"]))
            both += bool(other)
            if other and other != words.edtf.rstrip("~"):
                apart.append((text.name, words.paragraph, words.text, words.edtf, other))
    listed = [tuple(row) for group in SECOND_READER for row in group["expressions"]]
    known = [(name, number, words, str(edtf), str(other)) for name, number, words, edtf, other in listed]
    assert sorted(apart) == sorted(known)
    assert both > 3 * len(known)


@pytest.mark.parametrize("folder", TEXTS, ids=lambda path: path.name)
def test_words_are_copied_exactly(folder: Path) -> None:
    """Every passage stands in its paragraph of the article, character by character."""
    text = examine(folder)
    for quoted in text.quotations:
        for passage in quoted.passages:
            paragraph = text.article.paragraphs[passage.paragraph - 1]
            assert paragraph[passage.start : passage.end] == passage.text


# ---- What is written ------------------------------------------------------------------------------------------


def draft(folder: Path, briefings: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    truth = yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8"))
    options = ["--date", str(truth["published"]), "--lang", truth["lang"], "--publisher", truth["publisher"]]
    return call_hooks("draft", folder / "article.txt", *options, "--into", briefings, *arguments)


@pytest.mark.parametrize("folder", TEXTS, ids=lambda path: path.name)
def test_a_draft_loads_and_verifies_at_once(folder: Path, tmp_path: Path) -> None:
    """A draft has no error; once verified, nothing but its open points is left to say."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    made = draft(folder, briefings)
    assert made.returncode == 0, made.stderr
    corpus, problems = checked_corpus(briefings, "en")
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert len(corpus.briefings) == 2
    verified = call_hooks("verify", briefings)
    assert verified.returncode == 0, verified.stdout
    left = [problem.message for problem in checked_corpus(briefings, "en")[1]]
    assert left
    assert [message for message in left if not message.startswith(("TODO", "nothing cites"))] == []


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    """The author sees each line that was taken for the site's own, by its first words."""
    folder = TESTS / "drafting" / "fusion-hopitaux"
    made = draft(folder, write_corpus(tmp_path / "briefings", BASE))
    left_out = [line.removeprefix("left out: ") for line in made.stdout.splitlines() if line.startswith("left out: ")]
    wanted = examine(folder).truth["furniture"]
    assert wanted
    assert [line.rstrip("…") for line in left_out] == [line[:60] for line in wanted]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Where one of the three files is there, none is written, and the other's content stays."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    text = tmp_path / ".texts" / "pier-talk.txt"
    write_corpus(tmp_path, {".texts/pier-talk.txt": "Mine."})
    made = draft(TEXTS[0], briefings, "--source-id", "pier-talk")
    assert made.returncode == 1
    assert "there already" in made.stderr
    assert text.read_text(encoding="utf-8") == "Mine."
    assert not (briefings / "sources" / "pier-talk.yml").exists()


def test_an_id_is_no_path(tmp_path: Path) -> None:
    """`--source-id` cannot lead out of the folder."""
    made = draft(TEXTS[0], write_corpus(tmp_path / "briefings", BASE), "--source-id", "../away")
    assert made.returncode == 1
    assert made.stderr == "draft: not an id: '../away' (such as 'away')\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"<!DOCTYPE html><body></body>", "an HTML page in which no article is found (save the article's text)"),
        (b"word " * 1200 + b".", "a paragraph of more than 5000 characters (put a blank line between paragraphs)"),
        (b"x" * (101 << 10), "larger than 100 KiB"),
        (b"\xff\xfe", "not UTF-8 (save the text as UTF-8)"),
    ],
)
def test_what_is_no_article_is_refused(text: bytes, message: str, tmp_path: Path) -> None:
    """A text that cannot be drafted from is refused in one line that says what to do, and nothing is written."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    (tmp_path / "article.txt").write_bytes(text)
    made = call_hooks("draft", tmp_path / "article.txt", "--date", "2020-03-02", "--lang", "en", "--into", briefings)
    assert (made.returncode, made.stderr) == (1, f"draft: {message}\n")
    assert not (tmp_path / ".texts").exists()


def test_a_draft_holds_no_more_of_the_text_than_it_quotes(tmp_path: Path) -> None:
    """The briefing's file, which is published with the project, has no whole sentence that it does not quote."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    draft(TEXTS[0], briefings, "--source-id", "talk")
    written = next(briefings.glob("*/talk.yml")).read_text(encoding="utf-8")
    article = examine(TEXTS[0]).article
    long = [sentence.text.strip() for sentence in article.sentences() if "\0" not in sentence.outside]
    assert long
    assert [sentence for sentence in long if sentence in written] == []


KNOWN = {
    "issues/night-work.yml": "{question: Should cranes work at night?, short: Night work}",
    "2020/cranes.yml": """
        title: Cranes at night
        date: 2020-03-01
        lang: en
        status: published
        summary: The cranes.
        positions:
          - id: ada-brun-night-work
            actor: ada-brun
            issue: night-work
            stance: against
            modality: reported
            said_by: source
            summary: She is against it.
            date: 2020-02-20
            evidence: [{source: harbour-gazette}]
        events:
          - id: crane-vote
            date: 2020-03-05
            title: Vote on the cranes
            kind: vote
            status: planned
            evidence: [{source: harbour-gazette}]
          - id: old-vote
            date: 2020-02-05
            title: An older vote
            kind: vote
            status: happened
            evidence: [{source: harbour-gazette}]
        """,
    "2020/outcome.yml": """
        title: Cranes stand still
        date: 2020-03-04
        lang: en
        status: draft
        summary: The vote was called off.
        events:
          - event: crane-vote
            status: cancelled
            summary: It was called off.
            evidence: [{source: harbour-gazette}]
        """,
}


NIGHT = {"sources/night.yml": "{kind: press, title: Night, lang: en, published: 2020-03-05, text: none}"}


def test_what_is_known_is_offered(tmp_path: Path) -> None:
    """Known events near in time are offered to be added to, and what the same actor said before.

    One that shares no word and no actor with the sentence is only named.
    """
    briefings = write_corpus(tmp_path / "briefings", {**BASE, **KNOWN})
    corpus, problems = checked_corpus(briefings, "en")
    assert problems == []
    text = "Ada Brun opposed work at night by the cranes.\n\nThe council met on Wednesday.\n"
    about = About("en", date(2020, 3, 5), source_id="night")
    met = write_briefing(draft_article(text, about, corpus), corpus)
    assert "  # known: {event: crane-vote} 2020-03-05, cancelled: Vote on the cranes\n  - id: night-event-1" in met
    text = "Ada Brun opposed work at night by the cranes.\n\nA vote on the cranes was held on Wednesday.\n"
    written = write_briefing(draft_article(text, about, corpus), corpus)
    assert [line.strip() for line in written.splitlines() if "known: " in line] == [
        "# known: ada-brun-night-work (night-work: against, 2020-02-20)",
        "# known: {event: crane-vote} 2020-03-05, cancelled: Vote on the cranes",
    ]
    assert [line.strip() for line in written.splitlines() if line.strip().startswith(("- event", "- id: night"))] == [
        "- event: crane-vote",
        "- id: night-event-1",
    ]
    folder = write_corpus(tmp_path / "briefings", {"2020/night.yml": written, **NIGHT})
    assert [str(problem) for problem in checked_corpus(folder, "en")[1] if problem.severity != "notice"] == []
    assert 'issue: "TODO night-work?"' in written


@pytest.mark.parametrize(
    ("lang", "text", "holders"),
    [
        ("fr", "Le port doit fermer, a plaidé mardi son chef, Ada Brun. Mme Brun est maire.", ["Ada Brun stated"]),
        ("fr", "Le Parti du quai et la Ligue du port refusent tout péage.", ["Parti du quai", "Ligue du port"]),
        ("fr", "Ada Brun a dit que la Ligue du port refusait le péage.", ["Ligue du port reported by Ada Brun"]),
        ("fr", "Rien ne presse, comme le souhaite la Ligue du port.", ["Ligue du port"]),
        ("en", "The Quay Party, founded by dockers, opposes the toll.", ["Quay Party"]),
        ("en", "Mayor Ada Brun said the Harbour League rejected the toll.", ["Harbour League reported by Ada Brun"]),
        ("en", "Mayor Ada Brun is expected to propose a toll.", ["Ada Brun expected"]),
        ("en", "“The Quay Party opposes it,” Mayor Ada Brun said.", ["Quay Party reported by Ada Brun"]),
        ("en", "Gifts for the Quay Party arrived.", []),
    ],
)
def test_a_position_is_its_holders(lang: str, text: str, holders: list[str]) -> None:
    """The subject of the words holds the position, wherever they stand; who says so is kept apart."""
    made = draft_article(text, About(lang, date(2020, 3, 5), source_id="any"), Corpus())
    found = [
        f"{each.party.name} {each.modality}" + (f" by {each.said_by.name}" if each.said_by else "")
        for each in made.positions
    ]
    assert len(found) == len(holders), found
    assert all(each.startswith(wanted) for each, wanted in zip(found, holders, strict=True)), found


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["promise"])
def test_sentences(case: dict[str, Any]) -> None:
    """The promise of each golden sentence holds: what is quoted and by whom, who holds what, what happens when."""
    made = draft_article(case["text"], About(case["lang"], date(2020, 3, 5), source_id="any"), Corpus())
    written = yaml.safe_load(write_briefing(made, Corpus()))
    quoted = [{"quote": each["quote"], "speaker": each["speaker"]} for each in written.get("quotations", [])]
    held = [
        f"{each.party.name} {each.modality}" + (f" by {each.said_by.name}" if each.said_by else "")
        for each in made.positions
    ]
    assert (quoted, held) == (case.get("quotations", []), case.get("positions", []))
    assert [f"{each.words.edtf} {each.status}" for each in made.events] == case.get("events", [])


CAST = {
    "actors/marsan-shipping.yml": "{kind: organisation, name: {fr: Groupe Orvane, en: Orvane Group}}",
    "actors/elia-marsan.yml": "{kind: person, name: Elia Marsan}",
    "actors/montevelio.yml": "{kind: state, name: Montévélio, aliases: [ÉRA]}",
}


@pytest.mark.parametrize(
    ("lang", "text", "ids"),
    [
        ("fr", "Le groupe Orvane a refusé.", ["marsan-shipping"]),
        ("fr", "Orvane a refusé.", ["marsan-shipping"]),
        ("en", "The Orvane group refused.", ["marsan-shipping"]),
        ("fr", "Le groupe Marsan a refusé.", []),
        ("en", "The Marsan Group refused.", []),
        ("fr", "Mme Marsan a refusé.", ["elia-marsan"]),
        ("fr", "Le Montevelio a refusé.", ["montevelio"]),
        ("fr", "L'ERA a refusé.", []),
    ],
)
def test_known_actors_are_recognised(lang: str, text: str, ids: list[str], tmp_path: Path) -> None:
    """A known name is found with or without `groupe` and accents; a surname in a company's name is nobody's."""
    corpus, problems = checked_corpus(write_corpus(tmp_path / "briefings", {**BASE, **CAST}), "fr")
    assert problems == []
    made = draft_article(text, About(lang, date(2020, 3, 5), source_id="any"), corpus)
    assert [party.id for party in made.cast.parties if party.id] == ids


def test_common_abbreviations_are_nobody() -> None:
    """Headquarters and the like are no organisations, though they are written as some are."""
    for lang, text in (("fr", "Le QG de la Ligue du port est fermé."), ("en", "The HQ in Sablène is closed.")):
        made = draft_article(text, About(lang, date(2020, 3, 5), source_id="any"), Corpus())
        assert [party.name for party in made.cast.parties if party.name in ("QG", "HQ")] == []


def test_a_date_right_behind_the_words_is_the_positions() -> None:
    """`demande depuis 2014` says since when, `a refusé mardi` on which day; else it is the day of publication."""
    text = "La Ligue du port demande depuis 2014 un péage.\n\nLa Ligue du quai a refusé mardi le péage.\n"
    about = About("fr", date(2020, 3, 5), source_id="any")
    written = write_briefing(draft_article(text, about, Corpus()), Corpus())
    assert "    date: 2020-03-05\n    since: 2014\n    evidence" in written
    assert "    date: 2020-03-03\n    date_text: mardi\n    date_basis: derived\n    evidence" in written


def test_a_draft_speaks_its_authors_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Comments, and what TODO asks for, are in the language of messages; values are those of the schema."""
    monkeypatch.setenv("VERBATIM_LANG", "fr")
    briefings = write_corpus(tmp_path / "briefings", BASE)
    draft(TEXTS[0], briefings, "--source-id", "talk")
    lines = next(briefings.glob("20*/talk.yml")).read_text(encoding="utf-8").splitlines()[2:]
    french = load_translation("fr")
    assert lines[:2] == [f"# {french(each)}" for each in HEAD]
    assert 'title: "TODO de quoi parle ce dossier"' in lines
    assert [line for line in lines if line.startswith("# paragraph ")] == []
    assert len([line for line in lines if line.startswith("# paragraphe ")]) > 10


HEAD = [
    "A draft made from the words of one article. Decide every TODO.",
    "Only a person who has read every line against the source sets `status: published`.",
]

FRAGMENTS = [
    *("«", "»", "“", "”", '"', " ", "\n\n", ". ", ", ", "a dit ", "said ", "M. ", "Mme Ada Brun", "il y a deux ans"),
    *("le 31 février", "depuis 2014", "29 février", "on Feb. 30", "the Union of", "une source", "-t-il", "selon "),
    *("999 years ago", "\0", "\u00ad", "é", "’"),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@given(pieces=st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=40))
def test_any_text_becomes_a_draft(lang: str, pieces: list[str]) -> None:
    """Whatever the text is, drafting ends without an error, and its YAML can be read."""
    about = About(lang, date(2020, 2, 29), source_id="any")
    made = draft_article("".join(pieces), about, Corpus())
    for written in (write_source(made), write_briefing(made, Corpus())):
        document, problems = parse(written.encode("utf-8"), "any.yml")
        assert document
        assert problems == []
