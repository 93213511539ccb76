"""The schema, as the sequence of plain SQL steps that made it. Released steps are never edited.

`SCHEMA_VERSION` is what `PRAGMA user_version` holds when all of them were applied.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Migrations
    from sqlite_utils.db import Database

STEPS = ("m0001_record", "m0002_publication", "m0003_health")
SCHEMA_VERSION = len(STEPS)
MIGRATION_SET = "syndicator"


def migrations() -> "Migrations":
    """Our steps as a sqlite-utils migration set."""
    from sqlite_utils import Migrations

    ours = Migrations(MIGRATION_SET)
    for step in STEPS:
        ours(name=step)(_Step(step))
    return ours


class _Step:
    """Runs one SQL file statement by statement: `executescript` would commit the transaction around it."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, db: "Database", /) -> None:
        script = (Path(__file__).parent / f"{self.__name__}.sql").read_text(encoding="utf-8")
        for statement in statements(script):
            db.conn.execute(statement)


def statements(script: str) -> Iterator[str]:
    """The single statements of an SQL script; triggers, which hold semicolons, stay whole."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip() and not all(
        line.startswith("--") or not line.strip() for line in pending.splitlines()
    ):
        raise ValueError(f"the script ends within a statement: {pending[:60]!r}")
