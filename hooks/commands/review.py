"""`python hooks review`: show what a change brings that its reviewer has to look at."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from commands.output import add_lang, fail, say, translate
from commands.project import Commands, add_folder
from verbatim.authoring.review import format_review, review_change
from verbatim.problems import Message, Problem, explain
from verbatim.programs.git import GitError, changed_files, count_uncommitted, find_base, write_committed
from verbatim.programs.ssh_keygen import verify_signature
from verbatim.reading.loading import read_lock
from verbatim.reading.lock import NAME
from verbatim.reading.signatures import FOLDER, SIGNERS, read_signatures


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("review", help="show what a change brings that its reviewer has to look at")
    parser.add_argument("base", help="the commit that it is compared with")
    parser.add_argument("--allow-other-files", action="store_true", help="accept files beyond the briefings")
    add_lang(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare the commit that is checked out with its base, which says who may sign."""
    folder, base = arguments.folder, arguments.base
    root, lock = folder.parent, f"{folder.name}/sources/{NAME}"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            old, new = Path(scratch, "old"), Path(scratch, "new")
            base = find_base(root, base)
            write_committed(root, base, [lock], old)
            write_committed(root, "HEAD", [lock], new)
            write_committed(root, "HEAD", [f"{folder.name}/{FOLDER}"], new)
            write_committed(root, base, [f"{folder.name}/{SIGNERS}"], new)
            problems: list[Problem] = []
            before, _ = read_lock(old / folder.name, [])
            after, _ = read_lock(new / folder.name, problems)
            signatures = read_signatures(new / folder.name, after, verify_signature)
            problems += signatures.problems
            review = review_change(changed_files(root, base), before, after, signatures, problems, folder.name)
        left = count_uncommitted(folder)
        summary = format_review(review, translate)
        if path := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(summary)
    except (GitError, OSError) as error:
        return fail(explain(error))
    if left:
        message = "{count} new or changed file(s) in {folder} are not committed: not looked at"
        say(Message(message, count=left, folder=folder.name), sys.stderr)
    for line in summary.splitlines():
        say(line)
    return 1 if review.other_files and not arguments.allow_other_files else 0
