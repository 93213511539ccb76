"""Edits that came past the desk (sqlite-utils, Datasette, a text editor's SQL): vetted before readers see them.

Knows what the desk would have made of such text; the schema marks it (`vetted`).
"""

from dataclasses import dataclass

from syndicator import text, times, urls
from syndicator.catalogue import audit, links, pieces, publication
from syndicator.catalogue.pieces import PieceRow
from syndicator.desk.recording import free_piece_slug, new_entry_id
from syndicator.desk.scribe import Scribe
from syndicator.errors import URLRefused
from syndicator.model.records import Piece, Status
from syndicator.site import Site


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was vetted, and a sentence for each piece that cannot be shown as it stands."""

    pieces: int
    complaints: tuple[str, ...]


def adopt(site: Site, *, zone_changed: bool) -> Adopted:
    """Sanitises text that came past the desk, completes what it left out, gives every scope its feed id.

    `zone_changed` says that instants of bare dates may have been worked out for another time zone.
    Writes only where there is something to do.
    """
    connection = site.catalogue.connection
    stale = _stale_instants(site) if zone_changed else []
    nameless = publication.scopes_without_id(connection)
    if not (pieces.unvetted(connection) or links.unvetted(connection) or stale or nameless):
        return Adopted(0, ())
    complaints = []
    with site.catalogue.write():
        scribe = Scribe(site, connection)
        for link_id, url in links.unvetted(connection):
            complaints += _adopt_link(scribe, link_id, url)
        unvetted = pieces.unvetted(connection)
        for piece in pieces.in_order(connection, unvetted):
            complaints += _adopt_piece(scribe, piece)
        for piece_id, published_at in stale:
            pieces.set_instant(connection, piece_id, published_at)
        for scope in publication.scopes_without_id(connection):
            scribe.give_feed_id(scope)
        adopted = len(unvetted) - len(pieces.unvetted(connection))
    return Adopted(adopted, tuple(complaints))


def _stale_instants(site: Site) -> list[tuple[int, str]]:
    zone = site.settings.zone
    return [
        (piece_id, at)
        for piece_id, published, published_at in pieces.dated(site.catalogue.connection)
        if _is_date(published) and (at := times.published_at(published, zone)) != published_at
    ]


def _is_date(published: str) -> bool:
    try:
        times.read_published(published, times.UTC_ZONE)
    except ValueError:
        return False
    return True


def _adopt_link(scribe: Scribe, link_id: int, url: str) -> list[str]:
    """Vets one link; where it leads to no page it stays unvetted, and the pieces at it unseen."""
    try:
        links.vet(scribe.connection, link_id, urls.clean(url))
    except URLRefused as refusal:
        shown = text.cut(text.one_line(url), 80)
        return [f"link {link_id}: “{shown}” is not usable ({refusal.reason}); pieces at it are not shown"]
    return []


def _adopt_piece(scribe: Scribe, piece: Piece) -> list[str]:
    """Vets one piece; a piece with a date that is none stays unvetted, and so unseen."""
    if not _is_date(piece.published):
        return [
            f"piece {piece.id}: “{piece.published}” is no date; it is not shown until `syndicator edit` mends it"
        ]
    zone = scribe.site.settings.zone
    title = text.one_line(piece.title)
    if not title:
        return [f"piece {piece.id} has no printable title; it is not shown until `syndicator edit` mends it"]
    summary = text.summary_html(piece.summary)
    published_at = times.published_at(piece.published, zone)
    retracted_at = piece.retracted_at
    if (
        piece.status is Status.RETRACTED
        and retracted_at is None
        and publication.was_shown(scribe.connection, piece.id)
    ):
        retracted_at = scribe.hand.at
    row = PieceRow(
        entry_id=piece.entry_id or new_entry_id(scribe, piece.id),
        slug=piece.slug or free_piece_slug(scribe, title, piece.published),
        status=piece.status,
        title=title,
        summary=summary,
        summary_text=text.plain_text(summary),
        kind=piece.kind,
        published=piece.published,
        published_at=published_at,
        source_id=piece.source_id,
        retracted_at=retracted_at,
    )
    pieces.update(scribe.connection, piece.id, row, None)
    vetted = piece._replace(
        entry_id=row.entry_id, slug=row.slug, title=title, summary=summary, published_at=published_at,
        retracted_at=retracted_at,
    )  # fmt: skip
    audit.note(
        scribe.connection, scribe.hand, "adopt", "pieces", piece.id, piece.as_fields(), vetted.as_fields()
    )
    return (
        [] if piece.placements else [f"piece {piece.id} has no placement; it is not shown until it has one"]
    )
