"""The grammars of Atom, RSS, JSON Feed and OPML as tables: what each part may hold, what its text must be.

Knows RFC 4287 (its sections beside each element), RSS 2.0, JSON Feed 1.1, OPML 2.0; must not know the rules
that tie several parts together.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[0-9A-Za-z\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_WEB = re.compile(r"https?://[^/?#]+([/?#].*)?")
_TAG = re.compile(r"tag:[A-Za-z0-9.@_-]+,\d{4}(-\d\d(-\d\d)?)?:[^#]*(#.*)?")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"(\w{3}), (\d\d) (\w{3}) (\d{4}) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d ([+-]\d{4}|GMT|UT)")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;.*)?")
_RELATIONS = {"alternate", "current", "enclosure", "hub", "prev-archive", "related", "self", "via"}


def is_uri(value: str) -> bool:
    """An absolute URI of RFC 3986 (an IRI, percent-encoded); with RFC 4151 where it is a tag."""
    if _URI.fullmatch(value) is None:
        return False
    if value.startswith("tag:"):
        return _TAG.fullmatch(value) is not None
    return not value.startswith("http") or _WEB.fullmatch(value) is not None


def is_web(value: object) -> bool:
    return isinstance(value, str) and value.startswith("http") and is_uri(value)


def is_rfc3339(value: object) -> bool:
    if not isinstance(value, str) or _RFC3339.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_rfc822(value: str) -> bool:
    match = _RFC822.fullmatch(value)
    if match is None or match[3] not in _MONTHS:
        return False
    try:
        day = date(int(match[4]), _MONTHS.index(match[3]) + 1, int(match[2]))
    except ValueError:
        return False
    return match[1] == _DAYS[day.weekday()]


def is_language(value: object) -> bool:
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_address(value: object) -> bool:
    """A URL as browsers write it, which JSON Feed takes (RFC 3986 has fewer characters)."""
    return isinstance(value, str) and re.fullmatch(r"https?://\S+", value) is not None


def one_of(*values: str) -> Callable[[str], bool]:
    return values.__contains__


def list_of(check: Callable[[Any], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


ONE, MAYBE, ANY = (1, 1), (0, 1), (0, 1_000_000)


@dataclass(frozen=True, slots=True)
class Rule:
    """What the grammar allows in an element: children and how many, attributes, and what its text must be."""

    section: str
    children: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    attributes: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    text: Callable[[str], bool] | None = None
    extensible: bool = False


_PERSON = Rule("3.2", {"name": ONE, "uri": MAYBE, "email": MAYBE}, extensible=True)
_TEXT = Rule("3.1", attributes={"type": one_of("text", "html")}, text=is_filled)
_METADATA = {
    "author": ANY,
    "category": ANY,
    "contributor": ANY,
    "id": ONE,
    "link": ANY,
    "rights": MAYBE,
    "title": ONE,
    "updated": ONE,
}

ATOM_GRAMMAR = {
    "feed": Rule(
        "4.1.1",
        _METADATA | {"generator": MAYBE, "subtitle": MAYBE, "entry": ANY},
        extensible=True,
    ),
    "entry": Rule(
        "4.1.2",
        _METADATA | {"content": MAYBE, "published": MAYBE, "summary": MAYBE},
        extensible=True,
    ),
    "author": _PERSON,
    "contributor": _PERSON,
    "name": Rule("3.2.1", text=is_filled),
    "uri": Rule("3.2.2", text=is_web),
    "email": Rule("3.2.3", text=lambda value: "@" in value),
    "id": Rule("4.2.6", text=is_uri),
    "updated": Rule("3.3", text=is_rfc3339),
    "published": Rule("3.3", text=is_rfc3339),
    "category": Rule(
        "4.2.2", attributes={"term": is_filled, "scheme": is_uri, "label": is_filled}, required=("term",)
    ),
    "content": Rule("4.1.3", attributes={"type": one_of("text", "html")}, text=is_filled),
    "generator": Rule("4.2.4", attributes={"uri": is_web, "version": is_filled}, text=is_filled),
    "link": Rule(
        "4.2.7",
        attributes={
            "href": is_web,
            "rel": one_of(*_RELATIONS),
            "type": lambda value: _MEDIA_TYPE.fullmatch(value) is not None,
            "hreflang": is_language,
            "title": is_filled,
            "length": str.isdigit,
        },
        required=("href",),
    ),
    "title": _TEXT,
    "subtitle": _TEXT,
    "summary": _TEXT,
    "rights": _TEXT,
}

RSS_GRAMMAR = {
    "rss": Rule("RSS 2.0", {"channel": ONE}, {"version": one_of("2.0")}, required=("version",)),
    "channel": Rule(
        "RSS 2.0, required channel elements",
        {"title": ONE, "link": ONE, "description": ONE, "category": ANY, "item": ANY}
        | dict.fromkeys(
            ("language", "copyright", "pubDate", "lastBuildDate", "docs", "generator", "ttl"), MAYBE
        ),
        extensible=True,
    ),
    "item": Rule(
        "RSS 2.0, elements of item",
        {"category": ANY}
        | dict.fromkeys(("title", "link", "description", "author", "comments", "guid", "pubDate"), MAYBE),
        extensible=True,
    ),
    "title": Rule("RSS 2.0, title", text=is_filled),
    "link": Rule("RSS 2.0, link", text=is_web),
    "comments": Rule("RSS 2.0, comments", text=is_web),
    "docs": Rule("RSS 2.0, docs", text=is_web),
    "description": Rule("RSS 2.0, description", text=is_filled),
    "language": Rule("RSS 2.0, language", text=is_language),
    "generator": Rule("RSS 2.0, generator", text=is_filled),
    "copyright": Rule("RSS 2.0, copyright", text=is_filled),
    "ttl": Rule("RSS 2.0, ttl", text=str.isdigit),
    "author": Rule("RSS 2.0, author", text=lambda value: "@" in value),
    "pubDate": Rule("RSS profile, pubDate", text=is_rfc822),
    "lastBuildDate": Rule("RSS profile, lastBuildDate", text=is_rfc822),
    "guid": Rule("RSS 2.0, guid", attributes={"isPermaLink": one_of("true", "false")}, text=is_filled),
    "category": Rule("RSS 2.0, category", attributes={"domain": is_filled}, text=is_filled),
}

OPML_GRAMMAR = {
    "opml": Rule(
        "OPML 2.0, opml", {"head": ONE, "body": ONE}, {"version": one_of("2.0")}, required=("version",)
    ),
    "head": Rule("OPML 2.0, head", {"title": MAYBE, "ownerName": MAYBE, "docs": MAYBE}),
    "title": Rule("OPML 2.0, title", text=is_filled),
    "ownerName": Rule("OPML 2.0, ownerName", text=is_filled),
    "docs": Rule("OPML 2.0, docs", text=is_web),
    "body": Rule("OPML 2.0, body", {"outline": (1, 1_000_000)}),
    "outline": Rule(
        "OPML 2.0, outline",
        {"outline": ANY},
        {
            "text": is_filled,
            "title": is_filled,
            "type": one_of("rss"),
            "xmlUrl": is_web,
            "htmlUrl": is_web,
            "description": is_filled,
            "language": is_language,
        },
        required=("text",),
    ),
}


@dataclass(frozen=True, slots=True)
class ObjectRule:
    """What a JSON object may hold, and which of it must be there and say something."""

    values: Mapping[str, Callable[[Any], bool]]
    required: tuple[str, ...] = ()


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


JSON_GRAMMAR = {
    "top-level": ObjectRule(
        {
            "version": one_of("https://jsonfeed.org/version/1.1"),
            "title": _is_text,
            "home_page_url": is_address,
            "feed_url": is_address,
            "next_url": is_address,
            "description": _is_text,
            "language": is_language,
            "authors": list_of(_is_object),
            "hubs": list_of(_is_object),
            "items": list_of(_is_object),
        },
        required=("version", "title", "items"),
    ),
    "items": ObjectRule(
        {
            "id": _is_text,
            "url": is_address,
            "external_url": is_address,
            "title": _is_text,
            "content_html": _is_text,
            "content_text": _is_text,
            "summary": _is_text,
            "date_published": is_rfc3339,
            "date_modified": is_rfc3339,
            "authors": list_of(_is_object),
            "tags": list_of(is_filled),
            "language": is_language,
        },
        required=("id",),
    ),
    "authors": ObjectRule({"name": is_filled, "url": is_address, "avatar": is_address}),
    "hubs": ObjectRule({"type": is_filled, "url": is_address}, required=("type", "url")),
}
