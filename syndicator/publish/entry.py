"""The one model that every format is rendered from, so that Atom, RSS, JSON Feed and pages cannot drift apart.

Knows what a reader is told of a piece and of a feed; must not know any format, nor the database.
All text in it is printable (no character that XML forbids); `summary` is sanitised HTML, the rest is plain.
"""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from syndicator.model.kinds import Kind
from syndicator.model.records import Relation
from syndicator.model.scopes import Format, ScopeKind
from syndicator.publish.markup import link_paragraph, rfc3339

_ARCHIVED = " (archived copy)"


class Person(NamedTuple):
    """Somebody credited. `path` is their scope's folder below feeds/: `authors/brian-blankenship/`."""

    name: str
    path: str
    role: str
    url: str


class Label(NamedTuple):
    """A topic, program or outlet of a piece: its name, its slug, its scope's folder below feeds/."""

    name: str
    slug: str
    path: str


class Elsewhere(NamedTuple):
    """A further placement. `copy` is the archived copy that readers are sent to, where the link is dead."""

    url: str
    outlet: str
    relation: Relation
    copy: str = ""

    @property
    def read_url(self) -> str:
        """Where readers are sent."""
        return self.copy or self.url

    @property
    def call(self) -> str:
        """What the link says: `Also at UnHerd`."""
        return f"Also at {self.outlet}{_ARCHIVED if self.copy else ''}"


class _Fields(NamedTuple):
    """What is recorded of a piece, as a reader is told it.

    `id` is the RFC 4151 tag URI; `url` our summary page (absolute), `path` the same below feeds/;
    `external_url` the piece at its outlet, `copy` the archived copy of that where it is dead. `published` is
    aware, in the site's zone; where only the date
    is known (`has_time` false) it is that day's midnight. `updated` is in UTC.
    """

    id: str
    path: str
    url: str
    external_url: str
    title: str
    summary: str
    summary_text: str
    kind: Kind
    published: datetime
    has_time: bool
    updated: datetime
    authors: tuple[Person, ...]
    featured: tuple[Person, ...]
    topics: tuple[Label, ...]
    programs: tuple[Label, ...]
    outlet: Label
    also: tuple[Elsewhere, ...]
    copy: str = ""


class Entry(_Fields):
    """A piece as feeds and pages show it. What several formats say alike is worked out once.

    (A named tuple: like pieces, entries are made by the hundred thousand.)
    """

    @cached_property
    def call(self) -> str:
        """What the link to the outlet says: `Read at Lawfare`, `Read at Lawfare (archived copy)`."""
        return f"{self.kind.verb} at {self.outlet.name}{_ARCHIVED if self.copy else ''}"

    @property
    def read_url(self) -> str:
        """Where readers are sent: to the outlet, or to the archived copy of what is no longer there."""
        return self.copy or self.external_url

    @cached_property
    def content_html(self) -> str:
        """The summary, then the links to wherever the piece stands in full."""
        content = f"{self.summary}{link_paragraph(self.read_url, self.call)}"
        for place in self.also:
            content += link_paragraph(place.read_url, place.call)
        return content

    @cached_property
    def published_written(self) -> str:
        """`published` as RFC 3339 has it."""
        return rfc3339(self.published)

    @cached_property
    def updated_written(self) -> str:
        """`updated` as RFC 3339 has it."""
        return rfc3339(self.updated)


class Tombstone(NamedTuple):
    """A piece that was retracted: its entry's id and when (RFC 6721)."""

    id: str
    when: datetime


class Archive(NamedTuple):
    """A period of a scope's history with a document of its own: `2024`, or `2024-06` in a busy year."""

    period: str

    def path(self, folder: str, format: Format) -> str:
        """Below feeds/: `topics/china/archive/2024.xml`."""
        return f"{folder}archive/{self.period}.{format.suffix}"


class Feed(NamedTuple):
    """A document's head, in whatever format: what it is about, where it stands, what comes before it.

    `folder` is the scope's folder below feeds/, `base_url` what feeds/ is served as (with its slash).
    `archive` is the period of an archive document, None in the current one; `older` the next older archive.
    """

    id: str
    kind: ScopeKind
    title: str
    description: str
    folder: str
    base_url: str
    institution: str
    language: str
    updated: datetime
    hubs: tuple[str, ...] = ()
    archive: Archive | None = None
    older: Archive | None = None
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def page_url(self) -> str:
        """The scope's page for people (absolute)."""
        return self.base_url + self.folder

    def current_url(self, format: Format) -> str:
        """The subscription document in a format (absolute)."""
        return self.base_url + self.folder + format.filename

    def self_url(self, format: Format) -> str:
        """This document (absolute)."""
        if self.archive is None:
            return self.current_url(format)
        return self.base_url + self.archive.path(self.folder, format)

    def older_url(self, format: Format) -> str | None:
        """The next older archive document (absolute), if there is one."""
        return None if self.older is None else self.base_url + self.older.path(self.folder, format)
