"""What the archive is still to be asked for: copies of links that are not well, captures of links that were recorded.

Knows what is put down and when it is due; must not know the archive. Whoever takes something puts it off in the same
write, so that two runs ask once, and a kill leaves it for later.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from syndicator.model.health import Target


class Wanted(NamedTuple):
    """A link whose page an archive is asked for, and what a copy of it is compared with. `published_at` is when the
    earliest piece there was published, else when the link was recorded; `tries` counts how often it was asked.
    """

    link_id: int
    target: Target
    published_at: str
    tries: int = 0


_PLACED = "FROM placements JOIN pieces ON pieces.id = piece_id WHERE placements.link_id = links.id"
_WANTED = (
    f"SELECT links.id, url, (SELECT group_concat(pieces.title, char(10)) {_PLACED}), title, fingerprint, "
    f"coalesce((SELECT min(published_at) {_PLACED}), links.created_at)"
)
# A copy is of use where readers are sent to one, or may soon be; a first one is enough.
_DEAD = "override = 'dead' AND until_on >= :today"
_ON_HOST = (
    "(beliefs.host = overrides.host "
    "OR substr(beliefs.host, -length(overrides.host) - 1) = '.' || overrides.host)"
)
# From the words to the links, and from a link to the words: either way only what is asked for is looked at.
_DEAD_BY_WORD = (
    f"SELECT link_id FROM overrides WHERE link_id IS NOT NULL AND {_DEAD} "
    f"UNION SELECT placements.link_id FROM overrides JOIN placements USING (outlet_id) WHERE {_DEAD} "
    f"UNION SELECT beliefs.link_id FROM overrides CROSS JOIN beliefs ON {_ON_HOST} "
    f"WHERE overrides.host IS NOT NULL AND {_DEAD}"
)
_IS_DEAD_BY_WORD = (
    f"EXISTS (SELECT 1 FROM overrides WHERE {_DEAD} AND (overrides.link_id = beliefs.link_id OR {_ON_HOST} "
    "OR outlet_id IN (SELECT outlet_id FROM placements WHERE placements.link_id = beliefs.link_id)))"
)
_WITHOUT_COPY = "NOT EXISTS (SELECT 1 FROM mementos WHERE mementos.link_id = beliefs.link_id)"
_IN_NEED = f"(state IN ('suspect', 'broken') OR {_IS_DEAD_BY_WORD}) AND {_WITHOUT_COPY}"


def want_copies(connection: sqlite3.Connection, link_ids: Iterable[int], now: str) -> None:
    """Puts links down for a look-up, as soon as may be; those that are down keep their time."""
    connection.execute(
        "INSERT INTO look_ups (link_id, due_at) SELECT value, :now FROM json_each(:ids) "
        "WHERE value IN (SELECT id FROM links) ON CONFLICT (link_id) DO NOTHING",
        {"ids": json.dumps(sorted(set(link_ids))), "now": now},
    )


def dead_by_word(connection: sqlite3.Connection, today: str) -> list[int]:
    """Links that a person says are dead, without a copy, that are not put down yet."""
    rows = connection.execute(
        f"SELECT link_id FROM beliefs WHERE link_id IN ({_DEAD_BY_WORD}) AND {_WITHOUT_COPY} "
        "AND link_id NOT IN (SELECT link_id FROM look_ups)",
        {"today": today},
    )
    return [row[0] for row in rows]


def copies_due(
    connection: sqlite3.Connection, now: str, today: str, most: int, link_id: int | None = None
) -> list[Wanted]:
    """The links to look up next, longest due first; with `link_id` only that one. Part of a write: those before them
    that need no copy any more are struck off.
    """
    rows = connection.execute(
        f"{_WANTED}, {_IN_NEED} FROM look_ups CROSS JOIN links ON links.id = look_ups.link_id "
        "JOIN beliefs ON beliefs.link_id = links.id "
        f"WHERE look_ups.due_at <= :now {'' if link_id is None else 'AND look_ups.link_id = :link_id'} "
        "AND vetted > 0 ORDER BY look_ups.due_at, look_ups.link_id",
        {"now": now, "today": today, "link_id": link_id},
    )
    due: list[Wanted] = []
    needless: list[tuple[int]] = []
    # Read one by one: of a hundred thousand that are due, one may be all that is taken.
    for *wanted, in_need in rows:
        if not in_need:
            needless.append((wanted[0],))
            continue
        due.append(_read(tuple(wanted)))
        if len(due) == most:
            break
    rows.close()
    connection.executemany("DELETE FROM look_ups WHERE link_id = ?", needless)
    return due


def put_off_copy(connection: sqlite3.Connection, link_id: int, until: str) -> None:
    """Looks it up no earlier than that."""
    connection.execute("UPDATE look_ups SET due_at = ? WHERE link_id = ?", (until, link_id))


def found_copy(connection: sqlite3.Connection, link_id: int) -> None:
    """No further look-up is needed."""
    connection.execute("DELETE FROM look_ups WHERE link_id = ?", (link_id,))


def unsaved(connection: sqlite3.Connection, now: str, most: int) -> list[Wanted]:
    """The links to be captured next, in the order they were recorded: those that are not known to be dead."""
    rows = connection.execute(
        f"{_WANTED}, tries FROM unsaved JOIN links ON links.id = unsaved.link_id "
        "JOIN beliefs ON beliefs.link_id = links.id WHERE unsaved.due_at <= ? AND vetted > 0 "
        "AND state NOT IN ('suspect', 'broken') ORDER BY unsaved.link_id LIMIT ?",
        (now, most),
    )
    return [_read(row) for row in rows]


def put_off_saving(connection: sqlite3.Connection, link_id: int, tries: int, until: str) -> None:
    """Asks for its capture no earlier than that; `tries` is how often it was asked for."""
    connection.execute("UPDATE unsaved SET tries = ?, due_at = ? WHERE link_id = ?", (tries, until, link_id))


def no_more_saving(connection: sqlite3.Connection, link_id: int) -> None:
    """It is captured, or cannot be."""
    connection.execute("DELETE FROM unsaved WHERE link_id = ?", (link_id,))


def anything_unsaved(connection: sqlite3.Connection) -> bool:
    """Whether a link is still down to be captured."""
    return connection.execute("SELECT 1 FROM unsaved LIMIT 1").fetchone() is not None


def forget_unsaved(connection: sqlite3.Connection) -> None:
    """Nothing that was recorded so far is to be captured."""
    connection.execute("DELETE FROM unsaved")


def _read(row: tuple[object, ...]) -> Wanted:
    link_id, url, titles, title, fingerprint, published_at, *tries = row
    known = tuple(str(titles).split("\n")) if titles else ()
    target = Target(str(url), known, str(title), str(fingerprint))
    return Wanted(int(str(link_id)), target, str(published_at), *(int(str(number)) for number in tries))
