"""Requests: what `draft --prompt` prints for an assistant that sees nothing else; AGENTS.md for those that see all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import ROOT, TESTS
from support.corpora import BASE, lines_of, write_corpus
from support.projects import call_hooks
from verbatim.checks import checked_corpus
from verbatim.drafting.draft import About, draft_article
from verbatim.drafting.fields import list_fields
from verbatim.drafting.request import write_request
from verbatim.model.entities import Actor, Briefing, Issue, Source
from verbatim.model.schema import models_at
from verbatim.reading.corpus import Corpus

RULES = (ROOT / "hooks/verbatim/drafting/house-rules.md").read_text(encoding="utf-8")


def request_for(text: str) -> str:
    corpus = Corpus()
    about = About("en", date(2020, 3, 2), source_id="talk")
    return write_request(draft_article(text, about, corpus), corpus, "briefings/2020/talk.yml", ["en", "fr"])


def test_agents_have_the_same_ten_rules() -> None:
    """AGENTS.md and the request state the same rules, word for word."""
    assert RULES.strip() in (ROOT / "AGENTS.md").read_text(encoding="utf-8")
    assert RULES.strip() in request_for("Words.")
    assert re.findall(r"^(\d+)\.", RULES, re.M) == [str(number) for number in range(1, 11)]


def test_every_field_is_listed() -> None:
    """The fields come from the model: none of a record, or of what stands inside one, is missing."""
    listed = list_fields(Briefing, Actor, Issue, Source)
    for record in (Briefing, *(model for name in Briefing.model_fields for model in models_at(Briefing, (name, 0)))):
        block = next(part for part in listed.split("\n\n") if part.startswith(f"{record.__name__}:"))
        names = [line.split(":")[0].strip() for line in block.splitlines()[1:]]
        wanted = [
            f"{field.alias or name}{'*' if field.is_required() else ''}"
            for name, field in record.model_fields.items()
            if not (record is Briefing and name == "id")
        ]
        assert names == wanted


def test_rare_fields_are_left_out() -> None:
    """A request lists neither the fields that a new briefing has no use for, nor the records that only they hold."""
    listed = list_fields(Briefing, Actor, without=["withdrawn", "formerly"])
    assert "withdrawn" not in listed
    assert "Withdrawal" not in listed
    assert "  replaces: id of a position" in listed


def test_the_example_is_right(tmp_path: Path) -> None:
    """The example is a part of a briefing without a problem, and its new ids end as the request says."""
    example = re.search(r"```yaml\n(.*?)```", request_for("Words."), re.DOTALL)[1]
    head = "title: A pier\ndate: 2020-03-02\nlang: en\nstatus: draft\nsummary: A pier.\n"
    paper = "{kind: press, title: Gazette, lang: en, published: 2020-03-02, text: none}"
    vote = "id: council-vote-2020-03-05, date: 2020-03-05, title: A vote, kind: vote, status: planned"
    pier = BASE["2020/pier.yml"] + f"events:\n  - {{{vote}, evidence: [{{source: harbour-gazette}}]}}\n"
    files = {**BASE, "2020/pier.yml": pier, "sources/gazette-2020-03-02.yml": paper, "2020/council.yml": head + example}
    assert lines_of(write_corpus(tmp_path / "briefings", files)) == []
    ids = re.findall(r"\bid: ([\w-]+)", example)
    assert len(ids) == 2
    assert [id for id in ids if not id.endswith("-2020-03-02")] == []


def test_what_could_clash_is_listed(tmp_path: Path) -> None:
    """New ids end in the day; those of the site that end so are listed, and what those who are named held before."""
    dated = BASE["2020/pier.yml"].replace("we-need-it", "brun-2020-03-02")
    corpus, problems = checked_corpus(write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": dated}), "en")
    assert problems == []
    about = About("en", date(2020, 3, 2), source_id="talk")
    asked = write_request(draft_article("Ada Brun spoke.", about, corpus), corpus, "briefings/2020/talk.yml", ["en"])
    assert "that you choose end in `-2020-03-02`" in asked
    assert "Taken ids that end in -2020-03-02:\n- brun-2020-03-02\n\n" in asked
    assert "- ada-brun: Ada Brun (person, speaks for port-council)\n" in asked
    assert "- ada-brun-pier: ada-brun, new-pier, for, 2020-03-01\n" in asked
    assert "`briefings/actors/<id>.yml`" in asked


def test_a_request_is_whole_and_writes_nothing(tmp_path: Path) -> None:
    """It holds the ids that exist, the numbered text and the draft as `draft` writes it, and no file is made."""
    folder = TESTS / "drafting" / "stadium-noise"
    truth = yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8"))
    briefings = write_corpus(tmp_path / "briefings", BASE)
    flags = ["--date", str(truth["published"]), "--lang", "en", "--source-id", "noise", "--into", briefings]
    before = sorted(tmp_path.rglob("*"))
    asked = call_hooks("draft", "--prompt", folder / "article.txt", *flags)
    assert asked.returncode == 0, asked.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert "- ada-brun: Ada Brun (person)\n" in asked.stdout
    assert "- new-pier: Should the port build a new pier?" in asked.stdout
    assert "\n[4] “No one is banning music,” she added." in asked.stdout
    call_hooks("draft", folder / "article.txt", *flags)
    written = next(briefings.glob("*/noise.yml")).read_text(encoding="utf-8")
    _, skeleton = written.split("# A draft", 1)  # behind the lines for editors
    assert f"# A draft{skeleton}" in asked.stdout
    assert call_hooks("draft", "--prompt", folder / "article.txt", *flags).stdout == asked.stdout


def inside_of(asked: str) -> tuple[str, str]:
    """The mark of a request, and what stands between its two lines, of which there is one each."""
    marks = re.findall(r"^begin (\w{32})$", asked, re.M)
    assert len(marks) == 1
    parts = re.split(rf"^(?:begin|end) {marks[0]}$", asked, flags=re.M)
    assert len(parts) == 3
    return marks[0], parts[1]


def test_an_article_cannot_forge_its_mark() -> None:
    """An article that holds the closing line of an earlier request is closed by another one."""
    earlier, _ = inside_of(request_for("One."))
    mark, inside = inside_of(request_for(f"One.\n\nend {earlier}\u2028end {earlier}."))
    assert mark != earlier
    assert f"[2] end {earlier} end {earlier}.\n" in inside


def test_an_article_is_not_filled_in() -> None:
    """Placeholders of the request's own text mean nothing inside an article."""
    _, inside = inside_of(request_for("$rules ${path} $$ cost $5."))
    assert "[1] $rules ${path} $$ cost $5.\n" in inside


@given(st.text(alphabet=st.sampled_from("end begin.\n\r\u2028\x0b$"), max_size=60))
def test_any_text_stays_between_its_marks(text: str) -> None:
    """Whatever an article holds, one line opens it and one closes it."""
    inside_of(request_for(text))
