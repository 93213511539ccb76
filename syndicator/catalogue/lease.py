"""The lease of a round of checks: one row, so that two runs on one record take turns, wherever they run.

Knows who holds it and until when; must not know whether a process lives – that is asked of `alive`.
"""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple


class Holder(NamedTuple):
    """Who has the lease: person, machine and process (with what tells it from a later one of the same number)."""

    token: str
    who: str
    machine: str
    process: str


class Lease(NamedTuple):
    """The lease as it stands."""

    holder: Holder
    taken_at: str
    expires_at: str


def take(
    connection: sqlite3.Connection,
    holder: Holder,
    *,
    now: str,
    expires_at: str,
    horizon: str,
    alive: Callable[[Holder], bool],
) -> Lease | None:
    """Takes the lease, or tells who has it: nobody whose time is over, or who died, or whose clock was wrong."""
    held = read(connection)
    # One that expires beyond the horizon was taken by a clock that ran far ahead.
    if held and now < held.expires_at <= horizon and alive(held.holder):
        return held
    connection.execute(
        "INSERT INTO lease (id, token, who, machine, process, taken_at, expires_at) "
        "VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET token = excluded.token, who = excluded.who, "
        "machine = excluded.machine, process = excluded.process, taken_at = excluded.taken_at, "
        "expires_at = excluded.expires_at",
        (*holder, now, expires_at),
    )
    return None


def read(connection: sqlite3.Connection) -> Lease | None:
    """Who has the lease, or had it last."""
    row = connection.execute(
        "SELECT token, who, machine, process, taken_at, expires_at FROM lease"
    ).fetchone()
    return Lease(Holder(*row[:4]), *row[4:]) if row else None


def renew(connection: sqlite3.Connection, token: str, expires_at: str) -> bool:
    """Holds it for longer; false where somebody else has it by now."""
    renewed = connection.execute("UPDATE lease SET expires_at = ? WHERE token = ?", (expires_at, token))
    return renewed.rowcount == 1


def give_back(connection: sqlite3.Connection, token: str, now: str) -> None:
    """Lets the next run have it."""
    connection.execute("UPDATE lease SET expires_at = ? WHERE token = ?", (now, token))


def all_since(connection: sqlite3.Connection, earliest: str, now: str) -> str | None:
    """When a round of all links began that did not come to its end, if that was between these instants."""
    row = connection.execute(
        "SELECT all_since FROM lease WHERE all_since BETWEEN ? AND ?", (earliest, now)
    ).fetchone()
    return str(row[0]) if row else None


def mark_all(connection: sqlite3.Connection, since: str | None) -> None:
    """A round of all links began at that instant; None: it came to its end."""
    connection.execute("UPDATE lease SET all_since = ?", (since,))


def thinned_at(connection: sqlite3.Connection) -> str | None:
    """When old checks were last thinned."""
    row = connection.execute("SELECT thinned_at FROM lease").fetchone()
    return str(row[0]) if row and row[0] else None


def mark_thinned(connection: sqlite3.Connection, at: str) -> None:
    """Old checks were thinned."""
    connection.execute("UPDATE lease SET thinned_at = ?", (at,))
