"""Checks: the trail of every link, written in batches, read as a history, thinned as it grows old.

Knows how a check is stored; must not know what it means for the link.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from syndicator import times
from syndicator.model.health import Outcome, State
from syndicator.model.links import Check

_COLUMNS = (
    "at, outcome, state, reason, status, final_url, elapsed_ms, moved_to, lasting, evidence, judge_version"
)
# How many links are thinned in one write, so that others get their turn in between.
THINNED_AT_ONCE = 2_000


def add(connection: sqlite3.Connection, checks: Iterable[tuple[int, Check]]) -> None:
    """Stores checks, each with the id of its link."""
    connection.executemany(
        "INSERT INTO checks (link_id, at, outcome, state, reason, status, final_url, elapsed_ms, moved_to, lasting, "
        "evidence, judge_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                link_id,
                times.stamp(check.at),
                check.outcome.value,
                check.state.value,
                check.reason,
                check.status,
                check.final_url,
                check.elapsed_ms,
                check.moved_to,
                int(check.lasting),
                " ".join(check.evidence),
                check.judge_version,
            )
            for link_id, check in checks
        ),
    )


def history(connection: sqlite3.Connection, link_id: int, most: int | None = None) -> list[Check]:
    """The checks of a link, latest first: in the order that they were stored, for a clock may have gone back."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM checks WHERE link_id = ? ORDER BY id DESC LIMIT ?",
        (link_id, -1 if most is None else most),
    )
    return [_read(row) for row in rows]


def latest(connection: sqlite3.Connection, link_ids: Sequence[int]) -> dict[int, Check]:
    """The last check of each of the links that had any."""
    rows = connection.execute(
        f"SELECT link_id, {_COLUMNS} FROM checks WHERE id IN "
        "(SELECT (SELECT max(id) FROM checks WHERE link_id = value) FROM json_each(?))",
        (json.dumps(link_ids),),
    )
    return {row[0]: _read(row[1:]) for row in rows}


def _read(row: Sequence[Any]) -> Check:
    at, outcome, state, reason, status, final_url, elapsed_ms, moved_to, lasting, evidence, judge_version = (
        row
    )
    return Check(
        at=times.instant(at),
        outcome=Outcome(outcome),
        state=State(state),
        reason=reason,
        status=status,
        final_url=final_url,
        elapsed_ms=elapsed_ms,
        moved_to=moved_to,
        lasting=bool(lasting),
        evidence=tuple(evidence.split()),
        judge_version=judge_version,
    )


def slices(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """The ids of links, first and last, in slices that are thinned one at a time."""
    after = 0
    while True:
        (last,) = connection.execute(
            "SELECT max(id) FROM (SELECT id FROM links WHERE id > ? ORDER BY id LIMIT ?)",
            (after, THINNED_AT_ONCE),
        ).fetchone()
        if last is None:
            return
        yield after + 1, last
        after = last


def thin(connection: sqlite3.Connection, links: tuple[int, int], before: datetime) -> int:
    """Takes away checks of these links from before an instant that say what the one before them said in the same month
    (in UTC): the first of each month stays, and every change.

    How many went. It may be done in parts and again: what stays is the same.
    """
    gone = connection.execute(
        "DELETE FROM checks WHERE id IN (SELECT id FROM ("
        "SELECT id, at, outcome, state, lag(outcome) OVER history AS said, lag(state) OVER history AS believed, "
        "lag(substr(at, 1, 7)) OVER history AS month FROM checks WHERE link_id BETWEEN ? AND ? "
        "WINDOW history AS (PARTITION BY link_id ORDER BY id)"
        ") WHERE at < ? AND outcome IS said AND state IS believed AND substr(at, 1, 7) IS month)",
        (*links, times.stamp(before)),
    )
    return gone.rowcount
