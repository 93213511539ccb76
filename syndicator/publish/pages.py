"""The pages for people: a summary page a piece, a page a scope and archive, the directory of all feeds.

Knows the entry model and the templates; must not know the record, nor where files are put. Microformats are
those of microformats.org (h-feed, h-entry, h-card); feed autodiscovery is rel=alternate with the feed's type.

All pages lie below feeds/ at different depths and are served from any path, or from a disk. So each has a
relative `base` that leads back to feeds/, and every link but the canonical one is written from there; that
makes the fragment of a piece the same in whatever page it stands.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from syndicator.model.kinds import Kind
from syndicator.model.records import Relation
from syndicator.model.scopes import FEED_FORMATS, Format, ScopeKind, folder
from syndicator.publish import schema_org
from syndicator.publish.entry import Archive, Entry, Feed, Label, Person
from syndicator.text import cut

if TYPE_CHECKING:
    from jinja2 import FileSystemBytecodeCache
    from markupsafe import Markup

STYLESHEET_PATH = "style.css"
SCRIPT_PATH = "page.js"
TEASER_LENGTH = 180
OPEN_GROUP_SIZE = 60

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_RELATIONS = {
    Relation.ORIGINAL: "original",
    Relation.REPUBLICATION: "republished",
    Relation.CROSS_POST: "cross-posted",
    Relation.TRANSLATION: "in translation",
}
# Where pages differ, their shared frame holds a comment; text is escaped, so none can be forged.
_SLOTS = (
    "title",
    "description",
    "url",
    "published",
    "alternates",
    "linked_data",
    "path",
    "trail",
    "here",
    "main",
    "entries",
)
_NOTHING = b"<li>Nothing has been published here yet.</li>\n"
_HERE = Path(__file__).parent
_INDEX = Format.HTML.filename

Fragment: TypeAlias = Callable[..., "Markup"]


class ScopeLink(NamedTuple):
    """A scope in the directory, or below another one; `depth` indents nested topics."""

    title: str
    folder: str
    depth: int = 0


class Parent(NamedTuple):
    """A step of a breadcrumb."""

    title: str
    folder: str


def stylesheet() -> bytes:
    """The one stylesheet, for `STYLESHEET_PATH` below feeds/."""
    return _static(STYLESHEET_PATH)


def script() -> bytes:
    """Copy buttons and the directory's filter, for `SCRIPT_PATH` below feeds/; pages are whole without it."""
    return _static(SCRIPT_PATH)


def _static(name: str) -> bytes:
    return (_HERE / "static" / name).read_bytes()


@lru_cache(maxsize=32768)
def date_words(day: date) -> str:
    """`June 16, 2024`, whatever the locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def period_words(archive: Archive) -> str:
    """`2024`, or `June 2024`."""
    year, _, month = archive.period.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year


def date_value(entry: Entry) -> str:
    """ISO 8601: the date, and the time only where it is known."""
    return entry.published_written if entry.has_time else entry.published.date().isoformat()


def heading(feed: Feed) -> str:
    """What a scope is called on its own page: feed readers need the institution beside it, pages do not."""
    if feed.kind is ScopeKind.ALL:
        return ScopeKind.ALL.label
    return feed.title.removesuffix(f" – {feed.institution}")


class Pages:
    """All pages of one site. Each method is pure: the same arguments give the same bytes."""

    def __init__(self, institution: str, base_url: str, language: str, contact: str = "") -> None:
        # Deferred: importing Jinja takes 40 ms, which only publishing pays.
        from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
        from markupsafe import Markup, escape

        self._institution = institution
        self._base_url = base_url
        self._language = language
        self._everything = Label(institution, "", folder(ScopeKind.ALL, ""))
        self._trusted = Markup
        self._escape = escape
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            # Compiling takes longer than rendering one piece; kept in a folder that only this user can write.
            bytecode_cache=_bytecode_cache(FileSystemBytecodeCache),
            keep_trailing_newline=True,
        )
        self._environment.globals |= {
            "institution": institution,
            "base_url": base_url,
            "language": language,
            "contact": contact,
            "contact_url": _contact_url(contact),
            "stylesheet": STYLESHEET_PATH,
            "script": SCRIPT_PATH,
            "formats": FEED_FORMATS,
            "relations": _RELATIONS,
            "slot": {name: Markup("<!--{}-->").format(name) for name in _SLOTS},
        }
        self._macro = cache(self._compile)
        self._frame = cache(self._cut_frame)
        # The same people, topics and outlets stand in thousands of pieces: each is rendered once.
        self._link = self._kept("link")
        self._box = self._kept("box")
        self._credits = lru_cache(maxsize=16384)(self._join_credits)
        self._boxes = lru_cache(maxsize=16384)(self._join_boxes)
        self._more = self._kept("more")
        self._alternate = self._kept("alternate")
        self._step = self._kept("step")

    def item(self, entry: Entry) -> bytes:
        """A piece in a list: the same bytes in whatever page it stands."""
        return self._macro("item.html", "item")(
            entry,
            date_value(entry),
            date_words(entry.published.date()),
            entry.kind.label,
            self._credits(entry.authors, entry.featured),
            cut(entry.summary_text, TEASER_LENGTH),
        ).encode()

    def line(self, entry: Entry) -> bytes:
        """A piece in the page of an archive: shorter, for there are many."""
        return self._macro("item.html", "line")(
            entry, date_value(entry), date_words(entry.published.date())
        ).encode()

    def piece(self, entry: Entry) -> bytes:
        """The summary page of a piece."""
        title = self._escape(entry.title)
        teaser = cut(entry.summary_text, TEASER_LENGTH)
        published = date_value(entry)
        topics = [self._link(topic, "p-category") for topic in entry.topics]
        main = self._macro("piece.html", "main")(
            entry,
            title,
            self._trusted(", ".join(topics)),
            published,
            date_words(entry.published.date()),
            self._link(_kind_label(entry.kind), "kind"),
            self._credits(entry.authors, entry.featured),
            self._trusted(entry.summary),
            self._boxes(entry.authors, entry.featured),
            self._more("Program" if len(entry.programs) == 1 else "Programs", entry.programs)
            + self._more("More from", (entry.outlet,)),
        )
        linked_data = schema_org.piece(
            entry,
            published=published,
            teaser=teaser,
            institution=self._institution,
            base_url=self._base_url,
            language=self._language,
        )
        return self._page(
            "article",
            entry.path + _INDEX,
            title=title,
            here=title,
            description=self._escape(teaser or entry.call),
            url=self._escape(entry.url),
            published=published,
            trail="".join([self._step(topic.name, topic.path) for topic in entry.topics[:1]]),
            alternates=self._alternates(
                (self._everything, *entry.topics, *entry.programs, *entry.authors, *entry.featured)
            ),
            linked_data=schema_org.script(linked_data),
            main=main,
        )

    def scope(
        self,
        feed: Feed,
        items: Iterable[bytes],
        *,
        archives: Sequence[Archive],
        parents: Sequence[Parent] = (),
        role: str = "",
        url: str = "",
        children: Sequence[ScopeLink] = (),
    ) -> bytes:
        """The page of a scope: its feeds to copy, its newest pieces, the way to all older ones."""
        name = heading(feed)
        title = self._escape(name)
        main = self._macro("scope.html", "main")(
            feed,
            name,
            role,
            url,
            "Profile" if feed.kind is ScopeKind.AUTHORS else "Website",
            children,
            _by_year(feed.folder, archives),
            feed.older and period_words(feed.older),
            feed.older and feed.older.path(feed.folder, Format.HTML),
        )
        trail = [(parent.title, feed.base_url + parent.folder) for parent in parents]
        page = self._page(
            "website",
            feed.folder + _INDEX,
            title=title,
            here=title,
            description=self._escape(feed.description or name),
            url=self._escape(feed.page_url),
            trail="".join([self._step(parent.title, parent.folder) for parent in parents]),
            alternates=self._alternates([Label(name, "", feed.folder)], FEED_FORMATS),
            linked_data=schema_org.script(schema_org.scope(feed, name, trail, role=role, url=url)),
            main=main,
        )
        return _listing(page, items)

    def archive(self, feed: Feed, items: Iterable[bytes]) -> bytes:
        """The page of a period of a scope's history."""
        assert feed.archive is not None
        name = heading(feed)
        period = period_words(feed.archive)
        main = self._macro("archive.html", "main")(
            feed,
            name,
            period,
            feed.older and period_words(feed.older),
            feed.older and feed.older.path(feed.folder, Format.HTML),
        )
        title = self._escape(f"{name}, {period}")
        page = self._page(
            "website",
            feed.archive.path(feed.folder, Format.HTML),
            title=title,
            here=period,
            description=title,
            url=self._escape(feed.self_url(Format.HTML)),
            trail=self._step(name, feed.folder),
            alternates=self._alternates([Label(name, "", feed.folder)], FEED_FORMATS),
            linked_data=schema_org.script(schema_org.archive(feed, name, period)),
            main=main,
        )
        return _listing(page, items)

    def directory(self, groups: Sequence[tuple[str, Sequence[ScopeLink]]]) -> bytes:
        """The page on which a person finds the feed of interest and copies its address."""
        linked_data = schema_org.directory(self._institution, self._base_url, self._language)
        return self._page(
            "website",
            _INDEX,
            title="Feeds",
            here="",
            description=self._escape(f"Feeds of {self._institution} by topic, program, person and outlet"),
            url=self._escape(self._base_url),
            trail="",
            alternates=self._alternates([self._everything], FEED_FORMATS),
            linked_data=schema_org.script(linked_data),
            main=self._macro("directory.html", "main")(groups, OPEN_GROUP_SIZE),
        )

    def _page(self, sort: str, path: str, *, published: str = "", **slots: str) -> bytes:
        """A page of an Open Graph type at `path` below feeds/; what fills the slots is HTML already."""
        slots["path"] = self._escape(path)
        slots["published"] = published
        start, cuts = self._frame(sort, path.count("/"))
        parts = [start]
        for slot, after in cuts:
            parts += (slots[slot].encode(), after)
        return b"".join(parts)

    def _cut_frame(self, sort: str, depth: int) -> tuple[bytes, list[tuple[str, bytes]]]:
        """What the pages of a sort at a depth share, cut where they differ: start, (slot, what follows)."""
        frame = self._environment.get_template("frame.html").render(sort=sort, root="../" * depth or "./")
        start, *cuts = re.split(r"<!--(\w+)-->", frame)
        slots, texts = cuts[::2], cuts[1::2]
        return start.encode(), [(slot, text.encode()) for slot, text in zip(slots, texts, strict=True)]

    def _join_credits(self, authors: Sequence[Person], featured: Sequence[Person]) -> "Markup":
        return self._macro("fragments.html", "credits")(
            self._names(authors, "p-author h-card"), self._names(featured, "u-category h-card")
        )

    def _names(self, people: Sequence[Person], classes: str) -> "Markup":
        """`A, B and C`, each a link."""
        links = [self._link(person, classes) for person in people]
        return self._trusted(" and ".join([part for part in (", ".join(links[:-1]), *links[-1:]) if part]))

    def _join_boxes(self, authors: Sequence[Person], featured: Sequence[Person]) -> "Markup":
        author = "Author" if len(authors) == 1 else "Authors"
        section = self._macro("fragments.html", "people")
        return self._trusted("").join(
            section(heading, self._trusted("".join([self._box(person) for person in people])))
            for heading, people in ((author, authors), ("Featured", featured))
            if people
        )

    def _alternates(self, scopes: Iterable[Label | Person], shapes: Sequence[Format] = (Format.ATOM,)) -> str:
        return "".join(
            [self._alternate(shape, scope.name, scope.path) for scope in scopes for shape in shapes]
        )

    def _kept(self, name: str) -> "Fragment":
        def render(*arguments: object) -> "Markup":
            return self._macro("fragments.html", name)(*arguments)

        return lru_cache(maxsize=16384)(render)

    def _compile(self, template: str, name: str) -> "Fragment":
        fragment: Fragment = getattr(self._environment.get_template(template).module, name)
        return fragment


def _bytecode_cache(kind: "type[FileSystemBytecodeCache]") -> "FileSystemBytecodeCache | None":
    """Jinja's cache of compiled templates, or none where it finds no safe folder for it."""
    try:
        return kind()
    except (OSError, RuntimeError):
        return None


def _listing(page: bytes, items: Iterable[bytes]) -> bytes:
    before, _, after = page.partition(b"<!--entries-->")
    return b"".join((before, b"".join(items) or _NOTHING, after))


def _contact_url(contact: str) -> str:
    if contact.startswith(("https://", "http://", "mailto:")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""


@cache
def _kind_label(kind: Kind) -> Label:
    return Label(kind.label, kind.value, folder(ScopeKind.KINDS, kind.value))


def _by_year(scope: str, archives: Iterable[Archive]) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Archive pages by year, newest first: the path of the year's page, or (month, path) of its months."""
    years: dict[str, str | list[tuple[str, str]]] = {}
    for archive in sorted(archives, key=lambda archive: archive.period, reverse=True):
        year, _, month = archive.period.partition("-")
        path = archive.path(scope, Format.HTML)
        months = years.setdefault(year, [] if month else path)
        if isinstance(months, list):
            months.append((_MONTHS[int(month) - 1], path))
    return list(years.items())
