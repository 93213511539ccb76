"""RSS documents: what an item says, that it is what feedgen would write, and that it is valid."""

import locale
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicator import text
from syndicator.model.scopes import Format
from syndicator.publish import rss
from syndicator.publish.entry import Archive, Entry, Feed
from tests.publish import feedgen_reference
from tests.publish.builders import (
    BASE_URL,
    HOSTILE,
    LONG_TEXT,
    archive,
    elsewhere,
    entries,
    entry,
    feed,
    feeds,
    full_feed,
    person,
)
from tests.publish.validity import rss_faults

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def rendered(feed: Feed, *entries: Entry, main_link: str = "outlet") -> bytes:
    return rss.document(feed, [rss.fragment(entry, feed.base_url, main_link) for entry in entries])


def channel(feed: Feed, *entries: Entry, main_link: str = "outlet") -> Any:
    return etree.fromstring(rendered(feed, *entries, main_link=main_link)).find("channel")


def item(entry: Entry, main_link: str = "outlet") -> Any:
    return channel(feed(), entry, main_link=main_link).find("item")


def texts(element: Any, path: str) -> list[str]:
    return [found.text for found in element.findall(path, NS)]


class TestItem:
    def test_says_title_guid_and_date(self) -> None:
        element = item(entry(7, title="Why <now>?"))
        assert texts(element, "title") == ["Why <now>?"]
        assert texts(element, "guid[@isPermaLink='false']") == ["tag:example.org,2024:piece/7"]
        assert texts(element, "pubDate") == ["Sun, 16 Jun 2024 00:00:00 -0400"]

    def test_links_to_the_outlet_or_to_the_summary_page(self) -> None:
        assert texts(item(entry()), "link") == ["https://www.lawfaremedia.org/article/burden-sharing-1"]
        assert texts(item(entry(), main_link="summary"), "link") == [f"{BASE_URL}pieces/burden-sharing-1/"]

    def test_one_creator_element_names_all_authors(self) -> None:
        """Of several `dc:creator` most readers show but one."""
        assert texts(item(entry(authors=(person("A"), person("B"), person("C")))), "dc:creator") == [
            "A, B, C"
        ]
        assert texts(item(entry(authors=(person("A"), person("B")))), "dc:creator") == ["A, B"]
        assert texts(item(entry(authors=())), "dc:creator") == []

    def test_featured_people_are_contributors(self) -> None:
        assert texts(item(entry(featured=(person("C"), person("D")))), "dc:contributor") == ["C", "D"]

    def test_content_is_html_with_links_to_every_outlet(self) -> None:
        assert texts(item(entry(also=(elsewhere("Military Times"),))), "content:encoded") == [
            (
                "<p>Asking allies to <em>pay more</em> has a price.</p>"
                '<p><a href="https://www.lawfaremedia.org/article/burden-sharing-1">Read at Lawfare</a></p>'
                '<p><a href="https://reprints.example/piece">Also at Military Times</a></p>'
            )
        ]

    def test_description_is_the_whole_summary_in_plain_words(self) -> None:
        assert texts(item(entry(summary=f"<p>{LONG_TEXT}</p>")), "description") == [LONG_TEXT.strip()]

    def test_description_is_safe_where_it_is_taken_for_html(self) -> None:
        """RSS profile, "description": it must be suitable for presentation as HTML."""
        made = entry(summary="<p>AT&amp;T says 1 &lt; 2</p>")
        assert texts(item(made), "description") == ["AT&amp;T says 1 &lt; 2"]

    def test_description_of_a_piece_without_summary_says_where_to_read_it(self) -> None:
        assert texts(item(entry(summary="")), "description") == ["Read at Lawfare"]

    def test_categories_are_topics_programs_and_kind_each_in_its_domain(self) -> None:
        assert [(found.get("domain"), found.text) for found in item(entry()).findall("category")] == [
            (f"{BASE_URL}topics/", "Burden sharing"),
            (f"{BASE_URL}topics/", "Grand strategy"),
            (f"{BASE_URL}programs/", "Grand Strategy Program"),
            (f"{BASE_URL}kinds/", "Op-ed"),
        ]

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_text_arrives_whole(self, hostile: str) -> None:
        title, summary = text.one_line(hostile), text.summary_html(hostile)
        element = item(entry(title=title, summary=summary, authors=(person(title),)))
        assert texts(element, "title") == [title]
        assert texts(element, "dc:creator") == [title]
        assert element.findtext("content:encoded", namespaces=NS).startswith(summary)


def test_dates_leave_the_locale_of_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen switches it for each date, which no other thread expects."""
    rendered(full_feed(), entry())
    monkeypatch.setattr(locale, "setlocale", None)
    assert rss_faults(rendered(full_feed(), entry())) == []


class TestDocument:
    @pytest.mark.parametrize("made", [feed(), full_feed(), feed(description="")])
    def test_is_valid_with_and_without_items(self, made: Feed) -> None:
        assert rss_faults(rendered(made)) == []
        assert rss_faults(rendered(made, entry(1), entry(2))) == []

    def test_items_keep_their_order(self) -> None:
        assert [found[-1] for found in texts(channel(feed(), entry(2), entry(1), entry(3)), "item/guid")] == [
            "2",
            "1",
            "3",
        ]

    def test_is_never_an_archive(self) -> None:
        with pytest.raises(ValueError, match="RSS"):
            rss.document(archive(), [])

    @given(made=feeds, some=st.lists(entries, max_size=3, unique_by=lambda entry: entry.id))
    @settings(max_examples=60, deadline=None)
    def test_is_valid_whatever_is_recorded(self, made: Feed, some: list[Entry]) -> None:
        assert rss_faults(rendered(made._replace(archive=None), *some)) == []

    @given(made=feeds, some=st.lists(entries, max_size=2), main_link=st.sampled_from(["outlet", "summary"]))
    @example(made=feed(older=Archive("2023")), some=[entry(summary=HOSTILE[0])], main_link="outlet")
    @settings(max_examples=100, deadline=None)
    def test_is_what_feedgen_writes_byte_for_byte(
        self, made: Feed, some: list[Entry], main_link: str
    ) -> None:
        made = made._replace(archive=None)
        expected = feedgen_reference.document(made, Format.RSS, some, main_link)
        assert rendered(made, *some, main_link=main_link) == expected
