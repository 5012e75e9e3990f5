"""The project that a command works on: its folder, its briefings, its default language."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TypeAlias

from verbatim.problems import printable
from verbatim.publishing.editions import default_language, find_editions
from verbatim.reading.loading import REGISTRIES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

ROOT = Path(__file__).resolve().parent.parent.parent


def add_folder(parser: argparse.ArgumentParser, option: str = "") -> None:
    """Let a command take the folder of the briefings, as `folder`: behind an option, else as its last argument."""
    briefings, explained = str(ROOT / "briefings"), "default: briefings/"
    if option:
        parser.add_argument(option, dest="folder", metavar="DIR", type=_existing, default=briefings, help=explained)
    else:
        parser.add_argument("folder", nargs="?", type=_existing, default=briefings, help=explained)


def _existing(folder: str) -> Path:
    path = Path(folder).absolute()
    if path.is_file() or path.name in REGISTRIES or re.fullmatch("[0-9]{4}", path.name):
        raise argparse.ArgumentTypeError(
            printable(f"not the folder of all briefings: {path} (leave it out, or name that)")
        )
    if not path.is_dir():
        raise argparse.ArgumentTypeError(printable(f"no such folder: {path}"))
    return path


def in_project(path: Path, folder: Path) -> str:
    """A path as problems name it: relative to the project that holds the folder of the briefings."""
    return path.relative_to(folder.parent).as_posix()


def site_language() -> str:
    """The language of the site without an address of its own; raises `ConfigurationError`."""
    return default_language(ROOT)


def languages_of(folder: Path) -> list[str]:
    """The languages that a folder of briefings is published in; none for one of another project."""
    return site_languages() if folder.parent == ROOT else []


def site_languages() -> list[str]:
    """The languages of the site, the default one first; raises `ConfigurationError`."""
    return [edition.lang for edition in find_editions(ROOT)]
