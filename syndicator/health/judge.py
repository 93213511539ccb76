"""What is believed of a link after one more check: a fold over its history, in constant time a check.

Knows evidence, counts and spans; must not know HTTP, nor what is done about a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

from syndicator.health.states import TRANSITIONS, Evidence
from syndicator.model.health import Belief, Observation, Outcome, State

# Goes up with every change of what is decided here or in `states`; each check stores the one that judged it.
JUDGE_VERSION = 1


class Sign(Enum):
    """What an outcome says by itself."""

    ALIVE = auto()
    MOVED = auto()
    STRONG = auto()  # a host, or the name system, says that there is no such thing, and not in a bad moment
    WEAK = auto()  # something is out of order, which may have any cause, on our side too
    BLOCKED = auto()
    UNSEEN = auto()


SIGNS: Mapping[Outcome, Sign] = MappingProxyType(
    {
        Outcome.OK: Sign.ALIVE,
        Outcome.MOVED: Sign.MOVED,
        Outcome.GONE: Sign.STRONG,
        Outcome.SOFT_404: Sign.STRONG,
        Outcome.DNS: Sign.STRONG,
        Outcome.SERVER_ERROR: Sign.WEAK,
        Outcome.TIMEOUT: Sign.WEAK,
        Outcome.TLS: Sign.WEAK,
        Outcome.CONNECT: Sign.WEAK,
        Outcome.TOO_MANY_REDIRECTS: Sign.WEAK,
        Outcome.PROTOCOL: Sign.WEAK,
        Outcome.BLOCKED: Sign.BLOCKED,
        Outcome.RATE_LIMITED: Sign.UNSEEN,
        Outcome.NOT_ALLOWED: Sign.UNSEEN,
    }
)


class Count(Enum):
    """Which checks of an unbroken run of failures a rule counts: each one is a part of the next."""

    LASTING = auto()
    STRONG = auto()
    FAILURES = auto()


class Rule(NamedTuple):
    """When a run of failing checks makes a link broken: so many of the counted sort, the whole run so long.

    `outcomes` are those it counts, for the docs and tests; `why` is said to people.
    """

    name: str
    counts: Count
    outcomes: tuple[str, ...]
    checks: int
    span: timedelta
    why: str

    def fulfilled(self, belief: Belief, at: datetime) -> bool:
        """Whether the run of failures that `at` belongs to is enough."""
        counted = _counted(self.counts, belief)
        return (
            counted >= self.checks
            and belief.failing_since is not None
            and at - belief.failing_since >= self.span
        )


def _counted(count: Count, belief: Belief) -> int:
    if count is Count.LASTING:
        return belief.lasting
    return belief.strong if count is Count.STRONG else belief.failures


_FAILING = tuple(outcome.value for outcome, sign in SIGNS.items() if sign in {Sign.STRONG, Sign.WEAK})
_STRONG = tuple(
    f"{outcome.value} (no such name)" if outcome is Outcome.DNS else outcome.value
    for outcome, sign in SIGNS.items()
    if sign is Sign.STRONG
)

# Any one of them is enough. A dead registrable domain has no rule of its own: an expired name must be taken out of
# the DNS for its last eight days, so that its holder notices, and can be bought back for thirty more (ICANN, Expired
# Registration Recovery Policy): names that lapse by mistake come back within days.
RULES: tuple[Rule, ...] = (
    Rule(
        "declared",
        Count.LASTING,
        ("gone (410)",),
        2,
        timedelta(days=3),
        "a host answers 410 only on purpose (RFC 9110, 15.5.11); twice, and over a weekend, for a wrong setting "
        "can say it as well",
    ),
    Rule(
        "not there",
        Count.STRONG,
        _STRONG,
        3,
        timedelta(days=7),
        "that there is no such page or name is a clear answer, and a botched release or a lapsed name is mostly "
        "put right within a week",
    ),
    Rule(
        "not reached",
        Count.FAILURES,
        _FAILING,
        5,
        timedelta(days=14),
        "a host that is down, a certificate that ran out, or a silent wall against us say nothing about the page: "
        "owners have two weeks to notice",
    ),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the judge goes by."""

    rules: tuple[Rule, ...] = RULES
    # Failing checks closer than this to the last one that counted say the same thing once more: half a day, so that
    # pressing a button five times kills nothing, and that day and night are both heard.
    spacing: timedelta = timedelta(hours=12)
    # Failures further apart than this are two runs: nobody looked in between. Longer than a quarter, so that a check
    # every three months still adds up.
    stale: timedelta = timedelta(days=120)
    # When a wall has stood for long enough to ask a person: in different weeks, not in one bad hour.
    look_checks: int = 3
    look_span: timedelta = timedelta(days=7)


POLICY = Policy()


def judge(belief: Belief, seen: Observation, policy: Policy = POLICY) -> Belief:
    """The belief after one more check.

    A check dated before the last one means that a clock was set back: what is dated later is then taken to be
    of now, so that spans only shrink.
    """
    at = seen.at
    if belief.checked_at is not None and at < belief.checked_at:
        belief = _set_back(belief, at)
    sign = SIGNS[seen.outcome]
    if sign is Sign.ALIVE or (sign is Sign.MOVED and not seen.moved_to):
        state = TRANSITIONS[belief.state][Evidence.ALIVE]
        return Belief(state, belief.since if state is belief.state else at, at, at)
    if sign is Sign.MOVED:
        return _moved(belief, seen)
    if sign is Sign.BLOCKED:
        return _blocked(belief, at, policy)
    if sign is Sign.UNSEEN:
        return _become(belief, Evidence.UNSEEN, at)
    return _failed(belief, seen, strong=sign is Sign.STRONG and not seen.transient, policy=policy)


def _become(belief: Belief, evidence: Evidence, at: datetime) -> Belief:
    state = TRANSITIONS[belief.state][evidence]
    since = belief.since if state is belief.state else at
    return belief._replace(state=state, since=since, checked_at=at)


def _moved(belief: Belief, seen: Observation) -> Belief:
    state = TRANSITIONS[belief.state][Evidence.MOVED]
    known = belief.moved_to == seen.moved_to
    return Belief(
        state,
        belief.since if known and state is belief.state else seen.at,
        seen.at,
        seen.at,
        moved_to=seen.moved_to,
        moved_times=belief.moved_times + 1 if known else 1,
    )


def _blocked(belief: Belief, at: datetime, policy: Policy) -> Belief:
    since = belief.blocked_since or at
    times = belief.blocked + 1
    walled = times >= policy.look_checks and at - since >= policy.look_span
    belief = belief._replace(blocked=times, blocked_since=since, look=belief.look or walled)
    return _become(belief, Evidence.WALLED if walled else Evidence.BLOCKED, at)


def _failed(belief: Belief, seen: Observation, *, strong: bool, policy: Policy) -> Belief:
    at, last = seen.at, belief.failed_at
    evidence = Evidence.FAILING
    begins = last is None or (at - last > policy.stale and belief.state is not State.BROKEN)
    if begins or last is None or at - last >= policy.spacing:
        belief = belief._replace(
            failing_since=at if begins else belief.failing_since,
            failures=1 if begins else belief.failures + 1,
            strong=(0 if begins else belief.strong) + strong,
            lasting=(0 if begins else belief.lasting) + (seen.lasting and seen.outcome is Outcome.GONE),
            failed_at=at,
        )
        if any(rule.fulfilled(belief, at) for rule in policy.rules):
            evidence = Evidence.DAMNING
    return _become(belief._replace(blocked=0, blocked_since=None, look=False), evidence, at)


def _set_back(belief: Belief, at: datetime) -> Belief:
    def no_later(moment: datetime | None) -> datetime | None:
        return moment if moment is None or moment <= at else at

    return belief._replace(
        since=no_later(belief.since),
        checked_at=at,
        alive_at=no_later(belief.alive_at),
        failing_since=no_later(belief.failing_since),
        failed_at=no_later(belief.failed_at),
        blocked_since=no_later(belief.blocked_since),
    )
