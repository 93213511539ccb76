"""Overrides and slower intervals: what people said of a link, a host or an outlet; one of each sort for each.

Knows how they are stored and found; must not know what they change.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from syndicator.model.health import Override
from syndicator.model.links import Aim, Slower, Word, Words


def _only(aim: Aim) -> tuple[str, object]:
    """The column that an aim fills, with its value."""
    return next((column, value) for column, value in zip(Aim._fields, aim, strict=True) if value is not None)


def set_word(connection: sqlite3.Connection, word: Word) -> int:
    """Puts a word in the place of what was said of the same before; its id."""
    column, _ = _only(word.aim)
    row = connection.execute(
        "INSERT INTO overrides (link_id, host, outlet_id, override, until_on, who, at, note) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({column}) WHERE {column} IS NOT NULL DO UPDATE "
        "SET override = excluded.override, until_on = excluded.until_on, who = excluded.who, at = excluded.at, "
        "note = excluded.note RETURNING id",
        (*word.aim, word.override.value, word.until_on, word.who, word.at, word.note),
    ).fetchone()
    return int(row[0])


def clear_word(connection: sqlite3.Connection, aim: Aim) -> None:
    """Takes the word back, if there is one."""
    column, value = _only(aim)
    connection.execute(f"DELETE FROM overrides WHERE {column} = ?", (value,))


def word_on(connection: sqlite3.Connection, aim: Aim) -> tuple[int, Word] | None:
    """Id and word on exactly that, be it in force or past."""
    column, value = _only(aim)
    row = connection.execute(
        "SELECT id, link_id, host, outlet_id, override, until_on, who, at, note FROM overrides "
        f"WHERE {column} = ?",
        (value,),
    ).fetchone()
    return (row[0], _word(row[1:])) if row else None


def in_force(connection: sqlite3.Connection, today: str) -> Words:
    """The words that hold on a day (`YYYY-MM-DD`)."""
    rows = connection.execute(
        "SELECT link_id, host, outlet_id, override, until_on, who, at, note FROM overrides "
        "WHERE until_on >= ? ORDER BY id",
        (today,),
    )
    return Words.of(map(_word, rows))


def _word(row: Sequence[Any]) -> Word:
    link_id, host, outlet_id, override, *rest = row
    return Word(Aim(link_id, host, outlet_id), Override(override), *rest)


def pass_on(connection: sqlite3.Connection, source: int, target: int) -> None:
    """Gives what was said of one link to another, as far as nothing was said of that."""
    for table in ("overrides", "intervals"):
        connection.execute(f"UPDATE OR IGNORE {table} SET link_id = ? WHERE link_id = ?", (target, source))


def set_interval(connection: sqlite3.Connection, slower: Slower) -> int:
    """Puts an interval in the place of what was said of the same before; its id."""
    column, _ = _only(slower.aim)
    row = connection.execute(
        "INSERT INTO intervals (link_id, host, outlet_id, seconds, who, at, note) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({column}) WHERE {column} IS NOT NULL DO UPDATE "
        "SET seconds = excluded.seconds, who = excluded.who, at = excluded.at, note = excluded.note RETURNING id",
        (*slower.aim, slower.seconds, slower.who, slower.at, slower.note),
    ).fetchone()
    return int(row[0])


def clear_interval(connection: sqlite3.Connection, aim: Aim) -> None:
    """Takes the interval back, if there is one."""
    column, value = _only(aim)
    connection.execute(f"DELETE FROM intervals WHERE {column} = ?", (value,))


def interval_on(connection: sqlite3.Connection, aim: Aim) -> tuple[int, Slower] | None:
    """Id and interval on exactly that."""
    column, value = _only(aim)
    row = connection.execute(
        f"SELECT id, link_id, host, outlet_id, seconds, who, at, note FROM intervals WHERE {column} = ?",
        (value,),
    ).fetchone()
    return (row[0], Slower(Aim(*row[1:4]), *row[4:])) if row else None


def intervals(connection: sqlite3.Connection) -> dict[str, float]:
    """Seconds by host, for the hosts that were named, are a named link's, or a named outlet's; the slowest counts."""
    rows = connection.execute(
        "SELECT host, max(seconds) FROM ("
        "SELECT host, seconds FROM intervals WHERE host IS NOT NULL "
        "UNION ALL SELECT beliefs.host, seconds FROM intervals JOIN beliefs USING (link_id) "
        "UNION ALL SELECT outlet_hosts.host, seconds FROM intervals JOIN outlet_hosts USING (outlet_id)"
        ") GROUP BY host"
    )
    return dict(rows.fetchall())
