"""Archived copies of links. The triggers note the pieces whose readers a copy is for."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from syndicator import times
from syndicator.model.health import State
from syndicator.model.links import Memento


def add(connection: sqlite3.Connection, link_id: int, memento: Memento, found_at: str) -> None:
    """Stores a copy of a link; one that is known already stays as it was found first."""
    connection.execute(
        "INSERT INTO mementos (link_id, url, at, found_at, source) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (link_id, url) DO NOTHING",
        (link_id, memento.url, times.stamp(memento.at), found_at, memento.source),
    )


def of(connection: sqlite3.Connection, link_ids: Sequence[int]) -> dict[int, list[Memento]]:
    """The copies of each of the links that have any, earliest capture first."""
    found: dict[int, list[Memento]] = {}
    for link_id, url, at, source in connection.execute(
        "SELECT link_id, url, at, source FROM mementos WHERE link_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY link_id, at, id",
        (json.dumps(link_ids),),
    ):
        found.setdefault(link_id, []).append(Memento(url, times.instant(at), source))
    return found


class Copied(NamedTuple):
    """A placement whose link has copies, with what says whether readers are sent to one."""

    piece_id: int
    position: int
    published_at: str
    link_id: int
    host: str
    state: State
    outlets: tuple[int, ...]
    mementos: tuple[Memento, ...]


def of_pieces(connection: sqlite3.Connection, piece_ids: Iterable[int]) -> list[Copied]:
    """Those placements of the pieces whose link has copies."""
    rows = connection.execute(
        "SELECT piece_id, position, published_at, placements.link_id, host, state FROM placements "
        "JOIN pieces ON pieces.id = piece_id JOIN beliefs USING (link_id) "
        "WHERE piece_id IN (SELECT value FROM json_each(?)) "
        "AND EXISTS (SELECT 1 FROM mementos WHERE mementos.link_id = placements.link_id) ORDER BY piece_id, position",
        (json.dumps(list(piece_ids)),),
    ).fetchall()
    link_ids = sorted({row[3] for row in rows})
    known = of(connection, link_ids)
    outlets: dict[int, list[int]] = {}
    for link_id, outlet_id in connection.execute(
        "SELECT DISTINCT link_id, outlet_id FROM placements WHERE link_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY link_id, outlet_id",
        (json.dumps(link_ids),),
    ):
        outlets.setdefault(link_id, []).append(outlet_id)
    return [
        Copied(
            piece_id,
            position,
            at,
            link_id,
            host,
            State(state),
            tuple(outlets[link_id]),
            tuple(known[link_id]),
        )
        for piece_id, position, at, link_id, host, state in rows
    ]
