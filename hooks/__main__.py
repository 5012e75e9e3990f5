"""The command line: `python hooks COMMAND`, from any folder; `commands/` has a module for each."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper
from typing import NoReturn

from commands import build, check, coverage, draft, find, format, new, review, schema, verify
from commands.output import fail, output_of, report, say
from verbatim.problems import Message, explain
from verbatim.publishing.editions import ConfigurationError

COMMANDS = (find, new, draft, check, verify, coverage, review, format, schema, build)


class _Parser(argparse.ArgumentParser):
    """A call that cannot be taken gives a JSON document too, to whoever asked for one."""

    def error(self, message: str) -> NoReturn:
        asked, _ = _format_parser().parse_known_args()
        if asked.format == "json":
            with output_of(self.prog.split()[-1], "json", "en") as output:
                fail(message)
                output.finish(2)
        super().error(message)


def main() -> int:
    """Exit status: 0 clean, 1 problems, 2 a call that cannot be taken."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without é still gets every line
    parser = _Parser(prog="python hooks", description="Verbatim's own commands.")
    parser.set_defaults(format="text", messages=None)
    commands = parser.add_subparsers(required=True, dest="command")
    for command in COMMANDS:
        command.add_parser(commands)
    arguments = parser.parse_args()
    with output_of(arguments.command, arguments.format, arguments.messages) as output:
        status = _run_command(arguments)
        output.finish(status)
    return status


def _run_command(arguments: argparse.Namespace) -> int:
    try:
        status: int = arguments.run(arguments)
    except ConfigurationError as error:
        return report(error.problems)
    except OSError as error:
        if arguments.format != "json":
            raise
        return fail(explain(error))
    return status


def _format_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--format", nargs="?")
    return parser


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
            say(Message("python hooks: {why}", why=error), sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(_run())
