"""What search engines are told of a page: schema.org in JSON-LD, as plain values and as text for <script>.

Knows schema.org types and properties; must not know HTML beyond what JSON in a script element must
avoid (HTML standard, 4.12.1.3, “Restrictions for contents of script elements”). Says only what is known.
"""

import json
from collections.abc import Sequence
from typing import TypeAlias

from syndicator.model.kinds import TRAITS
from syndicator.model.records import Relation
from syndicator.model.scopes import Format, ScopeKind
from syndicator.publish.entry import Elsewhere, Entry, Feed, Person

Node: TypeAlias = dict[str, object]
Step: TypeAlias = tuple[str, str]
"""One step of a breadcrumb: what it is called, and where it leads (absolute)."""

CONTEXT = "https://schema.org"

# These are known by their `name`; articles and reports by their `headline`.
_NAMED = frozenset({"Book", "PodcastEpisode", "Review", "VideoObject"})

# What a scope's page is about; the other scopes are collections of everything, or by form.
_ABOUT = {
    ScopeKind.TOPICS: "Thing",
    ScopeKind.PROGRAMS: "Organization",
    ScopeKind.AUTHORS: "Person",
    ScopeKind.OUTLETS: "Organization",
}

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def script(node: Node) -> str:
    """The node as JSON that can stand in a script element as it is: ASCII without `<`, `>` and `&`."""
    return _encode(node).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def piece(
    entry: Entry, *, published: str, teaser: str, institution: str, base_url: str, language: str
) -> Node:
    """The piece at its outlet, and our summary page as the page about it.

    `published` is its ISO 8601 date, with a time where one is known; `teaser` the shortened summary.
    """
    kind = TRAITS[entry.kind]
    schema_type = kind.schema_type
    node: Node = {
        "@context": CONTEXT,
        "@type": schema_type,
        "@id": entry.id,
        "name" if schema_type in _NAMED else "headline": entry.title,
        "url": entry.external_url,
        "datePublished": published,
    }
    if entry.copy:
        node["archivedAt"] = entry.copy
    copies = [place.url for place in entry.also if not _translated(place)]
    if copies:
        node["sameAs"] = copies
    if schema_type == "VideoObject":
        node["uploadDate"] = published
    if teaser:
        node["description"] = teaser
    if kind.genre:
        node["genre"] = kind.genre
    if entry.authors:
        node["author"] = [_person(person, institution, base_url) for person in entry.authors]
    if entry.featured:
        node["contributor"] = [_person(person, institution, base_url) for person in entry.featured]
    if entry.topics:
        node["keywords"] = [topic.name for topic in entry.topics]
    translations = [_translation(place, schema_type) for place in entry.also if _translated(place)]
    if translations:
        node["workTranslation"] = translations
    node["publisher"] = _organization(entry.outlet.name)
    trail = [(topic.name, f"{base_url}{topic.path}") for topic in entry.topics[:1]]
    node["mainEntityOfPage"] = {
        "@type": "WebPage",
        "@id": entry.url,
        "inLanguage": language,
        "isBasedOn": entry.read_url,
        "publisher": _organization(institution),
        "breadcrumb": breadcrumb([("Home", base_url), *trail], entry.title),
    }
    return node


def scope(feed: Feed, name: str, trail: Sequence[Step], *, role: str = "", url: str = "") -> Node:
    """The page of the scope called `name`: what it is about (a person, a topic), where it stands."""
    node = _collection(feed.page_url, name, feed.institution, feed.language)
    if feed.kind is ScopeKind.AUTHORS:
        node["@type"] = "ProfilePage"
    if feed.description:
        node["description"] = feed.description
    if feed.kind in _ABOUT:
        about: Node = {"@type": _ABOUT[feed.kind], "name": name}
        if role:
            about |= {"jobTitle": role, "affiliation": _organization(feed.institution)}
        if url:
            about["sameAs"] = url
        node["mainEntity"] = about
    node["breadcrumb"] = breadcrumb([("Home", feed.base_url), *trail], name)
    return node


def archive(feed: Feed, name: str, period: str) -> Node:
    """The page of a period of the history of the scope called `name`; `period` is the words for it."""
    url = feed.self_url(Format.HTML)
    node = _collection(url, f"{name}, {period}", feed.institution, feed.language)
    node["breadcrumb"] = breadcrumb([("Home", feed.base_url), (name, feed.page_url)], period)
    return node


def directory(institution: str, base_url: str, language: str) -> Node:
    """The page that lists all feeds."""
    return _collection(base_url, f"Feeds of {institution}", institution, language)


def _collection(url: str, name: str, institution: str, language: str) -> Node:
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "publisher": _organization(institution),
    }


def breadcrumb(trail: Sequence[Step], here: str) -> Node:
    """The way from the start page to this one, which needs no address of its own."""
    steps: list[Node] = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(trail, 1)
    ]
    steps.append({"@type": "ListItem", "position": len(trail) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _person(person: Person, institution: str, base_url: str) -> Node:
    node: Node = {"@type": "Person", "name": person.name, "url": base_url + person.path}
    if person.role:
        # Co-authors from elsewhere have no role with us: then nothing is said of where they work.
        node |= {"jobTitle": person.role, "affiliation": _organization(institution)}
    if person.url:
        node["sameAs"] = person.url
    return node


def _organization(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _translated(place: Elsewhere) -> bool:
    return place.relation is Relation.TRANSLATION


def _translation(place: Elsewhere, schema_type: str) -> Node:
    return {"@type": schema_type, "url": place.url, "publisher": _organization(place.outlet)}
