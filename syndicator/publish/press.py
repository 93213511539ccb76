"""Renders what is to be rendered: a scope's newest documents, its archives, a piece's page, the directory.

Knows which documents a scope has and who stands in them; must not know what has changed, nor transactions.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from syndicator import times
from syndicator.catalogue import Connection, pieces, publication
from syndicator.catalogue.publication import HEALTH, PIECES, SITE, WHOLE, Spot
from syndicator.config import Settings
from syndicator.model.records import Noun, Piece, Status
from syndicator.model.scopes import ARCHIVE_FORMATS, Format, ScopeKind
from syndicator.publish import atom, heads, jsonfeed, opml, periods, rss
from syndicator.publish.bindery import Bindery, Making, Sheet
from syndicator.publish.compose import NO_COPIES, Composer, updated_at
from syndicator.publish.entry import Archive, Entry, Feed, Tombstone
from syndicator.publish.folder import Destination
from syndicator.publish.markup import escape
from syndicator.publish.pages import (
    SCRIPT_PATH,
    STYLESHEET_PATH,
    Pages,
    Parent,
    ScopeLink,
    script,
    stylesheet,
)
from syndicator.publish.periods import Place
from syndicator.publish.scopes import Scope, Scopes, name_folder
from syndicator.publish.spool import Fragments, Spool
from syndicator.publish.spool import Place as SpoolPlace
from syndicator.publish.standing import StandingEntries

DIRECTORY_PATH = Format.HTML.filename
OPML_PATH = "opml.xml"
BATCH = 500
Needed: TypeAlias = Callable[[Fragments], tuple[bytes, ...]]
# The fragments that a scope's newest documents are made of, and those of its archives.
_IN_NEWEST = attrgetter("atom", "rss", "json", "item")
_IN_ARCHIVE = attrgetter("atom", "json", "line")


class ArchiveTask(NamedTuple):
    """An archive document to render: of which scope, and where it stands among the others."""

    key: str
    archive: Archive
    place: Place


class Harvest(NamedTuple):
    """What a press leaves: files that are to go, heads of feeds that it compiled."""

    leftovers: list[str]
    compiled: dict[str, list[list[str]]]


class Press:
    """One process's renderer over one snapshot of the record.

    `touched` are the pieces that changed: entries of all others may be taken over from documents that stand.
    None means that nothing may. `today` (`YYYY-MM-DD`) decides which words about links are in force.
    """

    def __init__(
        self,
        connection: Connection,
        settings: Settings,
        folder: Destination,
        spool: Spool,
        bindery: Bindery,
        *,
        formats: Collection[Format] = tuple(Format),
        touched: Collection[int] | None = None,
        today: str,
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._folder = folder
        self._scopes = Scopes(connection)
        self._composer = Composer(self._scopes, settings.base_url, settings.zone)
        self._spool = spool
        self._bindery = bindery
        self.leftovers: list[str] = []
        self._for_people = Format.HTML in formats
        self._touched = touched
        self._today = today
        self._standing = StandingEntries()
        self._books = lru_cache(maxsize=64)(partial(publication.files_of, connection))
        self._archives_of = lru_cache(maxsize=64)(self._archives)

    def know_all_names(self) -> None:
        """Reads every name at once: cheaper than one by one when everything is rendered."""
        for noun in Noun:
            self._scopes.every(noun)

    def summary_pages(self, piece_ids: Sequence[int]) -> None:
        """The summary page of each piece that is to be seen; the page of any other goes."""
        live = set(publication.live_among(self._connection, piece_ids))
        entries = dict(self._entries([piece_id for piece_id in piece_ids if piece_id in live]))
        books = publication.page_books(self._connection, piece_ids)
        for piece_id in piece_ids:
            entry = entries.get(piece_id)
            path = f"{entry.path}index.html" if entry else None
            booked = books.get(piece_id, {})
            if entry and path:
                make = partial(Pages.piece, entry=entry)
                self._bindery.put(Sheet(make, [path], f"{PIECES}/{piece_id}", booked))
            self.leftovers += [old for old in booked if old != path]

    def awaited(self, keys: Iterable[str]) -> list[int]:
        """The pieces that the newest documents of scopes will ask for, so that they can be made ready all at once."""
        most = self._settings.feeds.entries
        wanted: set[int] = set()
        for key in keys:
            scope = self._scopes.get(key)
            if scope and self._touched is not None:
                self._take_over(
                    {format: scope.folder + format.filename for format in Format}, self._books(key), "item"
                )
            spots = publication.newest(self._connection, key, most)
            wanted.update(spot.piece_id for spot in spots if spot.live)
        return sorted(wanted)

    def make_ready(self, piece_ids: Sequence[int]) -> None:
        """Renders the entries of pieces, before any document asks for them."""
        self._make_ready(piece_ids, _IN_NEWEST)

    def rendered(self) -> dict[int, SpoolPlace]:
        """Which entries are rendered here, for the press of another process to know."""
        return self._spool.places()

    def know_rendered(self, places: dict[int, SpoolPlace]) -> None:
        """Takes over the entries that the press of another process has rendered."""
        self._spool.adopt(places)

    def _take_over(self, paths: Mapping[Format, str], books: Mapping[str, bytes], page_part: str) -> None:
        documents = {format: self._folder.stands(path, books.get(path)) for format, path in paths.items()}
        self._standing.take_over(documents, page_part)

    def newest(self, keys: Iterable[str]) -> None:
        """The subscription documents and page of each scope. Whatever else stands in its folders is to go."""
        for key in keys:
            scope = self._scopes.get(key)
            books = self._books(key)
            archives = self._archives_of(key)
            if scope:
                self._put_newest(scope, archives, books)
            expected = _paths(scope, archives) if scope else ()
            self.leftovers += [path for path in books if path not in expected]

    def _archives(self, key: str) -> tuple[Archive, ...]:
        return periods.archives(publication.tallies(self._connection, key), self._settings.feeds.entries)

    def archive_tasks(self, todo: Mapping[str, set[str]]) -> list[ArchiveTask]:
        """The archive documents of scopes that are to be rendered: those of their months, and those whose
        predecessor is another now. By year, not by scope: what stands in several scopes is then at hand.
        """
        tasks = [
            ArchiveTask(key, archive, place) for key in todo for archive, place in self._due(key, todo[key])
        ]
        return sorted(tasks, key=lambda task: task.archive.period[:4])

    def archives(self, tasks: Iterable[ArchiveTask]) -> None:
        """Archive documents."""
        for key, archive, place in tasks:
            scope = self._scopes.get(key)
            if scope:
                self._put_archive(scope, archive, place)

    def _due(self, key: str, months: set[str]) -> list[tuple[Archive, Place]]:
        scope = self._scopes.get(key)
        placed = periods.placed(self._archives_of(key))
        if scope is None or not placed:
            return []
        before = periods.placed(archives_in(self._books(key), scope.folder))
        return [
            (archive, place)
            for archive, place in placed.items()
            if WHOLE in months or before.get(archive) != place or _touches(archive, months)
        ]

    def _put_newest(self, scope: Scope, archives: Sequence[Archive], books: dict[str, bytes]) -> None:
        spots = publication.newest(self._connection, scope.key, self._settings.feeds.entries)
        shown = self._fragments([spot.piece_id for spot in spots if spot.live], _IN_NEWEST)
        feed = self._feed(scope, spots, shown, None, archives[-1] if archives else None)
        documents = {
            Format.ATOM: atom.document(feed, [fragments.atom for fragments in shown]),
            Format.RSS: rss.document(feed, [fragments.rss for fragments in shown]),
            Format.JSON: jsonfeed.document(feed, [fragments.json for fragments in shown]),
        }
        if self._for_people:
            paths = [folder + Format.HTML.filename for folder in scope.folders]
            items = [fragments.item for fragments in shown]
            make = self._scope_page(scope, feed, archives)
            self._bindery.put(Sheet(make, paths, scope.key, books, items))
        for format, content in documents.items():
            paths = [folder + format.filename for folder in scope.folders]
            self._folder.put(paths, scope.key, content, books)

    def _scope_page(self, scope: Scope, feed: Feed, archives: Sequence[Archive]) -> Making:
        parents: list[Parent] = []
        children: list[ScopeLink] = []
        if scope.kind is ScopeKind.TOPICS:
            topic_id = int(scope.key.partition("/")[2])
            parents = [Parent(topic.name, name_folder(topic)) for topic in self._scopes.above(topic_id)]
            children = [ScopeLink(topic.name, name_folder(topic)) for topic in self._scopes.below(topic_id)]
        return partial(
            Pages.scope,
            feed=feed,
            archives=archives,
            parents=parents,
            role=scope.role,
            url=scope.url,
            children=children,
        )

    def _put_archive(self, scope: Scope, archive: Archive, place: Place) -> None:
        at = (archive, place.copy) if place.copy else (archive,)
        paths = {
            format: [one.path(folder, format) for one in at for folder in scope.folders]
            for format in ARCHIVE_FORMATS
        }
        books = publication.digests(self._connection, chain.from_iterable(paths.values()))
        feed, shown = self._archived(scope, archive, place.older, books)
        lines = [fragments.line for fragments in shown]
        make = partial(Pages.archive, feed=feed)
        self._bindery.put(Sheet(make, paths[Format.HTML], scope.key, books, lines))
        for format, content in (
            (Format.ATOM, atom.document(feed, [fragments.atom for fragments in shown])),
            (Format.JSON, jsonfeed.document(feed, [fragments.json for fragments in shown])),
        ):
            self._folder.put(paths[format], scope.key, content, books)

    def _archived(
        self, scope: Scope, archive: Archive, older: Archive | None, books: Mapping[str, bytes]
    ) -> tuple[Feed, list[Fragments]]:
        first, last = periods.months_of(archive.period)
        begin, _ = times.month_bounds(first, self._settings.zone)
        _, end = times.month_bounds(last, self._settings.zone)
        spots = publication.between(self._connection, scope.key, begin, end)
        if self._touched is not None:
            paths = {format: archive.path(scope.folder, format) for format in ARCHIVE_FORMATS}
            self._take_over(paths, books, "line")
        shown = self._fragments([spot.piece_id for spot in spots if spot.live], _IN_ARCHIVE)
        return self._feed(scope, spots, shown, archive, older), shown

    def _feed(
        self,
        scope: Scope,
        spots: Sequence[Spot],
        shown: Sequence[Fragments],
        archive: Archive | None,
        older: Archive | None,
    ) -> Feed:
        site = self._settings.site
        gone = self._tombstones([spot.piece_id for spot in spots if not spot.live])
        updated = max((fragments.updated for fragments in shown), default="")
        moments = [times.instant(updated)] if updated else []
        moments += [tombstone.when for tombstone in gone]
        if not moments or (archive is None and scope.kind not in (ScopeKind.ALL, ScopeKind.KINDS)):
            moments.append(scope.floor)
        title = site.title if scope.kind is ScopeKind.ALL else f"{scope.title} – {site.title}"
        return Feed(
            id=scope.feed_id,
            kind=scope.kind,
            title=title,
            description=_description(scope, site.title),
            folder=scope.folder,
            base_url=self._settings.base_url,
            institution=site.title,
            language=site.language,
            updated=max(moments),
            hubs=tuple(self._settings.feeds.websub),
            archive=archive,
            older=older,
            tombstones=gone,
        )

    def _tombstones(self, piece_ids: Sequence[int]) -> tuple[Tombstone, ...]:
        if not piece_ids:
            return ()
        found = publication.tombstones(self._connection, piece_ids)
        return tuple(
            Tombstone(found[piece_id][0], times.instant(found[piece_id][1]))
            for piece_id in piece_ids
            if piece_id in found
        )

    def _fragments(self, piece_ids: Sequence[int], needed: Needed) -> list[Fragments]:
        """The entries of pieces, as far as they are still to be seen; the fragments needed are there."""
        taken_over = self._make_ready(piece_ids, needed)
        return [
            taken_over[piece_id] if piece_id in taken_over else self._spool.get(piece_id)
            for piece_id in piece_ids
            if piece_id in taken_over or piece_id in self._spool
        ]

    def _make_ready(self, piece_ids: Sequence[int], needed: Needed) -> dict[int, Fragments]:
        """Renders what is neither spooled nor can be taken over; what is taken over."""
        missing = [piece_id for piece_id in piece_ids if piece_id not in self._spool]
        taken_over = {}
        if missing and self._touched is not None:
            for piece_id, entry_id in publication.public_entry_ids(self._connection, missing).items():
                standing = self._standing.get(escape(entry_id).encode(), needed)
                if standing and piece_id not in self._touched:
                    taken_over[piece_id] = standing
        for _ in self._entries([piece_id for piece_id in missing if piece_id not in taken_over]):
            pass
        return taken_over

    def _entries(self, piece_ids: Sequence[int]) -> Iterator[tuple[int, Entry]]:
        """The entries of pieces; each is rendered once and spooled in passing."""
        base, link = self._settings.base_url, self._settings.feeds.link
        for start in range(0, len(piece_ids), BATCH):
            found = pieces.load(self._connection, piece_ids[start : start + BATCH])
            self._composer.prepare(found.values())
            archived = self._copies(found)
            for piece_id, piece in found.items():
                if not _is_public(piece):
                    continue
                entry = self._composer.entry(piece, archived.get(piece_id, NO_COPIES))
                if piece_id not in self._spool:
                    self._spool.keep(
                        piece_id,
                        Fragments(
                            atom.fragment(entry, base, link),
                            rss.fragment(entry, base, link),
                            jsonfeed.fragment(entry, base, link),
                            self._bindery.item(entry) if self._for_people else b"",
                            self._bindery.line(entry) if self._for_people else b"",
                            updated_at(piece),
                        ),
                    )
                yield piece_id, entry

    def _copies(self, piece_ids: Iterable[int]) -> Mapping[int, Mapping[int, str]]:
        if not publication.has_mementos(self._connection):
            return {}
        from syndicator.publish.copies import copies  # Deferred: most sites have none yet.

        return copies(self._connection, piece_ids, self._today)

    def directory(self) -> None:
        """What is there once for the whole site: the page of all feeds, their OPML, stylesheet and script."""
        books = publication.files_of(self._connection, SITE)
        groups = directory_groups(self._connection, self._scopes)
        self._bindery.put(Sheet(partial(Pages.directory, groups=groups), [DIRECTORY_PATH], SITE, books))
        for path, content in (
            (OPML_PATH, opml_of(self._settings, groups)),
            (STYLESHEET_PATH, stylesheet()),
            (SCRIPT_PATH, script()),
        ):
            self._folder.put([path], SITE, content, books)

    def health(self, now: str) -> None:
        """The feed for staff of what has become of links, as of an instant (a stamp); none where it is not enabled."""
        books = publication.files_of(self._connection, HEALTH)
        every = self._scopes.get(ScopeKind.ALL.value)
        if not self._settings.alerts.feed or every is None:
            self.leftovers += books
            return
        # Deferred: most sites have none.
        from syndicator.catalogue import news
        from syndicator.publish import health_feed

        site = self._settings.site
        content = health_feed.document(
            news.latest(self._connection, health_feed.MOST, self._today, now),
            institution=site.title,
            base_url=self._settings.base_url,
            feed_id=f"{every.feed_id}/health",
            language=site.language,
            floor=every.floor,
        )
        self._folder.put([health_feed.PATH], HEALTH, content, books)

    def forgotten_pages(self) -> None:
        """Summary pages of pieces that are no longer to be seen, whatever was changed."""
        self.leftovers += publication.orphan_pages(self._connection)

    def harvest(self) -> Harvest:
        """What this press leaves."""
        return Harvest(self.leftovers, heads.export_compiled())

    def gather(self, harvest: Harvest) -> None:
        """Takes what the press of another process leaves."""
        self.leftovers += harvest.leftovers
        heads.import_compiled(harvest.compiled)


def _is_public(piece: Piece) -> bool:
    """Still so at this moment: it may have been withdrawn since stock was taken (the next run books that)."""
    return piece.status is Status.PUBLISHED and bool(piece.placements)


def directory_groups(connection: Connection, scopes: Scopes) -> list[tuple[str, list[ScopeLink]]]:
    """Every scope under the heading of its kind, topics nested."""
    groups: list[tuple[str, list[ScopeLink]]] = [
        (ScopeKind.ALL.label, [ScopeLink(ScopeKind.ALL.label, "all/")]),
        (
            ScopeKind.TOPICS.label,
            [ScopeLink(topic.name, name_folder(topic), depth) for depth, topic in scopes.nested_topics()],
        ),
    ]
    groups += [
        (kind.label, [ScopeLink(name.name, name_folder(name)) for name in scopes.every(Noun(kind.value))])
        for kind in (ScopeKind.PROGRAMS, ScopeKind.AUTHORS, ScopeKind.OUTLETS)
    ]
    kinds = [scope for key in publication.kind_scopes(connection) if (scope := scopes.get(key))]
    groups.append((ScopeKind.KINDS.label, [ScopeLink(scope.title, scope.folder) for scope in kinds]))
    return [(label, links) for label, links in groups if links]


def opml_of(settings: Settings, groups: Sequence[tuple[str, Sequence[ScopeLink]]]) -> bytes:
    """All feeds as OPML, one outline a scope."""
    base = settings.base_url
    outlines = [
        (
            label,
            [
                opml.Outline(link.title, base + link.folder + Format.ATOM.filename, base + link.folder)
                for link in links
            ],
        )
        for label, links in groups
    ]
    return opml.document(settings.site.title, outlines)


def _description(scope: Scope, institution: str) -> str:
    match scope.kind:
        case ScopeKind.ALL:
            return f"Everything that people of {institution} publish elsewhere"
        case ScopeKind.AUTHORS:
            return f"Pieces by and with {scope.title}, collected by {institution}"
        case ScopeKind.OUTLETS:
            return f"Pieces by people of {institution} at {scope.title}"
        case _:
            return f"{scope.title}: pieces by people of {institution} at other outlets"


def _touches(archive: Archive, months: Iterable[str]) -> bool:
    first, last = periods.months_of(archive.period)
    return any(first <= month <= last for month in months)


def archives_in(paths: Iterable[str], folder: str) -> tuple[Archive, ...]:
    """The archives that stand in a scope's folder, a busy year's own path left out (it is a copy)."""
    start, end = f"{folder}archive/", f".{Format.ATOM.suffix}"
    found = sorted(
        path[len(start) : -len(end)] for path in paths if path.startswith(start) and path.endswith(end)
    )
    busy = {period[:4] for period in found if len(period) == 7}
    return tuple(Archive(period) for period in found if period not in busy)


def _paths(scope: Scope, archives: Sequence[Archive]) -> set[str]:
    """Every path that a scope's files stand at."""
    placed = periods.placed(archives)
    periods_shown = {*placed, *(place.copy for place in placed.values() if place.copy)}
    return {
        path
        for folder in scope.folders
        for path in (
            *(folder + format.filename for format in Format),
            *(archive.path(folder, format) for archive in periods_shown for format in ARCHIVE_FORMATS),
        )
    }
