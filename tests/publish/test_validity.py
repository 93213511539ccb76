"""The validator itself: each of its rules refuses one document that is broken in just that way."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from syndicator.publish import atom, jsonfeed, opml, rss
from syndicator.publish.entry import Feed
from tests.publish.builders import BASE_URL, archive, elsewhere, entry, full_feed, person
from tests.publish.validity import atom_faults, json_feed_faults, opml_faults, rss_faults

ENTRIES = (entry(1, featured=(person("C"),), also=(elsewhere("Military Times"),)), entry(2))


def atom_document(feed: Feed) -> str:
    return atom.document(feed, [atom.fragment(entry, BASE_URL, "outlet") for entry in ENTRIES]).decode()


CURRENT = atom_document(full_feed())
ARCHIVE = atom_document(archive())
CHANNEL = rss.document(full_feed(), [rss.fragment(entry, BASE_URL, "outlet") for entry in ENTRIES]).decode()
JSON = jsonfeed.document(full_feed(), [jsonfeed.fragment(entry, BASE_URL, "outlet") for entry in ENTRIES])
LIST = opml.document(
    "Feeds",
    [("Topics", [opml.Outline(name, f"{BASE_URL}{name}/atom.xml", f"{BASE_URL}{name}/") for name in "ab"])],
).decode()


def broken(document: str, old: str, new: str) -> bytes:
    assert old in document, f"nothing to break: {old}"
    return document.replace(old, new, 1).encode("utf-8", "surrogatepass")


def test_our_documents_have_no_faults() -> None:
    assert atom_faults(CURRENT.encode()) == []
    assert atom_faults(ARCHIVE.encode()) == []
    assert rss_faults(CHANNEL.encode()) == []
    assert json_feed_faults(JSON) == []
    assert opml_faults(LIST.encode()) == []


ALTERNATE = '<link href="https://example.org/feeds/topics/burden-sharing/" rel="alternate" type="text/html"/>'
INSTITUTION = "<author><name>Example Institute</name><uri>https://example.org/feeds/</uri></author>"
FIRST_ID = "<id>tag:example.org,2024:piece/1</id>"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</feed>", "", "XML 1.0"),
        ("Burden sharing", "Burden\x07sharing", "XML 1.0"),
        ("Burden sharing", "Burden\ud800sharing", "XML 1.0"),
        (
            'xmlns="http://www.w3.org/2005/Atom"',
            'xmlns="http://purl.org/atom/ns#"',
            "4.1.1: the document element",
        ),
        ("<id>tag:example.org,2024:topics/4</id>", "", "4.1.1: feed has 0 id"),
        ("<title>Example Institute: Burden sharing</title>", "", "4.1.1: feed has 0 title"),
        ("<updated>2024-06-18T12:00:00+00:00</updated>", "", "4.1.1: feed has 0 updated"),
        ("<generator>", "<generator>x</generator><generator>", "4.1.1: feed has 2 generator"),
        (
            INSTITUTION,
            f"{INSTITUTION}<published>2024-06-18T12:00:00Z</published>",
            "4.1.1: feed may not hold published",
        ),
        (FIRST_ID, "", "4.1.2: entry has 0 id"),
        (FIRST_ID, f"{FIRST_ID}<published>2024-06-18T12:00:00Z</published>", "4.1.2: entry has 2 published"),
        (FIRST_ID, f"{FIRST_ID}<guid>1</guid>", "4.1.2: entry may not hold guid"),
        (FIRST_ID, f'{FIRST_ID}<guid xmlns="">1</guid>', "4.1.2: entry holds a foreign guid"),
        (FIRST_ID, f"{FIRST_ID.replace('<id>', '<id><at:x/>')}", "4.2.6: id holds a foreign"),
        ("piece/1</id>", "piece/2</id>", "4.1.1: two entries have the id"),
        ("tag:example.org,2024:piece/1", "piece/1", "4.2.6: id says 'piece/1'"),
        ("tag:example.org,2024:piece/1", "tag:example.org:piece/1", "4.2.6: id says"),
        ("tag:example.org,2024:piece/1</id>", "tag:example.org,2024:piece/1 </id>", "4.2.6: id says"),
        ("2024-06-16T00:00:00-04:00", "2024-06-16", "3.3: published says"),
        ("2024-06-16T00:00:00-04:00", "2024-06-31T00:00:00-04:00", "3.3: published says"),
        ("2024-06-16T00:00:00-04:00", "2024-06-16T00:00:00-04:56:02", "3.3: published says"),
        ("2024-06-17T08:30:01+00:00", "2024-06-17T08:30:01", "3.3: updated says"),
        ("2024-06-17T08:30:01+00:00", "2024-06-19T08:30:01+00:00", "4.2.15: the feed is older"),
        (INSTITUTION, "<author><uri>https://example.org/</uri></author>", "3.2: author has 0 name"),
        ("<name>Example Institute</name>", "<name> </name>", "3.2.1: name says"),
        ("<uri>https://example.org/feeds/</uri>", "<uri>/feeds/</uri>", "3.2.2: uri says"),
        ("</name><uri>", "</name><email>nobody</email><uri>", "3.2.3: email says"),
        ('<content type="html">', '<content type="CDATA">', "4.1.3: content has type='CDATA'"),
        ('<content type="html">', '<content type="html"><b xmlns=""/>', "4.1.3: content holds a foreign"),
        ("<subtitle>", '<subtitle type="text/html">', "3.1: subtitle has type="),
        ("<title>The Burden-Sharing Dilemma, Part 1</title>", "<title/>", "3.1: title says ''"),
        ('term="burden-sharing" ', "", "4.2.2: category has no term"),
        ('term="burden-sharing"', 'term=""', "4.2.2: category has term=''"),
        ('scheme="https://example.org/feeds/topics/"', 'scheme="topics"', "4.2.2: category has scheme="),
        ('<link href="https://hub.example/?a=1&amp;b=2" ', "<link ", "4.2.7: link has no href"),
        ("https://hub.example/?a=1&amp;b=2", "/hub", "4.2.7: link has href="),
        ("https://hub.example/?a=1&amp;b=2", "https://hub.example/?a|b", "4.2.7: link has href="),
        ('rel="hub"', 'rel="hubs"', "4.2.7: link has rel="),
        ('type="text/html"', 'type="html"', "4.2.7: link has type="),
        ('rel="hub"', 'rel="hub" hreflang="english please"', "4.2.7: link has hreflang="),
        ('rel="hub"', 'rel="hub" media="all"', "4.2.7: link has an unknown attribute"),
        ('xml:lang="en"', 'xml:lang="English!"', "4.1.1: feed has xml:lang="),
        (ALTERNATE, ALTERNATE * 2, "4.1.1: two alternate links"),
        ('rel="related" type="text/html"', 'rel="alternate" type="text/html"', "4.1.1: two alternate links"),
        ('rel="self"', 'rel="via"', "4.1.1: not exactly one self link"),
        (
            "</feed>",
            "<rights>All</rights></feed>",
            "4.1.1: {http://www.w3.org/2005/Atom}rights stands after an entry",
        ),
        ('rel="prev-archive"', 'rel="current"', "5005 4: the subscription document is current"),
        ("archive/2023.xml", "atom.xml", "5005 4: an archive link leads to the document itself"),
        ('rel="hub"', 'rel="prev-archive"', "5005 4: more than one prev-archive"),
        ('rel="related" type', 'rel="prev-archive" type', "5005 4: an entry has a prev-archive link"),
        ('ref="tag:example.org,2024:piece/98"', 'ref="piece/98"', "6721 3: deleted-entry has ref="),
        ('when="2024-06-02T03:04:05+00:00"', 'when="2024-06-02"', "6721 3: deleted-entry has when="),
        (
            'ref="tag:example.org,2024:piece/98"',
            'ref="tag:example.org,2024:piece/1"',
            "6721 4: tag:example.org,2024:piece/1",
        ),
    ],
)
def test_atom_rules(old: str, new: str, fault: str) -> None:
    faults = atom_faults(broken(CURRENT, old, new))
    assert any(fault in found for found in faults), faults


def test_an_entry_needs_an_author_when_the_feed_has_none() -> None:
    """RFC 4287, 4.1.1."""
    without = CURRENT.replace(INSTITUTION, "")
    assert atom_faults(without.encode()) == []
    start, end = without.index("<author>"), without.index("</author>") + len("</author>")
    assert atom_faults((without[:start] + without[end:]).encode()) == [
        "RFC 4287 4.1.1: neither the feed nor each of its entries has an author"
    ]


def test_an_entry_needs_content_or_an_alternate_link() -> None:
    """RFC 4287, 4.1.2."""
    start, end = CURRENT.index("<content"), CURRENT.index("</content>") + len("</content>")
    without = CURRENT[:start] + CURRENT[end:]
    assert atom_faults(without.encode()) == []
    assert atom_faults(
        broken(without, 'burden-sharing-1" rel="alternate"', 'burden-sharing-1" rel="via"')
    ) == ["RFC 4287 4.1.2: tag:example.org,2024:piece/1 has neither content nor an alternate link"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('rel="current"', 'rel="via"', "5005 4: an archive document needs one current link"),
        ("<fh:archive/>", "<fh:archive/><fh:archive/>", "5005 4: more than one fh:archive"),
        ("<fh:archive/>", "", "5005 4: the subscription document is current"),
    ],
)
def test_archive_rules(old: str, new: str, fault: str) -> None:
    faults = atom_faults(broken(ARCHIVE, old, new))
    assert any(fault in found for found in faults), faults


PERMALINK = '<guid isPermaLink="false">tag:example.org,2024:piece/1</guid>'


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</channel></rss>", "", "XML 1.0"),
        ("Burden sharing", "Burden\x1bsharing", "XML 1.0"),
        (' version="2.0"', "", "rss has no version"),
        (' version="2.0"', ' version="0.91"', "rss has version="),
        ("</channel></rss>", "</channel><channel/></rss>", "rss has 2 channel"),
        ("<link>https://example.org/feeds/topics/burden-sharing/</link>", "", "channel has 0 link"),
        (
            "<language>en</language>",
            "<language>en</language><language>de</language>",
            "channel has 2 language",
        ),
        ("<language>en</language>", "<language>the English one</language>", "language says"),
        ("<generator>", "<updated/><generator>", "channel may not hold updated"),
        ("<lastBuildDate>Tue", "<lastBuildDate>Wed", "lastBuildDate says"),
        ("Sun, 16 Jun 2024 00:00:00 -0400", "2024-06-16T00:00:00-04:00", "pubDate says"),
        ("Sun, 16 Jun 2024 00:00:00 -0400", "Sun, 16 Juni 2024 00:00:00 -0400", "pubDate says"),
        ("Sun, 16 Jun 2024 00:00:00 -0400", "Sun, 31 Jun 2024 00:00:00 -0400", "pubDate says"),
        ("Sun, 16 Jun 2024 00:00:00 -0400", "Sun, 16 Jun 24 00:00:00 -0400", "pubDate says"),
        ("<link>https://www.lawfaremedia.org/", "<link>/", "link says"),
        ("<item>", "<item><summary/>", "item may not hold summary"),
        ("</title><link>https://www", "</title><title>Two</title><link>https://www", "item has 2 title"),
        ("<pubDate>", "<enclosure/><pubDate>", "item may not hold enclosure"),
        ('<guid isPermaLink="false">', '<guid isPermaLink="no">', "guid has isPermaLink="),
        ('<guid isPermaLink="false">', "<guid>", "guid: a permalink is not a URL"),
        (PERMALINK, "", "guid: an item has none"),
        ("piece/1</guid>", "piece/2</guid>", "guid: two items have the same"),
        ('domain="https://example.org/feeds/topics/"', 'domain=""', "category has domain="),
        ("Burden sharing</category>", "</category>", "category says"),
        ("<pubDate>", "<author>Nobody</author><pubDate>", "author says"),
        ("<pubDate>", "<author>a@b.example</author><pubDate>", "dc:creator: more than one"),
        ("<dc:creator>", "<dc:creator>A</dc:creator><dc:creator>", "dc:creator: more than one"),
        (
            "<content:encoded>",
            "<content:encoded>x</content:encoded><content:encoded>",
            "content:encoded: more than one",
        ),
        ("<description>Asking allies to pay more has a price.</description>", "", "no description before it"),
        ('rel="self"', 'rel="via"', "atom:link: not exactly one self link"),
        (
            'rel="self" type="application/rss+xml"',
            'rel="self" type="text/xml"',
            "atom:link: not exactly one self link",
        ),
        ("https://hub.example/?a=1&amp;b=2", "hub.example", "4.2.7: link has href="),
        ("</channel>", "<ttl>60</ttl></channel>", "ttl stands after an item"),
    ],
)
def test_rss_rules(old: str, new: str, fault: str) -> None:
    faults = rss_faults(broken(CHANNEL, old, new))
    assert any(fault in found for found in faults), faults


def test_an_item_needs_a_title_or_a_description() -> None:
    """RSS 2.0, elements of item."""
    bare = f"<item>{PERMALINK}</item></channel>"
    assert rss_faults(broken(CHANNEL.replace("piece/1<", "piece/3<"), "</channel>", bare)) == [
        "RSS 2.0, elements of item: neither title nor description"
    ]


def change(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Sets, or with None removes, what a path of keys and numbers leads to."""

    def apply(feed: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place: Any = feed
        for step in way:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value

    return apply


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("version", None, "version is missing"),
        ("version", "https://jsonfeed.org/version/2", "version is 'https://jsonfeed.org/version/2'"),
        ("title", "", "title is missing"),
        ("title", 7, "title is 7"),
        ("items", None, "items is missing"),
        ("feed_url", "feed.json", "feed_url is"),
        ("home_page_url", "/", "home_page_url is"),
        ("next_url", f"{BASE_URL}topics/burden-sharing/feed.json", "next_url: is the feed's own"),
        ("language", "English!", "language is"),
        ("author", {"name": "A"}, "author is unknown"),
        ("hubs.0.type", None, "hubs: type is missing"),
        ("authors.0", {}, "an author without name"),
        ("authors.0.mail", "a@b.example", "authors: mail is unknown"),
        ("_extra", ["no object"], "extensions: _extra"),
        ("items.0.id", None, "items: id is missing"),
        ("items.0.id", 1, "items: id is 1"),
        ("items.0.id", "tag:example.org,2024:piece/2", "id: two items have the same"),
        ("items.0.content_html", None, "neither content_html nor content_text"),
        ("items.0.url", "pieces/1", "items: url is"),
        ("items.0.external_url", "javascript:alert()", "items: external_url is"),
        ("items.0.date_published", "2024-06-16", "items: date_published is"),
        ("items.0.tags", "China", "items: tags is"),
        ("items.0.tags", [""], "items: tags is"),
        ("items.0.updated", "2024-06-16", "items: updated is unknown"),
        ("items.0._syndicator", "words", "extensions: _syndicator"),
    ],
)
def test_json_feed_rules(path: str, value: Any, fault: str) -> None:
    feed = json.loads(JSON)
    change(path, value)(feed)
    faults = json_feed_faults(json.dumps(feed).encode())
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (b"{", "RFC 8259"),
        (b"\xff", "RFC 8259"),
        (b'{"title": "\\ud800"}', "RFC 8259"),
        (b"[]", "structure: not an object"),
        (b'{"title": "A", "title": "B"}', "title is there twice"),
    ],
)
def test_json_itself(document: bytes, fault: str) -> None:
    faults = json_feed_faults(document)
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</opml>", "", "XML 1.0"),
        ('<opml version="2.0">', '<opml version="3.0">', "opml has version="),
        ("<head><title>Feeds</title></head>", "", "opml has 0 head"),
        ("<title>Feeds</title>", "<title/>", "title says"),
        ("<title>Feeds</title>", "<title>Feeds</title><name/>", "head may not hold name"),
        ('text="a" ', "", "outline has no text"),
        ('text="a"', 'text=""', "outline has text="),
        ('type="rss"', 'type="atom"', "outline has type="),
        ('xmlUrl="https://example.org/feeds/a/atom.xml" ', "", "xmlUrl is missing"),
        ('xmlUrl="https://example.org/feeds/a/atom.xml"', 'xmlUrl="a/atom.xml"', "outline has xmlUrl="),
        ("feeds/a/atom.xml", "feeds/b/atom.xml", "a feed is there twice"),
        ('type="rss" ', "", "neither a feed nor a group"),
        ('type="rss"', 'type="rss" rel="x"', "outline has an unknown attribute"),
    ],
)
def test_opml_rules(old: str, new: str, fault: str) -> None:
    faults = opml_faults(broken(LIST, old, new))
    assert any(fault in found for found in faults), faults


def test_no_other_document_passes_for_one_of_ours() -> None:
    assert atom_faults(b"<html/>") == ["RFC 4287 4.1.1: the document element is html"]
    assert rss_faults(b"<html/>") == ["RSS 2.0: the document element is html"]
    assert opml_faults(b"<html/>") == ["OPML 2.0, opml: the document element is html"]


def test_a_list_without_feeds_is_none() -> None:
    assert "OPML 2.0, body: body has 0 outline" in opml_faults(opml.document("Feeds", []))
