"""What a person means by a word on the command line or in a form: a piece, an author, an outlet.

Only exact handles count here (id, slug, name, alias, URL); a near miss is offered, never taken.
"""

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from syndicator import text, urls
from syndicator.catalogue import Connection, links, names, pieces, search
from syndicator.errors import NotFound, URLRefused
from syndicator.model.links import Link
from syndicator.model.records import Name, Noun, Piece
from syndicator.site import Site


def find_piece(site: Site, given: str) -> Piece:
    """The piece with this id, slug, entry id, source id or URL. Raises NotFound with the next step."""
    connection = site.catalogue.connection
    piece_id = _piece_id(site, text.one_line(given))
    piece = None if piece_id is None else pieces.get(connection, piece_id)
    if piece is None:
        raise NotFound(
            f"No piece is recorded as “{text.cut(text.one_line(given), 80)}”.",
            hint="Give its id, slug or URL; `syndicator list --search WORDS` finds them.",
        )
    return piece


def _piece_id(site: Site, given: str) -> int | None:
    connection = site.catalogue.connection
    if given.isascii() and given.isdigit() and len(given) < 18 and pieces.exists(connection, int(given)):
        return int(given)
    for column in ("slug", "entry_id", "source_id"):
        found = pieces.id_where(connection, column, given)
        if found is not None:
            return found
    try:
        at = links.pieces_at(connection, urls.clean(given).key)
    except URLRefused:
        return None
    return min(at, key=lambda place: (not place[1], place[0]))[0] if at else None


def find_link(site: Site, given: str) -> Link:
    """The link with this URL, however it is spelled, or that had it before. Raises NotFound with the next step."""
    connection = site.catalogue.connection
    shown = text.cut(text.one_line(given), 80)
    try:
        link_id = links.id_of(connection, urls.clean(given).key)
    except URLRefused:
        link_id = None
    link = None if link_id is None else links.get(connection, link_id)
    if link is None:
        raise NotFound(
            f"No link is recorded as “{shown}”.",
            hint="`syndicator links list` shows all; `syndicator add URL` records a piece with its link.",
        )
    return link


def find_name(site: Site, noun: Noun, given: str) -> Name:
    """The author, outlet, topic or program with this name, alias or slug. Raises NotFound with what is near."""
    connection = site.catalogue.connection
    known = names.folded(connection, noun)
    name_id = known.get(text.fold(given))
    if name_id is None:
        name_id = names.by_slug(connection, noun, text.one_line(given))
    name = None if name_id is None else names.get(connection, noun, name_id)
    if name is None:
        near = difflib.get_close_matches(text.fold(given), known, n=1, cutoff=0.7)
        close = names.get(connection, noun, known[near[0]]) if near else None
        hint = f"Did you mean “{close.name}”?" if close else f"`syndicator {noun.singular} list` shows all."
        raise NotFound(f"There is no {noun.singular} “{text.cut(text.one_line(given), 80)}”.", hint=hint)
    return name


def topics_below(site: Site, ids: Sequence[int]) -> tuple[int, ...]:
    """The topics with all that lie below them."""
    return tuple(names.topics_below(site.catalogue.connection, ids))


@contextmanager
def searchable(site: Site) -> Iterator[Connection]:
    """One snapshot to search and read in, with edits past the desk indexed first."""
    if search.is_stale(site.catalogue.connection):
        with site.catalogue.write():
            pass  # Every write ends by indexing what is not.
    with site.catalogue.snapshot() as connection:
        yield connection
