"""JSON Feed 1.1 documents, current ones and archives, with what the format lacks in a `_syndicator` object.

Knows how an item is written, byte for byte as json.dumps would; must not know which items a feed has.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from syndicator.model.scopes import Format
from syndicator.publish.entry import Elsewhere, Entry, Feed, Person

VERSION = "https://jsonfeed.org/version/1.1"


def document(feed: Feed, fragments: Iterable[bytes]) -> bytes:
    """The document of a feed whose items are rendered already; `next_url` leads on to the older ones."""
    head: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url(Format.JSON),
        "description": feed.description or feed.title,
    }
    older = feed.older_url(Format.JSON)
    if older is not None:
        head["next_url"] = older
    head["language"] = feed.language
    head["_syndicator"] = {"about": feed.base_url}
    head["authors"] = [{"name": feed.institution, "url": feed.base_url}]
    if feed.hubs:
        head["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    opened = json.dumps(head, ensure_ascii=False, separators=(",", ":")).removesuffix("}")
    return b'%s,"items":[%s]}' % (opened.encode(), b",".join(fragments))


def fragment(entry: Entry, base_url: str, main_link: str) -> bytes:  # noqa: ARG001 - JSON Feed has both links
    """One item: `url` is our summary page, `external_url` the outlet's, whichever is the main link.

    There is no `summary`: it would repeat `content_html`. `_syndicator` says what JSON Feed has no word for.
    """
    authors = f'"authors":[{_people(entry.authors, base_url)}],' if entry.authors else ""
    featured = f',"featured":[{_people(entry.featured, base_url)}]' if entry.featured else ""
    gone = f',"archived_from":{quoted(entry.external_url)}' if entry.copy else ""
    also = f',"also":[{_also(entry.also)}]' if entry.also else ""
    return (
        f'{{"id":{quoted(entry.id)},"url":{quoted(entry.url)},"external_url":{quoted(entry.read_url)},'
        f'"title":{quoted(entry.title)},"content_html":{quoted(entry.content_html)},'
        f'"date_published":"{entry.published_written}","date_modified":"{entry.updated_written}",'
        f'{authors}"tags":[{_tags(entry)}],'
        f'"_syndicator":{{"kind":"{entry.kind.value}","outlet":{quoted(entry.outlet.name)}{gone}{featured}{also}}}}}'
    ).encode()


def _people(people: Sequence[Person], base_url: str) -> str:
    return ",".join([_person(person.name, base_url + person.path) for person in people])


@lru_cache(maxsize=16384)
def _person(name: str, url: str) -> str:
    return f'{{"name":{quoted(name)},"url":{quoted(url)}}}'


def _tags(entry: Entry) -> str:
    names = [label.name for label in (*entry.topics, *entry.programs)]
    # A topic and a program may share their name; a tag is said once.
    return ",".join([quoted(name) for name in dict.fromkeys([*names, entry.kind.label])])


def _also(places: Sequence[Elsewhere]) -> str:
    return ",".join(
        [
            f'{{"url":{quoted(place.read_url)},"outlet":{quoted(place.outlet)},"relation":"{place.relation.value}"}}'
            for place in places
        ]
    )
