"""The heads of Atom and RSS documents, made by feedgen, compiled into templates and filled for each feed.

Knows RFC 4287, RSS 2.0, WebSub, RFC 5005 and RFC 6721 as far as a head goes; must not know entries.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from syndicator.model.scopes import Format, ScopeKind
from syndicator.publish.entry import Archive, Feed, Tombstone
from syndicator.publish.markup import attribute, escape, rfc822, rfc3339

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"

_TAILS = {Format.ATOM: b"</feed>", Format.RSS: b"</channel></rss>"}


class _Extension:
    """What a feed calls of feedgen's BaseExtension; to derive from that would import feedgen."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_atom(self, root: Any) -> Any:
        return root

    def extend_rss(self, root: Any) -> Any:
        return root


class Discovery(_Extension):
    """WebSub hubs and the newest archive in an RSS channel, where feedgen writes no atom:link but self."""

    def extend_rss(self, root: Any) -> Any:
        from feedgen.util import xml_elem

        for link in _discovery_links(self.feed):
            xml_elem(f"{{{ATOM}}}link", root[0], **link)
        return root


class History(_Extension):
    """`fh:archive`, the mark of an archive document (RFC 5005, section 4)."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY}

    def extend_atom(self, root: Any) -> Any:
        from feedgen.util import xml_elem

        xml_elem(f"{{{HISTORY}}}archive", root)
        return root


class Tombstones(_Extension):
    """`at:deleted-entry` (RFC 6721, section 3), before the entries, which end a feed in RFC 4287."""

    def extend_ns(self) -> dict[str, str]:
        return {"at": TOMBSTONES}

    def extend_atom(self, root: Any) -> Any:
        from feedgen.util import xml_elem

        for tombstone in self.feed.tombstones:
            xml_elem(f"{{{TOMBSTONES}}}deleted-entry", root, ref=tombstone.id, when=rfc3339(tombstone.when))
        return root


def _discovery_links(feed: Feed) -> list[dict[str, str]]:
    """Links of a head besides self and the page; archives are Atom documents, even those that RSS names."""
    links = [{"href": hub, "rel": "hub"} for hub in feed.hubs]
    if feed.archive is not None:
        links.append(
            {"href": feed.current_url(Format.ATOM), "rel": "current", "type": Format.ATOM.media_type}
        )
    older = feed.older_url(Format.ATOM)
    if older is not None:
        links.append({"href": older, "rel": "prev-archive", "type": Format.ATOM.media_type})
    return links


def generator(feed: Feed, format: Format) -> "FeedGenerator":
    """The feed as feedgen writes it, without entries."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.description or feed.title)
    made.updated(feed.updated)
    made.language(feed.language)
    made.author({"name": feed.institution, "uri": feed.base_url})
    made.generator("Syndicator")
    made.docs("")
    made.link(href=feed.self_url(format), rel="self", type=format.media_type)
    if format is Format.ATOM:
        for link in _discovery_links(feed):
            made.link(**link)
        if feed.archive is not None:
            made.register_extension("history", History)
        if feed.tombstones:
            _register(made, "tombstones", Tombstones, feed)
    else:
        made.load_extension("dc", atom=False)
        _register(made, "discovery", Discovery, feed)
    # Last, because feedgen takes the last link of a feed for the channel's.
    made.link(href=feed.page_url, rel="alternate", type="text/html")
    return made


def _register(made: "FeedGenerator", name: str, extension: type[_Extension], feed: Feed) -> None:
    made.register_extension(name, extension)
    getattr(made, name).feed = feed


class Shape(NamedTuple):
    """What decides which elements a head has; heads of one shape differ only in what stands in the slots."""

    format: Format
    hubs: int
    archive: bool
    older: bool
    tombstones: bool

    @classmethod
    def of(cls, feed: Feed, format: Format) -> "Shape":
        tombstones = bool(feed.tombstones) and format is Format.ATOM
        return cls(format, len(feed.hubs), feed.archive is not None, feed.older is not None, tombstones)

    @property
    def key(self) -> str:
        """The name of its template in a store: `atom 1 hubs archive older`."""
        flags = [name for name in ("archive", "older", "tombstones") if getattr(self, name)]
        return " ".join([self.format.value, str(self.hubs), "hubs", *flags])


Template = tuple[tuple[str, str], ...]

_SLOT = re.compile("\ue000([a-z_0-9]+)\ue001")
_UPDATED = datetime(9998, 12, 31, 23, 59, 58, tzinfo=UTC)
_DELETED = datetime(9997, 12, 31, 23, 59, 57, tzinfo=UTC)
_TOMBSTONE = "tombstone"

_stored: dict[str, Template] = {}


def _slot(name: str) -> str:
    return f"\ue000{name}\ue001"


def _specimen(shape: Shape) -> Feed:
    """A feed of the shape, with slots where feeds differ."""
    return Feed(
        id=_slot("id"),
        kind=ScopeKind.ALL,
        title=_slot("title"),
        description=_slot("description"),
        folder=_slot("folder"),
        base_url=_slot("base_url"),
        institution=_slot("institution"),
        language=_slot("language"),
        updated=_UPDATED,
        hubs=tuple(_slot(f"hub_{number}") for number in range(shape.hubs)),
        archive=Archive(_slot("archive")) if shape.archive else None,
        older=Archive(_slot("older")) if shape.older else None,
        tombstones=(Tombstone(_slot("ref"), _DELETED),) if shape.tombstones else (),
    )


def _compile(shape: Shape) -> None:
    made = generator(_specimen(shape), shape.format)
    markup: str = (made.atom_str() if shape.format is Format.ATOM else made.rss_str()).decode()
    markup = markup.removesuffix(_TAILS[shape.format].decode())
    for written in (rfc3339(_UPDATED), rfc822(_UPDATED)):
        markup = markup.replace(written, _slot("updated"))
    if shape.tombstones:
        # They are the last elements of a head, because their extension is registered last.
        markup, opening, rest = markup.partition("<at:deleted-entry")
        _stored[_TOMBSTONE] = _cut(opening + rest.replace(rfc3339(_DELETED), _slot("when")))
    _stored[shape.key] = _cut(markup)


def _cut(markup: str) -> Template:
    """Pairs of literal text and the slot after it, marked `=` in an attribute; the last text has none."""
    pairs = []
    end = 0
    for match in _SLOT.finditer(markup):
        start = match.start()
        in_attribute = markup.rfind("<", 0, start) > markup.rfind(">", 0, start)
        pairs.append((markup[end:start], match[1] + "=" * in_attribute))
        end = match.end()
    return (*pairs, (markup[end:], ""))


def _fill(template: Template, values: Mapping[str, str]) -> str:
    parts = []
    for literal, slot in template:
        parts.append(literal)
        if slot:
            parts.append(attribute(values[slot[:-1]]) if slot[-1] == "=" else escape(values[slot]))
    return "".join(parts)


@cache
def _template(shape: Shape) -> Template:
    if shape.key not in _stored:
        _compile(shape)
    return _stored[shape.key]


def _head(feed: Feed, format: Format) -> str:
    values = {
        "id": feed.id,
        "title": feed.title,
        "description": feed.description or feed.title,
        "folder": feed.folder,
        "base_url": feed.base_url,
        "institution": feed.institution,
        "language": feed.language,
        "updated": rfc3339(feed.updated) if format is Format.ATOM else rfc822(feed.updated),
    }
    for number, hub in enumerate(feed.hubs):
        values[f"hub_{number}"] = hub
    if feed.archive is not None:
        values["archive"] = feed.archive.period
    if feed.older is not None:
        values["older"] = feed.older.period
    shape = Shape.of(feed, format)
    head = _fill(_template(shape), values)
    if shape.tombstones:
        for tombstone in feed.tombstones:
            head += _fill(_stored[_TOMBSTONE], {"ref": tombstone.id, "when": rfc3339(tombstone.when)})
    return head


def document(feed: Feed, format: Format, fragments: Iterable[bytes]) -> bytes:
    """The whole document: the feed's head, its entries as they were rendered, the end."""
    return b"".join((_head(feed, format).encode(), *fragments, _TAILS[format]))


def export_compiled() -> dict[str, list[list[str]]]:
    """The templates compiled so far, as plain lists: another process that imports them need not load feedgen.

    They are those of this release and of the feedgen that is installed, and must not outlive either.
    """
    return {key: [list(pair) for pair in template] for key, template in _stored.items()}


def import_compiled(compiled: Mapping[str, list[list[str]]]) -> None:
    """Takes over templates that another process compiled."""
    for key, pairs in compiled.items():
        _stored[key] = tuple((literal, slot) for literal, slot in pairs)
    _template.cache_clear()
