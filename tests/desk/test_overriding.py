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
