"""Pieces with all that hangs on them: read in batches, found by many handles, written row by row.

Knows how a piece is stored; must not know whether it may be.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syndicator.catalogue import search
from syndicator.catalogue.held import Writes
from syndicator.model.kinds import Kind
from syndicator.model.records import CreditRole, Piece, Placement, Relation, Status

BATCH = 500


class PieceRow(NamedTuple):
    """The columns of a piece that are written."""

    entry_id: str
    slug: str
    status: Status
    title: str
    summary: str
    summary_text: str
    kind: Kind
    published: str
    published_at: str
    source_id: str | None
    retracted_at: str | None


class PlacementRow(NamedTuple):
    """A placement, its position left to the order."""

    link_id: int
    outlet_id: int
    relation: Relation


class Attached(NamedTuple):
    """What hangs on a piece, by id and in order."""

    authors: tuple[int, ...]
    featured: tuple[int, ...]
    topics: tuple[int, ...]
    programs: tuple[int, ...]
    placements: tuple[PlacementRow, ...]


class Filter(NamedTuple):
    """Which pieces are meant. Ids of one noun are alternatives; different conditions must all hold."""

    words: str = ""
    status: Status | None = None
    kind: Kind | None = None
    since: str | None = None
    before: str | None = None
    authors: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    programs: tuple[int, ...] = ()
    outlets: tuple[int, ...] = ()
    limit: int | None = None


def load(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Piece]:
    """The pieces with these ids, as far as they exist."""
    wanted = (json.dumps(list(ids)),)
    authors: dict[int, list[str]] = {}
    featured: dict[int, list[str]] = {}
    for piece_id, credit, name in connection.execute(
        "SELECT piece_id, credit, name FROM credits JOIN authors ON authors.id = author_id "
        "WHERE piece_id IN (SELECT value FROM json_each(?)) ORDER BY piece_id, credit, position",
        wanted,
    ):
        (authors if credit == _AUTHOR else featured).setdefault(piece_id, []).append(name)
    topics = _names(connection, "piece_topics", "topics", "topic_id", wanted)
    programs = _names(connection, "piece_programs", "programs", "program_id", wanted)
    placements: dict[int, list[Placement]] = {}
    for piece_id, url, outlet, relation in connection.execute(
        "SELECT piece_id, links.url, outlets.name, relation FROM placements JOIN links ON links.id = link_id "
        "JOIN outlets ON outlets.id = outlet_id "
        "WHERE piece_id IN (SELECT value FROM json_each(?)) ORDER BY piece_id, position",
        wanted,
    ):
        placements.setdefault(piece_id, []).append(Placement(url, outlet, _RELATIONS[relation]))
    pieces: dict[int, Piece] = {}
    for row in connection.execute(
        "SELECT id, entry_id, slug, status, title, summary, kind, published, published_at, source_id, created_at, "
        "updated_at, retracted_at, summary_text FROM pieces WHERE id IN (SELECT value FROM json_each(?))",
        wanted,
    ):
        piece_id = row[0]
        pieces[piece_id] = Piece(
            id=piece_id,
            entry_id=row[1] or "",
            slug=row[2] or "",
            status=_STATUSES[row[3]],
            title=row[4],
            summary=row[5],
            summary_text=row[13],
            kind=_KINDS[row[6]],
            published=row[7],
            published_at=row[8],
            authors=tuple(authors.get(piece_id, ())),
            featured=tuple(featured.get(piece_id, ())),
            topics=tuple(topics.get(piece_id, ())),
            programs=tuple(programs.get(piece_id, ())),
            placements=tuple(placements.get(piece_id, ())),
            source_id=row[9],
            created_at=row[10],
            updated_at=row[11],
            retracted_at=row[12],
        )
    return pieces


_AUTHOR = CreditRole.AUTHOR.value
_RELATIONS = {relation.value: relation for relation in Relation}
_STATUSES = {status.value: status for status in Status}
_KINDS = {kind.value: kind for kind in Kind}


def _names(
    connection: sqlite3.Connection, table: str, noun: str, column: str, wanted: tuple[str]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for piece_id, name in connection.execute(
        f"SELECT piece_id, name FROM {table} JOIN {noun} ON {noun}.id = {column} "
        "WHERE piece_id IN (SELECT value FROM json_each(?)) ORDER BY piece_id, position",
        wanted,
    ):
        found.setdefault(piece_id, []).append(name)
    return found


def get(connection: sqlite3.Connection, piece_id: int) -> Piece | None:
    """One piece by its id."""
    return load(connection, [piece_id]).get(piece_id)


def in_order(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Piece]:
    """The pieces in the order of the ids, read in batches."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = load(connection, batch)
        yield from (found[piece_id] for piece_id in batch if piece_id in found)


def attached(connection: sqlite3.Connection, piece_id: int) -> Attached:
    """What hangs on a piece, by id."""
    credits: dict[str, list[int]] = {CreditRole.AUTHOR: [], CreditRole.FEATURED: []}
    for author_id, credit in connection.execute(
        "SELECT author_id, credit FROM credits WHERE piece_id = ? ORDER BY position", (piece_id,)
    ):
        credits[credit].append(author_id)
    return Attached(
        authors=tuple(credits[CreditRole.AUTHOR]),
        featured=tuple(credits[CreditRole.FEATURED]),
        topics=_column(
            connection, "SELECT topic_id FROM piece_topics WHERE piece_id = ? ORDER BY position", piece_id
        ),
        programs=_column(
            connection, "SELECT program_id FROM piece_programs WHERE piece_id = ? ORDER BY position", piece_id
        ),
        placements=tuple(
            PlacementRow(link_id, outlet_id, _RELATIONS[relation])
            for link_id, outlet_id, relation in connection.execute(
                "SELECT link_id, outlet_id, relation FROM placements WHERE piece_id = ? ORDER BY position",
                (piece_id,),
            )
        ),
    )


def _column(connection: sqlite3.Connection, statement: str, piece_id: int) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.execute(statement, (piece_id,)))


def id_where(connection: sqlite3.Connection, column: str, value: str | int) -> int | None:
    """The id of the piece with this `id`, `slug`, `entry_id` or `source_id`."""
    row = connection.execute(f"SELECT id FROM pieces WHERE {column} = ?", (value,)).fetchone()
    return int(row[0]) if row else None


def ids_where(
    connection: sqlite3.Connection, column: str, values: Sequence[str]
) -> Iterator[tuple[str, int]]:
    """Those of the slugs, entry ids or source ids that pieces have, each with the piece's id."""
    yield from connection.execute(
        f"SELECT {column}, id FROM pieces WHERE {column} IN (SELECT value FROM json_each(?))",
        (json.dumps(values),),
    )


def exists(connection: sqlite3.Connection, piece_id: int) -> bool:
    """Whether a piece has this id."""
    return connection.execute("SELECT 1 FROM pieces WHERE id = ?", (piece_id,)).fetchone() is not None


def next_id(connection: sqlite3.Connection) -> int:
    """The id that the next new piece will get; ids are never used twice."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pieces'").fetchone()
    return int(row[0]) + 1 if row else 1


def matching(connection: sqlite3.Connection, chosen: Filter) -> list[int]:
    """The ids of the pieces that a filter chooses, newest first."""
    conditions: list[str] = []
    values: list[object] = []
    if chosen.words:
        expression = search.expression(chosen.words)
        conditions.append("id IN (SELECT rowid FROM search WHERE search MATCH ?)" if expression else "0")
        values += [expression] if expression else []
    for column, operator, value in (
        ("status", "=", chosen.status),
        ("kind", "=", chosen.kind),
        ("published_at", ">=", chosen.since),
        ("published_at", "<", chosen.before),
    ):
        if value is not None:
            conditions.append(f"{column} {operator} ?")
            values.append(str(value))
    for table, column, ids in (
        ("credits", "author_id", chosen.authors),
        ("piece_topics", "topic_id", chosen.topics),
        ("piece_programs", "program_id", chosen.programs),
        ("placements", "outlet_id", chosen.outlets),
    ):
        if ids:
            conditions.append(
                f"id IN (SELECT piece_id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)))"
            )
            values.append(json.dumps(ids))
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = "" if chosen.limit is None else f"LIMIT {int(chosen.limit)}"
    rows = connection.execute(
        f"SELECT id FROM pieces {where} ORDER BY published_at DESC, id DESC {limit}", values
    )
    return [row[0] for row in rows]


def unvetted(connection: sqlite3.Connection) -> list[int]:
    """Pieces whose text came past the desk."""
    return [row[0] for row in connection.execute("SELECT id FROM pieces WHERE vetted = 0 ORDER BY id")]


def dated(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Id, date and instant of every piece of which only the date is known."""
    yield from connection.execute(
        "SELECT id, published, published_at FROM pieces WHERE length(published) = 10"
    )


def insert(rows: Writes, piece_id: int, row: PieceRow, at: str) -> None:
    """A new piece, without what hangs on it."""
    rows.execute(
        "INSERT INTO pieces (id, entry_id, slug, status, title, summary, summary_text, kind, published, published_at, "
        "source_id, retracted_at, created_at, updated_at, vetted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (piece_id, *_values(row), at, at),
    )


def update(connection: sqlite3.Connection, piece_id: int, row: PieceRow, at: str | None) -> None:
    """Overwrites a piece; `at` is its new `updated_at`, None leaves that as it is."""
    connection.execute(
        "UPDATE pieces SET entry_id = ?, slug = ?, status = ?, title = ?, summary = ?, summary_text = ?, kind = ?, "
        "published = ?, published_at = ?, source_id = ?, retracted_at = ?, updated_at = coalesce(?, updated_at), "
        "vetted = vetted + 1 WHERE id = ?",
        (*_values(row), at, piece_id),
    )


def _values(row: PieceRow) -> tuple[object, ...]:
    return (
        row.entry_id, row.slug, row.status.value, row.title, row.summary, row.summary_text, row.kind.value,
        row.published, row.published_at, row.source_id, row.retracted_at,
    )  # fmt: skip


def set_instant(connection: sqlite3.Connection, piece_id: int, published_at: str) -> None:
    """What a bare date stands for, after the site's time zone changed."""
    connection.execute(
        "UPDATE pieces SET published_at = ?, vetted = vetted + (vetted > 0) WHERE id = ?",
        (published_at, piece_id),
    )


def attach(rows: Writes, piece_id: int, after: Attached, before: Attached | None = None) -> None:
    """Hangs credits, topics, programs and placements on a piece; only what differs is written."""
    if before is None or (before.authors, before.featured) != (after.authors, after.featured):
        if before:
            rows.execute("DELETE FROM credits WHERE piece_id = ?", (piece_id,))
        rows.executemany(
            "INSERT INTO credits (piece_id, author_id, credit, position) VALUES (?, ?, ?, ?)",
            [(piece_id, author_id, "author", position) for position, author_id in enumerate(after.authors)]
            + [
                (piece_id, author_id, "featured", position)
                for position, author_id in enumerate(after.featured)
            ],
        )
    for table, column, old, new in (
        ("piece_topics", "topic_id", before and before.topics, after.topics),
        ("piece_programs", "program_id", before and before.programs, after.programs),
    ):
        if old != new:
            if before:
                rows.execute(f"DELETE FROM {table} WHERE piece_id = ?", (piece_id,))
            rows.executemany(
                f"INSERT INTO {table} (piece_id, {column}, position) VALUES (?, ?, ?)",
                [(piece_id, name_id, position) for position, name_id in enumerate(new)],
            )
    if before is None or before.placements != after.placements:
        if before:
            rows.execute("DELETE FROM placements WHERE piece_id = ?", (piece_id,))
        rows.executemany(
            "INSERT INTO placements (piece_id, position, link_id, outlet_id, relation) VALUES (?, ?, ?, ?, ?)",
            [
                (piece_id, position, placement.link_id, placement.outlet_id, placement.relation.value)
                for position, placement in enumerate(after.placements)
            ],
        )
