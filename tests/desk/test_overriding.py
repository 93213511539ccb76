"""A person's word over links: set, replaced, taken back, each with its audit row."""

from pathlib import Path

import pytest

from syndicator import desk
from syndicator.catalogue import audit, overrides
from syndicator.errors import SubmissionRefused
from syndicator.model.health import Override
from syndicator.model.links import Aim
from syndicator.site import Site
from tests.builders import log, make_site

HOST = Aim(host="outlet.example")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = make_site(tmp_path)
    log(site, 1)
    return site


def trail(site: Site, noun: str) -> list[tuple[str, bool, bool]]:
    rows = site.catalogue.connection.execute(
        f"SELECT noun_id FROM audit WHERE noun = '{noun}' ORDER BY id"
    ).fetchall()
    return [
        (row.action, row.before is not None, row.after is not None)
        for noun_id in dict.fromkeys(rows)
        for row in audit.of(site.catalogue.connection, noun, *noun_id)
    ]


def test_a_word_holds_up_to_and_with_its_day(site: Site) -> None:
    word = desk.override(site, HOST, Override.IGNORE, "2026-06-01", "being  rebuilt")
    assert (word.who, word.note, word.until_on) == ("tester", "being rebuilt", "2026-06-01")
    assert overrides.in_force(site.catalogue.connection, "2026-06-01").hosts == {"outlet.example": word}
    assert not overrides.in_force(site.catalogue.connection, "2026-06-02").hosts


def test_one_that_would_never_hold_is_refused(site: Site) -> None:
    with pytest.raises(SubmissionRefused, match="2026-05-31 is past"):
        desk.override(site, HOST, Override.DEAD, "2026-05-31")


def test_so_is_one_that_no_instant_is_after(site: Site) -> None:
    desk.override(site, HOST, Override.ALIVE, "9998-12-31")
    with pytest.raises(SubmissionRefused, match="9999-12-31 is too far off; 9998-12-31 is the last day"):
        desk.override(site, HOST, Override.ALIVE, "9999-12-31")


def test_each_is_audited(site: Site) -> None:
    desk.override(site, HOST, Override.DEAD, "2026-12-31")
    desk.override(site, HOST, Override.ALIVE, "2026-12-31")
    assert desk.clear_override(site, HOST)
    assert not desk.clear_override(site, HOST)
    assert sorted(trail(site, "overrides")) == [
        ("clear", True, False),
        ("override", False, True),
        ("override", True, True),
    ]


def test_what_was_spoken_of_is_looked_at_anew(site: Site) -> None:
    with site.catalogue.write() as connection:
        connection.execute("UPDATE beliefs SET due_at = '2027-01-01T00:00:00Z'")
    desk.override(site, HOST, Override.ALIVE, "2026-12-31")
    assert site.catalogue.connection.execute("SELECT due_at FROM beliefs").fetchone() == (
        "2026-06-01T12:00:00Z",
    )


class TestIgnoring:
    """What is ignored is not looked at before the word ends, nor for the word's sake."""

    def due(self, site: Site) -> list[str]:
        return [
            at for (at,) in site.catalogue.connection.execute("SELECT due_at FROM beliefs ORDER BY link_id")
        ]

    @pytest.mark.parametrize(
        "before", ["1970-01-01T00:00:00Z", "2026-06-20T00:00:00Z", "2026-07-25T00:00:00Z"]
    )
    def test_a_link_is_due_at_the_end_of_the_word(self, site: Site, before: str) -> None:
        with site.catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET due_at = ?", (before,))
        desk.override(site, HOST, Override.IGNORE, "2026-06-30")
        assert self.due(site) == ["2026-07-01T04:00:00Z"]

    def test_but_within_sixty_days(self, site: Site) -> None:
        desk.override(site, HOST, Override.IGNORE, "2030-01-01")
        assert self.due(site) == ["2026-07-31T12:00:00Z"]

    def test_a_nearer_word_counts(self, site: Site) -> None:
        log(site, 2)
        desk.override(site, Aim(link_id=1), Override.ALIVE, "2026-12-31")
        desk.override(site, HOST, Override.IGNORE, "2026-06-30")
        assert self.due(site) == ["1970-01-01T00:00:00Z", "2026-07-01T04:00:00Z"]

    @pytest.mark.parametrize("aim", [Aim(link_id=1), HOST, Aim(outlet_id=1)])
    def test_whatever_it_is_said_of(self, site: Site, aim: Aim) -> None:
        desk.override(site, aim, Override.IGNORE, "2026-06-30")
        assert self.due(site) == ["2026-07-01T04:00:00Z"]

    def test_taken_back_it_is_looked_at_anew(self, site: Site) -> None:
        desk.override(site, HOST, Override.IGNORE, "2026-06-30")
        desk.clear_override(site, HOST)
        assert self.due(site) == ["2026-06-01T12:00:00Z"]


def test_an_interval_is_set_and_taken_back(site: Site) -> None:
    assert desk.slow_down(site, HOST, 5.0, "asked us to")
    assert overrides.intervals(site.catalogue.connection) == {"outlet.example": 5.0}
    assert desk.slow_down(site, HOST, 0) is None
    assert desk.slow_down(site, HOST, 0) is None
    assert overrides.intervals(site.catalogue.connection) == {}
    assert trail(site, "intervals") == [("slow_down", False, True), ("clear", True, False)]


@pytest.mark.parametrize("given", ["www.Outlet.example", "https://outlet.example/a", "OUTLET.example."])
def test_a_host_is_taken_as_people_give_it(given: str) -> None:
    assert desk.host_given(given) == "outlet.example"


@pytest.mark.parametrize("given", ["", "not a host", "http://"])
def test_what_is_no_host_is_refused(given: str) -> None:
    with pytest.raises(SubmissionRefused, match="is not a host name"):
        desk.host_given(given)
