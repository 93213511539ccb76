"""Links: one row a canonical URL, shared by all placements with it."""

import sqlite3

from syndicator.urls import CleanURL


def ensure(connection: sqlite3.Connection, url: CleanURL, at: str) -> tuple[int, str]:
    """Id and URL of the link; made where there is none. A link that exists keeps the URL it was given first."""
    made = connection.execute(
        "INSERT INTO links (key, url, created_at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (url.key, url.url, at),
    )
    if made.rowcount:
        return int(made.lastrowid or 0), url.url
    link_id, spelled = connection.execute("SELECT id, url FROM links WHERE key = ?", (url.key,)).fetchone()
    return int(link_id), str(spelled)


def respell(connection: sqlite3.Connection, url: CleanURL) -> None:
    """Replaces how an existing link is written by another spelling of the same URL."""
    connection.execute("UPDATE links SET url = ? WHERE key = ? AND url <> ?", (url.url, url.key, url.url))


def pieces_at(connection: sqlite3.Connection, key: str) -> list[tuple[int, bool]]:
    """The pieces placed at a canonical URL, each with whether it is their primary placement."""
    rows = connection.execute(
        "SELECT piece_id, position = 0 FROM links JOIN placements ON link_id = links.id WHERE key = ? ORDER BY piece_id",
        (key,),
    )
    return [(piece_id, bool(primary)) for piece_id, primary in rows]


def forget_unused(connection: sqlite3.Connection, link_ids: list[int]) -> None:
    """Removes those of the links that no placement uses any more."""
    connection.executemany(
        "DELETE FROM links WHERE id = ? AND NOT EXISTS (SELECT 1 FROM placements WHERE link_id = links.id)",
        [(link_id,) for link_id in link_ids],
    )
