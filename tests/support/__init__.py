"""What tests share. No test imports another one, and `conftest.py` holds fixtures alone."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
"""The project's folder."""

TESTS = ROOT / "tests"
CASES = TESTS / "cases"
"""Golden cases: input and expected lines in one file."""

SAMPLE = TESTS / "sample"
"""A small project in invented names, in French and English; the engine is tried on it."""
