"""News of links, with what a person needs to know of each: pieces, outlets, new URLs, archived copies.

Knows where all that is kept; which changes are news is the model's to say.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

from syndicator import times
from syndicator.catalogue import links, mementos, overrides, transitions
from syndicator.model.links import Placed, Transition, Watched, nearest
from syndicator.model.news import Change, News, change_in
from syndicator.model.records import Status

PAGE = 200


def of(connection: sqlite3.Connection, given: Iterable[Transition], today: str) -> list[News]:
    """The news among transitions, but for links that a person's word is in force over: on those it has been spoken."""
    return [news for page in _pages(given) for news in _read(connection, page, today)]


def latest(connection: sqlite3.Connection, most: int, today: str, now: str) -> list[News]:
    """The latest news that anybody may read, newest first: where a piece is published, and of such pieces alone."""
    found: list[News] = []
    for page in _pages(transitions.latest(connection)):
        for news in _read(connection, page, today):
            public = _public(connection, news.placed, now)
            if public:
                found.append(news._replace(placed=public))
        if len(found) >= most:
            break
    return found[:most]


def _pages(given: Iterable[Transition]) -> Iterable[list[tuple[Transition, Change]]]:
    """Those that are news, some at a time."""
    told = ((one, change) for one in given if (change := change_in(one)) is not None)
    while page := list(islice(told, PAGE)):
        yield page


def _read(
    connection: sqlite3.Connection, page: Sequence[tuple[Transition, Change]], today: str
) -> list[News]:
    words = overrides.in_force(connection, today)
    ids = sorted({transition.link_id for transition, _ in page})
    watched = links.watched_of(connection, ids)
    placed = {at.piece_id for one in watched.values() for at in one.placed}
    copies = {
        copied.link_id: nearest(copied.mementos, times.instant(copied.published_at)).url
        for copied in mementos.of_pieces(connection, sorted(placed))
    }
    found = []
    for transition, change in page:
        about = watched.get(transition.link_id)
        if about is None or words.over(about.link.id, about.link.host, _outlets(about)) is not None:
            continue
        found.append(
            News(change, transition, about.placed, about.belief.moved_to, copies.get(transition.link_id, ""))
        )
    return found


def _outlets(watched: Watched) -> Iterable[int]:
    return (placed.outlet_id for placed in watched.placed)


def _public(connection: sqlite3.Connection, placed: Sequence[Placed], now: str) -> list[Placed]:
    rows = connection.execute(
        "SELECT id FROM pieces WHERE id IN (SELECT value FROM json_each(?)) AND status = ? AND published_at <= ?",
        (json.dumps([at.piece_id for at in placed]), Status.PUBLISHED.value, now),
    )
    ids = {row[0] for row in rows}
    return [at for at in placed if at.piece_id in ids]
