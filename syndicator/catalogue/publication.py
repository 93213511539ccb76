"""What is published where: the publisher's own books, kept in step with the record by its triggers.

Knows scopes as text (`all`, `kinds/op-ed`, `authors/12`) and months as `YYYY-MM`; must not know feeds or files.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from syndicator import times
from syndicator.model.records import Noun

# What `todo` names beside scopes: all summary pages, `pieces/7` for one, and the directory.
PIECES = "pieces"
SITE = "site"
# Whose files the feed for staff is among.
HEALTH = "health"
# Its months: all of a scope, or only its newest part.
WHOLE = "*"
NEWEST = ""

# Where pieces belong, each with every topic above its topics. {which} narrows the pieces down.
_MEMBERSHIPS = """
    SELECT 'all' AS scope, id AS piece_id FROM pieces WHERE id {which}
    UNION ALL SELECT 'kinds/' || kind, id FROM pieces WHERE id {which}
    UNION ALL SELECT DISTINCT 'topics/' || above_id, piece_id FROM piece_topics JOIN topics_above USING (topic_id)
      WHERE piece_id {which}
    UNION ALL SELECT 'programs/' || program_id, piece_id FROM piece_programs WHERE piece_id {which}
    UNION ALL SELECT 'authors/' || author_id, piece_id FROM credits WHERE piece_id {which}
    UNION ALL SELECT DISTINCT 'outlets/' || outlet_id, piece_id FROM placements WHERE piece_id {which}
"""
_PLACED = """
    (EXISTS (SELECT 1 FROM placements JOIN links ON links.id = link_id JOIN outlets ON outlets.id = outlet_id
      WHERE piece_id = pieces.id AND position = 0)
    AND id NOT IN (SELECT piece_id FROM placements WHERE link_id IN (SELECT id FROM links WHERE vetted = 0)))
"""
_SHOWN = f"""
    SELECT id, published, published_at, status = 'published' FROM pieces
    WHERE vetted > 0 AND published_at <= :now
      AND (status = 'published' OR (status = 'retracted' AND retracted_at IS NOT NULL))
      AND {_PLACED}
"""
_GIVEN = "IN (SELECT value FROM json_each(:ids))"


class Spot(NamedTuple):
    """A piece in a scope's timeline; `live` is false (0) for a tombstone."""

    piece_id: int
    published_at: str
    month: str
    live: int


def state(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """Edition and instant of the last stock-taking."""
    row = connection.execute("SELECT edition, as_of FROM publication").fetchone()
    return (row[0], row[1]) if row else None


def has_work(connection: sqlite3.Connection) -> bool:
    """Whether anything changed since stock was taken, or is still to be rendered."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM changes) OR EXISTS (SELECT 1 FROM todo)"
    ).fetchone()
    return bool(row[0])


def due_between(connection: sqlite3.Connection, zone: ZoneInfo, first: str, last: str) -> list[int]:
    """Pieces whose time came (or, the clock set back, is to come again) after `first`, up to `last`; and those at a
    link over which somebody's word ended in between: up to and with a day, in the site's time zone.
    """
    rows = connection.execute(
        "SELECT id FROM pieces WHERE published_at > ? AND published_at <= ? AND status <> 'draft' ORDER BY id",
        (first, last),
    )
    days = (times.published_on(first, zone), times.published_on(last, zone))
    due = {row[0] for row in rows}
    # Mostly there is none; to join would be to walk all placements.
    for ended in connection.execute(
        "SELECT id FROM overrides WHERE until_on >= ? AND until_on < ?", days
    ).fetchall():
        under = connection.execute(
            "SELECT piece_id FROM placements WHERE link_id IN (SELECT link_id FROM overridden WHERE override_id = ?)",
            ended,
        )
        due.update(row[0] for row in under)
    return sorted(due)


def changes(connection: sqlite3.Connection) -> dict[str, list[int]]:
    """What changed since stock was taken: ids by noun."""
    found: dict[str, list[int]] = {}
    for noun, noun_id in connection.execute("SELECT noun, noun_id FROM changes ORDER BY noun, noun_id"):
        found.setdefault(noun, []).append(noun_id)
    return found


def mark_stock_taken(connection: sqlite3.Connection, edition: str, as_of: str) -> None:
    """Everything up to here is in the books."""
    connection.execute("DELETE FROM changes")
    connection.execute(
        "INSERT INTO publication (id, edition, as_of) VALUES (1, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, as_of = excluded.as_of, "
        "heads = CASE edition WHEN excluded.edition THEN heads ELSE '{}' END",
        (edition, as_of),
    )


def heads(connection: sqlite3.Connection) -> str:
    """What `keep_heads` kept for this edition: a JSON object."""
    row = connection.execute("SELECT heads FROM publication").fetchone()
    return str(row[0]) if row else "{}"


def keep_heads(connection: sqlite3.Connection, compiled: str) -> None:
    """Keeps the compiled heads of feeds; another edition forgets them."""
    connection.execute("UPDATE publication SET heads = ? WHERE heads <> ?", (compiled, compiled))


def rebuild(connection: sqlite3.Connection, now: str, month_of: Callable[[str], str]) -> None:
    """Books every piece anew; everything is to be rendered."""
    for table in ("shown", "timelines", "tallies", "todo"):
        connection.execute(f"DELETE FROM {table}")
    _book_shown(connection, connection.execute(_SHOWN, {"now": now}), month_of)
    # An index that grows with a million rows costs four times what one made at the end does.
    connection.execute("DROP INDEX timelines_by_piece")
    _book_timelines(connection, "IN (SELECT piece_id FROM shown)", {})
    connection.execute("CREATE INDEX timelines_by_piece ON timelines(piece_id)")
    connection.execute(
        "INSERT INTO tallies SELECT scope, month, count(*) FROM timelines WHERE live GROUP BY scope, month"
    )
    connection.execute("INSERT INTO todo SELECT scope, '*' FROM feeds")
    connection.execute("INSERT INTO todo VALUES ('pieces', '*'), ('site', '*')")


def rebook(
    connection: sqlite3.Connection, ids: Iterable[int], now: str, month_of: Callable[[str], str]
) -> set[tuple[str, str]]:
    """Books some pieces anew; tells every scope and month that they stood in or stand in now."""
    given = {"ids": json.dumps(list(ids)), "now": now}
    before = connection.execute(
        f"SELECT scope, month, live FROM timelines WHERE piece_id {_GIVEN}", given
    ).fetchall()
    connection.execute(f"DELETE FROM timelines WHERE piece_id {_GIVEN}", given)
    connection.execute(f"DELETE FROM shown WHERE piece_id {_GIVEN}", given)
    _book_shown(connection, connection.execute(f"{_SHOWN} AND id {_GIVEN}", given), month_of)
    _book_timelines(connection, _GIVEN, given)
    after = connection.execute(
        f"SELECT scope, month, live FROM timelines WHERE piece_id {_GIVEN}", given
    ).fetchall()
    delta: Counter[tuple[str, str]] = Counter()
    for scope, month, live in after:
        delta[scope, month] += live
    for scope, month, live in before:
        delta[scope, month] -= live
    for (scope, month), difference in delta.items():
        _add_to_tally(connection, scope, month, difference)
    return set(delta)


def _book_shown(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, int]], month_of: Callable[[str], str]
) -> None:
    connection.executemany(
        "INSERT INTO shown (piece_id, published_at, month, live) VALUES (?, ?, ?, ?)",
        ((piece_id, at, month_of(published), live) for piece_id, published, at, live in list(rows)),
    )


def _book_timelines(connection: sqlite3.Connection, which: str, values: dict[str, str]) -> None:
    connection.execute(
        "INSERT INTO timelines (scope, published_at, piece_id, month, live) "
        "SELECT scope, published_at, piece_id, month, live "
        f"FROM ({_MEMBERSHIPS.format(which=which)}) JOIN shown USING (piece_id) ORDER BY 1, 2, 3",
        values,
    )


def _add_to_tally(connection: sqlite3.Connection, scope: str, month: str, difference: int) -> None:
    row = connection.execute(
        "SELECT pieces FROM tallies WHERE scope = ? AND month = ?", (scope, month)
    ).fetchone()
    pieces = (row[0] if row else 0) + difference
    connection.execute("DELETE FROM tallies WHERE scope = ? AND month = ?", (scope, month))
    if pieces:
        connection.execute("INSERT INTO tallies VALUES (?, ?, ?)", (scope, month, pieces))


def add_todo(connection: sqlite3.Connection, what: Iterable[tuple[str, str]]) -> None:
    """Notes scopes and months that have to be rendered."""
    connection.executemany("INSERT OR IGNORE INTO todo (scope, month) VALUES (?, ?)", what)


def todo(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """What has to be rendered: months by scope."""
    found: dict[str, set[str]] = {}
    for scope, month in connection.execute("SELECT scope, month FROM todo ORDER BY scope, month"):
        found.setdefault(scope, set()).add(month)
    return found


def touched(todo: Mapping[str, set[str]]) -> set[int] | None:
    """The pieces that are to be rendered anew; None when all are."""
    return None if PIECES in todo else pieces_in(todo)


def pieces_in(todo: Iterable[str]) -> set[int]:
    """The pieces whose summary page is named."""
    return {int(key.partition("/")[2]) for key in todo if key.startswith(f"{PIECES}/")}


def has_mementos(connection: sqlite3.Connection) -> bool:
    """Whether an archived copy of any link is known."""
    return connection.execute("SELECT 1 FROM mementos LIMIT 1").fetchone() is not None


def clear_todo(connection: sqlite3.Connection) -> None:
    """Everything is rendered."""
    connection.execute("DELETE FROM todo")


def tallies(connection: sqlite3.Connection, scope: str) -> dict[str, int]:
    """How many live pieces a scope has by month, newest month first."""
    rows = connection.execute(
        "SELECT month, pieces FROM tallies WHERE scope = ? ORDER BY month DESC", (scope,)
    )
    return dict(rows.fetchall())


def newest(connection: sqlite3.Connection, scope: str, most: int) -> list[Spot]:
    """The newest `most` live pieces of a scope and as many of the tombstones among them, newest first."""
    live = _spots(
        connection, "scope = ? AND live ORDER BY published_at DESC, piece_id DESC LIMIT ?", (scope, most)
    )
    since = (live[-1].published_at, live[-1].piece_id) if len(live) == most else ("", 0)
    gone = _spots(
        connection,
        "scope = ? AND NOT live AND (published_at, piece_id) > (?, ?) "
        "ORDER BY published_at DESC, piece_id DESC LIMIT ?",
        (scope, *since, most),
    )
    if not gone:
        return live
    return sorted(live + gone, key=lambda spot: (spot.published_at, spot.piece_id), reverse=True)


def between(connection: sqlite3.Connection, scope: str, first: str, end: str) -> list[Spot]:
    """A scope's pieces and tombstones from one instant until before another, newest first."""
    return _spots(
        connection,
        "scope = ? AND published_at >= ? AND published_at < ? ORDER BY published_at DESC, piece_id DESC",
        (scope, first, end),
    )


def _spots(connection: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> list[Spot]:
    rows = connection.execute(
        f"SELECT piece_id, published_at, month, live FROM timelines WHERE {condition}", values
    )
    return list(map(Spot._make, rows))


def shown_pieces(connection: sqlite3.Connection) -> list[int]:
    """Every live piece, oldest first."""
    return [
        row[0]
        for row in connection.execute("SELECT piece_id FROM shown WHERE live ORDER BY published_at, piece_id")
    ]


def live_among(connection: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Those of the pieces that are to be seen."""
    rows = connection.execute(
        f"SELECT piece_id FROM shown WHERE live AND piece_id {_GIVEN} ORDER BY piece_id",
        {"ids": json.dumps(list(ids))},
    )
    return [row[0] for row in rows]


def unplaced(connection: sqlite3.Connection, ids: Iterable[int] | None) -> list[int]:
    """Those of the pieces (None: of all) that would be seen, had they a placement with a link and an outlet."""
    which = "" if ids is None else f"AND id {_GIVEN}"
    rows = connection.execute(
        f"SELECT id FROM pieces WHERE status = 'published' AND vetted > 0 AND NOT {_PLACED} {which} ORDER BY id",
        {"ids": json.dumps(list(ids or ()))},
    )
    return [row[0] for row in rows]


def was_shown(connection: sqlite3.Connection, piece_id: int) -> bool:
    """Whether readers could see a piece when stock was last taken."""
    return connection.execute("SELECT 1 FROM shown WHERE piece_id = ?", (piece_id,)).fetchone() is not None


def tombstones(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Entry id and instant of retraction of retracted pieces."""
    rows = connection.execute(
        f"SELECT id, entry_id, retracted_at FROM pieces WHERE retracted_at IS NOT NULL AND id {_GIVEN}",
        {"ids": json.dumps(list(ids))},
    )
    return {piece_id: (entry_id, at) for piece_id, entry_id, at in rows}


def public_entry_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """The entry ids of those of the pieces that are published at this moment."""
    rows = connection.execute(
        f"SELECT id, entry_id FROM pieces WHERE status = 'published' AND vetted > 0 AND id {_GIVEN}",
        {"ids": json.dumps(list(ids))},
    )
    return dict(rows.fetchall())


def pieces_of(connection: sqlite3.Connection, noun: Noun, ids: Iterable[int]) -> list[int]:
    """The pieces that any of the authors, outlets, topics (with those below) or programs is on."""
    table, column = {
        Noun.AUTHORS: ("credits", "author_id"),
        Noun.OUTLETS: ("placements", "outlet_id"),
        Noun.TOPICS: ("piece_topics JOIN topics_above USING (topic_id)", "above_id"),
        Noun.PROGRAMS: ("piece_programs", "program_id"),
    }[noun]
    rows = connection.execute(
        f"SELECT DISTINCT piece_id FROM {table} WHERE {column} {_GIVEN}", {"ids": json.dumps(list(ids))}
    )
    return [row[0] for row in rows]


def scopes_without_id(connection: sqlite3.Connection) -> list[str]:
    """Scopes whose feed has no id yet."""
    rows = connection.execute(
        """
        SELECT scope FROM (
          SELECT 'all' AS scope UNION ALL SELECT 'kinds/' || slug FROM kinds
          UNION ALL SELECT 'authors/' || id FROM authors UNION ALL SELECT 'outlets/' || id FROM outlets
          UNION ALL SELECT 'topics/' || id FROM topics UNION ALL SELECT 'programs/' || id FROM programs
        ) WHERE scope NOT IN (SELECT scope FROM feeds) ORDER BY scope
        """
    )
    return [row[0] for row in rows]


def awaits_vetting(connection: sqlite3.Connection) -> bool:
    """Whether pieces came past the desk, or names did (those have no feed id yet)."""
    pieces, names = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pieces WHERE vetted = 0) OR EXISTS (SELECT 1 FROM links WHERE vetted = 0), "
        "EXISTS (SELECT 1 FROM changes WHERE noun <> 'pieces')"
    ).fetchone()
    return bool(pieces) or (bool(names) and bool(scopes_without_id(connection)))


def kind_scopes(connection: sqlite3.Connection) -> list[str]:
    """The scopes of the kinds, in the order of the table of kinds."""
    return [f"kinds/{slug}" for (slug,) in connection.execute("SELECT slug FROM kinds ORDER BY rowid")]


def feed_id_exists(connection: sqlite3.Connection, feed_id: str) -> bool:
    """Whether a feed has this id."""
    return connection.execute("SELECT 1 FROM feeds WHERE feed_id = ?", (feed_id,)).fetchone() is not None


def set_feed_id(connection: sqlite3.Connection, scope: str, feed_id: str, at: str) -> None:
    """Gives a scope's feed its id."""
    connection.execute(
        "INSERT INTO feeds (scope, feed_id, created_at) VALUES (?, ?, ?)", (scope, feed_id, at)
    )


def feed_of(connection: sqlite3.Connection, scope: str) -> tuple[str, str] | None:
    """The id of a scope's feed and since when it has one."""
    row = connection.execute("SELECT feed_id, created_at FROM feeds WHERE scope = ?", (scope,)).fetchone()
    return (row[0], row[1]) if row else None


def forget_lost_feeds(connection: sqlite3.Connection) -> list[str]:
    """Drops feeds of authors, outlets, topics and programs that are no more; tells which."""
    lost = [
        scope
        for noun in Noun
        for (scope,) in connection.execute(
            f"SELECT scope FROM feeds WHERE scope GLOB '{noun}/*' AND CAST(substr(scope, {len(noun) + 2}) AS INTEGER) "
            f"NOT IN (SELECT id FROM {noun})"
        )
    ]
    connection.executemany("DELETE FROM feeds WHERE scope = ?", [(scope,) for scope in lost])
    return lost


def files_of(connection: sqlite3.Connection, scope: str) -> dict[str, bytes]:
    """The files that were written for a scope: digest by path."""
    return dict(connection.execute("SELECT path, digest FROM files WHERE scope = ?", (scope,)).fetchall())


def digests(connection: sqlite3.Connection, paths: Iterable[str]) -> dict[str, bytes]:
    """The digests of those of the paths that were written."""
    found: dict[str, bytes] = {}
    for path in paths:
        row = connection.execute("SELECT digest FROM files WHERE path = ?", (path,)).fetchone()
        if row:
            found[path] = row[0]
    return found


def page_books(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, dict[str, bytes]]:
    """The summary pages that were written for pieces: digest by path, by piece."""
    found: dict[int, dict[str, bytes]] = {}
    for scope, path, digest in connection.execute(
        "SELECT scope, path, digest FROM files WHERE scope IN (SELECT 'pieces/' || value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ):
        found.setdefault(int(scope.partition("/")[2]), {})[path] = digest
    return found


def orphan_pages(connection: sqlite3.Connection) -> list[str]:
    """Summary pages of pieces that are not to be seen."""
    rows = connection.execute(
        "SELECT path FROM files WHERE scope GLOB 'pieces/*' "
        "AND CAST(substr(scope, 8) AS INTEGER) NOT IN (SELECT piece_id FROM shown WHERE live)"
    )
    return [row[0] for row in rows]


def book_orphans(connection: sqlite3.Connection, files: Iterable[tuple[str, str, bytes]]) -> None:
    """Files (path, scope, digest) that a killed run left: ours, but whether they are whole nobody knows."""
    connection.executemany(
        "INSERT INTO files (path, scope, digest) VALUES (?, ?, zeroblob(16)) "
        "ON CONFLICT (path) DO UPDATE SET digest = excluded.digest",
        ((path, scope) for path, scope, _ in files),
    )


def record_files(
    connection: sqlite3.Connection, written: Iterable[tuple[str, str, bytes]], removed: Iterable[str]
) -> None:
    """Files that stand now (path, scope, digest), and paths that are gone."""
    connection.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in removed))
    connection.executemany(
        "INSERT INTO files (path, scope, digest) VALUES (?, ?, ?) "
        "ON CONFLICT (path) DO UPDATE SET scope = excluded.scope, digest = excluded.digest",
        written,
    )


def scopes_of(connection: sqlite3.Connection, noun: Noun) -> list[str]:
    """The scopes of a noun that have a feed."""
    return [
        row[0] for row in connection.execute("SELECT scope FROM feeds WHERE scope GLOB ?", (f"{noun}/*",))
    ]
