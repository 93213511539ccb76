"""A person's word over the state: until when it is in force, and what holds then.

Knows overrides, states and dates; must not know the clock. Which of several words is the nearest to a link is
`model.links.Words`'s to say; belief goes on underneath.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from syndicator.model.health import Override, State

# What holds instead of each state; states that are not named hold as believed. A link that moved is alive.
# Of an ignored one nothing is claimed: it is not checked, and readers are sent where they always were.
_HOLDS: Mapping[Override, Mapping[State, State]] = MappingProxyType(
    {
        Override.ALIVE: {state: State.HEALTHY for state in State if state is not State.MOVED},
        Override.DEAD: dict.fromkeys(State, State.BROKEN),
        Override.IGNORE: dict.fromkeys(State, State.UNKNOWN),
    }
)

# What is ignored is looked at again after so long, or at the end of a word that ends sooner; but not before a day.
LONGEST, SHORTEST = timedelta(days=60), timedelta(days=1)


def ignored_until(now: datetime, ends_at: datetime | None) -> datetime:
    """When a link that is ignored is due again."""
    furthest = now + LONGEST
    return max(now + SHORTEST, min(ends_at or furthest, furthest))


def in_force(until_on: str, today: str) -> bool:
    """Whether a word still holds: up to and with the day it names (both `YYYY-MM-DD`, in the site's time zone)."""
    return today <= until_on


def effective(state: State, override: Override | None) -> State:
    """The state that readers and lists go by, where an override is in force or (`None`) is not."""
    return state if override is None else _HOLDS[override].get(state, state)
