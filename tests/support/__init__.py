"""Code that tests share. No test imports another one, and `conftest.py` has only fixtures."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
"""The project's folder."""

TESTS = ROOT / "tests"
CASES = TESTS / "cases"
"""Golden cases: input and expected lines in one file."""

SAMPLE = TESTS / "sample"
"""A small project in invented names, in French and English, for the tests of the engine."""
