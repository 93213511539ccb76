"""From a piece in the record to the entry that every format is rendered from. Pure, but for names looked up.

Knows how a record's words become a reader's; must not know formats or files.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from syndicator import text, times
from syndicator.model.records import Name, Noun, Piece
from syndicator.model.scopes import piece_path
from syndicator.publish.entry import Elsewhere, Entry, Label, Person
from syndicator.publish.scopes import Scopes, name_folder, web_url

NO_COPIES: Mapping[int, str] = MappingProxyType({})


class Composer:
    """Makes entries; people and labels are made once a run."""

    def __init__(self, scopes: Scopes, base_url: str, zone: ZoneInfo) -> None:
        self._scopes = scopes
        self._base_url = base_url
        self._zone = zone
        self._people: dict[str, Person] = {}
        self._labels: dict[tuple[Noun, str], Label] = {}

    def prepare(self, pieces: Iterable[Piece]) -> None:
        """Looks up the names of many pieces at once."""
        pieces = list(pieces)
        self._scopes.learn(
            Noun.AUTHORS, (name for piece in pieces for name in (*piece.authors, *piece.featured))
        )
        self._scopes.learn(Noun.TOPICS, (name for piece in pieces for name in piece.topics))
        self._scopes.learn(Noun.PROGRAMS, (name for piece in pieces for name in piece.programs))
        self._scopes.learn(
            Noun.OUTLETS, (placement.outlet for piece in pieces for placement in piece.placements)
        )

    def entry(self, piece: Piece, copies: Mapping[int, str] = NO_COPIES) -> Entry:
        """The entry of a piece that has a primary placement; `copies` are the archived copies that readers are sent
        to, by position of the placement.
        """
        primary, *further = piece.placements
        path = piece_path(piece.slug)
        return Entry(
            id=piece.entry_id,
            path=path,
            url=self._base_url + path,
            external_url=primary.url,
            title=piece.title,
            summary=piece.summary,
            summary_text=piece.summary_text,
            kind=piece.kind,
            published=_local(piece.published_at, self._zone),
            has_time=len(piece.published) > 10,
            updated=_instant(updated_at(piece)),
            authors=tuple([self._person(name) for name in piece.authors]),
            featured=tuple([self._person(name) for name in piece.featured]),
            topics=tuple([self._label(Noun.TOPICS, name) for name in piece.topics]),
            programs=tuple([self._label(Noun.PROGRAMS, name) for name in piece.programs]),
            outlet=self._label(Noun.OUTLETS, primary.outlet),
            also=tuple(
                [
                    Elsewhere(
                        placement.url,
                        text.one_line(placement.outlet),
                        placement.relation,
                        copies.get(position, ""),
                    )
                    for position, placement in enumerate(further, start=1)
                ]
            ),
            copy=copies.get(0, ""),
        )

    def _person(self, name: str) -> Person:
        if name not in self._people:
            author = self._scopes.named(Noun.AUTHORS, name)
            self._people[name] = Person(
                text.one_line(author.name),
                name_folder(author),
                text.one_line(author.role),
                web_url(author.url),
            )
        return self._people[name]

    def _label(self, noun: Noun, name: str) -> Label:
        if (noun, name) not in self._labels:
            self._labels[noun, name] = label_of(self._scopes.named(noun, name))
        return self._labels[noun, name]


def updated_at(piece: Piece) -> str:
    """The stamp of an entry's last change: a piece that was logged ahead of its time changes when that has come."""
    return max(piece.updated_at, piece.published_at)


# Thousands of pieces share a day, and an import's second.
_instant = lru_cache(maxsize=16384)(times.instant)


@lru_cache(maxsize=16384)
def _local(stamp: str, zone: ZoneInfo) -> datetime:
    return times.instant(stamp).astimezone(zone)


def label_of(name: Name) -> Label:
    """How a topic, program or outlet is shown."""
    return Label(text.one_line(name.name), name.slug, name_folder(name))
