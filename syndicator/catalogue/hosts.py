"""What is remembered of hosts from run to run: when they asked us to come later, what they answer to nonsense.

Knows hosts and places by name; must not know what is concluded from their answers.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


def postpone(connection: sqlite3.Connection, until: Iterable[tuple[str, str]]) -> None:
    """These hosts (with the instant) asked us to come later."""
    connection.executemany(
        "INSERT INTO hosts (host, postponed_until) VALUES (?, ?) "
        "ON CONFLICT (host) DO UPDATE SET postponed_until = excluded.postponed_until",
        list(until),
    )


def forget_postponed(connection: sqlite3.Connection, now: str, horizon: str) -> None:
    """Whose time has come, or lies further ahead than anybody may ask (a wrong clock), may be visited again."""
    connection.execute(
        "UPDATE hosts SET postponed_until = NULL WHERE postponed_until <= ? OR postponed_until > ?",
        (now, horizon),
    )


def postponed_until(connection: sqlite3.Connection, host: str, now: str) -> str | None:
    """Until when a host asked us to stay away, if that lies ahead."""
    row = connection.execute(
        "SELECT postponed_until FROM hosts WHERE host = ? AND postponed_until > ?", (host, now)
    ).fetchone()
    return str(row[0]) if row else None


def postponed(connection: sqlite3.Connection, now: str) -> list[tuple[str, str]]:
    """Every host that asked us to stay away until an instant that lies ahead."""
    return connection.execute(
        "SELECT host, postponed_until FROM hosts WHERE postponed_until > ? ORDER BY host", (now,)
    ).fetchall()


class Answer(NamedTuple):
    """What a place answered to an address that cannot exist, in the words of health.soft_404.Nonsense."""

    status: int
    fingerprint: str
    title: str
    path: str
    at: str


def recall(connection: sqlite3.Connection, place: str) -> Answer | None:
    """What a place answered to nonsense, if it was ever asked."""
    row = connection.execute(
        "SELECT status, fingerprint, title, path, at FROM nonsense_answers WHERE place = ?", (place,)
    ).fetchone()
    return Answer(*row) if row else None


def remember(connection: sqlite3.Connection, answers: Iterable[tuple[str, Answer]]) -> None:
    """Keeps what places answered, instead of what they did before."""
    connection.executemany(
        "INSERT INTO nonsense_answers (place, status, fingerprint, title, path, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (place) DO UPDATE SET status = excluded.status, fingerprint = excluded.fingerprint, "
        "title = excluded.title, path = excluded.path, at = excluded.at",
        [(place, *answer) for place, answer in answers],
    )
