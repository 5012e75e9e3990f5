"""Editions: the languages in which a project publishes, each with its MkDocs configuration and its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..problems import Message, Problem, Where, unreadable
from ..reading.strict_yaml import parse
from ..views.addresses import Licence

THEME = "material"
THEME_LANGUAGE = "en"
"""What Material takes where a configuration names no language."""


class ConfigurationError(Exception):
    """A MkDocs configuration that does not say which language it is for; the message is the problems, a line each."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Edition:
    """A site in one language."""

    lang: str
    config: Path
    folder: str
    """Where it is, from the root of the whole site: empty for the default language, `en/`."""

    def way_to(self, other: Edition) -> str:
        """From this edition's root to another's: `../`, `en/`, `../de/`."""
        return "../" * self.folder.count("/") + other.folder


def language_problems(edition: Edition, theme_language: str) -> list[Problem]:
    """That a configuration's theme speaks another language than the edition, as where it inherits the theme's."""
    if theme_language == edition.lang:
        return []
    message = Message("{other!r} in the configuration for {lang!r}", other=theme_language, lang=edition.lang)
    return [Problem(Where(edition.config.name), "theme.language", message, Message("write {word}", word=edition.lang))]


def require_theme(config: Path, name: object) -> None:
    """Raise ConfigurationError for another theme than the one whose templates are overridden."""
    if name != THEME:
        hint = Message("write {word}", word=THEME)
        raise ConfigurationError(Problem(Where(config.name), "theme.name", Message("{name!r}", name=name), hint))


def licence_of(config: Path, extra: Mapping[str, Any]) -> Licence | None:
    """The licence that `extra.licence` names; None without one. Raises ConfigurationError where it is no licence."""
    found = extra.get("licence")
    if found is None:
        return None
    name, url = (found.get("name"), found.get("url")) if isinstance(found, dict) else (None, None)
    if isinstance(name, str) and name and isinstance(url, str) and re.fullmatch(r"https?://[^\s<>\"'\\]+", url):
        return Licence(name, url)
    hint = "such as `name: CC-BY-4.0` and `url: https://creativecommons.org/licenses/by/4.0/`"
    problem = Problem(Where(config.name), "extra.licence", "expected a name and an address", hint)
    raise ConfigurationError(problem)


def edition_of(config: Path) -> tuple[Edition, list[Edition]]:
    """The edition that a configuration is for, and the project's others; raises ConfigurationError."""
    editions = find_editions(config.parent)
    here = next((edition for edition in editions if edition.config == config), None)
    if here is None:
        hint = "name it mkdocs.yml or mkdocs.<code>.yml"
        raise ConfigurationError(Problem(Where(config.name), "", "belongs to no language", hint))
    return here, [edition for edition in editions if edition is not here]


def find_editions(root: Path) -> list[Edition]:
    """The default language's, which is `mkdocs.yml`, then that of each `mkdocs.<code>.yml`.

    Raises ConfigurationError where `mkdocs.yml` cannot be read, and where a code is none or is the default language's.
    """
    default = default_language(root)
    editions = [Edition(default, root / "mkdocs.yml", "")]
    for path in sorted(root.glob("mkdocs.*.yml")):
        lang = path.name.removeprefix("mkdocs.").removesuffix(".yml")
        if not re.fullmatch("[a-z]{2}", lang) or lang == default:
            message = Message("{lang!r} is no language's code of two letters", lang=lang)
            if lang == default:
                message = Message("{lang!r} is that of mkdocs.yml", lang=lang)
            raise ConfigurationError(Problem(Where(path.name), "", message, "rename the file, or delete it"))
        editions.append(Edition(lang, path, f"{lang}/"))
    return editions


def default_language(root: Path) -> str:
    """The `theme.language` of a project's `mkdocs.yml`.

    Raises ConfigurationError where that cannot be read, is no language's code, or the theme is another than Material.
    """
    path = root / "mkdocs.yml"
    try:
        # What strict YAML has against a file of MkDocs', such as its tag !ENV, is no concern of ours.
        document, problems = parse(path.read_bytes(), path.name)
    except OSError as error:
        document, problems = None, [Problem(Where(path.name), "", unreadable(error))]
    if document is None:
        raise ConfigurationError(*problems)
    theme = document.value.get("theme", {})
    theme = theme if isinstance(theme, dict) else {"name": theme}
    require_theme(path, theme.get("name", THEME))
    language = theme.get("language", THEME_LANGUAGE)
    if not isinstance(language, str) or not re.fullmatch("[a-z]{2}", language):
        message = Message("{lang!r} is no language's code of two letters", lang=language)
        raise ConfigurationError(Problem(Where(path.name), "theme.language", message))
    return language
