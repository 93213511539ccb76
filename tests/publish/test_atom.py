"""Atom documents: what an entry says, that it is what feedgen would write, and that it is valid."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicator import text
from syndicator.model.kinds import Kind
from syndicator.model.scopes import Format
from syndicator.publish import atom
from syndicator.publish.entry import Entry, Feed
from tests.publish import feedgen_reference
from tests.publish.builders import (
    BASE_URL,
    HOSTILE,
    LONG_TEXT,
    NEW_YORK,
    archive,
    elsewhere,
    entries,
    entry,
    feed,
    feeds,
    full_feed,
    person,
)
from tests.publish.validity import atom_faults

NS = {"a": "http://www.w3.org/2005/Atom"}


def rendered(feed: Feed, *entries: Entry, main_link: str = "outlet") -> bytes:
    return atom.document(feed, [atom.fragment(entry, feed.base_url, main_link) for entry in entries])


def parsed(entry: Entry, main_link: str = "outlet") -> Any:
    (element,) = etree.fromstring(rendered(feed(), entry, main_link=main_link)).findall("a:entry", NS)
    return element


def texts(element: Any, path: str) -> list[str]:
    return [found.text for found in element.findall(path, NS)]


def links(element: Any, rel: str) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in element.findall(f"a:link[@rel='{rel}']", NS)]


class TestEntry:
    def test_says_id_title_and_dates(self) -> None:
        element = parsed(entry(7, title="Why <now>?"))
        assert texts(element, "a:id") == ["tag:example.org,2024:piece/7"]
        assert texts(element, "a:title") == ["Why <now>?"]
        assert texts(element, "a:updated") == ["2024-06-17T08:30:07+00:00"]
        assert texts(element, "a:published") == ["2024-06-16T00:00:00-04:00"]

    def test_names_authors_and_featured_people_in_order(self) -> None:
        element = parsed(entry(authors=(person("A"), person("B")), featured=(person("C"),)))
        assert texts(element, "a:author/a:name") == ["A", "B"]
        assert texts(element, "a:author/a:uri") == [f"{BASE_URL}authors/a/", f"{BASE_URL}authors/b/"]
        assert texts(element, "a:contributor/a:name") == ["C"]

    def test_content_ends_with_links_to_every_outlet(self) -> None:
        element = parsed(entry(kind=Kind.VIDEO, also=(elsewhere("Military Times"),)))
        assert texts(element, "a:content") == [
            (
                "<p>Asking allies to <em>pay more</em> has a price.</p>"
                '<p><a href="https://www.lawfaremedia.org/article/burden-sharing-1">Watch at Lawfare</a></p>'
                '<p><a href="https://reprints.example/piece">Also at Military Times</a></p>'
            )
        ]

    def test_main_link_is_the_outlet_and_the_summary_page_is_related(self) -> None:
        element = parsed(entry(also=(elsewhere("Military Times"),)))
        assert links(element, "alternate") == [
            {
                "href": "https://www.lawfaremedia.org/article/burden-sharing-1",
                "rel": "alternate",
                "type": "text/html",
            }
        ]
        assert links(element, "related") == [
            {"href": f"{BASE_URL}pieces/burden-sharing-1/", "rel": "related", "type": "text/html"},
            {"href": "https://reprints.example/piece", "rel": "related", "title": "Also at Military Times"},
        ]

    def test_main_link_may_be_the_summary_page(self) -> None:
        element = parsed(entry(), main_link="summary")
        assert [link["href"] for link in links(element, "alternate")] == [
            f"{BASE_URL}pieces/burden-sharing-1/"
        ]
        assert links(element, "related") == [
            {
                "href": "https://www.lawfaremedia.org/article/burden-sharing-1",
                "rel": "related",
                "title": "Read at Lawfare",
            }
        ]

    def test_categories_are_topics_programs_and_kind_each_in_its_scheme(self) -> None:
        categories = [dict(found.attrib) for found in parsed(entry()).findall("a:category", NS)]
        assert [(found["scheme"], found["term"], found["label"]) for found in categories] == [
            (f"{BASE_URL}topics/", "burden-sharing", "Burden sharing"),
            (f"{BASE_URL}topics/", "grand-strategy", "Grand strategy"),
            (f"{BASE_URL}programs/", "grand-strategy-program", "Grand Strategy Program"),
            (f"{BASE_URL}kinds/", "op-ed", "Op-ed"),
        ]

    def test_no_summary_repeats_the_content(self) -> None:
        """RFC 4287, 4.2.13."""
        assert texts(parsed(entry(summary=f"<p>{LONG_TEXT}</p>")), "a:summary") == []

    def test_a_piece_that_only_features_people_has_the_institution_for_author(self) -> None:
        """RFC 4287, 4.1.1: an entry without author takes the feed's."""
        document = rendered(feed(), entry(authors=(), featured=(person("C"),)))
        assert atom_faults(document) == []
        assert texts(etree.fromstring(document), "a:author/a:name") == ["Example Institute"]

    def test_dates_before_standard_time_are_given_in_utc(self) -> None:
        """New York's local mean time was 4:56:02 behind, and RFC 3339 knows no seconds in offsets."""
        element = parsed(entry(published=datetime(1850, 7, 1, tzinfo=NEW_YORK)))
        assert texts(element, "a:published") == ["1850-07-01T04:56:02+00:00"]

    def test_characters_that_no_uri_has_are_percent_encoded_in_links(self) -> None:
        element = parsed(entry(external_url='https://a.example/x|y?q=[1]&r="{é}"^'))
        (link,) = links(element, "alternate")
        assert link["href"] == "https://a.example/x%7Cy?q=%5B1%5D&r=%22%7B%C3%A9%7D%22%5E"

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_text_arrives_whole(self, hostile: str) -> None:
        title, summary = text.one_line(hostile), text.summary_html(hostile)
        element = parsed(entry(title=title, summary=summary, authors=(person(title),)))
        assert texts(element, "a:title") == [title]
        assert texts(element, "a:author/a:name") == [title]
        assert element.findtext("a:content", namespaces=NS).startswith(summary)


class TestDocument:
    @pytest.mark.parametrize("made", [feed(), full_feed(), archive()])
    def test_is_valid_with_and_without_entries(self, made: Feed) -> None:
        assert atom_faults(rendered(made)) == []
        assert atom_faults(rendered(made, entry(1), entry(2))) == []

    def test_entries_keep_their_order(self) -> None:
        root = etree.fromstring(rendered(feed(), entry(2), entry(1), entry(3)))
        assert [found[-1] for found in texts(root, "a:entry/a:id")] == ["2", "1", "3"]

    @given(made=feeds, some=st.lists(entries, max_size=3, unique_by=lambda entry: entry.id))
    @settings(max_examples=60, deadline=None)
    def test_is_valid_whatever_is_recorded(self, made: Feed, some: list[Entry]) -> None:
        made = made._replace(updated=max([made.updated, *(entry.updated for entry in some)]))
        assert atom_faults(rendered(made, *some)) == []

    @given(made=feeds, some=st.lists(entries, max_size=2), main_link=st.sampled_from(["outlet", "summary"]))
    @example(made=archive(), some=[entry(summary=HOSTILE[0])], main_link="outlet")
    @settings(max_examples=100, deadline=None)
    def test_is_what_feedgen_writes_byte_for_byte(
        self, made: Feed, some: list[Entry], main_link: str
    ) -> None:
        expected = feedgen_reference.document(made, Format.ATOM, some, main_link)
        assert rendered(made, *some, main_link=main_link) == expected

    def test_same_feed_same_bytes(self) -> None:
        assert rendered(full_feed(), entry()) == rendered(full_feed(), entry())
