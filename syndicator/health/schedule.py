"""When a link is looked at next, and which of its neighbours are looked at sooner.

Knows beliefs, ages and chance that is given; must not know the clock, other links or the database.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from syndicator.health import moves
from syndicator.model.health import Belief, Override, State
from syndicator.model.overrides import ignored_until

_DAY = timedelta(days=1)
_BITS = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Pace:
    """What the schedule goes by. Tuned with the simulation in tests/benchmarks/rot.py, which says what it costs."""

    # Healthy: the interval begins at `base` and grows by so much of the time that we have known it healthy and, for
    # less, of the time that it stood before. A piece younger than `base` is looked at each time its age has doubled:
    # in its first days it is corrected, moved and taken back.
    base: timedelta = timedelta(days=13)
    growth: float = 1 / 60
    growth_unseen: float = 1 / 450
    longest: timedelta = timedelta(days=60)
    # Suspect: hours until the next attempt, by the number of failures. Each comes at another time of day and, within
    # a week, on another weekday than those before it; the third is past the seven days of the rules, the fifth past
    # the fourteen.
    retries: tuple[int, ...] = (31, 55, 87, 65, 103)
    retries_after: timedelta = timedelta(days=5)
    # Blocked, until it is known that a wall stands there; moved, until that is certain.
    again: timedelta = timedelta(days=4)
    # Broken, and blocked for long: as long again as it has been so, within bounds.
    broken_least: timedelta = timedelta(days=7)
    blocked_least: timedelta = timedelta(days=14)
    # How much sooner than its interval a link may come: chance spreads them out. A state that has just begun comes
    # much sooner, for all links of an import, or of a host that was down, begin theirs together.
    spread: float = 0.2
    spread_at_first: float = 0.7
    # Neighbours: how many of a host are looked at when one fails, how soon, and how long they must not have been.
    neighbours: int = 4
    neighbours_within: timedelta = timedelta(hours=6)
    neighbours_unseen: timedelta = timedelta(days=2)


PACE = Pace()


def next_due(
    belief: Belief,
    *,
    now: datetime,
    created_at: datetime,
    published_on: date | None = None,
    jitter: float,
    override: Override | None = None,
    until: datetime | None = None,
    pace: Pace = PACE,
) -> datetime:
    """When to check a link again, after the check that `belief` is the fruit of: after `now`, within 60 days.

    `created_at` is when the link was recorded, `published_on` the day of its piece, `jitter` from `jitter_of`.
    `override` is the word in force and `until` the instant it ends: an ignored link is not due before that. One
    that was never checked is due at once.
    """
    if override is Override.IGNORE:
        return ignored_until(now, until)
    if belief.checked_at is None:
        return now
    if belief.state is State.SUSPECT and not belief.blocked and override is not Override.DEAD:
        retry = belief.failures - 1
        hours = pace.retries[retry] if 0 <= retry < len(pace.retries) else None
        wait = pace.retries_after if hours is None else timedelta(hours=hours)
        return now + wait + timedelta(hours=4 * jitter)
    interval = _interval(belief, now, created_at, published_on, override, pace)
    began = belief.since is None or belief.since == belief.checked_at
    spread = pace.spread_at_first if began else pace.spread
    return now + min(interval, pace.longest) * (1 - spread * (1 - jitter))


def _interval(
    belief: Belief,
    now: datetime,
    created_at: datetime,
    published_on: date | None,
    override: Override | None,
    pace: Pace,
) -> timedelta:
    so_long = max(now - (belief.since or created_at), timedelta())
    if override is Override.DEAD:
        return pace.longest
    if belief.state is State.BROKEN:
        return max(so_long, pace.broken_least)
    if belief.state is State.UNKNOWN:
        return max(so_long, _DAY)
    if belief.look and belief.state is State.BLOCKED:
        return max(so_long, pace.blocked_least)
    settling = belief.state is State.MOVED and (belief.moved_times < moves.TIMES or so_long < moves.SPAN)
    if belief.blocked or settling:
        return pace.again
    age = max(now.date() - published_on if published_on else now - created_at, timedelta())
    grown = pace.base + so_long * pace.growth + max(age - so_long, timedelta()) * pace.growth_unseen
    return min(grown, max(age, _DAY))


def jitter_of(link_id: int, now: datetime) -> float:
    """Chance for a link at a time, in [0, 1): the same for the same link and day, another on another day.

    Mixed (the finalizer of SplitMix64), not counted on: links that are due on the same day, because chance brought
    them there, must not be sent on together.
    """
    days = int(now.timestamp()) // 86_400
    mixed = (link_id * 0x9E3779B97F4A7C15 + days * 0xD1B54A32D192ED03) & _BITS
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _BITS
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _BITS
    return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)


class Hurry(NamedTuple):
    """Which neighbours to bring forward: of the links of the same host in one of `states`, last checked before
    `unseen_since` and due after `due_by`, the `number` longest unchecked; each is then due by `due_by`.
    """

    number: int
    states: AbstractSet[State]
    unseen_since: datetime
    due_by: datetime


_ALIVE = frozenset({State.HEALTHY, State.MOVED})
_STANDING = _ALIVE | {State.UNKNOWN, State.BLOCKED}
_FALLEN = frozenset({State.SUSPECT, State.BROKEN})


def siblings_to_hurry(before: Belief, after: Belief, *, now: datetime, pace: Pace = PACE) -> Hurry | None:
    """Whether a check of one link is news about its host's others, and which of them to ask.

    Pages die together: a redesign, an expired name, a host switched off. So the first clear failure of a link, or the
    second of any kind (the first is mostly a host that is down for an hour), brings some neighbours forward; each of
    them that fails brings forward others: a host of a thousand links is known within days, and a page that died
    alone costs four checks. In the same way a broken link that comes back asks for the fallen ones.
    """
    if before.state is State.BROKEN and after.state in _ALIVE:
        states = _FALLEN
    elif (after.strong and not before.strong) or (
        after.failures == 2 and before.failures == 1 and not after.strong
    ):
        states = _STANDING
    else:
        return None
    return Hurry(pace.neighbours, states, now - pace.neighbours_unseen, now + pace.neighbours_within)
