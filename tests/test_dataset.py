"""The published data: every format says the same, as others read it, and nothing that is not ours to say."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import SAMPLE
from support.corpora import BASE, write_corpus
from support.filling import hints, strings_in
from support.pages import read_pages
from support.published import answers, invalid, query, read_rows, write_data
from support.sample import EVE, NEXT_DAY, sample_atlas, sample_corpus
from verbatim.checks import checked_corpus
from verbatim.exports.dataset import dataset_files, records
from verbatim.exports.dataset.columns import Column
from verbatim.exports.dataset.csv_files import defuse, restore
from verbatim.exports.dataset.questions import questions
from verbatim.exports.dataset.schemas import about, about_table
from verbatim.exports.dataset.tables import TABLES
from verbatim.model.dates import parse_edtf
from verbatim.model.entities import Actor, Briefing, Event, EventAddition, Issue, Position, Quotation, Source
from verbatim.pages.documentation import data_view
from verbatim.publishing.editions import ConfigurationError, licence_of
from verbatim.views.addresses import Licence, Site
from verbatim.views.atlas import build_atlas
from verbatim.wording.catalogue import read_catalogues
from verbatim.wording.language import load_language

FRENCH = load_language("fr")
LICENCE = Licence("CC0-1.0", "https://example.org/licence/")
SITE = Site("Sextant", "https://example.org/", editions=(("fr", ""), ("en", "en/")), licence=LICENCE)
MONTH = "2021-05"


def made(site: Site = SITE, **fields: Any) -> dict[str, bytes]:
    """The files of the sample's data."""
    return dict(dataset_files(replace(sample_atlas(), **fields), [], FRENCH, site))


@cache
def sample_files() -> dict[str, bytes]:
    return made()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's data."""
    return write_data(tmp_path_factory.mktemp("data"), sample_files())


# ---- JSON ---------------------------------------------------------------------------------------------------------


def test_every_file_is_as_its_schema_says(api: Path) -> None:
    """Each JSON file is valid by the schema that it names, and each schema by its own."""
    assert invalid(api) == []
    assert len(list(api.rglob("*.json"))) > 50


def test_a_schema_refuses_what_the_data_never_say(tmp_path: Path) -> None:
    """A wrong stance, a missing id, a date that is none, and a column that nobody declared are invalid."""
    names = ("api/v1/positions.json", *(name for name in sample_files() if "/schema/" in name))
    for spoil in (
        lambda row: row.update(stance="strongly for"),
        lambda row: row.pop("id"),
        lambda row: row.update(date="yesterday"),
        lambda row: row.update(updated="24 May 2021"),
        lambda row: row.update(opinion="ours"),
    ):
        copy = write_data(tmp_path, {name: sample_files()[name] for name in names})
        whole = json.loads((copy / "positions.json").read_text("utf-8"))
        spoil(whole["rows"][0])
        (copy / "positions.json").write_text(json.dumps(whole), "utf-8")
        assert len(invalid(copy, "positions.json")) == 1


def test_every_record_is_there_once(api: Path) -> None:
    """The tables have the records of what is published, each once, and the index counts them and names their files."""
    corpus = sample_corpus().published()
    expected = {
        "briefings": corpus.briefings,
        "actors": corpus.actors,
        "issues": corpus.issues,
        "sources": corpus.sources,
        "positions": [each.id for briefing in corpus.briefings.values() for each in briefing.positions],
        "quotations": [each.id for briefing in corpus.briefings.values() for each in briefing.quotations],
        "events": [e.id for briefing in corpus.briefings.values() for e in briefing.events if isinstance(e, Event)],
    }
    index = json.loads((api / "index.json").read_text("utf-8"))
    assert [table["name"] for table in index["tables"]] == [table.name for table in TABLES]
    for table in index["tables"]:
        rows = read_rows(api, table["name"])
        assert len(rows) == table["rows"] > 0
        if table["name"] in expected:
            assert sorted(row["id"] for row in rows) == sorted(expected[table["name"]])
        for path in (table["json"], table["schema"], *table["csv"]):
            assert (api / path).is_file()
        if "each" in table:
            for row in rows:
                one = json.loads((api / table["each"].format(id=row["id"])).read_text("utf-8"))
                assert {key: one[key] for key in row} == row
    assert index["updated"] == "2021-05-25"
    assert index["licence"] == {"name": "CC0-1.0", "url": "https://example.org/licence/"}


def test_a_position_in_the_models_words(api: Path) -> None:
    """A position has the model's words, a date with its bounds, the party by its id, and its evidence."""
    [row] = [row for row in read_rows(api, "positions") if row["id"] == "anna-merlow-armed-role-2021-05-19"]
    assert row == {
        "id": "anna-merlow-armed-role-2021-05-19",
        "briefing": "patrol-meets-resistance-2021-05-19",
        "actor": "anna-merlow",
        "issue": "armed-role",
        "stance": "against",
        "modality": "reported",
        "said_by": "source/coast-herald-2021-05-19",
        "summary": {
            "fr": "Elle exclut que l'ARPO y prenne un rôle armé.",
            "en": "She rules out that ORPA takes on an armed role in it.",
        },
        "date": "2021-05-10/2021-05-16",
        "date_first": "2021-05-10",
        "date_last": "2021-05-16",
        "date_text": "last week",
        "date_basis": "derived",
        "evidence": [{"source": "coast-herald-2021-05-19", "locator": "paragraph 3"}],
        "independent_sources": 1,
        "updated": "2021-05-19",
        "page": "briefings/patrol-meets-resistance-2021-05-19/#position-anna-merlow-armed-role-2021-05-19",
    }


def test_the_file_of_an_actor_has_what_it_holds(api: Path) -> None:
    """It has the actor's positions, what holds when, each change of stance, and its pages in each language."""
    actor = json.loads((api / "actors" / "orpa.json").read_text("utf-8"))
    assert actor["pages"] == {"fr": "https://example.org/actors/orpa/", "en": "https://example.org/en/actors/orpa/"}
    assert {row["actor"] for row in actor["positions"]} == {"orpa"}
    assert actor["positions"] == [row for row in read_rows(api, "positions") if row["actor"] == "orpa"]
    turns = {(row["issue"], row["stance_before"], row["stance_after"]) for row in actor["stance_changes"]}
    assert ("joining-the-patrol", "undecided", "for") in turns
    assert {row["issue"] for row in actor["standings"]} == {row["issue"] for row in actor["positions"]}


def test_updated_is_the_day_of_a_briefing() -> None:
    """A row's day is that of the newest briefing that speaks of it, or of that briefing's update; no clock counts."""
    assert made() == made(events=build_atlas(sample_corpus().published(), date(2099, 1, 1)).events)
    days = {row["id"]: row.get("updated") for row in _rows("actors")}
    assert days["valdoria"] == "2021-05-25"
    assert days["black-zenith"] == "2021-05-24"
    assert _row("events", "orane-summit-2021-05-25")["updated"] == "2021-05-25"
    corpus = sample_corpus().published()
    late = corpus.briefings[EVE].model_copy(
        update={"updates": [corpus.briefings[NEXT_DAY].updates[0].model_copy(update={"date": _day("2021-06-02")})]}
    )
    atlas = build_atlas(replace(corpus, briefings={**corpus.briefings, EVE: late}), date(2022, 1, 1))
    files = dict(dataset_files(atlas, [], FRENCH, SITE))
    assert {row["updated"] for row in _rows("positions", files) if row["briefing"] == EVE} == {"2021-06-02"}


def test_selectors_of_quotations(tmp_path: Path) -> None:
    """Each passage has a selector; the words around are given where the source's text is public, and only there."""
    source = BASE["sources/harbour-gazette.yml"]
    found = {}
    for text in ("public", "private", "none"):
        files = {**BASE, "sources/harbour-gazette.yml": re.sub(r"text: \w+", f"text: {text}", source)}
        corpus, _ = checked_corpus(write_corpus(tmp_path / text, files), "en")
        briefing = next(iter(corpus.briefings.values()))
        quoted = briefing.quotations[0].model_copy(
            update={"quote": "One side […] the other", "prefix": "On the", "suffix": "of it"}
        )
        changed = briefing.model_copy(update={"quotations": [quoted, *briefing.quotations[1:]]})
        atlas = build_atlas(replace(corpus, briefings={briefing.id: changed}), date(2022, 1, 1))
        written = dict(dataset_files(atlas, [], load_language("en"), Site("Harbours")))
        found[text] = next(r for r in _rows("quotations", written) if r["id"] == quoted.id)["selectors"]
    bare = [
        {"type": "TextQuoteSelector", "exact": "One side"},
        {"type": "TextQuoteSelector", "exact": "the other"},
    ]
    assert found == {
        "public": [{**bare[0], "prefix": "On the"}, {**bare[1], "suffix": "of it"}],
        "private": bare,
        "none": bare,
    }


def test_no_line_of_a_private_text_is_published() -> None:
    """Of a private text no five words in a row are in any file, but for those that are quoted."""
    ours = _words(" ".join(path.read_text("utf-8") for path in (SAMPLE / "briefings").rglob("*.yml")))
    texts = {text for table in TABLES for text in strings_in(_rows(table.name))}
    published = "|".join(map(_words, texts))
    for path in (SAMPLE / "private").glob("*.txt"):
        words = _words(path.read_text("utf-8")).split()
        runs = [" ".join(words[start : start + 5]) for start in range(len(words) - 4)]
        unquoted = [run for run in runs if f" {run} " not in ours]
        assert len(unquoted) > 10
        assert [run for run in unquoted if f" {run} " in published] == []


def _words(text: str) -> str:
    """In lower case, without punctuation, between blanks."""
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def test_long_tables_are_in_parts_by_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that would be too long names its parts, which have its rows; questions are answered from them, too."""
    monkeypatch.setattr(records, "MOST_BYTES", 2000)
    api = write_data(tmp_path, made())
    assert invalid(api) == []
    for table in ("positions", "events", "quotations", "sources"):
        whole = json.loads((api / f"{table}.json").read_text("utf-8"))
        assert whole["rows"] == []
        assert all(re.fullmatch(rf"{table}-\d{{4}}\.json", part) for part in whole["parts"])
        assert sorted(row["id"] for row in read_rows(api, table)) == sorted(row["id"] for row in _rows(table))
    index = json.loads((api / "index.json").read_text("utf-8"))
    assert next(t["parts"] for t in index["tables"] if t["name"] == "events") == [
        f"events-{year}.json" for year in (1974, 1998, 2010, 2015, 2018, 2020, 2021)
    ]
    for question in questions(MONTH, f"{api.as_uri()}/"):
        found = answers(question, api)
        assert found["sql"] == found["jq"] == found["python"] != []


def test_the_default_edition_writes_for_all() -> None:
    """An edition in another language writes nothing; its page leads to the files at the root."""
    english = replace(SITE, url="https://example.org/en/", root="../")
    assert dict(dataset_files(sample_atlas(), [], load_language("en"), english)) == {}
    view = data_view(sample_atlas(), load_language("en"), english)
    assert view.folder == "../api/v1/"
    assert 'API = "https://example.org/api/v1/"' in view.questions[0].python


def test_the_same_input_gives_the_same_bytes() -> None:
    """Two runs give the same files; the database does not say which SQLite wrote it."""
    assert made() == sample_files()
    assert sample_files()["api/v1/data.sqlite"][96:100] == bytes(4)


def test_nothing_is_published_yet() -> None:
    """Without briefings, every file is there, valid and empty, without a day."""
    empty = build_atlas(replace(sample_corpus(), briefings={}).published(), date(2022, 1, 1))
    files = dict(dataset_files(empty, [], FRENCH, Site("Sextant")))
    assert {len(_rows(table.name, files)) for table in TABLES} == {0}
    assert "updated" not in json.loads(files["api/v1/index.json"])


# ---- CSV, SQLite, datapackage.json ----------------------------------------------------------------------------------


def _cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def test_csv_and_database_hold_the_same(api: Path) -> None:
    """Each CSV file has the rows of the table of its name, cell by cell, and there is one for every table."""
    tables = {name for (name,) in query(api, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {path.stem for path in (api / "csv").glob("*.csv")} == tables - {"about"}
    for table in sorted(tables - {"about"}):
        head, *rows = _cells((api / "csv" / f"{table}.csv").read_bytes())
        assert head == [row[1] for row in query(api, f'PRAGMA table_info("{table}")')]
        truth = {"true": "1", "false": "0"} if table == "quotations" else {}
        read = [[truth.get(cell, restore(cell)) for cell in row] for row in rows]
        stored = query(api, f'SELECT * FROM "{table}"')
        assert sorted(read) == sorted(["" if cell is None else str(cell) for cell in row] for row in stored)


def test_database_and_json_hold_the_same(api: Path) -> None:
    """The single values of a table's rows are in the database, and its lists in tables of their own."""
    for table in TABLES:
        columns = [
            column for column in table.all_columns if not column.columns and column.kind not in ("text", "prose")
        ]
        names = ", ".join(f'"{column.name}"' for column in columns)
        stored = query(api, f"SELECT {names} FROM {table.name}")
        rows = read_rows(api, table.name)
        key = repr
        assert sorted(stored, key=key) == sorted((tuple(row.get(c.name) for c in columns) for row in rows), key=key)
        for column in table.all_columns:
            if column.columns:
                [(count,)] = query(api, f"SELECT count(*) FROM {table.singular}_{column.name}")
                assert count == sum(len(row.get(column.name, ())) for row in rows)
            elif column.kind in ("text", "prose"):
                [(french,)] = query(api, f"SELECT count({column.name}_fr) FROM {table.name}")
                assert french == sum("fr" in row.get(column.name, {}) for row in rows)


def test_lists_inside_lists_name_both(api: Path) -> None:
    """The evidence of what a briefing adds to an event names the event and the addition."""
    assert query(api, "SELECT event, addition, number, quotation FROM event_addition_evidence") == [
        ("orane-summit-2021-05-25", 1, 1, "haldenberg-full-member"),
    ]


def test_the_database_is_sound(api: Path) -> None:
    """Every foreign key is declared and leads to a row, and SQLite finds nothing wrong."""
    assert query(api, "PRAGMA foreign_key_check") == []
    assert query(api, "PRAGMA integrity_check") == [("ok",)]
    keys = {row[2:5] for row in query(api, "PRAGMA foreign_key_list(positions)")}
    assert keys >= {("parties", "actor", "id"), ("issues", "issue", "id"), ("positions", "replaces", "id")}
    assert len(query(api, "PRAGMA foreign_key_list(event_addition_evidence)")) == 4  # two columns lead to the addition


def test_who_stands_where_is_what_the_pages_say(api: Path) -> None:
    """The view has the positions of the camps on each question's page, and no other."""
    atlas = sample_atlas()
    expected = {
        (issue, view.holder.key.split("/", 1)[1], camp.stance, view.position.id)
        for issue in atlas.corpus.issues
        for camp in atlas.camps(issue)
        for view in camp.positions
    }
    assert set(query(api, "SELECT issue, actor, stance, position FROM who_stands_where")) == expected
    assert ("ARPO", "ORPA", "Membre de la patrouille") in set(
        query(api, "SELECT actor_fr, actor_en, issue_fr FROM who_stands_where")
    )


def test_a_further_language_has_a_column() -> None:
    """A text in a language that the site has not is in a column of its own, only where there is one."""
    corpus = sample_corpus().published()
    source = corpus.sources["tide-gazette-2021-05"].model_copy(update={"title": {"de": "Gezeiten"}})
    changed = replace(corpus, sources={**corpus.sources, source.id: source})
    files = dict(dataset_files(build_atlas(changed, date(2022, 1, 1)), [], FRENCH, SITE))
    head, *rows = _cells(files["api/v1/csv/sources.csv"])
    assert [row[head.index("title_de")] for row in rows if row[0] == source.id] == ["Gezeiten"]
    assert "rights_de" not in head
    database = sqlite3.connect(":memory:")
    database.deserialize(files["api/v1/data.sqlite"])
    assert database.execute("SELECT title_de FROM sources WHERE title_de IS NOT NULL").fetchall() == [("Gezeiten",)]


def test_the_package_describes_the_csv_files(api: Path) -> None:
    """Frictionless reads every file as the package describes it: types, choices, keys and references."""
    from frictionless import Package, system  # a second to import

    package = json.loads((api / "datapackage.json").read_text("utf-8"))
    assert package["licenses"] == [{"name": "CC0-1.0", "path": "https://example.org/licence/"}]
    assert {r["path"] for r in package["resources"]} == {
        *(f"csv/{path.name}" for path in (api / "csv").iterdir()), "data.sqlite",
    }  # fmt: skip
    package["resources"] = [r for r in package["resources"] if r["format"] == "csv"]  # the other one is no table
    with system.use_context(trusted=True):
        report = Package(package, basepath=str(api)).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(package["resources"])


STARTS = tuple("=+-@\t\r＝＋－＠")


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n;' ＝＋－＠a1\"")))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """No cell does, nor what follows a semicolon, a tab or a line break in it; and the text can be had back."""
    safe = defuse(text)
    assert not safe.startswith(STARTS)
    assert [part for part in re.split("[;\t\r\n]", safe) if part.lstrip(" ").startswith(tuple("=+-@＝＋－＠"))] == []
    assert restore(safe) == text


@given(st.text())
def test_any_text_can_be_had_back(text: str) -> None:
    """Whatever a cell is made safe from, taking the apostrophes away gives the text."""
    assert restore(defuse(text)) == text


# ---- The list -------------------------------------------------------------------------------------------------------

LEFT_OUT = {"different_from", "voices"}
"""`different_from` is for authors, and may name what is not published; voices are parties."""

RENAMED = {"from_": "from", "withdrawn": "withdrawn", "event": "event", "prefix": "selectors", "suffix": "selectors"}


def test_every_field_of_the_model_is_published() -> None:
    """A field that is added to the model is in a table, or left out on purpose."""
    columns = {table.name: {column.name for column in table.all_columns} for table in TABLES}
    for model, names in (
        (Briefing, columns["briefings"] | {"positions", "events", "quotations"}),
        (Actor, columns["actors"]),
        (Issue, columns["issues"]),
        (Source, columns["sources"]),
        (Position, columns["positions"]),
        (Event, columns["events"]),
        (Quotation, columns["quotations"]),
        (EventAddition, {c.name for c in _column("events", "additions").columns} | {"event"}),
    ):
        fields = {RENAMED.get(name, name) for name in hints(model)} - LEFT_OUT
        assert fields - names == set(), model.__name__
    assert {each.name for each in _column("actors", "roles").columns} == {
        "title",
        "organisation",
        "from",
        "to",
        "evidence",
    }


@pytest.mark.parametrize("code", sorted(read_catalogues()[0]))
def test_every_column_has_its_words(code: str) -> None:
    """Each table and each column, those inside lists too, is described in every language."""
    language = load_language(code)
    for table in TABLES:
        assert about_table(language, table)
        for column in chain.from_iterable(_all(column) for column in table.all_columns):
            assert about(language, table, column)


def _all(column: Column) -> list[Column]:
    return [column, *chain.from_iterable(_all(each) for each in column.columns)]


def _column(table: str, name: str) -> Column:
    [found] = [each for each in next(t for t in TABLES if t.name == table).columns if each.name == name]
    return found


# ---- The page -------------------------------------------------------------------------------------------------------


def test_samples_are_rows_of_the_data() -> None:
    """Each table's sample is one of its rows, and has a file where rows have files."""
    view = data_view(sample_atlas(), load_language("en"), SITE)
    for table in view.tables:
        sample = json.loads(table.sample)
        assert sample in _rows(table.name)
        assert table.count == len(_rows(table.name))
        if table.each:
            assert json.loads(sample_files()[f"api/v1/{table.each}"])["id"] == sample["id"]
        for path in (table.json, table.schema, *table.csv):
            assert f"api/v1/{path}" in sample_files()


@pytest.mark.parametrize("name", ["changed-position", "one-source", "never-came"])
def test_questions_are_answered_alike(api: Path, name: str) -> None:
    """SQL, jq and Python give the same answers, and there are some."""
    [question] = [each for each in questions(MONTH, f"{api.as_uri()}/") if each.name == name]
    found = answers(question, api)
    assert found["sql"] == found["jq"] == found["python"] != []


def test_the_answers_are_right(api: Path) -> None:
    """Whose stance changed, what rests on one source, and what did not come, as the sample has it."""
    changed, alone, never = (answers(each, api)["sql"] for each in questions(MONTH, f"{api.as_uri()}/"))
    turns = [(row[1], row[2], row[3], row[4]) for row in changed]
    assert ("orpa", "joining-the-patrol", "undecided", "for") in turns
    assert ("valdoria", "joining-the-patrol", "reserved", "for") in turns
    assert not any(actor == "anna-merlow" for actor, *_ in turns)
    assert ["positions", "anna-merlow-armed-role-2021-05-19", "coast-herald-2021-05-19"] in alone
    assert "orpa-armed-role-2021-05-25" not in {id for _, id, _ in alone}
    assert [row[0] for row in never] == ["keepers-feast"]
    independent = query(
        api,
        "SELECT position, count(DISTINCT coalesce(origin, source)) FROM position_evidence "
        "JOIN sources ON sources.id = source GROUP BY position",
    )
    assert set(independent) == set(query(api, "SELECT id, independent_sources FROM positions"))


def test_pages_and_data_lead_to_each_other(site: Path) -> None:
    """Each row's page is in both languages, at its anchor; and each page of a record leads to its file and back."""
    pages = read_pages(site)
    for table in TABLES:
        for row in _rows(table.name):
            if "page" in row:
                path, anchor = urldefrag(row["page"])
                for root in ("/", "/en/"):
                    assert not anchor or anchor in pages[f"{root}{path}"].ids
    built = site / "api" / "v1"
    for table in ("briefings", "actors", "issues", "sources"):
        for row in read_rows(built, table):
            for lang, folder in (("fr", ""), ("en", "en/")):
                text = (site / folder / row["page"] / "index.html").read_text("utf-8")
                [link] = re.findall(r'<link rel=" alternate" type="application/json" href="([^"]+)"', text)
                one = json.loads((site / folder / row["page"] / link).read_text("utf-8"))
                assert (one["id"], one["pages"][lang]) == (row["id"], f"{folder}{row['page']}")
                assert text.count(f'href="{link}"') == 2


# ---- The licence ----------------------------------------------------------------------------------------------------


def test_the_licence_is_the_projects() -> None:
    """What `extra.licence` names is the licence; without one none is claimed."""
    config = Path("mkdocs.yml")
    assert licence_of(config, {"licence": {"name": LICENCE.name, "url": LICENCE.url}}) == LICENCE
    assert licence_of(config, {}) is None
    files = made(replace(SITE, licence=None))
    assert "licence" not in json.loads(files["api/v1/index.json"])
    assert "licenses" not in json.loads(files["api/v1/datapackage.json"])


@pytest.mark.parametrize(
    "licence",
    ["CC0-1.0", {"name": "CC0-1.0"}, {"name": "X", "url": "javascript:x"}, {"name": "", "url": "https://x.y"}, []],
)
def test_a_licence_that_is_none_is_a_problem(licence: object) -> None:
    """It is reported with its file and what to write; nothing is published under it."""
    with pytest.raises(ConfigurationError) as raised:
        licence_of(Path("mkdocs.yml"), {"licence": licence})
    assert str(raised.value).startswith("mkdocs.yml:1:1: extra.licence: expected a name and an address (such as ")


def _rows(table: str, files: dict[str, bytes] | None = None) -> list[dict[str, Any]]:
    return json.loads((files or sample_files())[f"api/v1/{table}.json"])["rows"]


def _row(table: str, id: str) -> dict[str, Any]:
    [found] = [row for row in _rows(table) if row["id"] == id]
    return found


def _day(text: str) -> Any:
    return parse_edtf(text)
