"""What the scopes are at this moment: titles, folders (today's and older ones), feed ids, what lies around them.

Reads names as they are asked for, so that one changed piece does not cost a look at thousands of authors.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from syndicator import text, times
from syndicator.catalogue import Connection, names, publication
from syndicator.model.kinds import Kind
from syndicator.model.records import Name, Noun
from syndicator.model.scopes import ScopeKind, folder

_WEB = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f-\x9f]+")


class Scope(NamedTuple):
    """What a feed is about. `key` is how the books call it; `floor` the instant its feed is at least `updated`."""

    key: str
    kind: ScopeKind
    title: str
    folder: str
    old_folders: tuple[str, ...]
    feed_id: str
    floor: datetime
    role: str = ""
    url: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """Every folder that the scope's files stand in, today's first."""
        return (self.folder, *self.old_folders)


class Scopes:
    """The scopes of a record, read from one snapshot of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[Noun, dict[str, Name]] = {noun: {} for noun in Noun}
        self._ids: dict[Noun, dict[int, Name]] = {noun: {} for noun in Noun}
        self._whole: set[Noun] = set()

    def named(self, noun: Noun, name: str) -> Name:
        """The author, outlet, topic or program of exactly this name. It must exist."""
        if name not in self._names[noun]:
            self.learn(noun, [name])
        return self._names[noun][name]

    def learn(self, noun: Noun, wanted: Iterable[str]) -> None:
        """Reads several names at once."""
        missing = [name for name in dict.fromkeys(wanted) if name not in self._names[noun]]
        if missing and noun not in self._whole:
            self._keep(noun, names.named(self._connection, noun, missing))

    def every(self, noun: Noun) -> list[Name]:
        """All of a noun, by name."""
        if noun not in self._whole:
            self._keep(noun, names.every(self._connection, noun))
            self._whole.add(noun)
        return sorted(self._ids[noun].values(), key=lambda name: (text.fold(name.name), name.id))

    def _keep(self, noun: Noun, found: Iterable[Name]) -> None:
        for name in found:
            self._names[noun][name.name] = name
            self._ids[noun][name.id] = name

    def _by_id(self, noun: Noun, name_id: int) -> Name | None:
        if name_id not in self._ids[noun] and noun not in self._whole:
            found = names.get(self._connection, noun, name_id)
            if found:
                self._keep(noun, [found])
        return self._ids[noun].get(name_id)

    def get(self, key: str) -> Scope | None:
        """The scope that the books call by this key; None when it is no more."""
        feed = publication.feed_of(self._connection, key)
        if feed is None:
            return None
        kind, _, handle = key.partition("/")
        if kind == ScopeKind.ALL:
            return Scope(
                key,
                ScopeKind.ALL,
                ScopeKind.ALL.label,
                folder(ScopeKind.ALL, ""),
                (),
                feed[0],
                times.instant(feed[1]),
            )
        if kind == ScopeKind.KINDS:
            return Scope(
                key,
                ScopeKind.KINDS,
                Kind(handle).label,
                folder(ScopeKind.KINDS, handle),
                (),
                feed[0],
                times.instant(feed[1]),
            )
        name = self._by_id(Noun(kind), int(handle))
        return None if name is None else _scope_of(key, name, feed[0])

    def above(self, topic_id: int) -> list[Name]:
        """The topics that a topic lies below, outermost first."""
        chain: list[Name] = []
        topic = self._by_id(Noun.TOPICS, topic_id)
        while topic and topic.parent_id and len(chain) < 100:
            topic = self._by_id(Noun.TOPICS, topic.parent_id)
            if topic is None or topic in chain:
                break
            chain.append(topic)
        return chain[::-1]

    def below(self, topic_id: int) -> list[Name]:
        """The topics right below a topic, by name."""
        return [topic for topic in self.every(Noun.TOPICS) if topic.parent_id == topic_id]

    def nested_topics(self) -> list[tuple[int, Name]]:
        """All topics in the order of a table of contents, each with its depth."""
        children: dict[int | None, list[Name]] = {}
        every = self.every(Noun.TOPICS)
        for topic in every:
            children.setdefault(topic.parent_id, []).append(topic)
        listed: list[tuple[int, Name]] = []

        def walk(parent: int | None, depth: int) -> None:
            for topic in children.pop(parent, ()):
                listed.append((depth, topic))
                walk(topic.id, depth + 1)

        walk(None, 0)
        return listed


def _scope_of(key: str, name: Name, feed_id: str) -> Scope:
    kind = ScopeKind(name.noun.value)
    return Scope(
        key=key,
        kind=kind,
        title=text.one_line(name.name),
        folder=folder(kind, name.slug),
        old_folders=tuple(folder(kind, slug) for slug in name.old_slugs),
        feed_id=feed_id,
        floor=times.instant(name.updated_at),
        role=text.one_line(name.role),
        url=web_url(name.url),
    )


def web_url(url: str) -> str:
    """The URL, if a link can be made of it; an edit past the desk may have left anything there."""
    return url if _WEB.fullmatch(url) else ""


def name_folder(name: Name) -> str:
    """The folder of an author's, outlet's, topic's or program's scope."""
    return folder(ScopeKind(name.noun.value), name.slug)


def keys_of(noun: Noun, ids: Sequence[int]) -> list[str]:
    """How the books call the scopes of authors, outlets, topics or programs."""
    return [f"{noun}/{name_id}" for name_id in ids]
