"""Who renders: this process alone. (`pair.py`: two that share the work, when everything is to be rendered.)

Knows that work is done in batches and how much of it is done; must not know what is rendered.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from syndicator.publish.bindery import Bindery
from syndicator.publish.folder import Folder
from syndicator.publish.press import Press

Task = Callable[[Press, Any], Any]
Done = Callable[[int, int], None]


class Answer(NamedTuple):
    """What another process says of a task: its result, or message and hint of a refusal."""

    result: Any = None
    refusal: tuple[str, str] | None = None


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
    """One press, and its bindery."""

    def __init__(self, press: Press, bindery: Bindery, folder: Folder) -> None:
        self.press = press
        self._bindery = bindery
        self._folder = folder

    def share(self, task: Task, work: Sequence[Any], size: int, done: Done) -> None:
        for start in range(0, len(work), size):
            task(self.press, work[start : start + size])
            done(min(start + size, len(work)), len(work))

    def meet(self) -> None:
        """There is nobody else."""

    def finish(self) -> None:
        self._folder.add_written(self._bindery.finish())
