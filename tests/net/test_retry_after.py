"""Retry-After, in both forms and in all that hosts write instead (RFC 9110, 10.2.3 and 5.6.7)."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.net.retry_after import LONGEST, http_date, seconds

NOW = datetime(2026, 11, 24, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("007", 7),
        ("9" * 5000, LONGEST),
        ("Tue, 24 Nov 2026 01:01:30 GMT", 90),
        ("Tuesday, 24-Nov-26 01:01:30 GMT", 90),
        ("Tue Nov 24 01:01:30 2026", 90),
        ("Sun Nov  6 08:49:37 1994", 0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:60 GMT", LONGEST),
    ],
)
def test_what_is_understood(value: str, wait: float) -> None:
    assert seconds(value, NOW) == wait


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "-5",
        "1.5",
        "1e3",
        "٣",
        "5, 5",
        "Tue, 31 Feb 2026 01:00:00 GMT",
        "Tue, 24 Nov 2026 25:00:00 GMT",
        "Tue, 24 Nov 2026 01:00:00 CET",
        "Tue, 24 arM 2026 01:00:00 GMT",
        "2026-11-24T01:00:00Z",
    ],
)
def test_what_is_not(value: str) -> None:
    assert seconds(value, NOW) is None


def test_a_time_is_meant_by_the_hosts_clock() -> None:
    """A host whose clock is an hour ahead, and which asks us to wait for half a minute."""
    assert seconds("Tue, 24 Nov 2026 02:00:30 GMT", NOW, date="Tue, 24 Nov 2026 02:00:00 GMT") == 30


def test_two_digits_of_a_year_are_of_the_past_rather_than_far_ahead() -> None:
    assert http_date("Monday, 24-Nov-76 01:00:00 GMT", NOW) == datetime(2076, 11, 24, 1, tzinfo=UTC)
    assert http_date("Monday, 24-Nov-77 01:00:00 GMT", NOW) == datetime(1977, 11, 24, 1, tzinfo=UTC)


@given(st.integers(0, 86400))
def test_both_forms_say_the_same(wait: int) -> None:
    then = format_datetime(NOW + timedelta(seconds=wait), usegmt=True)
    assert seconds(then, NOW) == seconds(str(wait), NOW) == wait


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"), st.text())
def test_nothing_that_a_host_writes_raises(value: str, date: str) -> None:
    wait = seconds(value, NOW, date)
    assert wait is None or 0 <= wait <= LONGEST
