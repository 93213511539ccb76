"""A person's word over the state."""

import pytest

from syndicator.model.health import Override, State
from syndicator.model.overrides import effective, in_force


def test_a_word_holds_up_to_and_with_the_day_it_names() -> None:
    assert in_force("2026-03-10", "2026-03-09")
    assert in_force("2026-03-10", "2026-03-10")
    assert not in_force("2026-03-10", "2026-03-11")


@pytest.mark.parametrize("state", State)
class TestEffective:
    def test_without_a_word_belief_holds(self, state: State) -> None:
        assert effective(state, None) is state

    def test_alive_means_that_readers_are_sent_there(self, state: State) -> None:
        expected = State.MOVED if state is State.MOVED else State.HEALTHY
        assert effective(state, Override.ALIVE) is expected

    def test_dead_means_that_they_are_not(self, state: State) -> None:
        assert effective(state, Override.DEAD) is State.BROKEN

    def test_of_an_ignored_link_nothing_is_claimed(self, state: State) -> None:
        assert effective(state, Override.IGNORE) is State.UNKNOWN
