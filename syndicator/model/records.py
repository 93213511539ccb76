"""What the record holds, as it is read back: small frozen values, one a noun of the vocabulary.

Knows the words of the record; must not know SQL, feeds or forms.
"""

from enum import StrEnum
from typing import Any, NamedTuple

from syndicator.model.kinds import Kind


class Status(StrEnum):
    """Of a piece. `published` may lie ahead: then it appears when its time has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETRACTED = "retracted"


class Relation(StrEnum):
    """Of a placement to the piece; the primary one is the original."""

    ORIGINAL = "original"
    REPUBLICATION = "republication"
    CROSS_POST = "cross-post"
    TRANSLATION = "translation"


class CreditRole(StrEnum):
    """How a person is named on a piece: `author` ("By") or `featured` ("Featuring")."""

    AUTHOR = "author"
    FEATURED = "featured"


class Noun(StrEnum):
    """The nouns that are known by a name; each has a feed of its own. The value is the table's name."""

    AUTHORS = "authors"
    OUTLETS = "outlets"
    TOPICS = "topics"
    PROGRAMS = "programs"

    @property
    def singular(self) -> str:
        return self.value[:-1]


class Name(NamedTuple):
    """An author, outlet, topic or program: what the four have in common, and what only some have.

    `slug` makes the feed's address; `old_slugs` are those it answered to before, newest last.
    """

    noun: Noun
    id: int
    name: str
    slug: str
    created_at: str
    updated_at: str
    aliases: tuple[str, ...] = ()
    old_slugs: tuple[str, ...] = ()
    role: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()
    parent_id: int | None = None

    def as_fields(self, parent: str | None = None) -> dict[str, Any]:
        """The interchange form; `parent` is the name behind `parent_id`. Only what its noun has."""
        fields: dict[str, Any] = {"name": self.name, "slug": self.slug}
        if self.noun is Noun.AUTHORS:
            fields["role"] = self.role
        if self.noun is not Noun.TOPICS:
            fields["url"] = self.url or None
        if self.noun is Noun.TOPICS:
            fields["parent"] = parent
        if self.noun is Noun.OUTLETS:
            fields["hosts"] = list(self.hosts)
        return fields | {"aliases": list(self.aliases), "old_slugs": list(self.old_slugs)}


class Placement(NamedTuple):
    """The piece at one outlet; the first one of a piece is its primary."""

    url: str
    outlet: str
    relation: Relation


class Piece(NamedTuple):
    """One work as it stands in the record. Names are given in order; placements[0] is the primary.

    `published` is a date or a UTC stamp (see times.py); `published_at` the instant it stands for.
    (A named tuple: a publish makes a hundred thousand, and a frozen dataclass takes four times as long.)
    """

    id: int
    entry_id: str
    slug: str
    status: Status
    title: str
    summary: str
    summary_text: str
    kind: Kind
    published: str
    published_at: str
    authors: tuple[str, ...]
    featured: tuple[str, ...]
    topics: tuple[str, ...]
    programs: tuple[str, ...]
    placements: tuple[Placement, ...]
    source_id: str | None
    created_at: str
    updated_at: str
    retracted_at: str | None

    def as_fields(self) -> dict[str, Any]:
        """The piece in the interchange form: what `export jsonl` writes, the audit keeps, a submission is read from."""
        return {
            "id": self.id,
            "entry_id": self.entry_id,
            "slug": self.slug,
            "status": self.status.value,
            "title": self.title,
            "summary": self.summary,
            "kind": self.kind.value,
            "published": self.published,
            "authors": list(self.authors),
            "featured": list(self.featured),
            "topics": list(self.topics),
            "programs": list(self.programs),
            "placements": [
                {"url": placement.url, "outlet": placement.outlet, "relation": placement.relation.value}
                for placement in self.placements
            ],
            "source_id": self.source_id,
        }
