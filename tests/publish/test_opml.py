"""The list of all feeds in OPML."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicator.publish import opml
from syndicator.publish.markup import uri
from syndicator.publish.opml import Outline
from tests.publish.builders import lines, urls
from tests.publish.validity import opml_faults

CHINA = Outline(
    "China", "https://example.org/feeds/topics/china/atom.xml", "https://example.org/feeds/topics/china/"
)
IRAN = Outline(
    "Iran", "https://example.org/feeds/topics/iran/atom.xml", "https://example.org/feeds/topics/iran/"
)
LAWFARE = Outline(
    "Lawfare", "https://example.org/feeds/outlets/lawfare/atom.xml", "https://example.org/feeds/outlets/"
)


def body(*groups: tuple[str, list[Outline]]) -> Any:
    return etree.fromstring(opml.document("Feeds", groups)).find("body")


def test_groups_hold_their_feeds_in_order() -> None:
    groups = body(("Topics", [IRAN, CHINA]), ("Outlets", [LAWFARE]))
    assert [group.get("text") for group in groups] == ["Topics", "Outlets"]
    assert [outline.get("text") for outline in groups[0]] == ["Iran", "China"]


def test_a_feed_has_its_address_its_page_and_its_type() -> None:
    """OPML 2.0, subscription lists."""
    (outline,) = body(("Topics", [CHINA]))[0]
    assert dict(outline.attrib) == {
        "type": "rss",
        "text": "China",
        "title": "China",
        "xmlUrl": "https://example.org/feeds/topics/china/atom.xml",
        "htmlUrl": "https://example.org/feeds/topics/china/",
    }


def test_empty_groups_are_left_out() -> None:
    assert [group.get("text") for group in body(("Programs", []), ("Topics", [CHINA]))] == ["Topics"]


def test_same_feeds_same_bytes() -> None:
    """So no date of creation is in it."""
    groups = [("Topics", [CHINA])]
    assert opml.document("Feeds", groups) == opml.document("Feeds", groups)
    assert b"date" not in opml.document("Feeds", groups)


@given(
    title=lines,
    name=lines,
    feeds=st.lists(
        st.builds(Outline, lines, urls, urls), min_size=1, unique_by=lambda outline: uri(outline.feed_url)
    ),
)
def test_is_valid_and_whole_whatever_the_names(title: str, name: str, feeds: list[Outline]) -> None:
    document = opml.document(title, [(name, feeds)])
    assert opml_faults(document) == []
    root = etree.fromstring(document)
    assert root.findtext("head/title") == title
    assert [outline.get("text") for outline in root.iterfind("body/outline/outline")] == [
        outline.title for outline in feeds
    ]


def test_each_feed_has_a_line_of_its_own() -> None:
    """So that a person can read the list, and a tool compare two."""
    lines = opml.document("Feeds", [("Topics", [CHINA, IRAN])]).decode().splitlines()
    assert len([line for line in lines if line.startswith('<outline type="rss"')]) == 2
