"""News of a link: which changes of state are worth telling a person, and what is told of them.

Knows states and marks; must not know whom it is told, or how.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from syndicator.model.health import State
from syndicator.model.links import Mark, Placed, Transition


class Change(StrEnum):
    """What happened, as far as a person has to know. That a link is only suspect is no news: most of them heal."""

    BROKEN = "broken"
    HEALED = "healed"
    MOVED = "moved"
    LOOK = "look"

    @property
    def label(self) -> str:
        """For people."""
        return _LABELS[self]


_LABELS = {
    Change.BROKEN: "broken",
    Change.HEALED: "there again",
    Change.MOVED: "moved for good",
    Change.LOOK: "please have a look",
}


def change_in(transition: Transition) -> Change | None:
    """What is worth telling of a transition, if anything."""
    before, after = transition.before, transition.after
    if after is State.BROKEN and before is not State.BROKEN:
        return Change.BROKEN
    if before is State.BROKEN and after in (State.HEALTHY, State.MOVED):
        return Change.HEALED
    if transition.mark is Mark.CERTAIN:
        return Change.MOVED
    return Change.LOOK if transition.mark is Mark.LOOK else None


class News(NamedTuple):
    """One change of one link, with what a person needs to know of it: the pieces there, where it moved to, and an
    archived copy, where one is known.
    """

    change: Change
    transition: Transition
    placed: Sequence[Placed]
    moved_to: str = ""
    copy: str = ""
