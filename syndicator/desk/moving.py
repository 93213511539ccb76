"""A link gets another URL: the piece stays the piece, and the old URL still leads to it.

Knows when two links become one; must not know why a link moved or who found out.
"""

from dataclasses import dataclass

from syndicator import text, urls
from syndicator.catalogue import audit, links, pieces
from syndicator.catalogue.pieces import Attached, PlacementRow
from syndicator.desk.overriding import pass_on
from syndicator.desk.scribe import Scribe
from syndicator.errors import AlreadyRecorded, NotFound
from syndicator.site import Site


@dataclass(frozen=True, slots=True)
class Moved:
    """A link that was given another URL; `merged` says that it was another link's, and the two are one now."""

    link_id: int
    old: str
    new: str
    merged: bool
    pieces: tuple[int, ...]


def move_link(site: Site, link_id: int, url: str) -> Moved:
    """Gives a link another URL. Ids, entry ids, slugs and dates of its pieces stay.

    Raises NotFound, URLRefused; AlreadyRecorded where the URL is another piece's primary one, for then there are two
    pieces of one page, and a person has to say which is meant.
    """
    clean = urls.clean(url)
    with site.catalogue.write() as connection:
        link = links.get(connection, link_id)
        if link is None:
            raise NotFound(f"There is no link {link_id} any more.")
        scribe = Scribe(site, connection)
        placed = links.pieces_on(connection, link_id)
        before = pieces.load(connection, placed)
        holder = links.id_of(connection, clean.key)
        merged = holder is not None and holder != link_id
        if holder is not None and merged:
            for piece_id in placed:
                _place_at(scribe, piece_id, link_id, holder)
            pass_on(connection, scribe.hand, link_id, holder)
            links.merge(connection, link_id, holder, scribe.hand)
        else:
            links.move(connection, link_id, clean, scribe.hand)
        after = pieces.load(connection, placed)
        for piece_id in placed:
            old, new = before[piece_id].as_fields(), after[piece_id].as_fields()
            if old != new:
                audit.note(connection, scribe.hand, "move", "pieces", piece_id, old, new)
        kept = links.get(connection, holder if holder is not None else link_id)
        return Moved(
            kept.id if kept else link_id, link.url, kept.url if kept else clean.url, merged, tuple(placed)
        )


def _place_at(scribe: Scribe, piece_id: int, source: int, target: int) -> None:
    """Puts a piece's placements at one link to another; where it stood at both, the first one stays."""
    stood = pieces.attached(scribe.connection, piece_id)
    placements: dict[int, PlacementRow] = {}
    for row in stood.placements:
        moved = row if row.link_id != source else PlacementRow(target, row.outlet_id, row.relation)
        placements.setdefault(moved.link_id, moved)
    rows = tuple(placements.values())
    if rows[0].link_id == target:
        _refuse_taken(scribe, piece_id, target)
    after = Attached(stood.authors, stood.featured, stood.topics, stood.programs, rows)
    pieces.attach(scribe.connection, piece_id, after, stood)


def _refuse_taken(scribe: Scribe, piece_id: int, link_id: int) -> None:
    """A link is the primary one of a single piece."""
    link = links.get(scribe.connection, link_id)
    for other_id, primary in links.pieces_at(scribe.connection, link.key) if link else ():
        if primary and other_id != piece_id:
            other = pieces.load(scribe.connection, [other_id])[other_id]
            raise AlreadyRecorded(
                other.id, text.cut(other.title, 120), link.url if link else "", other.status.value
            )
