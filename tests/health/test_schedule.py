"""The schedule: soon while it matters, ever more rarely while it does not, and never all at once."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.health.judge import judge
from syndicator.health.moves import certain
from syndicator.health.schedule import PACE, jitter_of, next_due, siblings_to_hurry
from syndicator.model.health import Belief, Observation, Outcome, Override, State
from tests.health.histories import DAY_0, FAILING, after, day, fold, histories, see

CREATED = day(-2000)
OLD = day(-2000).date()


def wait(belief: Belief, *, jitter: float = 1.0, now: datetime | None = None) -> timedelta:
    """How long until an old link is due again, at most."""
    now = now or belief.checked_at or DAY_0
    return next_due(belief, now=now, created_at=CREATED, published_on=OLD, jitter=jitter) - now


def days(span: timedelta) -> float:
    return span / timedelta(days=1)


class TestNew:
    def test_a_link_never_checked_is_due_at_once(self) -> None:
        assert wait(Belief()) == timedelta()

    def test_a_young_piece_is_looked_at_each_time_its_age_has_doubled(self) -> None:
        at, found = 0.0, []
        belief = Belief()
        for _ in range(6):
            belief = judge(belief, see(Outcome.OK, at))
            due = next_due(
                belief, now=day(at), created_at=DAY_0, published_on=DAY_0.date(), jitter=1.0 - 1e-9
            )
            found.append(round(days(due - day(at)), 1))
            at = days(due - DAY_0)
        assert found == [1.0, 1.0, 2.0, 4.0, 8.0, 13.3]

    def test_an_old_piece_is_not(self) -> None:
        assert days(wait(after((Outcome.OK, 0)))) > PACE.base.days

    def test_where_no_date_is_known_the_link_is_as_old_as_its_record(self) -> None:
        due = next_due(after((Outcome.OK, 0)), now=DAY_0, created_at=day(-3), jitter=1.0)
        assert due == day(3)

    def test_one_that_cannot_be_seen_is_tried_ever_more_rarely(self) -> None:
        belief = after((Outcome.RATE_LIMITED, 0))
        waits = [
            days(next_due(belief, now=day(at), created_at=DAY_0, jitter=1.0) - day(at))
            for at in (0, 1, 5, 40, 300)
        ]
        assert waits == [1, 1, 5, 40, 60]


class TestHealthy:
    def test_begins_with_about_two_weeks_and_grows_to_sixty(self) -> None:
        waits = [
            days(wait(Belief(State.HEALTHY, since=day(0), checked_at=day(at)))) for at in range(1, 3650, 30)
        ]
        assert waits == sorted(waits)
        assert 13 <= waits[0] < 20
        assert waits[-1] == 60

    @given(
        st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 5000), st.floats(0, 1, exclude_max=True)
    )
    def test_the_longer_healthy_the_later(self, healthy: int, more: int, age: int, jitter: float) -> None:
        """For the same link at the same age."""
        found = []
        for known in (healthy, healthy + more):
            now = day(6000)
            belief = Belief(State.HEALTHY, since=now - timedelta(days=known), checked_at=now)
            created = now - timedelta(days=max(age, healthy + more))
            found.append(next_due(belief, now=now, created_at=created, jitter=jitter))
        assert found == sorted(found)

    def test_a_wall_before_a_known_page_is_tried_again_soon(self) -> None:
        assert wait(after((Outcome.OK, 0), (Outcome.BLOCKED, 300))) == PACE.again

    def test_so_that_a_person_is_asked_after_the_third(self) -> None:
        at, belief = 300.0, after((Outcome.OK, 0))
        for _ in range(3):
            belief = judge(belief, see(Outcome.BLOCKED, at))
            at += days(wait(belief, jitter=1.0))
        assert belief.look


class TestSuspect:
    @pytest.mark.parametrize("jitter", [0.0, 0.5, 0.999])
    @pytest.mark.parametrize(
        ("outcome", "checks", "within"), [(Outcome.GONE, 4, 8.0), (Outcome.CONNECT, 6, 16.0)]
    )
    def test_the_attempts_fulfil_the_rules_in_time(
        self, outcome: Outcome, checks: int, within: float, jitter: float
    ) -> None:
        belief, at = Belief(), 0.0
        for _ in range(checks):
            assert belief.state is not State.BROKEN
            belief = judge(belief, see(outcome, at))
            last, at = at, at + days(wait(belief, jitter=jitter))
        assert belief.state is State.BROKEN
        assert last <= within

    @pytest.mark.parametrize("jitter", [0.0, 0.5, 0.999])
    def test_at_other_hours_and_weekdays(self, jitter: float) -> None:
        moments, belief = [DAY_0], Belief()
        for _ in range(3):
            belief = judge(belief, Observation(moments[-1], Outcome.GONE))
            moments.append(moments[-1] + wait(belief, jitter=jitter))
        hours = sorted(moment.hour + moment.minute / 60 for moment in moments)
        apart = [(b - a) % 24 for a, b in zip(hours, [*hours[1:], hours[0] + 24], strict=True)]
        assert min(apart) >= 1.5
        assert len({moment.weekday() for moment in moments[:3]}) == 3

    def test_one_that_never_fulfils_a_rule_is_still_tried(self) -> None:
        belief = Belief(State.SUSPECT, day(0), day(0), failures=99, failed_at=day(0), failing_since=day(0))
        assert wait(belief, jitter=0.0) == PACE.retries_after

    def test_behind_a_wall_it_waits_for_the_wall(self) -> None:
        assert wait(after((Outcome.GONE, 0), (Outcome.BLOCKED, 2))) <= PACE.again


class TestBrokenAndBlocked:
    def test_a_broken_link_is_tried_ever_more_rarely(self) -> None:
        belief = after((Outcome.GONE, 0), (Outcome.GONE, 3), (Outcome.GONE, 8))
        assert [days(wait(belief, now=day(8 + gone))) for gone in (0, 7, 14, 28, 500)] == [7, 7, 14, 28, 60]

    def test_so_is_one_behind_a_wall_once_a_person_was_asked(self) -> None:
        belief = after(*((Outcome.BLOCKED, at) for at in (0, 4, 8)))
        assert [days(wait(belief, now=day(blocked))) for blocked in (8, 20, 500)] == [14, 20, 60]

    @pytest.mark.parametrize("jitter", [0.0, 0.5, 0.999])
    def test_a_move_is_looked_at_again_until_it_is_certain(self, jitter: float) -> None:
        belief, at = Belief(), 0.0
        while not certain("https://outlet.example/old", belief):
            belief = judge(belief, see(Outcome.MOVED, at))
            last, at = at, at + days(wait(belief, jitter=jitter))
        assert last <= 8

    def test_and_then_like_any_healthy_link(self) -> None:
        assert wait(after((Outcome.MOVED, 0))) == PACE.again
        assert wait(after((Outcome.MOVED, 0), (Outcome.MOVED, 4))) > PACE.base


class TestOverrides:
    def test_an_ignored_link_is_not_due_before_the_word_ends(self) -> None:
        belief = after((Outcome.GONE, 0))
        for until, expected in ((day(20), day(20)), (day(500), day(60)), (day(-5), day(1)), (None, day(60))):
            due = next_due(
                belief,
                now=DAY_0,
                created_at=CREATED,
                jitter=0.5,
                override=Override.IGNORE,
                until=until,
            )
            assert due == expected

    def test_not_even_one_that_was_never_checked(self) -> None:
        due = next_due(Belief(), now=DAY_0, created_at=DAY_0, jitter=0.5, override=Override.IGNORE)
        assert due > DAY_0

    def test_one_that_a_person_calls_dead_is_looked_at_rarely(self) -> None:
        belief = after((Outcome.OK, 0), (Outcome.OK, 10))
        due = next_due(belief, now=day(10), created_at=CREATED, jitter=1.0, override=Override.DEAD)
        assert due == day(70)

    def test_even_while_it_is_suspect(self) -> None:
        belief = after((Outcome.OK, 0), (Outcome.GONE, 10), (Outcome.GONE, 12))
        due = next_due(belief, now=day(12), created_at=CREATED, jitter=1.0, override=Override.DEAD)
        assert due == day(72)

    def test_one_called_alive_goes_on_as_it_is_believed(self) -> None:
        belief = after((Outcome.GONE, 0))
        due = next_due(belief, now=DAY_0, created_at=CREATED, jitter=0.5, override=Override.ALIVE)
        assert due == next_due(belief, now=DAY_0, created_at=CREATED, jitter=0.5)


@given(
    histories(least=1),
    st.floats(0, 1, exclude_max=True),
    st.integers(-3000, 3000),
    st.integers(-3000, 3000),
    st.sampled_from([None, *Override]),
    st.integers(0, 400),
)
def test_due_is_always_ahead_and_within_sixty_days(
    history: list[Observation],
    jitter: float,
    created: int,
    published: int,
    override: Override | None,
    late: int,
) -> None:
    """Also under clocks that jump: for a record made, or a piece published, after `now`."""
    belief = fold(history)
    assert belief.checked_at is not None
    now = belief.checked_at + timedelta(days=late)
    due = next_due(
        belief,
        now=now,
        created_at=day(created),
        published_on=day(published).date(),
        jitter=jitter,
        override=override,
    )
    assert timedelta(hours=6) < due - now <= PACE.longest


class TestSpread:
    @given(st.integers(0, 2**40), st.integers(0, 20_000))
    def test_jitter_is_within_bounds_and_the_same_for_the_same_link_and_day(self, link: int, at: int) -> None:
        found = jitter_of(link, day(at))
        assert 0 <= found < 1
        assert found == jitter_of(link, day(at))

    def test_links_are_spread_evenly(self) -> None:
        tenths = Counter(int(jitter_of(link, DAY_0) * 10) for link in range(10_000))
        assert all(900 <= tenths[tenth] <= 1100 for tenth in range(10))

    def test_a_link_does_not_get_the_same_chance_each_time(self) -> None:
        tenths = Counter(int(jitter_of(7, day(11 * n)) * 10) for n in range(200))
        assert len(tenths) == 10

    def test_an_import_of_many_comes_once_at_once_and_never_again(self) -> None:
        """10,000 links first checked within an hour: later no day has much more than its share."""
        load: Counter[int] = Counter()
        for link in range(10_000):
            moment = DAY_0
            while moment < day(120):
                load[int(days(moment - DAY_0))] += 1
                belief = Belief(State.HEALTHY, DAY_0, moment, moment)
                moment = next_due(belief, now=moment, created_at=CREATED, jitter=jitter_of(link, moment))
        fair = sum(load[d] for d in range(60, 120)) / 60
        assert load[0] == 10_000
        assert max(load[d] for d in range(1, 120)) < 1.5 * fair


class TestNeighbours:
    def test_the_first_clear_failure_asks_for_some(self) -> None:
        before = after((Outcome.OK, 0))
        hurry = siblings_to_hurry(before, judge(before, see(Outcome.GONE, 10)), now=day(10))
        assert hurry is not None
        assert hurry.number == 4
        assert hurry.states == {State.HEALTHY, State.MOVED, State.UNKNOWN, State.BLOCKED}
        assert hurry.unseen_since == day(8)
        assert day(10) < hurry.due_by <= day(10.25)

    @pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.CONNECT, Outcome.SERVER_ERROR])
    def test_a_host_out_of_order_only_when_it_still_is_a_day_later(self, outcome: Outcome) -> None:
        healthy = after((Outcome.OK, 0))
        once = judge(healthy, see(outcome, 10))
        twice = judge(once, see(outcome, 11.3))
        thrice = judge(twice, see(outcome, 14))
        assert siblings_to_hurry(healthy, once, now=day(10)) is None
        assert siblings_to_hurry(once, twice, now=day(11.3)) is not None
        assert siblings_to_hurry(twice, thrice, now=day(14)) is None

    def test_a_link_that_comes_back_asks_for_the_fallen(self) -> None:
        broken = after((Outcome.DNS, 0), (Outcome.DNS, 3), (Outcome.DNS, 8))
        hurry = siblings_to_hurry(broken, judge(broken, see(Outcome.OK, 30)), now=day(30))
        assert hurry is not None
        assert hurry.states == {State.SUSPECT, State.BROKEN}

    @given(histories(least=1))
    def test_a_run_of_failures_asks_at_most_twice(self, history: list[Observation]) -> None:
        """Once for the second failure, once for the first clear one: rumours die out."""
        belief, asked = Belief(), 0
        for seen in history:
            before, belief = belief, judge(belief, seen)
            if belief.failing_since != before.failing_since:
                asked = 0
            if seen.outcome in FAILING and siblings_to_hurry(before, belief, now=seen.at):
                asked += 1
            assert asked <= 2
