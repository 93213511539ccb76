"""The judge: when a link is given up, and all the cases in which it must not be."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syndicator.health.judge import JUDGE_VERSION, POLICY, RULES, SIGNS, Count, Rule, Sign, judge
from syndicator.model.health import Belief, Observation, Outcome, State
from tests.health.histories import (
    FAILING,
    STRONG,
    SUCCESSES,
    TARGET,
    UNSEEING,
    WEAK,
    after,
    day,
    fold,
    histories,
    see,
    state_after,
)

BADNESS = {
    State.HEALTHY: 0, State.MOVED: 0, State.UNKNOWN: 1, State.BLOCKED: 1, State.SUSPECT: 2, State.BROKEN: 3,
}  # fmt: skip


def outcomes_of(rule: Rule) -> list[tuple[Outcome, bool]]:
    """What a rule counts: outcomes, and whether the host must call it lasting."""
    if rule.counts is Count.LASTING:
        return [(Outcome.GONE, True)]
    return [(Outcome(outcome.partition(" ")[0]), False) for outcome in rule.outcomes]


def run(rule: Rule, outcome: Outcome, lasting: bool, checks: int, span: timedelta) -> list[Observation]:
    """A run of so many failing checks, evenly over the span, after a healthy one."""
    step = span.total_seconds() / 86400 / max(1, checks - 1)
    return [see(Outcome.OK, -1)] + [see(outcome, n * step, lasting=lasting) for n in range(checks)]


CASES = [(rule, *sort) for rule in RULES for sort in outcomes_of(rule)]


class TestRules:
    def test_every_outcome_has_a_sign_and_every_failing_one_a_rule(self) -> None:
        assert set(SIGNS) == set(Outcome)
        assert {outcome for rule in RULES for outcome, _ in outcomes_of(rule)} == set(FAILING)

    def test_each_rule_says_why(self) -> None:
        assert all(rule.why and rule.name for rule in RULES)
        assert len({rule.name for rule in RULES}) == len(RULES)

    def test_none_lets_a_single_check_or_a_single_day_decide(self) -> None:
        assert all(rule.checks >= 2 and rule.span >= timedelta(days=3) for rule in RULES)

    def test_but_for_a_declared_end_it_takes_three_checks_over_seven_days(self) -> None:
        others = [rule for rule in RULES if rule.counts is not Count.LASTING]
        assert all(rule.checks >= 3 and rule.span >= timedelta(days=7) for rule in others)

    @pytest.mark.parametrize(("rule", "outcome", "lasting"), CASES)
    def test_enough_checks_over_enough_days_break(self, rule: Rule, outcome: Outcome, lasting: bool) -> None:
        assert fold(run(rule, outcome, lasting, rule.checks, rule.span)).state is State.BROKEN

    @pytest.mark.parametrize(("rule", "outcome", "lasting"), CASES)
    def test_too_few_checks_do_not(self, rule: Rule, outcome: Outcome, lasting: bool) -> None:
        if rule.counts is Count.FAILURES and outcome in STRONG:
            return  # Those break by a rule that asks for less.
        assert fold(run(rule, outcome, lasting, rule.checks - 1, rule.span * 2)).state is State.SUSPECT

    @pytest.mark.parametrize(("rule", "outcome", "lasting"), CASES)
    def test_too_short_a_time_does_not(self, rule: Rule, outcome: Outcome, lasting: bool) -> None:
        if rule.counts is Count.FAILURES and outcome in STRONG:
            return
        hasty = fold(run(rule, outcome, lasting, rule.checks, rule.span - timedelta(hours=1)))
        assert hasty.state is State.SUSPECT

    @pytest.mark.parametrize("outcome", STRONG)
    def test_three_over_seven_days(self, outcome: Outcome) -> None:
        """Issue 7: at least three failing checks over at least seven days."""
        assert state_after((outcome, 0), (outcome, 1), (outcome, 6.9)) is State.SUSPECT
        assert state_after((outcome, 0), (outcome, 1), (outcome, 7)) is State.BROKEN
        assert state_after((outcome, 0), (outcome, 7)) is State.SUSPECT

    def test_a_name_that_is_gone_is_no_quicker_than_a_page(self) -> None:
        """An expired name is off for its last eight days before it is deleted, and mostly comes back."""
        lapsed = [see(Outcome.DNS, at, lasting=True) for at in (0, 2, 4, 6)]
        assert fold(lapsed).state is State.SUSPECT
        assert fold([*lapsed, see(Outcome.DNS, 7, lasting=True)]).state is State.BROKEN

    def test_name_servers_that_failed_say_no_more_than_a_timeout(self) -> None:
        """Only that there is no such name is a clear answer."""
        failed = [see(Outcome.DNS, at)._replace(transient=True) for at in (0, 3.5, 7, 10.5, 14)]
        assert fold(failed[:4]).strong == 0
        assert fold(failed[:4]).state is State.SUSPECT
        assert fold(failed).state is State.BROKEN

    def test_a_410_is_quicker_when_it_is_said_twice(self) -> None:
        gone = [see(Outcome.GONE, at, lasting=True) for at in (0, 3)]
        assert fold(gone[:1]).state is State.SUSPECT
        assert fold(gone).state is State.BROKEN

    @pytest.mark.parametrize("outcome", WEAK)
    def test_a_host_that_is_out_of_order_has_two_weeks(self, outcome: Outcome) -> None:
        days = (0, 2, 5, 9, 13.9)
        assert state_after(*((outcome, at) for at in days)) is State.SUSPECT
        assert state_after(*((outcome, at) for at in (*days, 14.4))) is State.BROKEN


class TestMixedRuns:
    def test_weak_checks_do_not_count_for_the_rule_of_the_clear_ones(self) -> None:
        assert (
            state_after((Outcome.TIMEOUT, 0), (Outcome.GONE, 2), (Outcome.TIMEOUT, 5), (Outcome.GONE, 8))
            is State.SUSPECT
        )

    def test_but_the_run_began_with_them(self) -> None:
        """A reader has stood before a closed door since then, whatever was written on it."""
        assert (
            state_after((Outcome.TIMEOUT, 0), (Outcome.GONE, 5), (Outcome.GONE, 6), (Outcome.GONE, 7))
            is State.BROKEN
        )

    def test_clear_ones_count_for_the_rule_of_all(self) -> None:
        checks = [
            (Outcome.GONE, 0.0),
            (Outcome.TIMEOUT, 3.0),
            (Outcome.CONNECT, 6.0),
            (Outcome.SERVER_ERROR, 10.0),
        ]
        assert state_after(*checks) is State.SUSPECT
        assert state_after(*checks, (Outcome.TLS, 14.0)) is State.BROKEN

    def test_a_404_is_no_410(self) -> None:
        assert fold([see(Outcome.GONE, 0, lasting=True), see(Outcome.GONE, 3)]).state is State.SUSPECT

    def test_one_success_begins_all_anew(self) -> None:
        for success in SUCCESSES:
            belief = after((Outcome.GONE, 0), (Outcome.GONE, 3), (success, 6), (Outcome.GONE, 9))
            assert (belief.state, belief.failures, belief.failing_since) == (State.SUSPECT, 1, day(9))


class TestSpacing:
    def test_a_button_pressed_five_times_kills_nothing(self) -> None:
        presses = [(Outcome.GONE, n / 1440) for n in range(5)]
        belief = after(*presses)
        assert (belief.state, belief.failures) == (State.SUSPECT, 1)

    def test_nor_does_pressing_it_again_a_week_later(self) -> None:
        belief = after(*((Outcome.GONE, at + n / 1440) for at in (0, 8) for n in range(5)))
        assert (belief.state, belief.failures) == (State.SUSPECT, 2)

    def test_a_check_that_does_not_count_does_not_lengthen_the_run(self) -> None:
        checks = [(Outcome.GONE, 0.0), (Outcome.GONE, 3.0), (Outcome.GONE, 6.8), (Outcome.GONE, 7.1)]
        assert state_after(*checks) is State.SUSPECT

    def test_checks_every_hour_count_twice_a_day(self) -> None:
        """What counts is measured from the last one that counted, not from the last one."""
        assert after(*((Outcome.GONE, hour / 24) for hour in range(49))).failures == 5

    def test_what_failed_long_ago_is_another_run(self) -> None:
        checks = [(Outcome.GONE, 0.0), (Outcome.GONE, 200.0), (Outcome.GONE, 200.5)]
        belief = after(*checks)
        assert (belief.state, belief.failures, belief.failing_since) == (State.SUSPECT, 2, day(200))

    def test_a_check_a_month_still_adds_up(self) -> None:
        assert state_after((Outcome.GONE, 0), (Outcome.GONE, 31), (Outcome.GONE, 62)) is State.BROKEN

    def test_a_broken_link_stays_broken_however_rarely_it_is_looked_at(self) -> None:
        belief = after((Outcome.GONE, 0), (Outcome.GONE, 3), (Outcome.GONE, 8), (Outcome.GONE, 400))
        assert (belief.state, belief.since, belief.failures) == (State.BROKEN, day(8), 4)


class TestWalls:
    @pytest.mark.parametrize("outcome", UNSEEING)
    def test_what_hides_a_page_never_breaks_its_link(self, outcome: Outcome) -> None:
        assert state_after(*((outcome, at) for at in range(0, 700, 5))) in {State.BLOCKED, State.UNKNOWN}

    @pytest.mark.parametrize("outcome", UNSEEING)
    def test_nor_does_it_end_a_run_of_failures(self, outcome: Outcome) -> None:
        checks = [(Outcome.GONE, 0.0), (outcome, 1.0), (Outcome.GONE, 3.0), (outcome, 5.0)]
        assert state_after(*checks) is State.SUSPECT
        assert state_after(*checks, (Outcome.GONE, 7.0)) is State.BROKEN

    def test_a_new_link_behind_a_wall_is_blocked_at_once(self) -> None:
        assert state_after((Outcome.BLOCKED, 0)) is State.BLOCKED

    def test_a_known_one_only_when_the_wall_stands(self) -> None:
        checks = [(Outcome.OK, 0.0), (Outcome.BLOCKED, 10.0), (Outcome.BLOCKED, 14.0)]
        assert state_after(*checks) is State.HEALTHY
        assert state_after(*checks, (Outcome.BLOCKED, 17.0)) is State.BLOCKED

    def test_a_person_is_asked_after_three_walls_over_seven_days(self) -> None:
        walls = [(Outcome.BLOCKED, 0.0), (Outcome.BLOCKED, 4.0)]
        assert not after(*walls).look
        assert not after(*walls, (Outcome.BLOCKED, 6.0)).look
        assert after(*walls, (Outcome.BLOCKED, 7.0)).look

    def test_and_only_once_while_the_wall_stands(self) -> None:
        beliefs = [after(*((Outcome.BLOCKED, at) for at in range(0, days, 4))) for days in range(4, 80, 4)]
        asked = [belief.look for belief in beliefs]
        assert [(a, b) for a, b in pairwise(asked) if a != b] == [(False, True)]

    @pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.GONE])
    def test_the_question_is_settled_when_the_page_is_seen(self, outcome: Outcome) -> None:
        belief = after(*((Outcome.BLOCKED, at) for at in (0, 4, 8)), (outcome, 12))
        assert (belief.look, belief.blocked, belief.blocked_since) == (False, 0, None)

    def test_a_suspect_behind_a_wall_keeps_its_run(self) -> None:
        hidden = [
            (Outcome.GONE, 0.0),
            (Outcome.GONE, 2.0),
            *((Outcome.BLOCKED, at) for at in (5.0, 9.0, 13.0)),
        ]
        belief = after(*hidden)
        assert (belief.state, belief.failures) == (State.BLOCKED, 2)
        assert state_after(*hidden, (Outcome.GONE, 17)) is State.BROKEN


class TestMoves:
    def test_the_same_target_again_is_counted(self) -> None:
        belief = after((Outcome.MOVED, 0), (Outcome.MOVED, 4))
        assert (belief.state, belief.moved_to, belief.moved_times) == (State.MOVED, TARGET, 2)
        assert belief.since == day(0)

    def test_another_target_begins_anew(self) -> None:
        belief = fold([see(Outcome.MOVED, 0), see(Outcome.MOVED, 4, moved_to=TARGET + "er")])
        assert (belief.state, belief.moved_to, belief.moved_times) == (State.MOVED, TARGET + "er", 1)
        assert belief.since == day(4)

    def test_where_a_link_led_is_remembered_when_it_fails(self) -> None:
        belief = after((Outcome.MOVED, 0), (Outcome.GONE, 30), (Outcome.GONE, 34), (Outcome.GONE, 38))
        assert (belief.state, belief.moved_to) == (State.BROKEN, TARGET)

    def test_and_forgotten_when_it_is_back_in_its_place(self) -> None:
        belief = after((Outcome.MOVED, 0), (Outcome.OK, 4))
        assert (belief.state, belief.moved_to, belief.moved_times) == (State.HEALTHY, "", 0)

    def test_a_move_to_nowhere_is_a_success_like_any_other(self) -> None:
        assert judge(Belief(), Observation(day(0), Outcome.MOVED)).state is State.HEALTHY


class TestClocks:
    def test_a_clock_set_back_makes_no_negative_spans(self) -> None:
        belief = fold([see(Outcome.GONE, 100), see(Outcome.GONE, 0)])
        assert belief.failing_since == belief.failed_at == belief.checked_at == day(0)
        assert belief.state is State.SUSPECT

    def test_checks_under_a_clock_that_ran_ahead_do_not_stand_in_the_way(self) -> None:
        ahead = [see(Outcome.GONE, 2000)]
        assert fold([*ahead, *(see(Outcome.GONE, at) for at in (0, 3, 8))]).state is State.BROKEN

    def test_a_clock_at_its_epoch_does_not_make_a_long_run(self) -> None:
        """An empty battery: 1970, until the time is set again."""
        history = [
            see(Outcome.GONE, 0),
            see(Outcome.GONE, -20_000),
            see(Outcome.GONE, 1),
            see(Outcome.GONE, 1.5),
        ]
        belief = fold(history)
        assert (belief.state, belief.failures, belief.failing_since) == (State.SUSPECT, 2, day(1))

    @given(histories(), st.randoms(use_true_random=False))
    def test_in_any_order_no_instant_lies_after_the_last_check(
        self, history: list[Observation], chance: Callable[..., float]
    ) -> None:
        shuffled = sorted(history, key=lambda _: chance.random())  # type: ignore[attr-defined]
        belief = Belief()
        for seen in shuffled:
            belief = judge(belief, seen)
            stamps = [
                belief.since,
                belief.alive_at,
                belief.failing_since,
                belief.failed_at,
                belief.blocked_since,
            ]
            assert belief.checked_at == seen.at
            assert all(stamp is None or stamp <= seen.at for stamp in stamps)


def by_definition(history: list[Observation]) -> bool:
    """Whether a link is broken, said in another way: looking back over the whole history at once."""
    failing = [
        (position, seen)
        for position, seen in enumerate(history)
        if SIGNS[seen.outcome] in {Sign.STRONG, Sign.WEAK}
    ]
    successes = [n for n, seen in enumerate(history) if SIGNS[seen.outcome] in {Sign.ALIVE, Sign.MOVED}]
    since = max(successes, default=-1)
    counted: list[Observation] = []
    broken = False
    for position, seen in failing:
        if position < since:
            continue
        if counted and seen.at - counted[-1].at < POLICY.spacing:
            continue
        if counted and seen.at - counted[-1].at > POLICY.stale and not broken:
            counted = []
        counted.append(seen)
        span = seen.at - counted[0].at
        told = sum(1 for one in counted if one.lasting and one.outcome is Outcome.GONE)
        strong = sum(1 for one in counted if SIGNS[one.outcome] is Sign.STRONG and not one.transient)
        broken = (
            broken
            or (told >= 2 and span >= timedelta(days=3))
            or (strong >= 3 and span >= timedelta(days=7))
            or (len(counted) >= 5 and span >= timedelta(days=14))
        )
    return broken


class TestLaws:
    @given(histories())
    def test_broken_is_what_the_definition_says(self, history: list[Observation]) -> None:
        assert (fold(history).state is State.BROKEN) == by_definition(history)

    @given(histories(FAILING, least=2))
    def test_and_for_nothing_but_failures(self, history: list[Observation]) -> None:
        assert (fold(history).state is State.BROKEN) == by_definition(history)

    @pytest.mark.parametrize("outcome", Outcome)
    @pytest.mark.parametrize("lasting", [False, True])
    def test_no_single_check_breaks_a_link(self, outcome: Outcome, lasting: bool) -> None:
        assert fold([see(outcome, 0, lasting=lasting)]).state is not State.BROKEN

    @given(histories(), st.sampled_from(FAILING), st.integers(0, 400))
    def test_nor_does_any_check_after_a_success(
        self, history: list[Observation], outcome: Outcome, days: int
    ) -> None:
        last = max((seen.at for seen in history), default=day(0))
        healed = fold([*history, Observation(last, Outcome.OK)])
        failed = judge(healed, Observation(last + timedelta(days=days), outcome, lasting=True))
        assert failed.state is State.SUSPECT

    @given(histories())
    def test_checks_that_saw_nothing_never_change_whether_it_is_broken(
        self, history: list[Observation]
    ) -> None:
        seeing = [seen for seen in history if seen.outcome not in UNSEEING]
        assert (fold(history).state is State.BROKEN) == (fold(seeing).state is State.BROKEN)

    @given(histories(), st.sampled_from(SUCCESSES))
    def test_a_success_never_makes_it_worse(self, history: list[Observation], success: Outcome) -> None:
        belief = fold(history)
        at = belief.checked_at or day(0)
        better = judge(belief, Observation(at, success, moved_to=TARGET if success is Outcome.MOVED else ""))
        assert BADNESS[better.state] <= BADNESS[belief.state]
        assert (better.failures, better.failing_since, better.blocked, better.look) == (0, None, 0, False)

    @given(histories(), st.integers(0, 14))
    def test_to_fold_in_two_parts_is_to_fold_at_once(self, history: list[Observation], cut: int) -> None:
        assert fold(history[cut:], fold(history[:cut])) == fold(history)

    @given(histories(least=2))
    @example([see(Outcome.GONE, at, lasting=True) for at in (0, 3)])
    def test_broken_rests_on_counted_failures_over_days(self, history: list[Observation]) -> None:
        belief = fold(history)
        assert belief.lasting <= belief.strong <= belief.failures
        if belief.state is State.BROKEN:
            assert belief.failures >= 2
            assert belief.failing_since is not None
            assert belief.failed_at is not None
            assert belief.failed_at - belief.failing_since >= timedelta(days=3)

    @given(histories(least=1))
    def test_since_is_when_the_state_began(self, history: list[Observation]) -> None:
        states = [fold(history[: n + 1]) for n in range(len(history))]
        last = states[-1]
        began = next(
            n for n in range(len(states)) if all(belief.state is last.state for belief in states[n:])
        )
        if last.state is State.UNKNOWN:
            assert last.since is None
        elif last.state is not State.MOVED:
            assert last.since == history[began].at


def test_the_version_is_stored_with_each_check() -> None:
    assert JUDGE_VERSION >= 1
