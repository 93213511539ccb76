"""The lease: one run at a time, whoever dies and whatever clocks say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.catalogue import Catalogue, lease, open_catalogue
from syndicator.catalogue.lease import Holder, Lease

FIRST = Holder("token-1", "jo", "web1", "123")
SECOND = Holder("token-2", "al", "web2", "456")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "record.db")
    yield opened
    opened.close()


def at(minute: int) -> str:
    return f"2026-06-01T12:{minute:02}:00Z"


def take(catalogue: Catalogue, holder: Holder, minute: int, *, alive: bool = True) -> Lease | None:
    """At a minute past noon, for two minutes."""
    with catalogue.write() as connection:
        return lease.take(
            connection,
            holder,
            now=at(minute),
            expires_at=at(minute + 2),
            horizon=at(minute + 4),
            alive=lambda _: alive,
        )


def test_it_is_had_by_one_at_a_time(catalogue: Catalogue) -> None:
    assert take(catalogue, FIRST, 0) is None
    held = take(catalogue, SECOND, 1)
    assert held
    assert held.holder == FIRST


def test_one_that_is_given_back_is_free(catalogue: Catalogue) -> None:
    take(catalogue, FIRST, 0)
    with catalogue.write() as connection:
        lease.give_back(connection, FIRST.token, "2026-06-01T12:01:00Z")
    assert take(catalogue, SECOND, 1) is None


def test_one_that_ran_out_is_taken_over_and_its_holder_learns_of_it(catalogue: Catalogue) -> None:
    take(catalogue, FIRST, 0)
    assert take(catalogue, SECOND, 2) is None
    with catalogue.write() as connection:
        assert not lease.renew(connection, FIRST.token, "2026-06-01T12:04:00Z")
        lease.give_back(connection, FIRST.token, "2026-06-01T12:02:00Z")
    assert take(catalogue, FIRST, 3) is not None


def test_one_that_is_renewed_is_held_on(catalogue: Catalogue) -> None:
    take(catalogue, FIRST, 0)
    with catalogue.write() as connection:
        assert lease.renew(connection, FIRST.token, "2026-06-01T12:03:00Z")
    assert take(catalogue, SECOND, 2) is not None


def test_that_of_a_dead_process_is_free_at_once(catalogue: Catalogue) -> None:
    take(catalogue, FIRST, 0)
    assert take(catalogue, SECOND, 0, alive=False) is None


@pytest.mark.parametrize(("minute", "taken"), [(29, False), (20, True)])
def test_a_clock_that_went_back_far_does_not_lock_everybody_out(
    catalogue: Catalogue, minute: int, taken: bool
) -> None:
    """A minute may be the correction of a clock; ten show that the lease was taken by a wrong one."""
    take(catalogue, FIRST, 30)
    assert (take(catalogue, SECOND, minute) is None) is taken


def test_a_round_of_all_links_is_remembered_until_it_is_over(catalogue: Catalogue) -> None:
    take(catalogue, FIRST, 0)
    began, later = "2026-06-01T12:00:00Z", "2026-06-03T12:00:00Z"
    with catalogue.write() as connection:
        assert lease.all_since(connection, began, later) is None
        lease.mark_all(connection, began)
        assert lease.all_since(connection, began, later) == began
        assert lease.all_since(connection, later, later) is None
    take(catalogue, SECOND, 5)
    with catalogue.write() as connection:
        assert lease.all_since(connection, began, later) == began
        lease.mark_all(connection, None)
        assert lease.all_since(connection, began, later) is None
