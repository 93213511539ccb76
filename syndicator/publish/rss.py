"""RSS documents (RSS 2.0 and the RSS Advisory Board's profile): a feed's newest items, never its archives.

Knows how an item is written, byte for byte as feedgen would; must not know which items a feed has.
"""

import html
from collections.abc import Iterable
from functools import lru_cache

from syndicator.model.scopes import Format
from syndicator.publish import heads
from syndicator.publish.entry import Entry, Feed
from syndicator.publish.markup import attribute, byline, escape, rfc822_of, uri


def document(feed: Feed, fragments: Iterable[bytes]) -> bytes:
    """The document of a feed whose items are rendered already; older ones are in its Atom archives."""
    if feed.archive is not None:
        raise ValueError("archives are Atom and JSON documents, not RSS")
    return heads.document(feed, Format.RSS, fragments)


def fragment(entry: Entry, base_url: str, main_link: str) -> bytes:
    """One item. `main_link` ("outlet" or "summary") says which of the two pages it links to."""
    return (
        f"<item><title>{escape(entry.title)}</title>"
        f"<link>{escape(uri(entry.read_url if main_link == 'outlet' else entry.url))}</link>"
        f"<description>{escape(description(entry))}</description>"
        f"<content:encoded>{escape(entry.content_html)}</content:encoded>"
        f'<guid isPermaLink="false">{escape(entry.id)}</guid>'
        f"{_categories(entry, base_url)}"
        f"<pubDate>{rfc822_of(entry.published_written)}</pubDate>"
        f"{''.join([_credit('contributor', person.name) for person in entry.featured])}"
        f"{_creator(entry)}</item>"
    ).encode()


def description(entry: Entry) -> str:
    """The summary's words, escaped because readers take a description for HTML (profile, "description")."""
    return html.escape(entry.summary_text or entry.call, quote=False)


def _creator(entry: Entry) -> str:
    # One element with all names: most readers show but one of several.
    return _credit("creator", byline([person.name for person in entry.authors])) if entry.authors else ""


@lru_cache(maxsize=16384)
def _credit(role: str, names: str) -> str:
    return f"<dc:{role}>{escape(names)}</dc:{role}>"


def _categories(entry: Entry, base_url: str) -> str:
    parts = [_category(base_url, "topics", topic.name) for topic in entry.topics]
    parts += [_category(base_url, "programs", program.name) for program in entry.programs]
    parts.append(_category(base_url, "kinds", entry.kind.label))
    return "".join(parts)


@lru_cache(maxsize=4096)
def _category(base_url: str, folder: str, name: str) -> str:
    return f'<category domain="{attribute(f"{base_url}{folder}/")}">{escape(name)}</category>'
