"""Which changes of a link a person is told of: every move between two states, with each mark."""

from datetime import UTC, datetime

import pytest

from syndicator.model.health import State
from syndicator.model.links import Mark, Transition
from syndicator.model.news import Change, change_in

AT = datetime(2026, 6, 1, tzinfo=UTC)


def change(before: State, after: State, mark: Mark = Mark.NONE) -> Change | None:
    return change_in(Transition(1, 1, "https://a.example/", AT, before, after, "", mark))


@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_move(before: State, after: State, mark: Mark) -> None:
    told = change(before, after, mark)
    if after is State.BROKEN and before is not State.BROKEN:
        assert told is Change.BROKEN
    elif before is State.BROKEN and after in (State.HEALTHY, State.MOVED):
        assert told is Change.HEALED
    else:
        assert told is {Mark.NONE: None, Mark.LOOK: Change.LOOK, Mark.CERTAIN: Change.MOVED}[mark]


def test_suspicion_alone_is_no_news() -> None:
    assert all(change(before, State.SUSPECT) is None for before in State)
    assert change(State.SUSPECT, State.HEALTHY) is None
