"""Atom documents (RFC 4287), current ones and archives (RFC 5005), with tombstones (RFC 6721).

Knows how an entry is written, byte for byte as feedgen would; must not know which entries a feed has.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from syndicator.model.scopes import Format
from syndicator.publish import heads
from syndicator.publish.entry import Entry, Feed, Person
from syndicator.publish.markup import (
    attribute,
    escape,
    uri_attribute,
)


def document(feed: Feed, fragments: Iterable[bytes]) -> bytes:
    """The document of a feed whose entries are rendered already."""
    return heads.document(feed, Format.ATOM, fragments)


def fragment(entry: Entry, base_url: str, main_link: str) -> bytes:
    """One atom:entry. `main_link` ("outlet" or "summary") is the alternate link, the other one is related.

    There is no atom:summary: it would repeat the content (RFC 4287, 4.2.13).
    """
    return (
        f"<entry><id>{escape(entry.id)}</id>"
        f"<title>{escape(entry.title)}</title>"
        f"<updated>{entry.updated_written}</updated>"
        f"{_people('author', entry.authors, base_url)}"
        f'<content type="html">{escape(entry.content_html)}</content>'
        f"{_categories(entry, base_url)}"
        f"{_people('contributor', entry.featured, base_url)}"
        f"<published>{entry.published_written}</published>"
        f"{_links(entry, main_link)}</entry>"
    ).encode()


def _people(role: str, people: Sequence[Person], base_url: str) -> str:
    return "".join([_person(role, person.name, base_url + person.path) for person in people])


@lru_cache(maxsize=16384)
def _person(role: str, name: str, url: str) -> str:
    return f"<{role}><name>{escape(name)}</name><uri>{escape(url)}</uri></{role}>"


def _categories(entry: Entry, base_url: str) -> str:
    parts = [_category(base_url, "topics", topic.slug, topic.name) for topic in entry.topics]
    parts += [_category(base_url, "programs", program.slug, program.name) for program in entry.programs]
    parts.append(_category(base_url, "kinds", entry.kind.value, entry.kind.label))
    return "".join(parts)


@lru_cache(maxsize=4096)
def _category(base_url: str, folder: str, term: str, label: str) -> str:
    scheme = attribute(f"{base_url}{folder}/")
    return f'<category term="{attribute(term)}" scheme="{scheme}" label="{attribute(label)}"/>'


def _links(entry: Entry, main_link: str) -> str:
    outlet, summary = uri_attribute(entry.read_url), uri_attribute(entry.url)
    if main_link == "outlet":
        links = (
            f'<link href="{outlet}" rel="alternate" type="text/html"/>'
            f'<link href="{summary}" rel="related" type="text/html"/>'
        )
    else:
        links = (
            f'<link href="{summary}" rel="alternate" type="text/html"/>'
            f'<link href="{outlet}" rel="related" title="{attribute(entry.call)}"/>'
        )
    for place in entry.also:
        title = attribute(place.call)
        links += f'<link href="{uri_attribute(place.read_url)}" rel="related" title="{title}"/>'
    return links
