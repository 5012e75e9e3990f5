"""The schema for editors: it is what the model says, and it refuses what `check` refuses of a single file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES, ROOT, SAMPLE, TESTS
from support.corpora import BASE, VERIFIED, read_files, write_corpus
from support.editing import SCHEMAS, accepts, as_editors_read, kind_of, marks, marks_of_texts
from support.projects import call_hooks, copy_sample
from verbatim.authoring.editor_schema import IDS, KINDS, editor_schemas, ids_schema, known_ids, modeline
from verbatim.authoring.formatting import format_text
from verbatim.model.dates import parse_edtf
from verbatim.model.entities import Briefing, Source
from verbatim.model.references import references_in
from verbatim.problems import fatal
from verbatim.reading.loading import load_corpus
from verbatim.reading.strict_yaml import parse

FILES = sorted(path for folder in ("yaml", "schema", "checks") for path in (CASES / folder).glob("*.yml"))

FILE = re.compile(r"(sources|actors|issues|[0-9]{4})/[^.].*\.yml")

DIFFERENT = {
    ("no-is-a-word", "actors/port-council.yml"): "that `~` and `null` are words here",
}
"""Case and file in which an editor marks what loading does not refuse, or the other way round; what it cannot know."""

NAME_OF_FILE = ("id", 1, 1)
"""Where a problem stands that is one of the file's name, which no schema sees."""

DATES = yaml.safe_load((CASES / "dates.yml").read_text(encoding="utf-8"))["accepted"]
DATE = r"([0-2]\d{2}[\dX](-[01]\d(-[0-3]\d)?)?[~?%]?|\.\.)(/([0-2]\d{3}(-[01]\d)?|\.\.))?"
AS_SOMEBODY = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def test_the_committed_schemas_are_those_of_the_model() -> None:
    """`python hooks schema` has been run since the model was changed; the ids are the author's own."""
    made = {name: text for name, text in editor_schemas().items() if name != IDS}
    committed = {name: (SCHEMAS / name).read_text(encoding="utf-8") for name in made}
    assert committed == made


@pytest.mark.parametrize("path", sorted((SAMPLE / "briefings").glob("*/*.yml")), ids=lambda path: path.stem)
def test_a_sound_file_has_no_marks(path: Path) -> None:
    """The schema refuses nothing in a file of the sample."""
    assert marks(f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("files", [BASE, {**BASE, **VERIFIED}, read_files(CASES / "every-field.yml")])
def test_every_field_is_known(files: dict[str, str]) -> None:
    """The schema refuses no field of the model."""
    assert [mark for name, text in files.items() if name.endswith(".yml") for mark in marks(name, text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_editors_mark_what_check_refuses(path: Path, tmp_path: Path) -> None:
    """A file of a golden case is refused by the schema where loading refuses its content, and nowhere else."""
    files = yaml.safe_load(path.read_text(encoding="utf-8"))["files"]
    for name, text in files.items():
        document, problems = parse(text.encode("utf-8", "surrogatepass"), name)
        if not FILE.fullmatch(name) or not document or fatal(problems, strict=False):
            continue  # no file of ours, or no YAML of ours: no schema is asked
        _, problems = load_corpus(write_corpus(tmp_path / name.replace("/", "-") / "briefings", {name: text}), "en")
        errors = [each for each in problems if each.severity == "error"]
        known = [each for each in errors if (each.field, each.where.line, each.where.column) != NAME_OF_FILE]
        expected = bool(known) != ((path.stem, name) in DIFFERENT)
        assert bool(marks(name, text)) == expected, (name, errors, marks(name, text))
        assert bool(marks_of_texts(name, text)) == bool(known), (name, errors)


@given(st.one_of(st.sampled_from([str(row[0]) for row in DATES]), st.from_regex(DATE, fullmatch=True)))
def test_a_date_that_is_one_has_no_mark(text: str) -> None:
    """The pattern of dates lets every date pass that we read, whatever an editor takes it for."""
    try:
        parse_edtf(text)
    except ValueError:
        return
    assert accepts("date", text)
    assert accepts("date", as_editors_read(text))


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_draft_may_say_todo(status: str) -> None:
    """TODO in the place of a value, an item or a list has a mark in what is published, and none in a draft."""
    text = BASE["2020/pier.yml"].replace("published", status)
    for value in ("stance: for", "date: 2020-03-01", "evidence: [we-need-it]", "speaker: ada-brun", "modality: stated"):
        field = value.split(":")[0]
        assert bool(marks("2020/pier.yml", text.replace(value, f"{field}: TODO decide"))) == (status == "published")
    item = text.replace("[we-need-it]", "[we-need-it, TODO]")
    assert bool(marks("2020/pier.yml", item)) == (status == "published")


def test_known_ids_are_offered_and_others_allowed() -> None:
    """Every reference of the sample is among the ids on offer, with its name; an unknown one is no mistake yet."""
    corpus, _ = load_corpus(SAMPLE / "briefings", "fr", texts=False)
    ids = known_ids(corpus, "fr")
    named = {(kind, id) for record in corpus.records() for _, kind, id in references_in(record)}
    voices = {voice.id for briefing in corpus.briefings.values() for voice in briefing.voices}
    assert {(kind, id) for kind, id in named if kind != "quotation" and id not in ids[kind]} <= {
        (kind, id) for kind in ("party", "speaker") for id in voices
    }
    assert ids["actor"]["brumelia"] == corpus.actors["brumelia"].name["fr"]
    text = BASE["2020/pier.yml"]
    assert marks("2020/pier.yml", text, ids_schema(ids)) == []
    assert marks("2020/pier.yml", text.replace("actor: ada-brun", "actor: Ada Brun"), ids_schema(ids)) != []


def test_a_modeline_leads_from_its_file_to_the_schema() -> None:
    """The first two lines name one schema, by its path from the file."""
    file = ROOT / "briefings" / "2020" / "pier.yml"
    first, second = modeline("briefing", file, SCHEMAS).splitlines()
    assert first == "# yaml-language-server: $schema=../../schemas/briefing.json"
    assert second == "# $schema: ../../schemas/briefing.json"


def test_the_folders_settings_name_every_schema() -> None:
    """Opened as a folder, the project gives each file of briefings its schema, and no other file one."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert set(settings) == {f"./schemas/{kind}.json" for kind in KINDS}
    files = [path.relative_to(ROOT).as_posix() for path in (SAMPLE / "briefings").glob("*/*.yml")]
    for name in files:
        kinds = [schema for schema, globs in settings.items() for glob in globs if fnmatch(name, glob)]
        assert kinds == [f"./schemas/{kind_of(name.split('/')[-2])}.json"], name


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project under git, all of it committed."""
    project = copy_sample(tmp_path / "project")
    shutil.copytree(SCHEMAS, project / "schemas")
    for arguments in (["init", "-q"], ["add", "-A"], [*AS_SOMEBODY, "commit", "-qm", "All"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    return project


def test_ids_stay_on_the_authors_disk(repository: Path) -> None:
    """`schema --ids` writes the ids where the schemas look them up; git sees no change, before and after `schema`."""

    def changes() -> str:
        return subprocess.run(
            ["git", "status", "-s"], cwd=repository, capture_output=True, text=True, check=True
        ).stdout

    ids = repository / "schemas" / IDS
    empty = ids.read_text(encoding="utf-8")
    assert call_hooks("schema", "--ids", repository / "briefings").returncode == 0
    assert "brumelia" in ids.read_text(encoding="utf-8")
    assert changes() == ""
    assert call_hooks("schema", repository / "briefings").returncode == 0
    assert (ids.read_text(encoding="utf-8"), changes()) == (empty, "")


def test_a_draft_names_its_schema_and_meets_it(tmp_path: Path) -> None:
    """The first line of what `draft` writes leads to the schema of its kind, which marks nothing in it."""
    folder = shutil.copytree(SAMPLE / "briefings", tmp_path / "briefings")
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    article = TESTS / "drafting" / "greve-port-peage" / "article.txt"
    options = ("--date", "2021-06-02", "--lang", "fr", "--source-id", "tolls", "--into", folder)
    assert call_hooks("draft", article, *options).returncode == 0
    for name, kind in (("sources/tolls.yml", "source"), ("2021/tolls.yml", "briefing")):
        text = (folder / name).read_text(encoding="utf-8")
        schema = (folder / name).parent / text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve() == tmp_path / "schemas" / f"{kind}.json"
        assert marks(name, text) == []
        assert format_text(text, {"source": Source, "briefing": Briefing}[kind])[1] == []
