"""Pieces that speak of the same as a text does (FTS5's bm25), and what pieces were filed under.

Knows the full-text index; must not know what follows from a neighbourhood.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from syndicator.model.records import Noun

# Words of an index, each with the number of pieces that hold it (sqlite.org/fts5.html, "The fts5vocab Virtual Table").
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search', 'row')"
_FILED = {
    Noun.TOPICS: "SELECT piece_id, name FROM piece_topics JOIN topics ON topics.id = topic_id",
    Noun.PROGRAMS: "SELECT piece_id, name FROM piece_programs JOIN programs ON programs.id = program_id",
}


def telling(connection: sqlite3.Connection, words: Iterable[str], most: int, *, share: float) -> list[str]:
    """The rarest of the words (folded as the index folds them) that other pieces hold as well, rarest first.

    One that more than a `share` of all pieces hold tells nothing.
    """
    connection.execute(_WORDS)
    bound = share * connection.execute("SELECT count(*) FROM pieces").fetchone()[0]
    found = []
    for word in dict.fromkeys(words):
        row = connection.execute("SELECT doc FROM temp.search_words WHERE term = ?", (word,)).fetchone()
        if row and row[0] <= max(bound, 3):
            found.append((row[0], word))
    return [word for _, word in sorted(found)[:most]]


def neighbours(
    connection: sqlite3.Connection, words: Sequence[str], most: int, *, but: int | None = None
) -> list[tuple[int, float]]:
    """The pieces nearest to these words, `but` one, and how near (more is nearer), nearest first."""
    if not words:
        return []
    rows = connection.execute(
        "SELECT rowid, -bm25(search, 3.0, 1.0, 1.0, 0.5) AS near FROM search WHERE search MATCH ? AND rowid IS NOT ? "
        "ORDER BY near DESC, rowid DESC LIMIT ?",
        (" OR ".join(f'"{word}"' for word in words), but, most),
    )
    return [(piece_id, near) for piece_id, near in rows]


def latest_of(connection: sqlite3.Connection, author: str, most: int, *, but: int | None = None) -> list[int]:
    """The latest pieces by or with an author of exactly this name, `but` one."""
    rows = connection.execute(
        "SELECT piece_id FROM credits JOIN authors ON authors.id = author_id JOIN pieces ON pieces.id = piece_id "
        "WHERE name = ? AND piece_id IS NOT ? ORDER BY published_at DESC, piece_id DESC LIMIT ?",
        (author, but, most),
    )
    return [row[0] for row in rows]


def filed_under(connection: sqlite3.Connection, noun: Noun, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The topics or programs of pieces: (piece, name)."""
    given = ",".join(map(str, map(int, ids)))
    yield from connection.execute(f"{_FILED[noun]} WHERE piece_id IN ({given}) ORDER BY piece_id, position")
