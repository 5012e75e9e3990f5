"""Editions: the languages in which a project publishes, each with its MkDocs configuration and its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..reading.loading import DEFAULT_LANG


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


def edition_of(config: Path) -> tuple[Edition, list[Edition]]:
    """The edition that a configuration is for, and the project's others."""
    editions = find_editions(config.parent)
    here = next(edition for edition in editions if edition.config == config)
    return here, [edition for edition in editions if edition is not here]


def find_editions(root: Path) -> list[Edition]:
    """`mkdocs.yml` is the default language's, `mkdocs.<code>.yml` any other's; the default comes first."""
    others = [(path.name.split(".")[1], path) for path in sorted(root.glob("mkdocs.*.yml"))]
    return [
        Edition(DEFAULT_LANG, root / "mkdocs.yml", ""),
        *(Edition(lang, path, f"{lang}/") for lang, path in others),
    ]
