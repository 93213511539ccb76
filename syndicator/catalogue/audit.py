"""The audit trail: who changed what, when, and how it stood before and after. Rows are only ever added."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from syndicator.catalogue.held import Writes


@dataclass(frozen=True, slots=True)
class Hand:
    """Who is writing, at which instant (a stamp), and in which import, if it is one."""

    who: str
    at: str
    import_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change of the record; `before` and `after` are the fields of the noun, None where it did not exist."""

    at: str
    who: str
    action: str
    import_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def note(
    rows: Writes,
    hand: Hand,
    action: str,
    noun: str,
    noun_id: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Adds a row. Part of the write that it tells of."""
    rows.execute(
        "INSERT INTO audit (at, who, action, noun, noun_id, import_id, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (hand.at, hand.who, action, noun, noun_id, hand.import_id, _json(before), _json(after)),
    )


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _json(fields: Mapping[str, Any] | None) -> str | None:
    return None if fields is None else _ENCODER.encode(fields)


def of(connection: sqlite3.Connection, noun: str, noun_id: int) -> list[AuditRow]:
    """What happened to one piece or name, oldest first."""
    rows = connection.execute(
        "SELECT at, who, action, import_id, before, after FROM audit WHERE noun = ? AND noun_id = ? ORDER BY id",
        (noun, noun_id),
    )
    return [
        AuditRow(at, who, action, import_id, before and json.loads(before), after and json.loads(after))
        for at, who, action, import_id, before, after in rows
    ]


def begin_import(connection: sqlite3.Connection, hand: Hand, source: str) -> int:
    """A new import; its id is carried by every audit row that it causes."""
    cursor = connection.execute(
        "INSERT INTO imports (at, who, source) VALUES (?, ?, ?)", (hand.at, hand.who, source)
    )
    return int(cursor.lastrowid or 0)
