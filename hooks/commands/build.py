"""`python hooks build`: build the site in every language, and publish it only if all of it succeeds."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from commands.output import add_lang, fail
from commands.project import ROOT, Commands
from verbatim.problems import explain
from verbatim.publishing.atomic import BusyError, publish
from verbatim.publishing.editions import Edition, find_editions
from verbatim.wording.messages import VARIABLE


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("build", help="build the site, and publish it as site/ only if all of it succeeds")
    parser.add_argument("--offline", action="store_true", help="build offline/ instead, which is read without a server")
    add_lang(parser)
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder; default: this one")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    root, offline = arguments.root.resolve(), arguments.offline

    def fill(stage: Path) -> bool:
        return all(_run_mkdocs(edition, stage, offline, arguments.messages) for edition in find_editions(root))

    try:
        return 0 if publish(root, fill, "offline" if offline else "site") else 1
    except (BusyError, OSError) as error:
        return fail(explain(error))


def _run_mkdocs(edition: Edition, stage: Path, offline: bool, messages: str | None) -> bool:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(edition.config), "--site-dir", str(stage / edition.folder)]
    # Material's banner about MkDocs 2 is known to us: see HACKING.md, "When Material's support ends".
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "false" if offline else "true"}
    if messages:
        environment[VARIABLE] = messages
    if address := environment.get("SITE_URL"):
        environment["SITE_URL"] = f"{address.rstrip('/')}/{edition.folder}"
    return subprocess.run(command, env=environment, check=False).returncode == 0
