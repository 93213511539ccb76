"""One hand at work within one write: turns names and URLs into rows, making what does not exist yet.

Knows what it has looked up so far; it lives as long as its transaction, so its memory cannot go stale.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from syndicator import text, times, urls
from syndicator.catalogue import Connection, audit, links, names, publication
from syndicator.catalogue.audit import Hand
from syndicator.catalogue.held import Held
from syndicator.catalogue.pieces import Attached, PieceRow, PlacementRow
from syndicator.desk.handles import Handles
from syndicator.desk.platforms import PLATFORMS
from syndicator.errors import Problem, SubmissionRefused
from syndicator.model.records import Noun, Placement, Relation
from syndicator.site import Site
from syndicator.urls import CleanURL

if TYPE_CHECKING:
    from syndicator.model.submission import GivenPlacement, Submission


def outlet_host(host: str) -> str | None:
    """The host as an outlet is known by it: without `www.`; none of a number in brackets (RFC 3986, section 3.2.2)."""
    host = host.lower().rstrip(".")
    bare = host.removeprefix("www.")
    return None if not host or host.startswith("[") else bare if "." in bare else host


class Scribe:
    """Made inside `site.catalogue.write()`. `created` lists the names that came into being."""

    def __init__(self, site: Site, connection: Connection, import_id: int | None = None) -> None:
        self.site = site
        self.connection = connection
        self.hand = Hand(site.who, times.stamp(site.clock()), import_id)
        self.created: list[tuple[Noun, str]] = []
        self._folded: dict[Noun, dict[str, int]] = {}
        self._names: dict[Noun, dict[int, str]] = {}
        self._hosts: dict[str, list[int]] = {}
        self._urls: dict[int, str] = {}
        self.handles = Handles(connection)
        self.held = Held(connection)
        self._holding = False
        self._settled = 0

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Within it the rows of new pieces are held back, and go into their tables together."""
        self._holding = True
        yield
        self._holding = False
        self.settle()

    def settle(self) -> None:
        """Writes what is held back: before anything reads or changes a piece that may be among it."""
        before = self.connection.total_changes
        self.held.write()
        self._settled += self.connection.total_changes - before

    def added(self, piece_id: int, row: PieceRow, keys: Sequence[str]) -> None:
        """A new piece, all of whose rows were handed to `held`."""
        self.handles.tell(piece_id, row, keys)
        if not self._holding:
            self.settle()

    @property
    def changes(self) -> int:
        """How many rows were written so far, besides those of `settle`: whether a refusal came before any."""
        return self.connection.total_changes - self._settled

    def forget(self) -> None:
        """Drops what it has looked up and made: some of it was taken back. The hand stays the same."""
        self.handles.forget()
        self.held.drop()
        self.created.clear()
        self._folded.clear()
        self._names.clear()
        self._hosts.clear()
        self._urls.clear()

    def folded(self, noun: Noun) -> dict[str, int]:
        """Every name and alias of a noun, case-folded, with its id."""
        if noun not in self._folded:
            self._folded[noun] = names.folded(self.connection, noun)
        return self._folded[noun]

    def names(self, noun: Noun, ids: Iterable[int]) -> tuple[str, ...]:
        """The names behind ids, in order."""
        if noun not in self._names:
            self._names[noun] = names.spelled(self.connection, noun)
        return tuple(map(self._names[noun].__getitem__, ids))

    def ids(self, noun: Noun, given: Iterable[str]) -> tuple[int, ...]:
        """The ids behind names, in order and once each; an unknown name becomes a new row."""
        return tuple(dict.fromkeys(self.id(noun, name) for name in given))

    def id(self, noun: Noun, name: str, slug: str | None = None) -> int:
        """The id behind a name; a new row has the slug that is asked for, which must be free, else one of its name."""
        known = self.folded(noun)
        key = text.fold(name)
        if key not in known:
            known[key] = self._create(noun, name, slug or self.free_slug(noun, name))
        return known[key]

    def _create(self, noun: Noun, name: str, slug: str) -> int:
        name_id = names.insert(self.site.catalogue.db, noun, name, slug, self.hand.at)
        fields = {"name": name, "slug": slug}
        audit.note(self.connection, self.hand, "add", noun, name_id, None, fields)
        self.give_feed_id(f"{noun}/{name_id}", f"{noun}/{slug}")
        self.created.append((noun, name))
        if noun in self._names:
            self._names[noun][name_id] = name
        return name_id

    def free_slug(self, noun: Noun, name: str, but: int | None = None) -> str:
        """A slug for a name that no other row of the noun has or ever had."""
        base = text.slug(name, noun.singular)
        number = 1
        slug = base
        while not names.slug_is_free(self.connection, noun, slug, but):
            number += 1
            slug = f"{base}-{number}"
        return slug

    def give_feed_id(self, scope: str, words: str | None = None) -> None:
        """A tag URI for a scope's feed, made once: renames, merges and new domains leave it alone.

        `words` is what the id says; by default that of the scope as it is called now.
        """
        base = f"tag:{self.authority}:{words or self._words_of(scope)}"
        feed_id = base
        number = 1
        while publication.feed_id_exists(self.connection, feed_id):
            number += 1
            feed_id = f"{base}.{number}"
        publication.set_feed_id(self.connection, scope, feed_id, self.hand.at)

    @cached_property
    def authority(self) -> str:
        """In whose name ids are made (RFC 4151): as it is set, else as it was when the first id was made."""
        settings = self.site.settings
        if settings.site.id_authority:
            return settings.site.id_authority
        first = publication.feed_of(self.connection, "all")
        if first is None:
            made = settings.authority(self.hand.at)
            publication.set_feed_id(self.connection, "all", f"tag:{made}:all", self.hand.at)
            return made
        return first[0].split(":", 2)[1]

    def _words_of(self, scope: str) -> str:
        noun, _, handle = scope.partition("/")
        if not handle.isdigit():
            return scope
        name = names.get(self.connection, Noun(noun), int(handle))
        return f"{noun}/{name.slug if name else handle}"

    def attached(self, submission: "Submission", before: Attached | None = None) -> Attached:
        """What a submission hangs on its piece; for a change, what it leaves unsaid stays as it was.

        Raises SubmissionRefused where an outlet is neither named nor proposed by its host, or a person credited twice.
        """
        said = submission.model_fields_set
        kept = before or Attached((), (), (), (), ())
        exported = submission.entry_id is not None
        # First: it may be refused.
        placements = self.placements(submission.placements, kept.placements, exported=exported)
        authors = self.ids(Noun.AUTHORS, submission.authors) if "authors" in said else kept.authors
        featured = self.ids(Noun.AUTHORS, submission.featured) if "featured" in said else kept.featured
        # By two of their names, or by what was said of old and now: the submission alone could not tell.
        if both := self.names(Noun.AUTHORS, [author for author in featured if author in authors]):
            message = f"{both[0]} is both author and featured; a person has one credit on a piece"
            raise SubmissionRefused([Problem("featured", message)])
        return Attached(
            authors=authors,
            featured=featured,
            topics=self.ids(Noun.TOPICS, submission.topics) if "topics" in said else kept.topics,
            programs=self.ids(Noun.PROGRAMS, submission.programs) if "programs" in said else kept.programs,
            placements=placements,
        )

    def placements(
        self, given: "tuple[GivenPlacement, ...]", before: tuple[PlacementRow, ...], *, exported: bool
    ) -> tuple[PlacementRow, ...]:
        """The rows of placements, with outlets and links that are made where there are none.

        `exported` ones say nothing about hosts to outlets that are known: their own export does.
        """
        outlets: list[int] = []
        problems: list[Problem] = []
        for position, placement in enumerate(given):
            outlet_id = self._outlet(placement, before, exported=exported)
            if isinstance(outlet_id, str):
                problems.append(Problem(f"placements[{position}].outlet", outlet_id))
            else:
                outlets.append(outlet_id)
        if problems:
            raise SubmissionRefused(problems)
        rows: list[PlacementRow] = []
        for placement, outlet_id in zip(given, outlets, strict=True):
            link_id, url = links.ensure(self.connection, placement.url, self.hand.at)
            self._urls[link_id] = url
            default = Relation.REPUBLICATION if rows else Relation.ORIGINAL
            rows.append(PlacementRow(link_id, outlet_id, placement.relation or default))
        return tuple(rows)

    def as_placements(self, rows: Iterable[PlacementRow]) -> tuple[Placement, ...]:
        """The placements that `placements` made, as they will be read back."""
        return tuple(
            Placement(self._urls[row.link_id], self.names(Noun.OUTLETS, [row.outlet_id])[0], row.relation)
            for row in rows
        )

    def _outlet(
        self, placement: "GivenPlacement", before: tuple[PlacementRow, ...], *, exported: bool
    ) -> int | str:
        """The outlet of a placement, or the sentence that says why there is none."""
        if placement.outlet is not None:
            made = len(self.created)
            outlet_id = self.id(Noun.OUTLETS, placement.outlet)
            if not exported or len(self.created) > made:
                self._learn_host(placement.url, outlet_id)
            return outlet_id
        link_id = links.id_of(self.connection, placement.url.key) if before else None
        for row in before:
            if row.link_id == link_id:
                return row.outlet_id
        proposed = names.outlets_by_host(self.connection, urls.hosts_above(placement.url.host))
        if len(proposed) == 1:
            return proposed[0]
        if not proposed:
            return f"no outlet is known for {placement.url.host}; name it (--outlet NAME)"
        known = [names.get(self.connection, Noun.OUTLETS, outlet_id) for outlet_id in proposed]
        several = ", ".join(f"“{outlet.name}”" for outlet in known if outlet)
        return f"{placement.url.host} belongs to {several}; name the one that is meant (--outlet NAME)"

    def _learn_host(self, url: CleanURL, outlet_id: int) -> None:
        """The first outlet that a host is seen with has it from then on, unless the host is a platform's."""
        host = outlet_host(url.host)
        if host is None or host in PLATFORMS:
            return
        if host not in self._hosts:
            self._hosts[host] = names.outlets_by_host(self.connection, [host])
        if not self._hosts[host]:
            names.add_host(self.connection, outlet_id, host)
            self._hosts[host] = [outlet_id]
