"""Taking stock: what the noted changes mean for scopes, months and pages. One short write, before any rendering.

Knows which change reaches how far; must not know how anything is rendered.
"""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from syndicator import times
from syndicator.catalogue import Connection, publication
from syndicator.catalogue.publication import NEWEST, PIECES, SITE, WHOLE
from syndicator.model.records import Noun
from syndicator.publish.scopes import keys_of

# With more pieces than this to book anew, booking all of them is quicker.
MANY = 2_000


def take(
    connection: Connection,
    *,
    edition: str,
    now: str,
    zone: ZoneInfo,
    whole: bool,
) -> None:
    """Brings the books up to date and notes what has to be rendered. Part of a write.

    `whole` books and renders everything; else only what changed, and what came due, since stock was taken last.
    """

    def month_of(published: str) -> str:
        return times.published_on(published, zone)[:7]

    before = publication.state(connection)
    changes = publication.changes(connection)
    if whole or before is None:
        publication.rebuild(connection, now, month_of)
    else:
        touched = _touched_pieces(connection, changes)
        touched.update(publication.due_between(connection, zone, *sorted((before[1], now))))
        if len(touched) > MANY:
            publication.rebuild(connection, now, month_of)
        else:
            _book(connection, touched, changes, now, month_of)
    publication.add_todo(connection, ((key, WHOLE) for key in publication.forget_lost_feeds(connection)))
    publication.mark_stock_taken(connection, edition, now)


def _touched_pieces(connection: Connection, changes: dict[str, list[int]]) -> set[int]:
    """Pieces that changed themselves, or that show a name which changed."""
    touched = set(changes.get("pieces", ()))
    for noun in Noun:
        if ids := changes.get(noun.value):
            touched.update(publication.pieces_of(connection, noun, ids))
    return touched


def _book(
    connection: Connection,
    touched: Iterable[int],
    changes: dict[str, list[int]],
    now: str,
    month_of: Callable[[str], str],
) -> None:
    touched = list(touched)
    spots = publication.rebook(connection, touched, now, month_of)
    publication.add_todo(connection, spots)
    publication.add_todo(connection, ((f"{PIECES}/{piece_id}", NEWEST) for piece_id in touched))
    for noun in Noun:
        ids = changes.get(noun.value, [])
        publication.add_todo(connection, ((key, WHOLE) for key in keys_of(noun, ids)))
        if ids:
            publication.add_todo(connection, [(SITE, WHOLE)])
    if changes.get(Noun.TOPICS.value):
        # Pages of topics show what lies above and below: a change of one may show on any.
        publication.add_todo(
            connection, ((key, NEWEST) for key in publication.scopes_of(connection, Noun.TOPICS))
        )
