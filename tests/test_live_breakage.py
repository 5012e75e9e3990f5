"""Live editing with broken files: one server survives them all, explains each, and recovers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.corpora import BASE, write_corpus
from support.projects import copy_sample


def spoil_bytes(folder: Path) -> None:
    (folder / "actors/ada-brun.yml").write_bytes(b"kind: person\nname: Ad\xe9\n")


def delete(folder: Path) -> None:
    (folder / "actors/ada-brun.yml").unlink()


def put_a_folder(folder: Path) -> None:
    (folder / "2020/x.yml").mkdir()
    (folder / "2020/x.yml/y.yml").write_text("title: A pier\n")


def link_to_nowhere(folder: Path) -> None:
    (folder / "actors/ghost.yml").symlink_to("nowhere.yml")
    (folder / "issues/new-pier.yml").write_bytes(b"question: \x00")


def remove_all(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path)


BREAKAGES: dict[Callable[[Path], None], str] = {
    spoil_bytes: "actors/ada-brun.yml:2:9: ce n’est pas de l’UTF-8",
    delete: "ne désigne",
    put_a_folder: "2020/x.yml:1:1: ce n’est pas un fichier",
    link_to_nowhere: "actors/ghost.yml:1:1: un lien symbolique",
    remove_all: "Aucun dossier",
}
"""Changes to the files, one after the other, and the text that the page then shows."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path, BASE, in_french_alone=True) / "briefings"


def test_every_breakage_is_explained_until_corrected(folder: Path, serve_live: Callable) -> None:
    """Bytes that are not text, missing files, folders and links in their place: the page says so, and recovers."""
    server = serve_live(folder.parent)
    server.wait_for("", "A pier for the port")
    for breakage, words in BREAKAGES.items():
        breakage(folder)
        server.wait_for("", words)
    write_corpus(folder, BASE)
    server.wait_for("", "A pier for the port")
