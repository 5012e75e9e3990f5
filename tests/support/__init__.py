"""Code that tests share. No test imports another one, and `conftest.py` has only fixtures."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["VERBATIM_LANG"] = "en"
"""The language of messages for commands and builds, whatever the site's; a test of another one passes `--lang`."""

os.environ.pop("CI", None)  # where commands that take long print lines about it

ROOT = Path(__file__).resolve().parent.parent.parent
"""The project's folder."""

TESTS = ROOT / "tests"
CASES = TESTS / "cases"
"""Golden cases: input and expected lines in one file."""

SAMPLE = TESTS / "sample"
"""A small project in invented names, in French and English, for the tests of the engine."""
