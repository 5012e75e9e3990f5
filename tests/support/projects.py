"""Projects in folders of their own, and commands to run in them."""

from __future__ import annotations

import fcntl
import io
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from mkdocs.utils.yaml import yaml_load

from support import ROOT, SAMPLE
from support.corpora import write_corpus
from verbatim.publishing.editions import find_editions


@dataclass(frozen=True)
class Edition:
    """A project's site in one language, read from its configuration."""

    lang: str
    folder: str
    """Its folder, relative to the root of the whole site: empty, `en/`."""

    docs: Path
    """The folder of the hand-written pages."""

    briefings: Path
    name: str
    """The site's name."""


def read_editions(project: Path) -> list[Edition]:
    """The languages of a project, the default one first."""
    found = []
    for edition in find_editions(project):
        with edition.config.open("rb") as file:
            config = yaml_load(file)
        briefings, docs = project / config["extra"]["briefings"], project / config["docs_dir"]
        found.append(Edition(config["theme"]["language"], edition.folder, docs, briefings, config["site_name"]))
    return found


def copy_sample(target: Path, files: dict[str, str] | None = None, *, in_french_alone: bool = False) -> Path:
    """Copy the engine with the sample's configuration and pages, and its briefings or the given ones."""
    _copy_engine(target)
    _copy_data(target, files)
    if in_french_alone:
        (target / "mkdocs.en.yml").unlink()
        shutil.rmtree(target / "docs" / "en")
    return target


def _copy_data(target: Path, files: dict[str, str] | None) -> None:
    _copy(SAMPLE / "docs", target / "docs")
    for config in SAMPLE.glob("*.yml"):
        shutil.copy(config, target)
    shutil.copy(ROOT / "mkdocs.yml", target / "project.yml")
    if files is None:
        _copy(SAMPLE / "briefings", target / "briefings")
    else:
        write_corpus(target / "briefings", files)


def copy_project(target: Path) -> Path:
    """Copy this project as it is committed, without private texts."""
    _copy_engine(target)
    for name in ("docs", "briefings"):
        _copy(ROOT / name, target / name)
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, target)
    return target


def _copy_engine(project: Path) -> None:
    """Copy the engine; in a run of all tests, with its modules and templates compiled, which takes longer than a build.

    `COMPILED` is the folder where the first one is made, for all workers.
    """
    source = Path(os.environ["COMPILED"]) if "COMPILED" in os.environ else ROOT
    if source != ROOT and not source.exists():
        make_once(source, _compile)
    _copy(source / "hooks", project / "hooks")


def _compile(folder: Path) -> None:
    _copy(ROOT / "hooks", folder / "hooks")
    _copy_data(folder, None)
    build(folder)


def _copy(folder: Path, target: Path) -> None:
    shutil.copytree(folder, target)


def run_hooks(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `python hooks …` of this checkout, or of a copy if the first argument is its folder."""
    folder, *rest = arguments if isinstance(arguments[0], Path) else (ROOT, *arguments)
    command = [sys.executable, str(folder / "hooks"), *map(str, rest)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def call_hooks(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Like `run_hooks` but without a process: for commands that do not build."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    main = runpy.run_path(str(ROOT / "hooks" / "__main__.py"), run_name="command_line")["main"]
    with redirect_stdout(out), redirect_stderr(err), mock.patch("sys.argv", ["hooks", *map(str, arguments)]):
        try:
            status = main()
        except SystemExit as end:
            status = end.code
    said = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    return subprocess.CompletedProcess(sys.argv, status, *said)


def build(project: Path, *arguments: str) -> Path:
    """Build a project; fails if the build does; returns its folder."""
    result = run_hooks(project, "build", *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return project


def make_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that several processes share: the first one makes it, the others wait."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def generate(folder: Path, briefings: int) -> Path:
    """Fill a folder with generated briefings; the same number gives the same briefings."""
    subprocess.run(
        [sys.executable, str(ROOT / "bench" / "generate.py"), str(folder), "--briefings", str(briefings)], check=True
    )
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a published site by path."""
    paths = [path for path in folder.resolve().rglob("*") if path.is_file()]
    return {path.relative_to(folder.resolve()).as_posix(): path.read_bytes() for path in paths}


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file; fails without one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
