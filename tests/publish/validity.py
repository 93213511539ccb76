"""A strict validator of our feeds, written from the specifications; a fault cites the section it offends.

Knows RFC 4287, 5005 and 6721, RSS 2.0 with the RSS Advisory Board's profile, JSON Feed 1.1 and OPML 2.0; must
not know our renderers. Where the W3C's validator is stricter (links absolute, metadata first), so is this;
what the formats allow but we never write (icons, sources, enclosures) it refuses.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from tests.publish.grammars import (
    ATOM,
    ATOM_GRAMMAR,
    CONTENT,
    DC,
    DELETED,
    HISTORY,
    JSON_GRAMMAR,
    OPML_GRAMMAR,
    RSS_GRAMMAR,
    Rule,
    is_language,
    is_rfc3339,
    is_uri,
    is_web,
)


def _parse(document: bytes, document_element: str, cite: str) -> tuple[Any, list[str]]:
    """The document element, or the fault that keeps the rest from being checked."""
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        return None, [f"XML 1.0: {error}"]
    if root.tag != document_element:
        return None, [f"{cite}: the document element is {root.tag}"]
    return root, []


def _elements(parent: Any) -> list[Any]:
    return [child for child in parent if isinstance(child.tag, str)]


def _repeated(values: Sequence[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _grammar(element: Any, grammar: Mapping[str, Rule], namespace: str, spec: str) -> Iterator[str]:
    """Walks down from an element in the namespace; every step is checked against its rule."""
    name = etree.QName(element).localname
    rule = grammar[name]
    cite = f"{spec}{rule.section}: {name}"
    yield from _attributes(element, rule, cite)
    if rule.text is not None and not rule.text(element.text or ""):
        yield f"{cite} says {(element.text or '')!r}"
    counts: Counter[str] = Counter()
    for child in _elements(element):
        qualified = etree.QName(child)
        if (qualified.namespace or "") != namespace:
            if not rule.extensible or qualified.namespace is None:
                yield f"{cite} holds a foreign {child.tag}"
        elif qualified.localname not in rule.children:
            yield f"{cite} may not hold {qualified.localname}"
        else:
            counts[qualified.localname] += 1
            yield from _grammar(child, grammar, namespace, spec)
    for child_name, (least, most) in rule.children.items():
        if not least <= counts[child_name] <= most:
            yield f"{cite} has {counts[child_name]} {child_name}"


def _attributes(element: Any, rule: Rule, cite: str) -> Iterator[str]:
    for key, value in element.attrib.items():
        qualified = etree.QName(key)
        if qualified.namespace is not None:
            if qualified.localname == "lang" and not is_language(value):
                yield f"{cite} has xml:lang={value!r}"
        elif key not in rule.attributes:
            yield f"{cite} has an unknown attribute {key}"
        elif not rule.attributes[key](value):
            yield f"{cite} has {key}={value!r}"
    for key in rule.required:
        if element.get(key) is None:
            yield f"{cite} has no {key}"


def _links(element: Any, relation: str) -> list[Any]:
    return [link for link in element.iterfind(f"{{{ATOM}}}link") if link.get("rel", "alternate") == relation]


def _after(parent: Any, name: str) -> list[str]:
    """The tags that stand after a child of the name without being one."""
    tags = [child.tag for child in _elements(parent)]
    return [tag for tag in tags[tags.index(name) :] if tag != name] if name in tags else []


def atom_faults(document: bytes) -> list[str]:
    """What is wrong with an Atom document; nothing when it is valid."""
    root, faults = _parse(document, f"{{{ATOM}}}feed", "RFC 4287 4.1.1")
    if root is None:
        return faults
    entries = root.findall(f"{{{ATOM}}}entry")
    faults += _grammar(root, ATOM_GRAMMAR, ATOM, "RFC 4287 ")
    faults += _feed_rules(root, entries)
    for entry in entries:
        faults += _entry_rules(entry, root.findtext(f"{{{ATOM}}}updated") or "")
    return [*faults, *_history_rules(root), *_tombstone_rules(root, _ids(entries))]


def _ids(entries: Sequence[Any]) -> list[str]:
    return [entry.findtext(f"{{{ATOM}}}id") or "" for entry in entries]


def _feed_rules(root: Any, entries: Sequence[Any]) -> Iterator[str]:
    for tag in _after(root, f"{{{ATOM}}}entry"):
        yield f"RFC 4287 4.1.1: {tag} stands after an entry"
    for repeated in _repeated(_ids(entries)):
        yield f"RFC 4287 4.1.1: two entries have the id {repeated}"
    author = f"{{{ATOM}}}author"
    if root.find(author) is None and any(entry.find(author) is None for entry in entries):
        yield "RFC 4287 4.1.1: neither the feed nor each of its entries has an author"
    for element in (root, *entries):
        if _repeated([(link.get("type"), link.get("hreflang")) for link in _links(element, "alternate")]):
            yield "RFC 4287 4.1.1: two alternate links of the same type and language"
    if [link.get("type") for link in _links(root, "self")] != ["application/atom+xml"]:
        yield "RFC 4287 4.1.1: not exactly one self link of Atom's type"


def _entry_rules(entry: Any, feed_updated: str) -> Iterator[str]:
    (name,) = _ids([entry])
    if entry.find(f"{{{ATOM}}}content") is None and not _links(entry, "alternate"):
        yield f"RFC 4287 4.1.2: {name} has neither content nor an alternate link"
    updated = entry.findtext(f"{{{ATOM}}}updated") or ""
    dated = is_rfc3339(updated) and is_rfc3339(feed_updated)
    # Not said by the RFC, but readers that trust the feed's date would miss the entry.
    if dated and datetime.fromisoformat(updated) > datetime.fromisoformat(feed_updated):
        yield f"RFC 4287 4.2.15: the feed is older than its entry {name}"
    for relation in ("current", "prev-archive"):
        if _links(entry, relation):
            yield f"RFC 5005 4: an entry has a {relation} link"


def _history_rules(root: Any) -> Iterator[str]:
    archives = root.findall(f"{{{HISTORY}}}archive")
    current, older = _links(root, "current"), _links(root, "prev-archive")
    if len(archives) > 1:
        yield "RFC 5005 4: more than one fh:archive"
    if archives and len(current) != 1:
        yield "RFC 5005 4: an archive document needs one current link"
    if not archives and current:
        yield "RFC 5005 4: the subscription document is current itself"
    if len(older) > 1:
        yield "RFC 5005 4: more than one prev-archive link"
    addresses = {link.get("href") for link in _links(root, "self")}
    if addresses & {link.get("href") for link in (*current, *older)}:
        yield "RFC 5005 4: an archive link leads to the document itself"


def _tombstone_rules(root: Any, ids: Sequence[str]) -> Iterator[str]:
    for element in root.iterfind(DELETED):
        if not is_uri(element.get("ref", "")):
            yield f"RFC 6721 3: deleted-entry has ref={element.get('ref')!r}"
        if not is_rfc3339(element.get("when", "")):
            yield f"RFC 6721 3: deleted-entry has when={element.get('when')!r}"
        if element.get("ref") in ids:
            yield f"RFC 6721 4: {element.get('ref')} is both there and deleted"


def rss_faults(document: bytes) -> list[str]:
    """What is wrong with an RSS document; nothing when it is valid."""
    root, faults = _parse(document, "rss", "RSS 2.0")
    if root is None:
        return faults
    faults += _grammar(root, RSS_GRAMMAR, "", "")
    for channel in root.iterfind("channel"):
        faults += _channel_rules(channel)
        for item in channel.iterfind("item"):
            faults += _item_rules(item)
    return faults


def _channel_rules(channel: Any) -> Iterator[str]:
    for tag in _after(channel, "item"):
        yield f"RSS profile, item: {tag} stands after an item"
    for link in channel.iterfind(f"{{{ATOM}}}link"):
        yield from _grammar(link, ATOM_GRAMMAR, ATOM, "RFC 4287 ")
    if [link.get("type") for link in _links(channel, "self")] != ["application/rss+xml"]:
        yield "RSS profile, atom:link: not exactly one self link of RSS's type"
    if _repeated([guid.text for guid in channel.iterfind("item/guid")]):
        yield "RSS 2.0, guid: two items have the same"


def _item_rules(item: Any) -> Iterator[str]:
    names = [child.tag for child in _elements(item)]
    if "title" not in names and "description" not in names:
        yield "RSS 2.0, elements of item: neither title nor description"
    if "guid" not in names:
        yield "RSS profile, guid: an item has none"
    elif item.find("guid").get("isPermaLink") != "false" and not is_web(item.findtext("guid") or ""):
        yield "RSS 2.0, guid: a permalink is not a URL"
    if CONTENT in names and "description" not in names[: names.index(CONTENT)]:
        yield "RSS profile, content:encoded: no description before it"
    if names.count(CONTENT) > 1:
        yield "RSS profile, content:encoded: more than one"
    if names.count(f"{DC}creator") + names.count("author") > 1:
        yield "RSS profile, dc:creator: more than one element names the authors"


def json_feed_faults(document: bytes) -> list[str]:
    """What is wrong with a JSON Feed; nothing when it is valid."""
    faults: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        faults.extend(f"RFC 8259 4: {name} is there twice" for name in _repeated([name for name, _ in pairs]))
        return dict(pairs)

    try:
        feed = json.loads(document.decode("utf-8"), object_pairs_hook=once)
        json.dumps(feed, ensure_ascii=False).encode("utf-8")
    except ValueError as error:
        return [f"RFC 8259: {error}"]
    if not isinstance(feed, dict):
        return ["JSON Feed 1.1, structure: not an object"]
    items = feed.get("items") or []
    holders = {"top-level": [feed], "items": items, "hubs": feed.get("hubs") or []}
    holders["authors"] = [author for holder in (feed, *items) for author in holder.get("authors") or []]
    for where, objects in holders.items():
        for thing in objects:
            faults += _json_object(thing, where)
    return [*faults, *_json_rules(feed, items)]


def _json_object(thing: Mapping[str, Any], where: str) -> Iterator[str]:
    rule = JSON_GRAMMAR[where]
    cite = f"JSON Feed 1.1, {where}:"
    for name in rule.required:
        if thing.get(name, "") == "":
            yield f"{cite} {name} is missing"
    for name, value in thing.items():
        if name.startswith("_"):
            if not isinstance(value, dict) or not is_web(value.get("about", "https://example.org/")):
                yield f"JSON Feed 1.1, extensions: {name} is no object whose about is a URL"
        elif name not in rule.values:
            yield f"{cite} {name} is unknown"
        elif not rule.values[name](value):
            yield f"{cite} {name} is {value!r}"


def _json_rules(feed: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if feed.get("next_url") and feed["next_url"] == feed.get("feed_url"):
        yield "JSON Feed 1.1, next_url: is the feed's own"
    for item in items:
        if "content_html" not in item and "content_text" not in item:
            yield "JSON Feed 1.1, items: neither content_html nor content_text"
    if {} in [author for holder in (feed, *items) for author in holder.get("authors") or []]:
        yield "JSON Feed 1.1, authors: an author without name, url or avatar"
    if _repeated([item.get("id") for item in items]):
        yield "JSON Feed 1.1, id: two items have the same"


def opml_faults(document: bytes) -> list[str]:
    """What is wrong with a subscription list in OPML; nothing when it is valid."""
    root, faults = _parse(document, "opml", "OPML 2.0, opml")
    if root is None:
        return faults
    faults += _grammar(root, OPML_GRAMMAR, "", "")
    outlines = list(root.iter("outline"))
    for outline in outlines:
        if outline.get("type") == "rss" and outline.get("xmlUrl") is None:
            faults.append("OPML 2.0, subscription lists: xmlUrl is missing")
        if outline.get("type") is None and not _elements(outline):
            faults.append("OPML 2.0, subscription lists: an outline is neither a feed nor a group")
    if _repeated([outline.get("xmlUrl") for outline in outlines if outline.get("xmlUrl")]):
        faults.append("OPML 2.0, subscription lists: a feed is there twice")
    return faults
