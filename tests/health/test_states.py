"""The table of states: its laws, and that the judge does in every cell what it says."""

from datetime import timedelta

import pytest

from syndicator.health.judge import POLICY, judge
from syndicator.health.states import MEANING, TRANSITIONS, Evidence, as_markdown
from syndicator.model.health import Belief, Observation, Outcome, State
from tests.health.histories import TARGET, day

CELLS = [(state, evidence) for state in State for evidence in Evidence]
SEEN = {
    Evidence.ALIVE: Outcome.OK,
    Evidence.MOVED: Outcome.MOVED,
    Evidence.FAILING: Outcome.GONE,
    Evidence.DAMNING: Outcome.GONE,
    Evidence.BLOCKED: Outcome.BLOCKED,
    Evidence.WALLED: Outcome.BLOCKED,
    Evidence.UNSEEN: Outcome.RATE_LIMITED,
}


def belief_before(state: State, evidence: Evidence) -> Belief:
    """A belief in which a check of eight days later is that evidence."""
    belief = Belief(state, day(-30), day(0))
    if evidence is Evidence.DAMNING:
        return belief._replace(failing_since=day(0), failed_at=day(0), failures=2, strong=2)
    if evidence is Evidence.WALLED:
        return belief._replace(blocked=2, blocked_since=day(0))
    return belief


class TestTable:
    def test_has_a_cell_for_every_state_and_evidence(self) -> None:
        assert set(TRANSITIONS) == set(State)
        assert all(tuple(row) == tuple(Evidence) for row in TRANSITIONS.values())
        assert set(MEANING) == set(Evidence)

    @pytest.mark.parametrize("state", State)
    def test_one_success_heals_every_state(self, state: State) -> None:
        assert TRANSITIONS[state][Evidence.ALIVE] is State.HEALTHY
        assert TRANSITIONS[state][Evidence.MOVED] is State.MOVED

    @pytest.mark.parametrize(("state", "evidence"), CELLS)
    def test_only_what_was_failing_before_can_break_and_only_by_a_rule(
        self, state: State, evidence: Evidence
    ) -> None:
        if state is not State.BROKEN and TRANSITIONS[state][evidence] is State.BROKEN:
            assert state in {State.SUSPECT, State.BLOCKED}
            assert evidence is Evidence.DAMNING

    @pytest.mark.parametrize("state", State)
    def test_what_was_not_seen_changes_nothing(self, state: State) -> None:
        assert TRANSITIONS[state][Evidence.UNSEEN] is state

    @pytest.mark.parametrize("state", [State.HEALTHY, State.MOVED, State.SUSPECT, State.BROKEN])
    def test_one_wall_hides_nothing_that_is_known(self, state: State) -> None:
        assert TRANSITIONS[state][Evidence.BLOCKED] is state

    def test_a_wall_that_stands_hides_all_but_a_death(self) -> None:
        assert {state for state in State if TRANSITIONS[state][Evidence.WALLED] is not State.BLOCKED} == {
            State.BROKEN
        }

    def test_nothing_becomes_unknown_again(self) -> None:
        found = [(s, e) for s, e in CELLS if TRANSITIONS[s][e] is State.UNKNOWN]
        assert found == [(State.UNKNOWN, Evidence.UNSEEN)]


@pytest.mark.parametrize(("state", "evidence"), CELLS)
def test_the_judge_does_what_the_table_says(state: State, evidence: Evidence) -> None:
    outcome = SEEN[evidence]
    seen = Observation(day(8), outcome, moved_to=TARGET if outcome is Outcome.MOVED else "")
    before = belief_before(state, evidence)
    found = judge(before, seen)
    assert found.state is TRANSITIONS[state][evidence]
    moved = evidence is Evidence.MOVED
    assert found.since == (day(-30) if found.state is state and not moved else day(8))
    assert found.checked_at == day(8)


def test_damning_and_walled_need_their_spans() -> None:
    """The beliefs above are on the edge: half a day sooner they are only failing and blocked."""
    sooner = day(0) + POLICY.look_span - timedelta(hours=12)
    for evidence, state in ((Evidence.DAMNING, State.SUSPECT), (Evidence.WALLED, State.HEALTHY)):
        found = judge(belief_before(state, evidence), Observation(sooner, SEEN[evidence]))
        assert found.state is state


def test_the_table_for_the_docs_shows_every_change() -> None:
    lines = as_markdown().splitlines()
    assert lines[0] == "| state | alive | moved | failing | damning | blocked | walled | unseen |"
    assert lines[2:] == [
        "| **unknown** | healthy | moved | suspect | suspect | blocked | blocked | · |",
        "| **healthy** | · | moved | suspect | suspect | · | blocked | · |",
        "| **moved** | healthy | · | suspect | suspect | · | blocked | · |",
        "| **suspect** | healthy | moved | · | broken | · | blocked | · |",
        "| **broken** | healthy | moved | · | · | · | · | · |",
        "| **blocked** | healthy | moved | suspect | broken | · | · | · |",
    ]
