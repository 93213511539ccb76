"""The record as files: every piece, or every author, outlet, topic or program. The same record, the same bytes.

Knows what is exported and in which order; must not know how a format spells it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from syndicator.catalogue import names, pieces
from syndicator.catalogue.pieces import Filter
from syndicator.model.records import Noun
from syndicator.site import Site
from syndicator.transfer import jsonl, table

_WRITERS: dict[str, Callable[[Iterable[Mapping[str, Any]]], Iterator[bytes]]] = {
    "jsonl": jsonl.write,
    "csv": table.write,
}


def export_pieces(site: Site, format: str, *, limit: int | None = None) -> Iterator[bytes]:
    """The pieces in `jsonl` or `csv`, by id: so an import elsewhere meets them in the order they were logged in.

    `limit` takes the newest. All lines show the record as it was when the first was asked for.
    """
    return _WRITERS[format](_pieces(site, limit))


def _pieces(site: Site, limit: int | None) -> Iterator[dict[str, Any]]:
    with site.catalogue.snapshot() as connection:
        ids = sorted(pieces.matching(connection, Filter(limit=limit)))
        for piece in pieces.in_order(connection, ids):
            # What came past the desk and was not adopted yet has neither: an import makes them.
            yield piece.as_fields() | {"entry_id": piece.entry_id or None, "slug": piece.slug or None}


def export_names(site: Site, noun: Noun) -> Iterator[bytes]:
    """Everything that is known of authors, outlets, topics or programs, as JSON Lines, by name."""
    return jsonl.write(_names(site, noun))


def _names(site: Site, noun: Noun) -> Iterator[dict[str, Any]]:
    with site.catalogue.snapshot() as connection:
        every = names.every(connection, noun)
    name_of = {name.id: name.name for name in every}
    for name in every:
        yield name.as_fields(None if name.parent_id is None else name_of[name.parent_id])
