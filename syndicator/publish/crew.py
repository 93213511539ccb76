"""Who renders: this process alone. (`pair.py`: two that share the work, when everything is to be rendered.)

Knows that work is done in batches and how much of it is done; must not know what is rendered.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from syndicator.publish.press import Press

Task = Callable[[Press, Any], Any]
Done = Callable[[int, int], None]


class Crew(Protocol):
    """Presses at work, this process's among them."""

    press: Press

    def share(self, task: Task, work: Sequence[Any], size: int, done: Done) -> None:
        """Has the work done in batches of a size; `done` is told how much of it is. Raises StorageFailed."""

    def meet(self) -> None:
        """Lets every press know which entries the others have rendered."""

    def finish(self) -> None:
        """Waits until everything is rendered. Raises StorageFailed."""


class Alone:
    """One press."""

    def __init__(self, press: Press) -> None:
        self.press = press

    def share(self, task: Task, work: Sequence[Any], size: int, done: Done) -> None:
        for start in range(0, len(work), size):
            task(self.press, work[start : start + size])
            done(min(start + size, len(work)), len(work))

    def meet(self) -> None:
        """There is nobody else."""

    def finish(self) -> None:
        """There is nobody else to wait for."""
