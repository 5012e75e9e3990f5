"""Languages: a configuration, a catalogue and pages define a language; no other code names one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from support import CASES
from verbatim.publishing.editions import ConfigurationError, default_language, edition_of, find_editions
from verbatim.reading.loading import load_corpus
from verbatim.wording.language import load_languages

BASE = yaml.safe_load((CASES / "base.yml").read_text(encoding="utf-8"))["files"]


def write_files(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


# ---- The language of a plain text -----------------------------------------------------------------------------


def test_a_plain_text_is_in_its_files_language(tmp_path: Path) -> None:
    """Plain texts are in the `lang` of their file; those of actors and issues, which have none, are in the default."""
    files = {**BASE, "sources/harbour-gazette.yml": BASE["sources/harbour-gazette.yml"].replace("lang: en", "lang: nl")}
    corpus, problems = load_corpus(write_files(tmp_path, files), "es")
    assert problems == []
    assert corpus.sources["harbour-gazette"].title == {"nl": "Harbour Gazette"}
    assert corpus.briefings["pier"].title == {"en": "A pier for the port"}
    assert corpus.actors["port-council"].name == {"es": "Port Council"}
    assert corpus.issues["new-pier"].short == {"es": "New pier"}


# ---- The languages of a project -------------------------------------------------------------------------------

CONFIGURATIONS = {
    "theme: {name: material, language: es}\n": "es",
    "site_url: !ENV [SITE_URL, '']\ntheme:\n  language: nl\n": "nl",
    "theme: material\n": "en",
    "site_name: Gazette\n": "en",
}


@pytest.mark.parametrize(("configuration", "lang"), CONFIGURATIONS.items())
def test_the_default_language_is_the_themes(tmp_path: Path, configuration: str, lang: str) -> None:
    """`mkdocs.yml` sets the default language; otherwise Material's default holds."""
    write_files(tmp_path, {"mkdocs.yml": configuration, "mkdocs.de.yml": "INHERIT: mkdocs.yml\n"})
    assert default_language(tmp_path) == lang
    assert [(edition.lang, edition.folder) for edition in find_editions(tmp_path)] == [(lang, ""), ("de", "de/")]


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({}, "mkdocs.yml:1:1: cannot be read: No such file or directory"),
        ({"mkdocs.yml": "theme: [\n"}, "mkdocs.yml:2:1: did not find expected node content"),
        (
            {"mkdocs.yml": "theme: material\n"},
            "other.yml:1:1: belongs to no language (name it mkdocs.yml or mkdocs.<code>.yml)",
        ),
    ],
)
def test_a_configuration_without_a_language_is_a_problem(tmp_path: Path, files: dict[str, str], line: str) -> None:
    """A configuration without a readable language is reported in one line, with its location."""
    write_files(tmp_path, files)
    with pytest.raises(ConfigurationError) as raised:
        edition_of(tmp_path / "other.yml")
    assert str(raised.value) == line


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("mkdocs..yml", "'' is no language's code of two letters"),
        ("mkdocs.en.old.yml", "'en.old' is no language's code of two letters"),
        ("mkdocs.backup.yml", "'backup' is no language's code of two letters"),
        ("mkdocs.fr.yml", "'fr' is that of mkdocs.yml"),
    ],
)
def test_a_configuration_for_no_other_language(tmp_path: Path, name: str, line: str) -> None:
    """A language's folder is named by two letters: by none it would be the root of the file system."""
    write_files(tmp_path, {"mkdocs.yml": "theme:\n  language: fr\n", name: "INHERIT: mkdocs.yml\n"})
    with pytest.raises(ConfigurationError) as raised:
        find_editions(tmp_path)
    assert str(raised.value) == f"{name}:1:1: {line} (rename the file, or delete it)"


# ---- Catalogues -----------------------------------------------------------------------------------------------

CATALOGUES = yaml.safe_load((CASES / "catalogues.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CATALOGUES["cases"], ids=lambda case: case["promise"])
def test_a_catalogue_beside_the_reference(case: dict, tmp_path: Path) -> None:
    """The promise of the case holds, line by line; a language with problems is left out."""
    files = {"en.yml": CATALOGUES["reference"]} | ({"es.yml": case["es"]} if case["es"] else {})
    languages, problems = load_languages(["es", "en"], write_files(tmp_path, files))
    assert [str(problem).rpartition("locale/")[2] for problem in sorted(problems)] == case["expected"]
    assert set(languages) == ({"en"} if problems else {"en", "es"})
