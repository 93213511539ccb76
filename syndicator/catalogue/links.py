"""Links: one row a canonical URL, shared by all placements with it; the URLs that a link had before lead to it too."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from syndicator import times
from syndicator.catalogue import beliefs, checks
from syndicator.catalogue.audit import Hand
from syndicator.model.health import Belief, State
from syndicator.model.links import Link, Placed, Watched
from syndicator.urls import CleanURL

PAGE = 500

# A key is a link's own or a former one, never both: triggers see to that.
_BY_KEY = "(SELECT id FROM links WHERE key = :key UNION ALL SELECT link_id FROM former_urls WHERE key = :key)"
_WATCHED = (
    f"SELECT links.id, key, url, host, due_at, {', '.join(f'beliefs.{column}' for column in Belief._fields)} "
    "FROM beliefs JOIN links ON links.id = link_id"
)


def ensure(connection: sqlite3.Connection, url: CleanURL, at: str) -> tuple[int, str]:
    """Id and URL of the link; made where there is none. A link that exists keeps the URL it was given first."""
    former = connection.execute(
        "SELECT links.id, links.url FROM former_urls JOIN links ON links.id = link_id WHERE former_urls.key = ?",
        (url.key,),
    ).fetchone()
    if former:
        return int(former[0]), str(former[1])
    made = connection.execute(
        "INSERT INTO links (key, url, created_at, vetted) VALUES (?, ?, ?, 1) ON CONFLICT (key) DO NOTHING",
        (url.key, url.url, at),
    )
    if made.rowcount:
        return int(made.lastrowid or 0), url.url
    link_id, spelled = connection.execute("SELECT id, url FROM links WHERE key = ?", (url.key,)).fetchone()
    return int(link_id), str(spelled)


def id_of(connection: sqlite3.Connection, key: str) -> int | None:
    """The link with a canonical URL, or that had it."""
    row = connection.execute(f"SELECT {_BY_KEY}", {"key": key}).fetchone()
    return None if row[0] is None else int(row[0])


def get(connection: sqlite3.Connection, link_id: int) -> Link | None:
    """A link by its id."""
    row = connection.execute(
        "SELECT id, key, url, host FROM links JOIN beliefs ON link_id = id WHERE id = ?", (link_id,)
    ).fetchone()
    if row is None:
        return None
    former = connection.execute("SELECT url FROM former_urls WHERE link_id = ? ORDER BY id", (link_id,))
    link_id, key, url, host = row
    return Link(link_id, key, url, host, tuple(old for (old,) in former))


def respell(connection: sqlite3.Connection, url: CleanURL, hand: Hand) -> bool:
    """Replaces how an existing link is written by another spelling of the same URL, or by one that it had before.

    Tells whether it was written otherwise.
    """
    link_id = id_of(connection, url.key)
    if link_id is None:
        return False
    return move(connection, link_id, url, hand)


def move(connection: sqlite3.Connection, link_id: int, url: CleanURL, hand: Hand) -> bool:
    """Gives a link another URL, which no other link has; the one it leaves stays among its former ones.

    What its page was like at its first healthy visit is kept, else it is believed anew. Tells whether it was another.
    """
    key, spelled, title, fingerprint = connection.execute(
        "SELECT key, url, title, fingerprint FROM links JOIN beliefs ON link_id = id WHERE id = ?", (link_id,)
    ).fetchone()
    if spelled == url.url and key == url.key:
        return False
    connection.execute(
        "UPDATE links SET key = ?, url = ?, vetted = vetted + 1 WHERE id = ?", (url.key, url.url, link_id)
    )
    if key != url.key:
        _keep_former(connection, link_id, key, spelled, hand)
    connection.execute(
        "UPDATE beliefs SET title = ?, fingerprint = ? WHERE link_id = ?", (title, fingerprint, link_id)
    )
    return True


def merge(connection: sqlite3.Connection, source: int, target: int, hand: Hand) -> None:
    """Makes one of two links: the target gets former URLs and copies of the source, where no piece is placed."""
    key, url = connection.execute("SELECT key, url FROM links WHERE id = ?", (source,)).fetchone()
    connection.execute("UPDATE former_urls SET link_id = ? WHERE link_id = ?", (target, source))
    connection.execute("UPDATE OR IGNORE mementos SET link_id = ? WHERE link_id = ?", (target, source))
    connection.execute("DELETE FROM links WHERE id = ?", (source,))
    _keep_former(connection, target, key, url, hand)


def _keep_former(connection: sqlite3.Connection, link_id: int, key: str, url: str, hand: Hand) -> None:
    connection.execute(
        "INSERT INTO former_urls (link_id, key, url, left_at, who) VALUES (?, ?, ?, ?, ?)",
        (link_id, key, url, hand.at, hand.who),
    )


def pieces_at(connection: sqlite3.Connection, key: str) -> list[tuple[int, bool]]:
    """The pieces placed at a canonical URL, each with whether it is their primary placement."""
    rows = connection.execute(
        f"SELECT piece_id, position = 0 FROM placements WHERE link_id = {_BY_KEY} ORDER BY piece_id",
        {"key": key},
    )
    return [(piece_id, bool(primary)) for piece_id, primary in rows]


def pieces_at_any(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """The pieces placed at any of the canonical URLs: URL, piece, whether it is the primary placement."""
    rows = connection.execute(
        "SELECT key, piece_id, position = 0 FROM links JOIN placements ON link_id = links.id "
        "WHERE key IN (SELECT value FROM json_each(:keys)) "
        "UNION ALL SELECT key, piece_id, position = 0 FROM former_urls JOIN placements USING (link_id) "
        "WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY piece_id",
        {"keys": json.dumps(keys)},
    )
    for key, piece_id, primary in rows:
        yield key, piece_id, bool(primary)


def pieces_on(connection: sqlite3.Connection, link_id: int) -> list[int]:
    """The pieces placed at a link."""
    rows = connection.execute(
        "SELECT DISTINCT piece_id FROM placements WHERE link_id = ? ORDER BY piece_id", (link_id,)
    )
    return [row[0] for row in rows]


def unvetted(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Id and URL of links that came past the desk."""
    return connection.execute("SELECT id, url FROM links WHERE vetted = 0 ORDER BY id").fetchall()


def vet(connection: sqlite3.Connection, link_id: int, url: CleanURL) -> None:
    """Spells a link as the desk would have done; its key stays where another link has the right one."""
    connection.execute(
        "UPDATE links SET url = ?, vetted = vetted + 1, "
        "key = CASE WHEN EXISTS (SELECT 1 FROM links AS other WHERE other.key = ?) THEN key ELSE ? END WHERE id = ?",
        (url.url, url.key, url.key, link_id),
    )


def forget_unused(connection: sqlite3.Connection, link_ids: list[int]) -> None:
    """Removes those of the links that no placement uses any more."""
    connection.executemany(
        "DELETE FROM links WHERE id = ? AND NOT EXISTS (SELECT 1 FROM placements WHERE link_id = links.id)",
        [(link_id,) for link_id in link_ids],
    )


def watched(connection: sqlite3.Connection, state: State | None = None) -> Iterator[Watched]:
    """Every link (or those in a state) with what is known of its health, in the order they were recorded."""
    which = "1"
    if state is not None:
        which = f"state = '{state.value}'"
        if state not in (State.UNKNOWN, State.HEALTHY):  # Of the others there is an index.
            which += " AND state NOT IN ('unknown', 'healthy')"
    after = 0
    while True:
        page = connection.execute(
            f"{_WATCHED} WHERE link_id > ? AND {which} ORDER BY link_id LIMIT ?",
            (after, PAGE),
        ).fetchall()
        if not page:
            return
        after = page[-1][0]
        yield from _watched(connection, page)


def watched_one(connection: sqlite3.Connection, link_id: int) -> Watched | None:
    """One link with what is known of its health."""
    return watched_of(connection, [link_id]).get(link_id)


def watched_of(connection: sqlite3.Connection, link_ids: Sequence[int]) -> dict[int, Watched]:
    """These links, as far as they exist, with what is known of their health."""
    page = connection.execute(
        f"{_WATCHED} WHERE link_id IN (SELECT value FROM json_each(?))", (json.dumps(link_ids),)
    ).fetchall()
    return {one.link.id: one for one in _watched(connection, page)}


def _watched(connection: sqlite3.Connection, page: Sequence[tuple[Any, ...]]) -> Iterator[Watched]:
    ids = [row[0] for row in page]
    last = checks.latest(connection, ids)
    placed: dict[int, list[Placed]] = {}
    for link_id, *piece in connection.execute(
        "SELECT link_id, piece_id, title, outlet_id, outlets.name FROM placements "
        "JOIN pieces ON pieces.id = piece_id JOIN outlets ON outlets.id = outlet_id "
        "WHERE link_id IN (SELECT value FROM json_each(?)) ORDER BY link_id, piece_id",
        (json.dumps(ids),),
    ):
        placed.setdefault(link_id, []).append(Placed(*piece))
    former: dict[int, list[str]] = {}
    for link_id, url in connection.execute(
        "SELECT link_id, url FROM former_urls WHERE link_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(ids),),
    ):
        former.setdefault(link_id, []).append(url)
    for link_id, key, url, host, due_at, *belief in page:
        yield Watched(
            Link(link_id, key, url, host, tuple(former.get(link_id, ()))),
            beliefs.read_belief(belief),
            times.instant(due_at),
            last.get(link_id),
            placed.get(link_id, ()),
        )
