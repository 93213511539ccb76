"""Transitions: each act is done once for each, by whoever claims it, also when a claimer dies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicator.catalogue import Catalogue, open_catalogue, transitions
from syndicator.model.health import State
from syndicator.model.links import Mark
from tests.catalogue.rows import insert

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOW, STALE, LATER = "2026-06-01T12:00:00Z", "2026-06-01T11:00:00Z", "2026-06-01T14:00:00Z"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "record.db")
    with opened.write() as connection:
        insert(connection, "links", {"key": "k", "url": "https://a.example/"})
        transitions.add(
            connection,
            [
                (1, NOON, State.HEALTHY, State.SUSPECT, "It is not there (404).", Mark.NONE),
                (1, NOON, State.SUSPECT, State.BROKEN, "It is not there (404).", Mark.NONE),
            ],
        )
    yield opened
    opened.close()


def claim(
    catalogue: Catalogue, act: str = "alert", *, now: str = NOW, stale: str = STALE, since: str = STALE
) -> list[int]:
    with catalogue.write() as connection:
        claimed = transitions.claim(connection, act, by="tester", now=now, stale=stale, since=since)
    return [transition.id for transition in claimed]


def test_a_transition_says_what_changed_and_why(catalogue: Catalogue) -> None:
    with catalogue.write() as connection:
        first, _ = transitions.claim(connection, "alert", by="tester", now=NOW, stale=STALE, since=STALE)
    assert first == (
        1, 1, "https://a.example/", NOON, State.HEALTHY, State.SUSPECT, "It is not there (404).", Mark.NONE,
    )  # fmt: skip


def test_what_may_be_news_is_told_the_latest_first(catalogue: Catalogue) -> None:
    with catalogue.write() as connection:
        transitions.add(connection, [(1, NOON, State.BROKEN, State.HEALTHY, "It is there.", Mark.NONE)])
    assert [one.id for one in transitions.latest(catalogue.connection)] == [3, 2]


def test_what_is_done_leaves_nothing_behind(catalogue: Catalogue) -> None:
    """However many there were: only what is open, and what came after it, is kept and looked at."""

    def kept() -> list[tuple[int, str]]:
        rows = catalogue.connection.execute("SELECT transition_id, act FROM acts ORDER BY 2, 1")
        return [tuple(row) for row in rows]

    def do(*ids: int) -> None:
        with catalogue.write() as connection:
            transitions.done(connection, "alert", ids, NOW)

    claim(catalogue)
    claim(catalogue, "memento")
    do(2)
    assert claim(catalogue) == []
    assert kept() == [(1, "alert"), (2, "alert"), (1, "memento"), (2, "memento")]
    do(1)
    with catalogue.write() as connection:
        transitions.add(connection, [(1, NOON, State.BROKEN, State.HEALTHY, "It is there.", Mark.NONE)])
    assert claim(catalogue) == [3]
    assert kept() == [(3, "alert"), (1, "memento"), (2, "memento")]
    assert len(list(transitions.latest(catalogue.connection))) == 2  # The history stays.


def test_what_is_too_old_to_be_told_is_passed_over(catalogue: Catalogue) -> None:
    assert claim(catalogue, since=LATER) == []
    (passed,) = catalogue.connection.execute("SELECT transition_id FROM watermarks").fetchone()
    assert passed == 2


def test_a_mark_is_told_though_the_state_stayed(catalogue: Catalogue) -> None:
    with catalogue.write() as connection:
        transitions.add(connection, [(1, NOON, State.SUSPECT, State.SUSPECT, "A wall.", Mark.LOOK)])
    last = next(transitions.latest(catalogue.connection))
    assert (last.before, last.after, last.mark) == (State.SUSPECT, State.SUSPECT, Mark.LOOK)


def test_what_is_claimed_is_nobody_elses(catalogue: Catalogue) -> None:
    assert claim(catalogue) == [1, 2]
    assert claim(catalogue) == []


def test_one_act_knows_nothing_of_another(catalogue: Catalogue) -> None:
    claim(catalogue, "alert")
    assert claim(catalogue, "memento") == [1, 2]


def test_a_claim_that_came_to_nothing_can_be_made_again(catalogue: Catalogue) -> None:
    claim(catalogue)
    assert claim(catalogue, now=LATER, stale="2026-06-01T13:00:00Z") == [1, 2]


def test_so_can_one_that_a_wrong_clock_made_or_that_was_given_up(catalogue: Catalogue) -> None:
    claim(catalogue, now="2036-01-01T00:00:00Z")
    assert claim(catalogue) == [1, 2]
    with catalogue.write() as connection:
        transitions.release(connection, "alert", [2])
    assert claim(catalogue) == [2]


def test_what_is_done_is_done_for_ever(catalogue: Catalogue) -> None:
    claim(catalogue)
    with catalogue.write() as connection:
        transitions.done(connection, "alert", [1], NOW)
        transitions.release(connection, "alert", [1])
    assert claim(catalogue, now=LATER, stale=LATER) == [2]


def test_an_act_that_is_turned_on_later_does_not_dig_up_the_past(catalogue: Catalogue) -> None:
    assert claim(catalogue, since=LATER) == []
