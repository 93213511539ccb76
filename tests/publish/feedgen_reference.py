"""What feedgen makes of a feed and its entries: the reading that our own serializers are held equal to.

Knows feedgen's faults and its way round them, extensions; must not know our serializers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.util import xml_elem

from syndicator.model.scopes import Format
from syndicator.publish import heads, rss
from syndicator.publish.entry import Entry, Feed
from syndicator.publish.markup import byline, rfc3339, uri


class LinksExtension:
    """Entry links in Atom with their attributes, which feedgen 1.0 drops (its issue #135)."""

    def __init__(self) -> None:
        self.links: list[dict[str, str]] = []

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_atom(self, element: Any) -> Any:
        for link in self.links:
            xml_elem("link", element, **link)
        return element

    def extend_rss(self, element: Any) -> Any:
        return element


def atom_entry(entry: Entry, base_url: str, main_link: str) -> FeedEntry:
    """The entry for Atom. It must not be given `link()`, which would write further alternates."""
    made = _common(entry, base_url)
    for person in entry.authors:
        made.author({"name": person.name, "uri": base_url + person.path})
    for person in entry.featured:
        made.contributor({"name": person.name, "uri": base_url + person.path})
    made.content(entry.content_html, type="html")
    made.register_extension("links", LinksExtension)
    outlet, summary = uri(entry.read_url), uri(entry.url)
    if main_link == "outlet":
        made.links.links.append({"href": outlet, "rel": "alternate", "type": "text/html"})
        made.links.links.append({"href": summary, "rel": "related", "type": "text/html"})
    else:
        made.links.links.append({"href": summary, "rel": "alternate", "type": "text/html"})
        made.links.links.append({"href": outlet, "rel": "related", "title": entry.call})
    for place in entry.also:
        made.links.links.append({"href": uri(place.read_url), "rel": "related", "title": place.call})
    return made


def rss_entry(entry: Entry, base_url: str, main_link: str) -> FeedEntry:
    """The entry for RSS, people in Dublin Core: feedgen writes no author who has no e-mail address."""
    made = _common(entry, base_url)
    made.link(href=uri(entry.read_url if main_link == "outlet" else entry.url))
    made.content(entry.content_html)
    made.description(rss.description(entry), isSummary=True)
    made.load_extension("dc", atom=False)
    if entry.authors:
        made.dc.dc_creator(byline([person.name for person in entry.authors]))
    made.dc.dc_contributor([person.name for person in entry.featured])
    return made


def _common(entry: Entry, base_url: str) -> FeedEntry:
    made = FeedEntry()
    made.id(entry.id)
    made.title(entry.title)
    made.updated(entry.updated)
    # Offsets of local mean time have seconds, which neither format can say.
    made.published(datetime.fromisoformat(rfc3339(entry.published)))
    for folder, labels in (("topics", entry.topics), ("programs", entry.programs)):
        for label in labels:
            made.category({"term": label.slug, "scheme": f"{base_url}{folder}/", "label": label.name})
    made.category({"term": entry.kind.value, "scheme": f"{base_url}kinds/", "label": entry.kind.label})
    return made


def document(feed: Feed, format: Format, entries: Sequence[Entry] = (), main_link: str = "outlet") -> bytes:
    """The whole document by feedgen and the extensions alone: no template, no fragment."""
    made = heads.generator(feed, format)
    build = atom_entry if format is Format.ATOM else rss_entry
    made.entry([build(entry, feed.base_url, main_link) for entry in entries])
    written: bytes = made.atom_str() if format is Format.ATOM else made.rss_str()
    return written
