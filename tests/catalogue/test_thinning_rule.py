"""The rule of thinning, in Python: what the catalogue's SQL is held against (test_checks), and what follows from it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicator.health.thinning import KEPT_WHOLE
from syndicator.model.health import Outcome, State
from tests.catalogue.thinning_rule import Past, dispensable

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def past(at: str, outcome: Outcome = Outcome.OK, state: State = State.HEALTHY) -> Past:
    return Past(datetime.fromisoformat(at).replace(tzinfo=UTC), outcome, state)


def kept(checks: list[Past], now: datetime = NOW) -> list[Past]:
    gone = set(dispensable(checks, now))
    return [check for position, check in enumerate(checks) if position not in gone]


def test_the_last_ninety_days_stay() -> None:
    checks = [Past(NOW - timedelta(days=age), Outcome.OK, State.HEALTHY) for age in range(90, 0, -1)]
    assert kept(checks) == checks


def test_of_what_is_older_the_first_of_each_month_stays() -> None:
    checks = [
        past("2025-01-02"),
        past("2025-01-20"),
        past("2025-02-03"),
        past("2025-02-04"),
        past("2025-04-30"),
    ]
    assert kept(checks) == [checks[0], checks[2], checks[4]]


def test_and_every_change_of_outcome_or_state() -> None:
    checks = [
        past("2025-01-02"),
        past("2025-01-03", Outcome.TIMEOUT, State.SUSPECT),
        past("2025-01-04", Outcome.TIMEOUT, State.SUSPECT),
        past("2025-01-05", Outcome.GONE, State.SUSPECT),
        past("2025-01-06", Outcome.GONE, State.BROKEN),
        past("2025-01-07", Outcome.GONE, State.BROKEN),
        past("2025-01-08"),
    ]
    assert kept(checks) == [checks[0], checks[1], checks[3], checks[4], checks[6]]


def test_months_are_those_of_utc() -> None:
    tokyo = datetime.fromisoformat("2025-02-01T05:00:00+09:00")
    checks = [past("2025-01-02"), Past(tokyo, Outcome.OK, State.HEALTHY)]
    assert kept(checks) == checks[:1]


CHECKS = st.lists(
    st.builds(
        Past,
        st.integers(0, 700).map(lambda age: NOW - timedelta(days=age)),
        st.sampled_from([Outcome.OK, Outcome.GONE]),
        st.sampled_from([State.HEALTHY, State.SUSPECT]),
    ),
    max_size=40,
).map(lambda checks: sorted(checks, key=lambda check: check.at))


@given(CHECKS)
def test_done_again_it_takes_nothing_more(checks: list[Past]) -> None:
    once = kept(checks)
    assert kept(once) == once


@given(CHECKS, st.integers(0, 300))
def test_done_in_parts_it_leaves_the_same(checks: list[Past], days: int) -> None:
    assert kept(kept(checks, NOW - timedelta(days=days))) == kept(checks)


@given(CHECKS)
def test_no_change_is_lost(checks: list[Past]) -> None:
    """What a link went through reads the same afterwards."""

    def told(history: list[Past]) -> list[tuple[Outcome, State]]:
        said = [(check.outcome, check.state) for check in history]
        return [one for position, one in enumerate(said) if position == 0 or one != said[position - 1]]

    assert told(kept(checks)) == told(checks)
    assert [check for check in kept(checks) if NOW - check.at <= KEPT_WHOLE] == [
        check for check in checks if NOW - check.at <= KEPT_WHOLE
    ]
