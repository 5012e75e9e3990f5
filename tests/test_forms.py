"""`python hooks new`: a file that `check` accepts, with a comment for each field, and nothing written over."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.corpora import BASE, lines_of, write_corpus
from support.projects import call_hooks
from verbatim.drafting.forms import FOLDER, FORMS, Form
from verbatim.reading.loading import problems_of

CALLS = {
    "actor": ["--kind", "person", "--name", "Éva: Brun #1", "--aliases", "no", "--aliases", "É. Brun"],
    "issue": ["--question", "Should it: be?", "--short", "To be"],
    "source": ["--kind", "press", "--title", "- The Gull", "--published", "2020-03-02", "--lang", "en"],
    "briefing": ["--title", "A gull's “cry”", "--date", "2020-03", "--lang", "en"],
}
WRITTEN = {
    "actor": "actors/eva-brun-1.yml",
    "issue": "issues/to-be.yml",
    "source": "sources/the-gull-2020-03-02.yml",
    "briefing": "2020/a-gull-s-cry-2020-03.yml",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_new_file_is_accepted(form: Form, tmp_path: Path) -> None:
    """What is written is right as it is; of a briefing only the summary is an open point."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    made = call_hooks("new", form.name, *CALLS[form.name], "--into", briefings)
    path = briefings / WRITTEN[form.name]
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[0] == path.relative_to(tmp_path).as_posix()
    summary = "summary: TODO what the sources say, in two or three sentences of ours"
    expected = [f"{WRITTEN[form.name]}:6:10: notice: {summary}"] if form.name == "briefing" else []
    assert lines_of(briefings) == expected
    assert CALLS[form.name][3] in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_nothing_is_written_over(form: Form, tmp_path: Path) -> None:
    """A file that is there stays as it is, and the command says so."""
    briefings = write_corpus(tmp_path / "briefings", {**BASE, WRITTEN[form.name]: "Mine."})
    made = call_hooks("new", form.name, *CALLS[form.name], "--into", briefings)
    assert made.returncode == 1
    id = Path(WRITTEN[form.name]).stem
    assert made.stderr == f"new: {form.name} {id!r} is there already (choose another --id)\n"
    assert (briefings / WRITTEN[form.name]).read_text(encoding="utf-8") == "Mine."


def test_a_briefing_of_another_year_keeps_its_id(tmp_path: Path) -> None:
    """Briefings share one space of ids, whatever their year."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    made = call_hooks("new", "briefing", *CALLS["briefing"][:2], "--date", "2021", "--id", "pier", "--into", briefings)
    assert made.stderr == "new: briefing 'pier' is there already (choose another --id)\n"
    assert not (briefings / "2021").exists()


def test_a_missing_flag_is_named_without_a_terminal(tmp_path: Path) -> None:
    """Without a terminal nothing is asked: every flag that is missing is named at once."""
    made = call_hooks("new", "source", "--kind", "press", "--into", tmp_path)
    assert made.returncode == 2
    assert made.stderr.endswith("python hooks new source: error: missing: --title, --published\n")
    made = call_hooks("new", "actor", "--kind", "person", "--name", "…", "--into", tmp_path)
    assert made.stderr.endswith("error: missing: --id (none can be made of the name)\n")
    assert list(tmp_path.iterdir()) == []


def test_questions_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal the command asks for what the flags leave out, with what the form says of it."""
    with (
        mock.patch("sys.stdin.isatty", return_value=True),
        mock.patch("builtins.input", side_effect=["Should it be?", EOFError]) as asked,
    ):
        made = call_hooks("new", "issue", "--into", tmp_path)
    assert [call.args[0].split(" ")[0] for call in asked.call_args_list] == ["question", "short"]
    assert made.stderr.endswith("error: missing: --short\n")
    with (
        mock.patch("sys.stdin.isatty", return_value=True),
        mock.patch("builtins.input", side_effect=["To be"]),
    ):
        made = call_hooks("new", "issue", "--question", "Should it be?", "--into", tmp_path)
    assert made.returncode == 0
    assert 'short: "To be"  # a few words' in (tmp_path / "issues" / "to-be.yml").read_text(encoding="utf-8")


def test_wrong_values_are_named_by_their_flags(tmp_path: Path) -> None:
    """Values that the schema refuses are all reported, by flag, and nothing is written."""
    wrong = ["--published", "2020-02-30", "--url", "ftp://gull", "--id", "../gull"]
    made = call_hooks("new", "source", "--kind", "press", "--title", "T", *wrong, "--into", tmp_path)
    assert made.returncode == 1
    assert sorted(made.stderr.splitlines()) == [
        "new: --id: an id is made of a-z, 0-9 and single hyphens",
        "new: --published: no such date: '2020-02-30'",
        "new: --url: an address begins with https:// or http:// and holds no blank",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_examples_of_a_form_are_right(form: Form) -> None:
    """A form names every field that a file may have, and each example that it gives is read without a problem."""
    values = {"kind": form.fields[0].choices[:1], "date": "2020", "published": "2020", "lang": "en"}
    asked = {field.key: "".join(values.get(field.key, "Words")) for field in form.fields if field.asked}
    head, *lines = form.fill(asked).splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines)
    assert head.startswith("# ")
    assert [str(each) for each in problems_of(text, "any", form.model, "en") if each.severity == "error"] == []
    keys = set(re.findall(r"^([a-z_]+):", text, re.M))
    assert {*form.model.model_fields} - keys == {"id", "formerly"}


def test_every_form_is_offered() -> None:
    """Each file of forms belongs to a kind."""
    assert {path.stem for path in FOLDER.glob("*.yml")} == {form.name for form in FORMS}


@given(value=st.text(min_size=1))
def test_any_value_stays_a_value(value: str) -> None:
    """Whatever an author types becomes one value, or is refused: it never makes another field."""
    form = next(form for form in FORMS if form.name == "issue")
    text = form.fill({"question": value, "short": value})
    assert len(text.splitlines()) == len(form.lines)
    problems = problems_of(text, "any", form.model, "en")
    assert {each.field for each in problems} <= {"question", "short"}
