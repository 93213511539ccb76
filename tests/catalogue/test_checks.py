"""Checks: a link's trail, the latest first, and what of it goes when it grows old."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.catalogue import Catalogue, checks, open_catalogue
from syndicator.health.thinning import KEPT_WHOLE
from syndicator.model.health import Outcome, State
from syndicator.model.links import Check
from tests.catalogue.rows import insert
from tests.catalogue.thinning_rule import Past, dispensable

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "record.db")
    with opened.write() as connection:
        for number in (1, 2):
            insert(connection, "links", {"key": f"k{number}", "url": f"https://a.example/{number}"})
    yield opened
    opened.close()


def seen(days: float, outcome: Outcome = Outcome.OK, state: State = State.HEALTHY) -> Check:
    """A check so many days before noon."""
    return Check(NOON - timedelta(days=days), outcome, state, f"{days} days ago", judge_version=1)


def test_a_check_is_read_back_as_it_was_stored(catalogue: Catalogue) -> None:
    check = Check(
        NOON, Outcome.SOFT_404, State.SUSPECT, "It says “nicht gefunden”.", 200, "https://a.example/", 321,
        "https://b.example/", True, ("phrase=60", "home=40"), 7,
    )  # fmt: skip
    with catalogue.write() as connection:
        checks.add(connection, [(2, check)])
    assert checks.history(catalogue.connection, 2) == [check]


def test_the_latest_comes_first_in_the_order_of_storing(catalogue: Catalogue) -> None:
    """A clock that went back does not mix up what happened."""
    with catalogue.write() as connection:
        checks.add(connection, [(1, seen(1)), (2, seen(5)), (1, seen(400)), (1, seen(0))])
    assert [check.reason for check in checks.history(catalogue.connection, 1)] == [
        "0 days ago",
        "400 days ago",
        "1 days ago",
    ]
    assert len(checks.history(catalogue.connection, 1, most=2)) == 2
    assert {link: check.reason for link, check in checks.latest(catalogue.connection, [1, 2, 3]).items()} == {
        1: "0 days ago", 2: "5 days ago",
    }  # fmt: skip


class TestThinning:
    def thinned(self, catalogue: Catalogue) -> list[str]:
        with catalogue.write() as connection:
            for links in checks.slices(connection):
                checks.thin(connection, links, NOON - KEPT_WHOLE)
        return [check.reason for check in reversed(checks.history(catalogue.connection, 1))]

    def test_of_old_checks_the_first_of_a_month_and_each_change_stay(self, catalogue: Catalogue) -> None:
        gone = (Outcome.GONE, State.SUSPECT)
        old = [seen(200), seen(199), seen(198, *gone), seen(197, *gone), seen(196), seen(150), seen(149)]
        young = [seen(80), seen(79), seen(78)]
        with catalogue.write() as connection:
            checks.add(connection, [(1, check) for check in old + young])
            checks.add(connection, [(2, check) for check in old])
        kept = [
            "200 days ago",
            "198 days ago",
            "196 days ago",
            "150 days ago",
            "80 days ago",
            "79 days ago",
            "78 days ago",
        ]
        assert self.thinned(catalogue) == kept
        assert self.thinned(catalogue) == kept

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.floats(0, 400),
                st.sampled_from((Outcome.OK, Outcome.GONE)),
                st.sampled_from((State.HEALTHY, State.SUSPECT)),
            ),
            max_size=30,
        )
    )
    def test_it_does_what_the_rule_says(self, history: list[tuple[float, Outcome, State]]) -> None:
        found = [
            seen(days, outcome, state) for days, outcome, state in sorted(history, key=lambda one: -one[0])
        ]
        found = [check._replace(at=check.at.replace(microsecond=0)) for check in found]
        gone = set(dispensable([Past(check.at, check.outcome, check.state) for check in found], NOON))
        with TemporaryDirectory() as folder, closing(open_catalogue(Path(folder) / "record.db")) as catalogue:
            with catalogue.write() as connection:
                insert(connection, "links", {"key": "k", "url": "https://a.example/"})
                checks.add(connection, [(1, check) for check in found])
            expected = [check.reason for number, check in enumerate(found) if number not in gone]
            assert self.thinned(catalogue) == expected

    def test_many_links_are_thinned_in_slices(
        self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checks, "THINNED_AT_ONCE", 1)
        assert list(checks.slices(catalogue.connection)) == [(1, 1), (2, 2)]
