"""Links: one row a canonical URL, shared by all placements with it."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from syndicator.urls import CleanURL


def ensure(connection: sqlite3.Connection, url: CleanURL, at: str) -> tuple[int, str]:
    """Id and URL of the link; made where there is none. A link that exists keeps the URL it was given first."""
    made = connection.execute(
        "INSERT INTO links (key, url, created_at, vetted) VALUES (?, ?, ?, 1) ON CONFLICT (key) DO NOTHING",
        (url.key, url.url, at),
    )
    if made.rowcount:
        return int(made.lastrowid or 0), url.url
    link_id, spelled = connection.execute("SELECT id, url FROM links WHERE key = ?", (url.key,)).fetchone()
    return int(link_id), str(spelled)


def id_of(connection: sqlite3.Connection, key: str) -> int | None:
    """The link with a canonical URL."""
    row = connection.execute("SELECT id FROM links WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def respell(connection: sqlite3.Connection, url: CleanURL) -> bool:
    """Replaces how an existing link is written by another spelling of the same URL; tells whether it was another."""
    cursor = connection.execute(
        "UPDATE links SET url = ?, vetted = vetted + 1 WHERE key = ? AND url <> ?",
        (url.url, url.key, url.url),
    )
    return cursor.rowcount > 0


def pieces_at(connection: sqlite3.Connection, key: str) -> list[tuple[int, bool]]:
    """The pieces placed at a canonical URL, each with whether it is their primary placement."""
    rows = connection.execute(
        "SELECT piece_id, position = 0 FROM links JOIN placements ON link_id = links.id "
        "WHERE key = ? ORDER BY piece_id",
        (key,),
    )
    return [(piece_id, bool(primary)) for piece_id, primary in rows]


def pieces_at_any(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """The pieces placed at any of the canonical URLs: URL, piece, whether it is the primary placement."""
    rows = connection.execute(
        "SELECT key, piece_id, position = 0 FROM links JOIN placements ON link_id = links.id "
        "WHERE key IN (SELECT value FROM json_each(?)) ORDER BY piece_id",
        (json.dumps(keys),),
    )
    for key, piece_id, primary in rows:
        yield key, piece_id, bool(primary)


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
