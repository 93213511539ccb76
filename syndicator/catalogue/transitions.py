"""Transitions: changed states of links, claimed by whoever acts on them, and done.

Knows that an act is claimed before it is done, so that a kill in between loses nothing; must not know acts.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from syndicator import times
from syndicator.model.health import State
from syndicator.model.links import Mark, Transition

_ALL = (
    "SELECT transitions.id, link_id, url, at, from_state, to_state, reason, mark "
    "FROM transitions JOIN links ON links.id = link_id"
)


def add(
    connection: sqlite3.Connection, transitions: Iterable[tuple[int, datetime, State, State, str, Mark]]
) -> None:
    """Stores changed states: link, instant, state before and after, reason, mark."""
    connection.executemany(
        "INSERT INTO transitions (link_id, at, from_state, to_state, reason, mark) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (link_id, times.stamp(at), before.value, after.value, reason, mark.value)
            for link_id, at, before, after, reason, mark in transitions
        ),
    )


def _read(row: Sequence[Any]) -> Transition:
    number, link_id, url, at, before, after, reason, mark = row
    return Transition(
        number, link_id, url, times.instant(at), State(before), State(after), reason, Mark(mark)
    )


def claim(
    connection: sqlite3.Connection, act: str, *, by: str, now: str, stale: str, since: str, most: int = 500
) -> list[Transition]:
    """Takes transitions from `since` on that nobody has done this act for, oldest first, and marks them as claimed.

    One that was claimed before `stale` and not done is taken again: whoever claimed it must have died. What lies before
    the first that is open is passed over for good.
    """
    passed = _pass_over(connection, act, since)
    rows = connection.execute(
        f"{_ALL} LEFT JOIN acts ON acts.transition_id = transitions.id AND act = :act "
        "WHERE transitions.id > :passed AND at >= :since AND done_at IS NULL "
        "AND (claimed_at IS NULL OR claimed_at < :stale OR claimed_at > :now) "
        "ORDER BY transitions.id LIMIT :most",
        {"act": act, "passed": passed, "since": since, "stale": stale, "now": now, "most": most},
    )
    claimed = [_read(row) for row in rows]
    connection.executemany(
        "INSERT INTO acts (transition_id, act, claimed_at, claimed_by) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (transition_id, act) DO UPDATE "
        "SET claimed_at = excluded.claimed_at, claimed_by = excluded.claimed_by",
        [(transition.id, act, now, by) for transition in claimed],
    )
    return claimed


def _pass_over(connection: sqlite3.Connection, act: str, since: str) -> int:
    """The last transition before which nothing is open for an act; what was kept of those is no more needed."""
    row = connection.execute("SELECT transition_id FROM watermarks WHERE act = ?", (act,)).fetchone()
    values = {"act": act, "passed": row[0] if row else 0, "since": since}
    (passed,) = connection.execute(
        "SELECT coalesce((SELECT id - 1 FROM transitions WHERE id > :passed AND at >= :since "
        "AND NOT EXISTS (SELECT 1 FROM acts WHERE transition_id = transitions.id AND act = :act "
        "AND done_at IS NOT NULL) ORDER BY id LIMIT 1), (SELECT max(id) FROM transitions), 0)",
        values,
    ).fetchone()
    if passed <= values["passed"]:
        return int(values["passed"])
    connection.execute(
        "INSERT INTO watermarks (act, transition_id) VALUES (?, ?) "
        "ON CONFLICT (act) DO UPDATE SET transition_id = excluded.transition_id",
        (act, passed),
    )
    connection.execute(
        "DELETE FROM acts WHERE act = ? AND transition_id > ? AND transition_id <= ?",
        (act, values["passed"], passed),
    )
    return int(passed)


def done(connection: sqlite3.Connection, act: str, ids: Iterable[int], at: str) -> None:
    """The act is done for these transitions, for ever."""
    connection.executemany(
        "UPDATE acts SET done_at = ? WHERE transition_id = ? AND act = ?",
        [(at, number, act) for number in ids],
    )


def release(connection: sqlite3.Connection, act: str, ids: Iterable[int]) -> None:
    """The act failed for these transitions: they can be claimed again at once."""
    connection.executemany(
        "DELETE FROM acts WHERE transition_id = ? AND act = ? AND done_at IS NULL",
        [(number, act) for number in ids],
    )


def latest(connection: sqlite3.Connection) -> Iterator[Transition]:
    """What may be news (model.news), the last one that was stored first."""
    maybe = "mark <> '' OR from_state = 'broken' OR to_state = 'broken'"
    return map(_read, connection.execute(f"{_ALL} WHERE {maybe} ORDER BY transitions.id DESC"))
