"""Progress: how far each stage of the work has come, as counts for whoever shows them.

The core counts, and neither prints nor reads a clock: a `Progress` is an argument that comes from the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a stage, such as `files read`, how many of its steps are done and how many there are; from any thread."""


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass
class Count:
    """The steps of one stage."""

    stage: str
    total: int
    progress: Progress
    done: int = 0

    def step(self) -> None:
        self.done += 1
        self.progress(self.stage, self.done, self.total)


def counted(items: Collection[T], stage: str, progress: Progress) -> Iterator[T]:
    """Yield items; each is done when the next one is asked for."""
    count = Count(stage, len(items), progress)
    for item in items:
        yield item
        count.step()
