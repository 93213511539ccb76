"""The audit of the farm's log finds what a host's administrator would complain of."""

from tests.farm.audit import rudeness
from tests.farm.server import Entry


def entry(start: float, end: float, host: str = "a.farm.test") -> Entry:
    return Entry(host, f"/{start}", (), start, end)


def test_polite_visits_are_fine() -> None:
    assert rudeness([entry(1.0, 1.9), entry(2.0, 2.1), entry(1.5, 1.6, "b.farm.test")], 1.0) == []


def test_starts_too_close() -> None:
    assert rudeness([entry(1.0, 1.1), entry(1.5, 1.6)], 1.0) == ["a.farm.test: /1.5 only 0.500 s after /1.0"]


def test_two_at_once() -> None:
    assert rudeness([entry(2.0, 2.5), entry(1.0, 2.2)], 1.0) == ["a.farm.test: /2.0 while /1.0 was not over"]


def test_hosts_of_one_group_count_together() -> None:
    log = [entry(1.0, 1.1), entry(1.2, 1.3, "b.farm.test")]
    assert len(rudeness(log, 1.0, lambda _: "farm")) == 1
