"""How commands show progress: lines that change on a terminal, plain lines in CI, nothing where output is piped."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import TYPE_CHECKING, TextIO

from commands.output import translate
from verbatim.problems import Message
from verbatim.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

Clock = Callable[[], float]
"""Seconds since some moment."""

PATIENCE = 2.0
"""Seconds for which nothing is shown: most commands are done by then."""

EVERY = 10.0
"""Seconds between two lines of a stage in CI."""

REDRAWN = 0.1
"""Seconds between two drawings on a terminal."""


def shown_progress(
    out: TextIO | None = None,
    err: TextIO | None = None,
    environment: Mapping[str, str] = os.environ,
    clock: Clock = time.monotonic,
) -> AbstractContextManager[Progress]:
    """What shows counts on standard error for the length of a block, and leaves nothing of it on a terminal."""
    out, err = out or sys.stdout, err or sys.stderr
    if not (out and err):  # of a process that was started without
        return nullcontext(silent)
    if environment.get("CI", "false") not in ("", "0", "false"):
        return nullcontext(_Lines(err, clock))
    if out.isatty() and err.isatty():  # else it would be drawn over what `| less` shows
        return _drawn(err, clock)
    return nullcontext(silent)


class _Lines:
    """Plain lines, each stage's at most one in `EVERY` seconds."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream, self._clock = stream, clock
        self._next = clock() + PATIENCE
        self._stages: dict[str, tuple[float, float]] = {}
        """When each stage was told first, and when it may be shown next."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = self._clock()
        began, due = self._stages.setdefault(stage, (now, max(now, self._next)))
        if now < due:
            return
        self._stages[stage] = began, now + EVERY
        minutes, seconds = divmod(round((now - began) / done * (total - done)), 60)
        left = f"{minutes}:{seconds:02}"
        line = Message(
            "{stage}: {done} of {total}, {left} left", stage=translate(stage), done=done, total=total, left=left
        )
        self._stream.write(f"{translate(line)}\n")
        self._stream.flush()


@contextmanager
def _drawn(stream: TextIO, clock: Clock) -> Iterator[Progress]:
    terminal = _Terminal(stream, clock)
    try:
        yield terminal
    finally:
        terminal.clear()


class _Terminal:
    """A line for each stage at work, with a bar, counts and the time left; drawn anew in place."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream, self._clock = stream, clock
        self._due = clock() + PATIENCE
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}
        self._lock = Lock()

    def __call__(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            if not self._bars and self._clock() < self._due:
                return
            bars = self._bars = self._bars or self._begin()
            if stage not in self._tasks:
                self._tasks[stage] = bars.add_task(translate(stage), total=total, completed=done)
            bars.update(self._tasks[stage], completed=done, total=total, visible=done < total)
            if self._clock() >= self._due or done == total:
                self._due = self._clock() + REDRAWN
                bars.refresh()

    def clear(self) -> None:
        if self._bars:
            self._bars.stop()

    def _begin(self) -> Bars:
        # Imported here, because it takes as long as a small check.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=self._stream),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            get_time=self._clock,
        )
        bars.start()
        return bars
