"""The author's guide as transcripts: its commands run on the sample, and its pages with what they print now.

A block with `$ python hooks …` holds commands, each above what it prints; `$ cat FILE` shows a file. A block below a
line that begins with `` `FILE` `` and ends with a colon is what the author writes in that file: all of it, or one line,
which takes the place of the most similar line with its key. Run as a program it brings the guide up to date.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from unittest import mock

from commands import project as commands_project
from support import ROOT, SAMPLE
from support.projects import call_hooks

BLOCK = re.compile(
    r"(?P<head>(?:^`(?P<file>[^`\n]+\.(?:txt|yml))`[^\n]*:\n\n)?^```\w*\n)(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


def guide_pages() -> dict[str, Path]:
    """The pages of the guide by language and folder, `fr/guide/fields`."""
    docs = ROOT / "docs"
    return {page.parent.relative_to(docs).as_posix(): page for page in sorted(docs.glob("*/guide/**/index.md"))}


def replay(text: str, lang: str, project: Path) -> str:
    """A page with what its commands print now, in an empty folder that becomes a copy of the sample."""
    shutil.copytree(SAMPLE, project, dirs_exist_ok=True)
    before = Path.cwd()
    os.chdir(project)
    try:
        with mock.patch.object(commands_project, "ROOT", project), mock.patch.dict(os.environ, VERBATIM_LANG=lang):
            return BLOCK.sub(lambda block: block["head"] + _perform(block, project) + "```", text)
    finally:
        os.chdir(before)


def _perform(block: re.Match[str], project: Path) -> str:
    body, file = block["body"], block["file"]
    if file:
        _write(project / file, body)
    elif body.startswith("$ "):
        return "".join(_run(line, project) for line in body.splitlines() if line.startswith("$ "))
    return body


def _write(path: Path, body: str) -> None:
    if body.count("\n") == 1:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        fields = [line for line in lines if line.split(":")[0] == body.split(":")[0]]
        alike = max(fields, key=lambda line: SequenceMatcher(None, line, body).ratio())
        body = "".join(body if line is alike else line for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def _run(line: str, project: Path) -> str:
    match shlex.split(line)[1:]:
        case ["python", "hooks", *arguments]:
            result = call_hooks(*arguments)
            said = result.stdout + result.stderr
        case ["cat", file]:
            said = (project / file).read_text(encoding="utf-8")
        case _:
            raise AssertionError(f"no command of the guide: {line}")
    return f"{line}\n{said}"


def replayed_pages() -> Iterator[tuple[Path, str]]:
    """Each page, and what it says once its commands have run."""
    for name, page in guide_pages().items():
        with tempfile.TemporaryDirectory() as folder:
            yield page, replay(page.read_text(encoding="utf-8"), name[:2], Path(folder).resolve())


if __name__ == "__main__":
    for page, text in replayed_pages():
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")
