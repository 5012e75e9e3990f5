"""Relay: what one process counts is shown by another, which started it, through a pipe."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from ..progress import Progress, silent

VARIABLE = "VERBATIM_PROGRESS"
"""Of the environment: the number of the file that a process writes its counts to. Without it nobody asks for them."""

STEPS = 200
"""Greatest number of lines for a stage: a line for each of a million steps would cost more than they do."""


def relayed(environment: Mapping[str, str]) -> Progress:
    """What tells the process that asked; counts that it reads no more are lost, and hold nothing up."""
    if VARIABLE not in environment:
        return silent
    file = int(environment[VARIABLE])
    told: dict[str, int] = {}

    def tell(stage: str, done: int, total: int) -> None:
        step = done * STEPS // max(total, 1)
        if told.get(stage) != step:
            told[stage] = step
            with suppress(OSError):
                os.write(file, f"{json.dumps([stage, done, total])}\n".encode())

    return tell


def follow(counts: TextIO, progress: Progress) -> None:
    """Show what another process counts, until it ends."""
    with suppress(OSError), counts:
        for line in counts:
            stage, done, total = json.loads(line)
            progress(stage, done, total)
