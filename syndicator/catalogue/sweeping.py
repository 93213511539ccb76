"""What other tools leave lying when they delete a piece or a name with foreign keys off, as SQLite has them by default.

Knows what hangs on what; triggers have noted what was deleted. Ours always deletes with foreign keys on.
"""

import json
import sqlite3

_NAMES = {
    "authors": ("author_id", ("credits", "aliases", "old_slugs")),
    "outlets": ("outlet_id", ("outlet_hosts", "aliases", "old_slugs", "overrides", "intervals")),
    "topics": ("topic_id", ("piece_topics", "aliases", "old_slugs")),
    "programs": ("program_id", ("piece_programs", "aliases", "old_slugs")),
}
_ON_PIECES = ("credits", "placements", "piece_topics", "piece_programs")


def sweep(connection: sqlite3.Connection) -> None:
    """Takes away what hung on vanished pieces and names. Part of a write, before anything else in it."""
    pieces = _column(
        connection, "SELECT piece_id FROM unindexed WHERE piece_id NOT IN (SELECT id FROM pieces)"
    )
    _take_away(connection, _ON_PIECES, "piece_id", pieces)
    for noun, (column, tables) in _NAMES.items():
        names = _column(
            connection,
            f"SELECT noun_id FROM changes WHERE noun = '{noun}' AND noun_id NOT IN (SELECT id FROM {noun})",
        )
        _take_away(connection, tables, column, names)
        if names and noun == "topics":
            connection.execute(
                "UPDATE topics SET parent_id = NULL WHERE parent_id IN (SELECT value FROM json_each(?))",
                (json.dumps(names),),
            )


def _column(connection: sqlite3.Connection, statement: str) -> list[int]:
    return [row[0] for row in connection.execute(statement)]


def _take_away(
    connection: sqlite3.Connection, tables: tuple[str, ...], column: str, vanished: list[int]
) -> None:
    if not vanished:
        return
    for table in tables:
        connection.execute(
            f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (json.dumps(vanished),)
        )
