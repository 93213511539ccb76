"""Histories for tests: checks a day apart, folded; and any history at all, for hypothesis."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from syndicator.health.judge import SIGNS, Sign, judge
from syndicator.model.health import Belief, Observation, Outcome, State

DAY_0 = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
TARGET = "https://outlet.example/new"

STRONG = [outcome for outcome, sign in SIGNS.items() if sign is Sign.STRONG]
WEAK = [outcome for outcome, sign in SIGNS.items() if sign is Sign.WEAK]
FAILING = STRONG + WEAK
SUCCESSES = [Outcome.OK, Outcome.MOVED]
UNSEEING = [Outcome.BLOCKED, Outcome.RATE_LIMITED, Outcome.NOT_ALLOWED]


def day(days: float) -> datetime:
    """The instant so many days after the first."""
    return DAY_0 + timedelta(days=days)


def see(outcome: Outcome, at: float, *, lasting: bool = False, moved_to: str = TARGET) -> Observation:
    """A check at a day."""
    return Observation(day(at), outcome, lasting, moved_to if outcome is Outcome.MOVED else "")


def fold(history: Iterable[Observation], belief: Belief = Belief()) -> Belief:  # noqa: B008
    """The belief after all of them."""
    for seen in history:
        belief = judge(belief, seen)
    return belief


def after(*checks: tuple[Outcome, float]) -> Belief:
    """The belief after checks, each with its day."""
    return fold(see(outcome, at) for outcome, at in checks)


def state_after(*checks: tuple[Outcome, float]) -> State:
    """… and its state."""
    return after(*checks).state


# Minutes between checks: presses of a button, hours, the schedule's steps, months of neglect.
_GAPS = st.one_of(
    st.integers(0, 30),
    st.integers(60, 48 * 60),
    st.integers(2 * 1440, 20 * 1440),
    st.integers(100 * 1440, 200 * 1440),
)


@st.composite
def histories(
    draw: st.DrawFn, outcomes: Sequence[Outcome] = tuple(Outcome), least: int = 0, most: int = 14
) -> list[Observation]:
    """Checks in the order of time."""
    at = DAY_0
    history = []
    for _ in range(draw(st.integers(least, most))):
        at += timedelta(minutes=draw(_GAPS))
        outcome = draw(st.sampled_from(outcomes))
        lasting = outcome in (Outcome.GONE, Outcome.DNS) and draw(st.booleans())
        target = draw(st.sampled_from([TARGET, TARGET + "er"])) if outcome is Outcome.MOVED else ""
        transient = outcome is Outcome.DNS and draw(st.booleans())
        history.append(Observation(at, outcome, lasting, target, transient))
    return history
