"""Full-text search over title, summary, author and outlet names (SQLite FTS5, sqlite.org/fts5.html).

Knows the index; triggers say which pieces it has to read again.
"""

import sqlite3

from syndicator.text import printable


def index(connection: sqlite3.Connection) -> None:
    """Brings the index up to date with what was edited. Part of a write."""
    if connection.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is None:
        return
    connection.execute("DELETE FROM search WHERE rowid IN (SELECT piece_id FROM unindexed)")
    connection.execute(
        """
        INSERT INTO search (rowid, title, summary, authors, outlets)
        SELECT pieces.id, title, CASE vetted WHEN 0 THEN summary ELSE summary_text END,
          (SELECT group_concat(name, ' · ') FROM credits JOIN authors ON authors.id = author_id
           WHERE piece_id = pieces.id),
          (SELECT group_concat(name, ' · ') FROM placements JOIN outlets ON outlets.id = outlet_id
           WHERE piece_id = pieces.id)
        FROM unindexed JOIN pieces ON pieces.id = unindexed.piece_id
        """
    )
    connection.execute("DELETE FROM unindexed")


def is_stale(connection: sqlite3.Connection) -> bool:
    """Whether an edit past the desk has not been indexed yet."""
    return connection.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is not None


def expression(words: str) -> str:
    """The FTS5 query for words as a person types them: all must occur, the last may be a beginning.

    A phrase in double quotes stays one. Never a syntax error: everything is quoted.
    """
    phrases: list[str] = []
    for number, part in enumerate(printable(words).split('"')):  # FTS5 takes a null character for the end.
        phrases += [part.strip()] if number % 2 else part.split()
    quoted = ['"' + phrase.replace('"', '""') + '"' for phrase in phrases if any(map(str.isalnum, phrase))]
    if not quoted:
        return ""
    return " ".join(quoted) + ("" if words.rstrip().endswith('"') else "*")
