"""`python hooks build`: build the site in every language, and publish it only if all of it succeeds."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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
        return _build_all(find_editions(root), stage, offline, arguments.messages)

    try:
        return 0 if publish(root, fill, "offline" if offline else "site") else 1
    except (BusyError, OSError) as error:
        return fail(explain(error))


def _build_all(editions: list[Edition], stage: Path, offline: bool, messages: str | None) -> bool:
    """Build every language, side by side on as many processors as there are; what they say comes in their order.

    MkDocs empties the folder of a site, so that those below the first are built beside it, and moved.
    """
    places = {edition.lang: stage.with_name(f"{stage.name}-{edition.lang}") for edition in editions if edition.folder}
    with ThreadPoolExecutor(max_workers=min(len(editions), _processors())) as pool:
        commands = [_command(edition, places.get(edition.lang, stage), offline, messages) for edition in editions]
        builds = [pool.submit(_run, *command, quiet=number > 0) for number, command in enumerate(commands)]
        for build in builds:
            status, said = build.result()
            sys.stderr.write(said)
            if status:
                return False
    for edition in editions:
        if edition.folder:
            places[edition.lang].rename(stage / edition.folder)
    return True


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _run(command: list[str], environment: dict[str, str], *, quiet: bool) -> tuple[int, str]:
    """The exit status, and what it said where it was `quiet`."""
    kept, said = (subprocess.PIPE, subprocess.STDOUT) if quiet else (None, None)
    done = subprocess.run(command, env=environment, check=False, stdout=kept, stderr=said, text=True)
    return done.returncode, done.stdout or ""


def _command(edition: Edition, place: Path, offline: bool, messages: str | None) -> tuple[list[str], dict[str, str]]:
    """MkDocs' command for a language, and its environment."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(edition.config), "--site-dir", str(place)]
    # Material's banner about MkDocs 2 is known to us: see HACKING.md, "When Material's support ends".
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "false" if offline else "true"}
    if messages:
        environment[VARIABLE] = messages
    if address := environment.get("SITE_URL"):
        environment["SITE_URL"] = f"{address.rstrip('/')}/{edition.folder}"
    return command, environment
