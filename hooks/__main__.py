"""The command line: `python hooks COMMAND`, from any folder; `commands/` has a module for each."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from commands import build, check, coverage, draft, find, format, new, review, schema, verify
from commands.output import say
from verbatim.publishing.editions import ConfigurationError

COMMANDS = (find, new, draft, check, verify, coverage, review, format, schema, build)


def main() -> int:
    """Exit status: 0 clean, 1 problems, 2 a call that cannot be taken."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without é still gets every line
    parser = argparse.ArgumentParser(prog="python hooks", description="Verbatim's own commands.")
    commands = parser.add_subparsers(required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    arguments = parser.parse_args()
    try:
        status: int = arguments.run(arguments)
    except ConfigurationError as error:
        say(error)
        return 1
    return status


def _run() -> int:
    """`main`, whose reader may leave, as in `python hooks check | head`, and whose files may fail at any moment."""
    try:
        status = main()
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest as it ends
        if not isinstance(error, BrokenPipeError):
            say(f"python hooks: {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(_run())
