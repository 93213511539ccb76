"""Rows on their way into tables: at once through a connection, or held back so that many go together.

Knows statements and rows; must not know tables.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Protocol


class Writes(Protocol):
    """What takes rows: a connection, or `Held`."""

    def execute(self, statement: str, row: Sequence[Any], /) -> object: ...

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object: ...


class Held:
    """Rows that are held back until `write`: one statement for thousands of rows costs an import a seventh less.

    Written statement by statement, in the order of their first use, which is the order that foreign keys need.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[Sequence[Any]]] = {}

    def execute(self, statement: str, row: Sequence[Any], /) -> None:
        self._rows.setdefault(statement, []).append(row)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        self._rows.setdefault(statement, []).extend(rows)

    def write(self) -> None:
        """Everything that is held goes into its table."""
        for statement, rows in self._rows.items():
            self._connection.executemany(statement, rows)
        self._rows.clear()

    def drop(self) -> None:
        """Everything that is held is forgotten."""
        self._rows.clear()
