"""Progress: what a terminal, CI and a pipe are shown; time is an argument."""

from __future__ import annotations

import io
import os
import pty
import re
from collections.abc import Iterator
from itertools import count
from threading import Thread

import pytest

from commands.output import output_of
from commands.progress import EVERY, PATIENCE, Clock, shown_progress
from support import SAMPLE
from verbatim.checks import checked_corpus
from verbatim.problems import Message
from verbatim.progress import Progress, counted, silent
from verbatim.publishing.relay import STEPS, VARIABLE, relayed

CI = {"CI": "true"}


class Terminal:
    """A pseudo-terminal, and all that was written to it."""

    def __init__(self) -> None:
        self._reading, writing = pty.openpty()
        self.stream = os.fdopen(writing, "w", encoding="utf-8")
        self._read: list[bytes] = []
        self._reader = Thread(target=self._follow)
        self._reader.start()

    def _follow(self) -> None:
        try:
            while piece := os.read(self._reading, 1 << 16):
                self._read.append(piece)
        except OSError:  # how Linux says that the other side is closed
            pass

    def close(self) -> str:
        self.stream.close()
        self._reader.join()
        os.close(self._reading)
        return b"".join(self._read).decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    for name, value in {"TERM": "xterm", "COLUMNS": "100", "LINES": "30"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    made = Terminal()
    yield made
    if not made.stream.closed:
        made.close()


def ticking(seconds: float) -> Clock:
    """A clock that is this much further each time it is asked."""
    return count(0, seconds).__next__


def check_the_sample(progress: Progress) -> None:
    assert checked_corpus(SAMPLE / "briefings", "fr", progress=progress)[1] == []


def test_a_terminal_shows_a_line_and_takes_it_back(terminal: Terminal) -> None:
    """A slow check draws its stages with counts and the time left, and leaves an empty line and a visible cursor."""
    with shown_progress(terminal.stream, terminal.stream, {}, ticking(0.5)) as progress:
        check_the_sample(progress)
    drawn = terminal.close()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    for stage in ("files read", "rules applied", "claims verified"):
        assert re.search(rf"{stage} +\S+ +\d+/\d+ 0:\d\d:\d\d", plain), stage
    shown, hidden = "\x1b[?25h", "\x1b[?25l"
    assert drawn.rindex(shown) > drawn.rindex(hidden)
    assert re.sub(r"\x1b\[\?25h|\r", "", drawn.rsplit("\x1b[2K", 1)[1]) == ""  # the line that was drawn last is erased


def test_a_terminal_shows_nothing_for_a_short_time(terminal: Terminal) -> None:
    """What ends within two seconds draws nothing at all."""
    with shown_progress(terminal.stream, terminal.stream, {}, ticking(PATIENCE / 10_000)) as progress:
        check_the_sample(progress)
    assert terminal.close() == ""


def test_a_pipe_gets_nothing(terminal: Terminal) -> None:
    """Nothing is shown where errors or results are piped, as into a pager that holds the terminal."""
    pipe = io.StringIO()
    for out, err in ((pipe, pipe), (terminal.stream, pipe), (pipe, terminal.stream)):
        with shown_progress(out, err, {"CI": "false"}, ticking(100)) as progress:
            check_the_sample(progress)
            assert progress is silent
    assert terminal.close() == pipe.getvalue() == ""


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["pages written (en): 3 of 30, 0:18 left", "pages written (en): 8 of 30, 0:37 left"]),
        ("fr", ["pages écrites (en)\u00a0: 3 sur 30, reste 0:18", "pages écrites (en)\u00a0: 8 sur 30, reste 0:37"]),
    ],
)
def test_ci_gets_a_plain_line_now_and_then(lang: str, lines: list[str]) -> None:
    """In CI a stage has a line after two seconds and then every ten, with counts and the time left, in words."""
    err = io.StringIO()
    times = iter([0, 1, 1.5, 3, 4, 5, 6, 12.9, 14.5, 15])
    assert (PATIENCE, EVERY) == (2, 10)
    stage = Message("{stage} ({lang})", stage=Message("pages written"), lang="en")
    with output_of("check", lang=lang), shown_progress(io.StringIO(), err, CI, times.__next__) as progress:
        for done in range(1, 10):
            progress(stage, done, 30)
    assert err.getvalue().splitlines() == lines


def test_ci_gets_no_control_characters() -> None:
    """A real check in CI prints counts of every stage in plain lines, on standard error alone."""
    out, err = io.StringIO(), io.StringIO()
    with shown_progress(out, err, CI, ticking(EVERY)) as progress:
        check_the_sample(progress)
    assert out.getvalue() == ""
    assert all(re.fullmatch(r"[a-z ]+: \d+ of \d+, \d+:\d\d left", line) for line in err.getvalue().splitlines())
    for stage in ("files read", "rules applied", "claims verified"):
        assert re.search(rf"^{stage}: (\d+) of \1, 0:00 left$", err.getvalue(), re.M), stage


def test_counted_items_are_done_when_the_next_is_asked_for() -> None:
    """Each item is counted once, after its work."""
    told: list[tuple[str, int, int]] = []
    seen = [(item, len(told)) for item in counted("abc", "letters", lambda *each: told.append(each))]
    assert seen == [("a", 0), ("b", 1), ("c", 2)]
    assert told == [("letters", done, 3) for done in (1, 2, 3)]


def test_a_process_tells_the_one_that_asked() -> None:
    """Counts go through the pipe that the environment names, a bounded number of lines, and nowhere without it."""
    assert relayed({}) is silent
    reading, writing = os.pipe()
    tell = relayed({VARIABLE: str(writing)})
    for done in range(1, 10_001):
        tell("stones laid", done, 10_000)
    os.close(writing)
    with os.fdopen(reading) as counts:
        lines = counts.read().splitlines()
    assert len(lines) <= STEPS + 1
    assert lines[-1] == '["stones laid", 10000, 10000]'


def test_a_process_that_left_is_not_waited_for() -> None:
    """Counts that nobody reads any more are lost, and no error."""
    reading, writing = os.pipe()
    os.close(reading)
    relayed({VARIABLE: str(writing)})("stones laid", 1, 1)
    os.close(writing)
