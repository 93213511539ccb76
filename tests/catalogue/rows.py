"""A small record written straight in SQL, for tests of the schema itself: one row of everything, and a second topic.

Knows tables and columns; must not know the desk.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from syndicator.catalogue import open_catalogue

AT = "2024-06-16T04:00:00Z"
PIECE = {
    "entry_id": "tag:a.example,2024:pieces/1",
    "slug": "a-piece",
    "status": "published",
    "title": "A piece",
    "summary": "<p>Summary</p>",
    "summary_text": "Summary",
    "kind": "op-ed",
    "published": "2024-06-16",
    "published_at": AT,
    "created_at": AT,
    "updated_at": AT,
    "vetted": 1,
}
ROWS: list[tuple[str, Mapping[str, object]]] = [
    ("authors", {"name": "Jo Doe", "slug": "jo-doe"}),
    ("authors", {"name": "Al Roe", "slug": "al-roe"}),
    ("outlets", {"name": "The Outlet", "slug": "the-outlet"}),
    ("outlets", {"name": "The Other", "slug": "the-other"}),
    ("topics", {"name": "Asia", "slug": "asia"}),
    ("topics", {"name": "China", "slug": "china", "parent_id": 1}),
    ("programs", {"name": "Asia Program", "slug": "asia-program"}),
    ("links", {"key": "https://a.example/1", "url": "https://a.example/1"}),
    ("links", {"key": "https://a.example/2", "url": "https://a.example/2"}),
    ("pieces", PIECE),
    ("placements", {"piece_id": 1, "position": 0, "link_id": 1, "outlet_id": 1, "relation": "original"}),
    ("credits", {"piece_id": 1, "author_id": 1, "credit": "author", "position": 0}),
    ("piece_topics", {"piece_id": 1, "topic_id": 2, "position": 0}),
    ("piece_programs", {"piece_id": 1, "program_id": 1, "position": 0}),
]


def insert(
    connection: sqlite3.Connection, table: str, row: Mapping[str, object], verb: str = "INSERT"
) -> None:
    connection.execute(
        f"{verb} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )


def small_record(path: Path) -> None:
    """A database with `ROWS`, as if it had been indexed and published."""
    catalogue = open_catalogue(path)
    with catalogue.write() as connection:
        for table, row in ROWS:
            insert(connection, table, row)
    with catalogue.write() as connection:
        connection.execute("DELETE FROM changes")
    catalogue.close()


def plain(path: Path, *, foreign_keys: bool = False) -> sqlite3.Connection:
    """The file as any other tool opens it: every statement for itself, foreign keys off as SQLite has them."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
    return connection
