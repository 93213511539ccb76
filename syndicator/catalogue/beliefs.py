"""What is believed of links, and which of them are due: handed out by host, stored in batches.

Knows the table `beliefs` and how to walk a million rows of it in little memory; must not know what makes a link due.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from syndicator import times
from syndicator.model.health import Belief, State, Target
from syndicator.model.links import Aim

PAGE = 500


class Waiting(NamedTuple):
    """A link that is due, and what its check compares with."""

    link_id: int
    due_at: str
    target: Target


class Standing(NamedTuple):
    """A link at this moment: what is believed, and what its schedule goes by. `published` is the date of the earliest
    piece there, `outlets` are the ids of those that it is placed at.
    """

    url: str
    host: str
    created_at: str
    published: str | None
    outlets: tuple[int, ...]
    belief: Belief


class Judged(NamedTuple):
    """What becomes of the belief `before` by one check. `title` and `fingerprint` are of a healthy visit; those of the
    first one stay.
    """

    link_id: int
    before: Belief
    belief: Belief
    due_at: datetime
    title: str
    fingerprint: str
    etag: str
    last_modified: str


_PLACED = "FROM placements JOIN pieces ON pieces.id = piece_id WHERE placements.link_id = beliefs.link_id"
# The columns of a belief bear the names of its fields.
_BELIEF = ", ".join(f"beliefs.{field}" for field in Belief._fields)
_STATE, _LOOK = Belief._fields.index("state"), Belief._fields.index("look")
_STATES = {state.value: state for state in State}
_INSTANTS = tuple(
    map(
        Belief._fields.index,
        ("since", "checked_at", "alive_at", "failing_since", "failed_at", "blocked_since"),
    )
)
_SEEN_AT = slice(Belief._fields.index("checked_at"), Belief._fields.index("alive_at") + 1)
_SEEN = "UPDATE beliefs SET due_at = ?, checked_at = ?, alive_at = ?, etag = ?, last_modified = ? WHERE link_id = ?"
# The page of the first healthy visit is what later ones are compared with: assignments see the row as it was.
_STORE = (
    f"UPDATE beliefs SET {', '.join(f'{field} = ?' for field in Belief._fields)}, due_at = ?, "
    "title = CASE WHEN title = '' AND fingerprint = '' THEN ? ELSE title END, "
    "fingerprint = CASE WHEN title = '' AND fingerprint = '' THEN ? ELSE fingerprint END, "
    "etag = ?, last_modified = ? WHERE link_id = ?"
)
_TITLES = f"(SELECT group_concat(pieces.title, char(10)) {_PLACED})"
_MEANT = (
    "(link_id = :link_id OR host = :host OR substr(host, -length(:host) - 1) = '.' || :host "
    "OR link_id IN (SELECT link_id FROM placements WHERE outlet_id = :outlet_id))"
)


def _turn(host: str) -> str:
    """Whose turn a column of host names stands for: the nearest domain above that shares its limit, else its own."""
    return (
        f"coalesce((SELECT value FROM json_each(:shared) WHERE {host} = value "
        f"OR substr({host}, -length(value) - 1) = '.' || value ORDER BY length(value) DESC LIMIT 1), {host})"
    )


# Hosts with links, and until when they (or one that shares their limit) asked us to stay away. The outer loop is over
# those who asked: mostly nobody did, and then the hosts with links are not even listed.
_POSTPONED = (
    f"WITH asked (turn, until) AS MATERIALIZED (SELECT {_turn('host')}, max(postponed_until) FROM hosts "
    f"WHERE postponed_until > :now GROUP BY 1), there (host, turn) AS MATERIALIZED (SELECT host, {_turn('host')} "
    "FROM (SELECT DISTINCT host FROM beliefs)) "
    "SELECT there.host, until FROM asked CROSS JOIN there ON there.turn = asked.turn"
)
_NOT_POSTPONED = f"host NOT IN (SELECT host FROM ({_POSTPONED}))"


def line_up(connection: sqlite3.Connection, now: str, shared: Sequence[str] = ()) -> int:
    """Counts the links that are due by host, into a table of this connection alone; how many there are. All names at
    or below one of the domains `shared` are one host.

    Hosts that asked us to come later are left out, as are links that came past the desk.
    """
    connection.execute("DROP TABLE IF EXISTS temp.lined_up")
    connection.execute(
        "CREATE TEMP TABLE lined_up AS SELECT group_concat(host, ' ') AS names, sum(waiting) AS waiting FROM ("
        f"SELECT host, count(*) AS waiting FROM beliefs WHERE due_at <= :now AND {_NOT_POSTPONED} "
        "AND link_id NOT IN (SELECT id FROM links WHERE vetted = 0) GROUP BY host"
        f") GROUP BY {_turn('host')} ORDER BY 2 DESC, 1",
        {"now": now, "shared": json.dumps(shared)},
    )
    return int(connection.execute("SELECT coalesce(sum(waiting), 0) FROM temp.lined_up").fetchone()[0])


def lined_up(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, ...], int]]:
    """The hosts that were lined up, by all their names, with how many links are due there, most first."""
    after = 0
    while True:
        page = connection.execute(
            "SELECT rowid, names, waiting FROM temp.lined_up WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (after, PAGE),
        ).fetchall()
        if not page:
            return
        yield from ((tuple(names.split(" ")), waiting) for _, names, waiting in page)
        after = page[-1][0]


def waiting_at(
    connection: sqlite3.Connection, host: str, now: str, after: tuple[str, int], most: int
) -> list[Waiting]:
    """The next links that are due at a host, longest due first; `after` is due_at and id of the last one had."""
    due_at, link_id = after
    found = (
        _waiting(connection, "due_at = ? AND link_id > ?", (host, due_at, link_id), most) if link_id else []
    )
    if len(found) < most:
        found += _waiting(connection, "due_at > ? AND due_at <= ?", (host, due_at, now), most - len(found))
    return found


def _waiting(
    connection: sqlite3.Connection, which: str, values: tuple[object, ...], most: int
) -> list[Waiting]:
    rows = connection.execute(
        f"SELECT link_id, due_at, url, {_TITLES}, title, fingerprint, etag, last_modified "
        f"FROM beliefs JOIN links ON links.id = link_id WHERE host = ? AND {which} AND vetted > 0 "
        "ORDER BY due_at, link_id LIMIT ?",
        (*values, most),
    )
    return [
        Waiting(link_id, due_at, Target(url, _titles(titles), *page))
        for link_id, due_at, url, titles, *page in rows
    ]


def _titles(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split("\n")) if joined else ()


def target_of(connection: sqlite3.Connection, link_id: int) -> Target | None:
    """What a check of a link compares with, whether it is due or not."""
    row = connection.execute(
        f"SELECT url, {_TITLES}, title, fingerprint, etag, last_modified "
        "FROM beliefs JOIN links ON links.id = link_id WHERE link_id = ?",
        (link_id,),
    ).fetchone()
    return Target(row[0], _titles(row[1]), *row[2:]) if row else None


def standing(
    connection: sqlite3.Connection, link_ids: Sequence[int], *, outlets: bool = True
) -> dict[int, Standing]:
    """How these links stand, as far as they exist; with their outlets only where those matter."""
    placed = f"(SELECT group_concat(outlet_id) {_PLACED})" if outlets else "NULL"
    rows = connection.execute(
        f"SELECT link_id, url, host, created_at, (SELECT min(published) {_PLACED}), {placed}, {_BELIEF} "
        "FROM beliefs JOIN links ON links.id = link_id WHERE link_id IN (SELECT value FROM json_each(?))",
        (json.dumps(link_ids),),
    )
    return {
        row[0]: Standing(row[1], row[2], row[3], row[4], _ids(row[5]), read_belief(row[6:])) for row in rows
    }


def _ids(joined: str | None) -> tuple[int, ...]:
    return tuple(map(int, joined.split(","))) if joined else ()


def read_belief(columns: Iterable[Any]) -> Belief:
    """A belief out of its columns, in the order of its fields."""
    fields = list(columns)
    for position in _INSTANTS:
        if fields[position] is not None:
            fields[position] = datetime.fromisoformat(fields[position])
    fields[_STATE] = _STATES[fields[_STATE]]
    fields[_LOOK] = bool(fields[_LOOK])
    return Belief._make(fields)


def _columns(belief: Belief) -> list[Any]:
    columns: list[Any] = list(belief)
    for position in _INSTANTS:
        columns[position] = _stamped(columns[position])
    columns[_STATE] = belief.state.value
    columns[_LOOK] = int(belief.look)
    return columns


def store(connection: sqlite3.Connection, judged: Collection[Judged]) -> None:
    """Overwrites beliefs. Triggers note the pieces whose readers are sent elsewhere from now on."""
    # Most links are as they were: to write only when they were seen costs half of writing all columns.
    seen: list[tuple[Any, ...]] = []
    changed: list[tuple[Any, ...]] = []
    for one in judged:
        belief, due_at = one.belief, times.stamp(one.due_at)
        if _only_seen(one.before, belief):
            seen.append(
                (
                    due_at,
                    _stamped(belief.checked_at),
                    _stamped(belief.alive_at),
                    one.etag,
                    one.last_modified,
                    one.link_id,
                )
            )
        else:
            changed.append(
                (
                    *_columns(belief),
                    due_at,
                    one.title,
                    one.fingerprint,
                    one.etag,
                    one.last_modified,
                    one.link_id,
                )
            )
    connection.executemany(_SEEN, seen)
    connection.executemany(_STORE, changed)


def _only_seen(before: Belief, after: Belief) -> bool:
    """Whether they differ in nothing but the instants at which the link was checked and alive."""
    return (
        before[: _SEEN_AT.start] == after[: _SEEN_AT.start]
        and before[_SEEN_AT.stop :] == after[_SEEN_AT.stop :]
    )


@lru_cache(maxsize=1024)
def _stamped(moment: datetime | None) -> str | None:
    """A stamp, or nothing; remembered, for many links of a batch were seen in one second."""
    return None if moment is None else times.stamp(moment)


def hurry(
    connection: sqlite3.Connection,
    host: str,
    *,
    states: Iterable[State],
    unseen_since: str,
    due_by: str,
    most: int,
) -> int:
    """Brings links of a host forward: of those in one of the states, not checked since, the longest unchecked.

    None of them is due later than `due_by` then; how many were to be.
    """
    brought = connection.execute(
        "UPDATE beliefs SET due_at = :due_by WHERE link_id IN (SELECT link_id FROM beliefs "
        "WHERE host = :host AND due_at > :due_by AND state IN (SELECT value FROM json_each(:states)) "
        "AND (checked_at IS NULL OR checked_at < :unseen_since) ORDER BY checked_at, link_id LIMIT :most)",
        {
            "host": host,
            "states": json.dumps([state.value for state in states]),
            "unseen_since": unseen_since,
            "due_by": due_by,
            "most": most,
        },
    )
    return brought.rowcount


def witnesses(
    connection: sqlite3.Connection, but: Iterable[str], most: int, now: str, shared: Sequence[str] = ()
) -> list[tuple[int, bool]]:
    """Links on hosts other than those, one a host, that were seen alive last; each with whether it is due itself.

    Hosts that asked us to come later are left out.
    """
    rows = connection.execute(
        "SELECT link_id, due_at <= :now, max(alive_at) FROM beliefs JOIN links ON links.id = link_id "
        "WHERE vetted > 0 AND alive_at IS NOT NULL AND host NOT IN (SELECT value FROM json_each(:but)) "
        f"AND {_NOT_POSTPONED} GROUP BY host ORDER BY 3 DESC LIMIT :most",
        {"now": now, "but": json.dumps(list(but)), "most": most, "shared": json.dumps(shared)},
    )
    return [(link_id, bool(due)) for link_id, due, _ in rows]


def bring_all_forward(
    connection: sqlite3.Connection, due_at: str, unless_checked_since: str, after: int, most: int
) -> int | None:
    """Makes `most` links from id `after` on due by then, but for those checked since; the id to go on from, if any."""
    last: int | None = connection.execute(
        "SELECT max(link_id) FROM (SELECT link_id FROM beliefs WHERE link_id > ? ORDER BY link_id LIMIT ?)",
        (after, most),
    ).fetchone()[0]
    connection.execute(
        "UPDATE beliefs SET due_at = ? WHERE link_id > ? AND link_id <= ? AND due_at > ? "
        "AND (checked_at IS NULL OR checked_at < ?)",
        (due_at, after, last or after, due_at, unless_checked_since),
    )
    return last


def mend_clock(connection: sqlite3.Connection, now: str, horizon: str) -> int:
    """Makes links due that a wrong clock put off beyond what any schedule does (`horizon`); how many."""
    if connection.execute("SELECT 1 FROM beliefs WHERE due_at > ? LIMIT 1", (horizon,)).fetchone() is None:
        return 0
    return connection.execute("UPDATE beliefs SET due_at = ? WHERE due_at > ?", (now, horizon)).rowcount


def make_due(connection: sqlite3.Connection, aim: Aim, now: str) -> None:
    """Makes the links due that a person has just said something of: what is believed of them has to be seen anew."""
    connection.execute(
        f"UPDATE beliefs SET due_at = :now WHERE due_at > :now AND {_MEANT}",
        {"now": now, **aim._asdict()},
    )


def due_under(connection: sqlite3.Connection, aim: Aim, now: str) -> list[tuple[int, str, tuple[int, ...]]]:
    """The due links that a word with that aim may be over: id, host, and ids of the outlets they are placed at."""
    rows = connection.execute(
        f"SELECT link_id, host, (SELECT group_concat(outlet_id) {_PLACED}) FROM beliefs "
        f"WHERE due_at <= :now AND {_MEANT}",
        {"now": now, **aim._asdict()},
    )
    return [(link_id, host, _ids(outlets)) for link_id, host, outlets in rows]


def put_off(connection: sqlite3.Connection, until: Iterable[tuple[int, str]]) -> None:
    """Lets links (with the instant) be due no earlier than that."""
    connection.executemany(
        "UPDATE beliefs SET due_at = ? WHERE link_id = ? AND due_at < ?",
        [(due_at, link_id, due_at) for link_id, due_at in until],
    )


def postponed(
    connection: sqlite3.Connection, now: str, shared: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """URL and instant of every due link whose host asked us to come later."""
    yield from connection.execute(
        f"SELECT url, until FROM ({_POSTPONED}) AS asked JOIN beliefs ON beliefs.host = asked.host "
        "JOIN links ON links.id = link_id WHERE vetted > 0 AND due_at <= :now ORDER BY asked.host, link_id",
        {"now": now, "shared": json.dumps(shared)},
    )
