"""Every character, or enough of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from hypothesis import settings

IDEOGRAPHS = 0x3400
"""Where the long, even blocks begin: letters of alphabets, signs, marks and blanks lie before."""


def characters() -> Iterator[str]:
    """Every character before the ideographs, then every fifth; each in the profile `fuzz`."""
    whole = settings().max_examples > 1000
    yield from map(chr, range(IDEOGRAPHS))
    yield from map(chr, range(IDEOGRAPHS, sys.maxunicode, 1 if whole else 5))
