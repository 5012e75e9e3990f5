"""`python hooks build`: build the site in every language, and publish it only if all of it succeeds."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from commands.fetching import fetch_state, is_address
from commands.output import add_lang, fail
from commands.progress import shown_progress
from commands.project import ROOT, Commands
from verbatim.parts import VARIABLE as PART
from verbatim.parts import Part, parse_part
from verbatim.problems import Message, explain, printable
from verbatim.progress import Progress
from verbatim.publishing.atomic import BusyError, publish
from verbatim.publishing.earlier_state import VARIABLE as SINCE
from verbatim.publishing.earlier_state import StateError, state_in
from verbatim.publishing.editions import Edition, find_editions
from verbatim.publishing.joining import NAME, JoinError, join
from verbatim.publishing.relay import VARIABLE as COUNTS
from verbatim.publishing.relay import follow
from verbatim.wording.messages import VARIABLE


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("build", help="build the site, and publish it as site/ only if all of it succeeds")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--offline", action="store_true", help="build offline/ instead, which is read without a server")
    explained = "build a part of the site as part-K-of-N/, on one of N machines"
    alone.add_argument("--part", metavar="K/N", type=_part, default=Part(), help=explained)
    alone.add_argument("--join", metavar="DIR", type=Path, nargs="+", help="build nothing: put these parts together")
    explained = "tell what was edited since this published state: a folder of a site or of its data, or its address"
    parser.add_argument("--since", metavar="DIR|URL", help=explained)
    add_lang(parser)
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder; default: this one")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    root, part, offline = arguments.root.resolve(), arguments.part, arguments.offline

    def fill(stage: Path) -> bool:
        if arguments.join:
            join(arguments.join, stage)
            return True
        with _earlier_state(arguments.since) as since, shown_progress() as progress:
            succeeded, said = build_all(find_editions(root), stage, part, offline, arguments.messages, progress, since)
        sys.stderr.write(said)
        return succeeded

    name = "offline" if offline else part.site
    try:
        return 0 if publish(root, fill, name) else 1
    except (BusyError, JoinError, StateError, OSError) as error:
        return fail(explain(error))


@contextmanager
def _earlier_state(where: str | None) -> Iterator[Path | None]:
    """The folder that has an earlier state, fetched if it is elsewhere; raises StateError where there is none."""
    if not where:
        yield None
    elif is_address(where):
        with TemporaryDirectory() as folder:
            fetch_state(where, Path(folder))
            state_in(Path(folder))
            yield Path(folder)
    else:
        state_in(Path(where))
        yield Path(where).resolve()


def _part(text: str) -> Part:
    try:
        return parse_part(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(printable(str(error))) from None


def build_all(
    editions: list[Edition],
    stage: Path,
    part: Part,
    offline: bool,
    messages: str | None,
    progress: Progress,
    since: Path | None = None,
) -> tuple[bool, str]:
    """Build every language, side by side on as many processors as there are.

    Returns whether that succeeded, and what was said, in the order of languages. MkDocs empties the folder of a site,
    so that those below the first are built beside it, and moved.
    """
    places = {edition.lang: stage.with_name(f"{stage.name}-{edition.lang}") for edition in editions if edition.folder}
    with ThreadPoolExecutor(max_workers=min(len(editions), _processors())) as pool:
        builds = []
        for edition in editions:
            command, environment = _command(edition, places.get(edition.lang, stage), part, offline, messages)
            if since:
                environment[SINCE] = str(since)
            builds.append(pool.submit(_run, command, environment, _in_language(progress, edition.lang)))
        results = [build.result() for build in builds]
    said = ""
    for status, words in results:
        said += words
        if status:
            return False, said
    for edition in editions:
        if edition.folder:
            places[edition.lang].rename(stage / edition.folder)
    if not part.is_whole:
        (stage / NAME).write_text(f"{part}\n", "utf-8")
    return True, said


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _in_language(progress: Progress, lang: str) -> Progress:
    def tell(stage: str, done: int, total: int) -> None:
        progress(Message("{stage} ({lang})", stage=Message(stage), lang=lang), done, total)

    return tell


def _run(command: list[str], environment: dict[str, str], progress: Progress) -> tuple[int, str]:
    """The exit status of a command, and what it said; meanwhile its counts are shown."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as counts:
        try:
            process = subprocess.Popen(
                command,
                env={**environment, COUNTS: str(writing)},
                pass_fds=[writing],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="backslashreplace",
            )
        finally:
            os.close(writing)
        follower = Thread(target=follow, args=(counts, progress))
        follower.start()
        said, _ = process.communicate()
        follower.join()
    return process.returncode, said


def _command(
    edition: Edition, place: Path, part: Part, offline: bool, messages: str | None
) -> tuple[list[str], dict[str, str]]:
    """MkDocs' command for a language, and its environment."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(edition.config), "--site-dir", str(place)]
    # Material's banner about MkDocs 2 is known to us: see HACKING.md, "When Material's support ends".
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "false" if offline else "true"}
    environment[PART] = str(part)
    if messages:
        environment[VARIABLE] = messages
    if address := environment.get("SITE_URL"):
        environment["SITE_URL"] = f"{address.rstrip('/')}/{edition.folder}"
    return command, environment
