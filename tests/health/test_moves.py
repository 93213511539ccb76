"""When a move is certain."""

import pytest

from syndicator.health.moves import certain
from syndicator.model.health import Belief, Outcome
from tests.health.histories import TARGET, after, fold, see

URL = "https://outlet.example/old"


def test_a_redirect_seen_once_is_believed_but_not_certain() -> None:
    assert not certain(URL, after((Outcome.MOVED, 0)))


def test_the_same_one_three_days_later_is_certain() -> None:
    assert not certain(URL, after((Outcome.MOVED, 0), (Outcome.MOVED, 2.9)))
    assert certain(URL, after((Outcome.MOVED, 0), (Outcome.MOVED, 3)))


def test_another_target_is_another_move() -> None:
    history = [see(Outcome.MOVED, 0), see(Outcome.MOVED, 4, moved_to=TARGET + "er")]
    assert not certain(URL, fold(history))
    assert certain(URL, fold([*history, see(Outcome.MOVED, 7, moved_to=TARGET + "er")]))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://outlet.example/a?b=c", True),
        ("https://www.outlet.example/a?b=c", False),
        ("https://outlet.example/a", False),
    ],
)
def test_from_http_to_https_it_is_certain_at_once(target: str, expected: bool) -> None:
    belief = fold([see(Outcome.MOVED, 0, moved_to=target)])
    assert certain("http://outlet.example/a?b=c", belief) is expected


def test_nothing_is_taken_over_while_the_link_fails() -> None:
    assert not certain(URL, after((Outcome.MOVED, 0), (Outcome.MOVED, 4), (Outcome.GONE, 8)))
    assert not certain(URL, Belief())
