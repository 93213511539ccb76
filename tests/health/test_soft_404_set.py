"""How often we are right on the soft-404 set; the floors are pinned."""

import pytest

from syndicator.model.health import Outcome
from tests.health.soft_404_report import score
from tests.health.soft_404_set import Case, cases

PRECISION, RECALL = 0.99, 0.97
CASES = cases()


@pytest.mark.parametrize("held_out", [False, True])
def test_precision_and_recall(held_out: bool) -> None:
    judged = [
        (case, case.finding().outcome is Outcome.SOFT_404) for case in CASES if case.held_out is held_out
    ]
    counts = score(judged)
    wrong = [case.name for case, called in judged if called is not case.dead]
    assert counts.precision >= PRECISION, wrong
    assert counts.recall >= RECALL, wrong


@pytest.mark.parametrize("dead", [False, True])
def test_the_set_is_large_enough_and_no_case_is_there_twice(dead: bool) -> None:
    names = [case.name for case in CASES if case.dead is dead]
    assert len(names) >= 120
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", [case for case in CASES if not case.dead], ids=lambda case: case.name)
def test_what_lives_is_ok_or_moved(case: Case) -> None:
    assert case.finding().outcome in (Outcome.OK, Outcome.MOVED)
