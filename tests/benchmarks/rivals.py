"""What we compare against: feedgen used plainly for the same feeds, sqlite-utils used plainly for as many rows."""

import sqlite3
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from syndicator.catalogue import pieces, publication
from syndicator.model.records import Piece
from syndicator.site import open_site


def windows(folder: Path) -> tuple[dict[str, list[int]], dict[int, Piece]]:
    """The newest pieces of every scope of a published site, and the pieces themselves."""
    site = open_site(folder)
    connection = site.catalogue.connection
    scopes = [row[0] for row in connection.execute("SELECT scope FROM feeds ORDER BY scope")]
    shown = {
        scope: [spot.piece_id for spot in publication.newest(connection, scope, 50) if spot.live]
        for scope in scopes
    }
    wanted = sorted({piece_id for window in shown.values() for piece_id in window})
    found: dict[int, Piece] = {}
    for start in range(0, len(wanted), 500):
        found.update(pieces.load(connection, wanted[start : start + 500]))
    site.catalogue.close()
    return shown, found


def plain_feedgen(shown: Mapping[str, Sequence[int]], found: Mapping[int, Piece]) -> float:
    """Seconds that feedgen needs to build RSS and Atom of every feed, one by one, and nothing else."""
    from feedgen.feed import FeedGenerator

    started = time.perf_counter()
    for scope, window in shown.items():
        feed = FeedGenerator()
        feed.load_extension("dc", atom=False, rss=True)
        feed.id(f"tag:example.org,2024:{scope}")
        feed.title(scope)
        feed.description(scope)
        feed.link(href=f"https://example.org/feeds/{scope}/atom.xml", rel="self")
        feed.link(href=f"https://example.org/feeds/{scope}/")
        for piece_id in window:
            piece = found[piece_id]
            entry = feed.add_entry(order="append")
            entry.id(piece.entry_id)
            entry.title(piece.title)
            entry.link(href=piece.placements[0].url)
            entry.content(piece.summary, type="html")
            entry.published(datetime.fromisoformat(piece.published_at))
            entry.updated(datetime.fromisoformat(piece.updated_at))
            entry.author([{"name": name} for name in piece.authors])
            entry.category([{"term": topic} for topic in piece.topics])
            entry.dc.dc_creator(list(piece.authors))
        feed.atom_str()
        feed.rss_str()
    return time.perf_counter() - started


def feedgen_rendering(shown: Mapping[str, Sequence[int]], found: Mapping[int, Piece]) -> float:
    """Seconds that feedgen's own rendering takes when each entry is rendered once in both formats."""
    from feedgen.entry import FeedEntry
    from lxml import etree

    spent = 0.0
    for piece_id in {piece_id for window in shown.values() for piece_id in window}:
        piece = found[piece_id]
        started = time.perf_counter()
        entry = FeedEntry()
        entry.load_extension("dc", atom=False, rss=True)
        entry.id(piece.entry_id)
        entry.title(piece.title)
        entry.link(href=piece.placements[0].url)
        entry.content(piece.summary, type="html")
        entry.published(datetime.fromisoformat(piece.published_at))
        entry.updated(datetime.fromisoformat(piece.updated_at))
        entry.author([{"name": name} for name in piece.authors])
        entry.category([{"term": topic} for topic in piece.topics])
        etree.tostring(entry.atom_entry())
        etree.tostring(entry.rss_entry())
        spent += time.perf_counter() - started
    return spent


def plain_insert_all(source: Path, target: Path) -> tuple[float, int]:
    """Seconds and rows of `insert_all` for the same rows as an import made, into tables without our constraints."""
    tables: dict[str, list[dict[str, Any]]] = {}
    connection = sqlite3.connect(source)
    connection.row_factory = sqlite3.Row
    for table in (
        "pieces", "placements", "links", "credits", "piece_topics", "piece_programs", "authors", "outlets",
        "topics", "programs", "audit",
    ):  # fmt: skip
        tables[table] = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
    connection.close()
    started = time.perf_counter()
    db = Database(target)
    for table, rows in tables.items():
        db.table(table).insert_all(rows, pk="id")
    db.close()
    return time.perf_counter() - started, sum(map(len, tables.values()))
