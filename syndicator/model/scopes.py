"""Scopes and formats, declared once: what a feed may be about, in which shapes, at which paths.

Paths, OPML, autodiscovery, pages and docs are read off these two tables. Paths are relative to feeds/.
"""

from enum import StrEnum
from typing import NamedTuple


class ScopeKind(StrEnum):
    """What a feed may be about; the value is its folder."""

    ALL = "all"
    TOPICS = "topics"
    PROGRAMS = "programs"
    AUTHORS = "authors"
    OUTLETS = "outlets"
    KINDS = "kinds"

    @property
    def label(self) -> str:
        """For people: the heading over such scopes."""
        return _SCOPE_LABELS[self]


_SCOPE_LABELS = {
    ScopeKind.ALL: "Everything",
    ScopeKind.TOPICS: "Topics",
    ScopeKind.PROGRAMS: "Programs",
    ScopeKind.AUTHORS: "People",
    ScopeKind.OUTLETS: "Outlets",
    ScopeKind.KINDS: "Kinds",
}


class Format(StrEnum):
    """The shapes every scope is published in."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"
    HTML = "html"

    @property
    def filename(self) -> str:
        return _FORMATS[self].filename

    @property
    def media_type(self) -> str:
        return _FORMATS[self].media_type

    @property
    def label(self) -> str:
        return _FORMATS[self].label

    @property
    def suffix(self) -> str:
        """Of the archive documents in this format; RSS shares Atom's (RFC 5005 leaves the format open)."""
        return _SUFFIXES[self]


class _FormatTraits(NamedTuple):
    filename: str
    media_type: str
    label: str


_FORMATS = {
    Format.ATOM: _FormatTraits("atom.xml", "application/atom+xml", "Atom"),
    Format.RSS: _FormatTraits("rss.xml", "application/rss+xml", "RSS"),
    Format.JSON: _FormatTraits("feed.json", "application/feed+json", "JSON Feed"),
    Format.HTML: _FormatTraits("index.html", "text/html", "Page"),
}
_SUFFIXES = {format: traits.filename.rpartition(".")[2] for format, traits in _FORMATS.items()}

FEED_FORMATS = (Format.ATOM, Format.RSS, Format.JSON)
ARCHIVE_FORMATS = (Format.ATOM, Format.JSON, Format.HTML)


def folder(kind: ScopeKind, slug: str) -> str:
    """The folder of a scope below feeds/, with its trailing slash: `topics/china/`, `all/`."""
    return f"{kind.value}/" if kind is ScopeKind.ALL else f"{kind.value}/{slug}/"


def piece_path(slug: str) -> str:
    """The folder of a piece's summary page, with its trailing slash."""
    return f"pieces/{slug}/"
