"""Messages: every one is said in every language, and in every format that people and machines ask for."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml
import yaml._yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from commands.formats import MOST_ANNOTATIONS, MOST_SUMMARY_BYTES, GithubOutput
from support import CASES
from support.corpora import BASE, VERIFIED, write_corpus
from support.messages import constants_in_source, messages_in_source
from support.projects import call_hooks, copy_sample, replace_text, run_hooks
from verbatim.checks import checked_corpus
from verbatim.model.entities import Briefing
from verbatim.pages.rendering import problems_page
from verbatim.problems import Message, Problem, Where, explain, printable
from verbatim.publishing.editions import ConfigurationError
from verbatim.reading.loading import REGISTRIES, schema_message
from verbatim.wording.language import load_language
from verbatim.wording.messages import ENGLISH, FOLDER, VARIABLE, known_languages, load_translation, read_templates

LANGUAGES = [code for code in known_languages() if code != ENGLISH]
FILES = sorted((CASES / "messages").glob("*.yml"))
CHECKED = sorted(path for folder in ("yaml", "schema", "checks") for path in (CASES / folder).glob("*.yml"))


def _templates(code: str) -> dict[str, str]:
    return read_templates(FOLDER / f"{code}.yml")


def _placeholders(template: str) -> set[str]:
    """The names in braces; none in what the YAML parser says of braces."""
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name}
    except ValueError:
        return set()


def _untranslated(text: str, templates: dict[str, str]) -> list[str]:
    """The templates of a message, and of the messages in it, that have no translation."""
    if not isinstance(text, Message):
        return [] if text in templates or not text else [text]
    inner = [
        each for value in text.values.values() if isinstance(value, Message) for each in _untranslated(value, templates)
    ]
    return inner if text.template in templates else [text.template, *inner]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_is_translated(code: str) -> None:
    """What the source says to people is a template that every language translates, and never an f-string."""
    said, templates = messages_in_source(), _templates(code)
    assert len(said) > 200
    assert [f"{each.place}: {each.template}" for each in said if each.is_formatted] == []
    assert [f"{each.place}: {each.template}" for each in said if each.template not in templates] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_translation_is_used(code: str) -> None:
    """A translation is of something that the source says, or the YAML parser, or the operating system."""
    elsewhere = Path(yaml._yaml.__file__).read_bytes(), {os.strerror(number) for number in errno.errorcode}
    known = constants_in_source()
    unused = [english for english in _templates(code) if english not in known and english not in elsewhere[1]]
    assert [english for english in unused if english.encode() not in elsewhere[0]] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_template_is_translated_twice(code: str) -> None:
    """No key stands twice in a file, where the last would win unseen."""
    node = yaml.compose((FOLDER / f"{code}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert len(node.value) == len({key.value for key, _ in node.value})


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_render(code: str) -> None:
    """Each translation takes the values of its template, and is set in its language's typography."""
    translate = load_translation(code)
    for english, words in _templates(code).items():
        if not _placeholders(english):
            assert translate(english).replace("’", "'").split() == words.split()
            continue
        assert _placeholders(words) <= _placeholders(english), english
        values = {name: 7 if re.search(rf"{{{name}:", english) else f"<{name}>" for name in _placeholders(english)}
        said = translate(Message(english, **values))
        assert [name for name in _placeholders(words) if str(values[name]) not in said and name != "code"] == []
        if code == "fr":
            assert not re.search(r"\s(?<![\u00a0\u202f])[:;!?»]|«(?!\u00a0)", re.sub("`[^`]*`", "", said)), said


def test_english_is_what_the_source_says() -> None:
    """A message compares, sorts and prints as its English text, and a language without a file reads it."""
    message = Message("unknown {kind} {id!r}", kind="actor", id="pier")
    assert message == "unknown actor 'pier'"
    assert load_translation("xx")(message) == load_translation(ENGLISH)(message) == message
    assert Message("a {brace} that is not filled") == "a {brace} that is not filled"


@given(st.text())
def test_values_are_never_templates(text: str) -> None:
    """What an author writes is shown as it is, braces and all."""
    message = Message("unknown actor {id!r}", id=text)
    assert load_translation("fr")(message) == f"«\u00a0{text}\u00a0» ne désigne aucun acteur"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_problem_of_every_case_is_translated(code: str, tmp_path: Path) -> None:
    """No rule, and nothing that reads files, says a word that a language lacks."""
    templates, lacking, count = _templates(code), set(), 0
    for number, path in enumerate(CHECKED):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        _, problems = checked_corpus(write_corpus(tmp_path / str(number), {**BASE, **case["files"]}), "en")
        for problem in problems:
            if not problem.message.startswith("TODO"):  # which the author wrote
                lacking |= {*_untranslated(problem.message, templates), *_untranslated(problem.hint, templates)}
            count += 1
    assert count > 200
    assert lacking == set()


@pytest.mark.parametrize("model", [*REGISTRIES.values(), Briefing], ids=lambda model: model.__name__)
def test_pydantic_is_never_quoted(model: type) -> None:
    """A value of any wrong shape, in any field, is told in our words."""
    shapes = [
        "",
        "x",
        "x" * 5000,
        "9" * 5000,
        "-1",
        [],
        ["x"],
        [[]],
        {},
        {"x": "y"},
        ["x"] * 600,
        [{}],
        [{"x": []}],
        {"en": []},
    ]
    nested = [[dict.fromkeys(("date", "figures", "evidence", "event", "actors"), shape)] for shape in shapes]
    templates = _templates("fr")
    for name in model.model_fields:
        for shape in [*shapes, *nested]:
            try:
                model.model_validate({"id": "x", name: shape}, context={"lang": "en"})
            except ValidationError as error:
                for each in error.errors(include_url=False):
                    if each["type"] != "literal_error":  # told with the words that are known
                        assert _untranslated(schema_message(each), templates) == [], each


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    """The promise at the head of the file holds: the lines, or the document, and the status."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    files = {**BASE, **(VERIFIED if case.get("verified") else {}), **case["files"]}
    result = call_hooks(*case["command"].split(), write_corpus(tmp_path / "briefings", files))
    assert (result.returncode, result.stderr) == (case["status"], "")
    found = json.loads(result.stdout) if "json" in case["command"] else result.stdout.splitlines()
    assert found == case["expected"]


@pytest.mark.parametrize(("site", "spoken"), [("fr", "fr"), ("en", "en"), ("xx", "en")])
def test_messages_are_in_the_sites_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: str, spoken: str
) -> None:
    """Without `--lang` a command speaks the site's default language, or English where they are not translated."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, "actors/x.yml": "kind: person\n"})
    (tmp_path / "mkdocs.yml").write_text(f"theme: {{name: material, language: {site}}}\n")
    monkeypatch.setattr("commands.project.ROOT", tmp_path)
    monkeypatch.delenv(VARIABLE)
    assert call_hooks("check", folder).stdout == call_hooks("check", "--lang", spoken, folder).stdout
    assert call_hooks("check", "--lang", "fr", folder).stdout != call_hooks("check", "--lang", "en", folder).stdout


def test_the_build_says_the_same(tmp_path: Path) -> None:
    """A build prints the lines of `check`, in the language that is asked for."""
    project = copy_sample(tmp_path / "project")
    replace_text(project / "briefings/issues/armed-role.yml", "short: {fr: Rôle armé, en: Armed role}", "shrt: x")
    build = run_hooks(project, "build", "--lang", "fr")
    said = (build.stdout + build.stderr).splitlines()
    lines = call_hooks("check", "--lang", "fr", project / "briefings").stdout.splitlines()
    assert [line for line in said if line.startswith("briefings/")] == lines
    assert any("le site ne peut pas être construit" in line for line in said)
    assert "champ inconnu (vouliez-vous dire «\u00a0short\u00a0»\u202f?)" in lines[1]


def test_serve_shows_problems_in_the_language_of_the_page() -> None:
    """The page that stands in for another speaks that page's language."""
    problem = Problem(Where("briefings/2020/x.yml"), "title", "missing")
    assert "title: manque" in problems_page("", [problem], load_language("fr")).html
    assert "title: missing" in problems_page("", [problem], load_language("en")).html


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["check", "--format", "json", "nowhere"], 2, "no such folder"),
        (["verify", "--format=json", "--check", "--sign", "key"], 2, "--check writes nothing"),
        (["check", "--format", "json", "--unknown"], 2, "unrecognized arguments"),
        (["check", "--strikt", "--format", "json"], 2, "unrecognized arguments"),
    ],
)
def test_a_call_that_cannot_be_taken_gives_a_document(arguments: list[str], status: int, said: str) -> None:
    """Whoever asks for a document gets one, and only one, whatever is wrong with the call."""
    result = call_hooks(*arguments)
    document = json.loads(result.stdout)
    assert document["status"] == result.returncode == status
    (problem,) = document["problems"]
    assert said in problem["message"]
    assert (problem["file"], problem["line"], problem["column"]) == (None, None, None)


@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_a_command_that_fails_early_says_why(format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps a command from its work is told in every format: here a configuration that cannot be read."""
    problem = Problem(Where("mkdocs.yml", 3), "theme.language", "missing")

    def fail(*_: object) -> None:
        raise ConfigurationError(problem)

    monkeypatch.setattr("commands.check.site_language", fail)
    result = call_hooks("check", "--format", format, write_corpus(tmp_path / "briefings", BASE))
    assert result.returncode == 1
    if format == "json":
        assert [each["field"] for each in json.loads(result.stdout)["problems"]] == ["theme.language"]
    elif format == "github":
        assert result.stdout == "::error file=mkdocs.yml,line=3,col=1::theme.language: missing\n"
    else:
        assert result.stdout == f"{problem}\n"


def test_a_lock_that_cannot_be_written_is_in_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure without a place in a file is a problem of the document, and an annotation without a place."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    monkeypatch.setattr("commands.verify.write_whole", refuse)
    (problem,) = json.loads(call_hooks("verify", "--lang", "fr", "--format", "json", folder).stdout)["problems"]
    assert problem["message"] == "le verrou ne peut pas être écrit\u00a0: plus de place sur le disque"
    annotation = "::error::verify: the lock cannot be written: No space left on device"
    assert annotation in call_hooks("verify", "--format", "github", folder).stdout.splitlines()


def _github(problems: list[Problem], capsys: pytest.CaptureFixture[str]) -> list[str]:
    output = GithubOutput("check", str)
    output.report(problems)
    output.finish(1)
    return capsys.readouterr().out.splitlines()


def _problems(errors: int, warnings: int = 0) -> list[Problem]:
    return [
        Problem(
            Where("briefings/2020/x.yml", line), "title", "missing", severity="error" if line <= errors else "warning"
        )
        for line in range(1, errors + warnings + 1)
    ]


def test_as_many_annotations_as_github_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten of a severity are shown; of more, nine and their count, and the others follow as plain lines."""
    lines = _github(_problems(MOST_ANNOTATIONS, MOST_ANNOTATIONS), capsys)
    assert len([line for line in lines if re.match("::(error|warning) file=", line)]) == len(lines) == 20
    lines = _github(_problems(MOST_ANNOTATIONS + 1, 2), capsys)
    assert [line.split(" ")[0] for line in lines] == [
        *["::error"] * 9,
        "::error::and",
        "briefings/2020/x.yml:10:1:",
        "briefings/2020/x.yml:11:1:",
        *["::warning"] * 2,
    ]
    assert lines[9] == "::error::and 2 more: see the job's summary"


def test_the_summary_has_all_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The job's summary gets a table of all problems, after what is there; without problems it gets nothing."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _github([], capsys)
    assert summary.read_text(encoding="utf-8") == "before\n"
    _github(_problems(30), capsys)
    lines = summary.read_text(encoding="utf-8").splitlines()
    assert lines[:5] == [
        "before",
        "### `python hooks check`",
        "",
        "| Place | Field | What is wrong | What to do |",
        "|---|---|---|---|",
    ]
    assert len(lines) == 5 + 30 + 1
    assert lines[5] == r"| briefings\/2020\/x\.yml\:1\:1 | title | missing |  |"


def test_a_summary_has_an_end() -> None:
    """A summary is no larger than GitHub takes, and says how many problems it leaves out."""
    output = GithubOutput("check", str)
    output.report([Problem(Where(f"{'x' * 5000}.yml", line), "title", "missing") for line in range(500)])
    summary = output.summary()
    assert len(summary.encode()) < MOST_SUMMARY_BYTES + 10_000 < 1 << 20
    left_out = int(re.search(r"and (\d+) more in other files", summary)[1])
    assert summary.count(r"title") + left_out == 500


@given(st.text(), st.text(), st.text())
def test_nothing_in_a_problem_acts_on_github(name: str, field: str, words: str) -> None:
    """A file's name and an author's words can neither end an annotation or a cell, nor begin anything."""
    output = GithubOutput("check", str)
    problem = Problem(Where(f"briefings/{name}"), field, Message("unknown actor {id}", id=words), words)
    annotation = output._annotation(problem)
    place, data = re.fullmatch(r"::error file=([^:,\n\r]*),line=1,col=1::([^\n\r]*)", annotation).groups()
    undo = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
    assert re.sub("%..", lambda found: undo[found[0]], place) == printable(f"briefings/{name}")
    assert re.sub("%..", lambda found: undo[found[0]], data).startswith(printable(f"{field}: " if field else "unknown"))
    output.report([problem])
    row = output.summary().splitlines()[-2]
    cells = re.fullmatch(r"\| ((?:\\[!-/:-@\[-`{-~]|[^!-/:-@\[-`{-~])*)" * 4 + r"\|", row)
    assert cells, row
    assert [re.sub(r"\\(.)", r"\1", cell).removesuffix(" ") for cell in cells.groups()] == [
        printable(cell) for cell in (str(problem.where), field, problem.message, words)
    ]


def test_exceptions_explain_themselves() -> None:
    """An exception's message can be translated, whether it is ours or the operating system's."""
    french = load_translation("fr")
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "pier.txt")
    assert explain(missing) == "pier.txt: No such file or directory"
    assert french(explain(missing)) == "pier.txt\u00a0: le fichier n’existe pas"
    large = OSError(errno.EFBIG, Message("larger than {most} MiB", most=32))
    assert (explain(large), french(explain(large))) == ("larger than 32 MiB", "plus de 32 Mio")
    assert french(explain(ValueError("nothing visible"))) == "rien de visible"
    assert french(explain(ValueError(3))) == "3"
