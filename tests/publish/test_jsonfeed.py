"""JSON Feed documents: what an item says, that it is what json.dumps would write, and that it is valid."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from syndicator import text
from syndicator.model.kinds import Kind
from syndicator.publish import jsonfeed
from syndicator.publish.entry import Entry, Feed
from tests.publish.builders import (
    BASE_URL,
    HOSTILE,
    archive,
    elsewhere,
    entries,
    entry,
    feed,
    feeds,
    full_feed,
    label,
    person,
)
from tests.publish.validity import json_feed_faults


def rendered(feed: Feed, *entries: Entry) -> bytes:
    return jsonfeed.document(feed, [jsonfeed.fragment(entry, feed.base_url, "outlet") for entry in entries])


def head(feed: Feed) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(rendered(feed))
    return made


def item(entry: Entry, main_link: str = "outlet") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(jsonfeed.fragment(entry, BASE_URL, main_link))
    return made


class TestItem:
    def test_has_the_keys_of_the_format_in_a_settled_order(self) -> None:
        assert list(item(entry())) == [
            "id",
            "url",
            "external_url",
            "title",
            "content_html",
            "date_published",
            "date_modified",
            "authors",
            "tags",
            "_syndicator",
        ]

    def test_says_id_title_and_dates(self) -> None:
        made = item(entry(7, title="Why <now>?"))
        assert made["id"] == "tag:example.org,2024:piece/7"
        assert made["title"] == "Why <now>?"
        assert made["date_published"] == "2024-06-16T00:00:00-04:00"
        assert made["date_modified"] == "2024-06-17T08:30:07+00:00"

    @pytest.mark.parametrize("main_link", ["outlet", "summary"])
    def test_url_is_the_summary_page_and_external_url_the_outlet(self, main_link: str) -> None:
        """JSON Feed 1.1, external_url: the page elsewhere that the item is about."""
        made = item(entry(), main_link)
        assert made["url"] == f"{BASE_URL}pieces/burden-sharing-1/"
        assert made["external_url"] == "https://www.lawfaremedia.org/article/burden-sharing-1"

    def test_authors_have_names_and_pages(self) -> None:
        made = item(entry(authors=(person("A"), person("B"))))
        assert made["authors"] == [
            {"name": "A", "url": f"{BASE_URL}authors/a/"},
            {"name": "B", "url": f"{BASE_URL}authors/b/"},
        ]

    def test_a_piece_without_authors_leaves_them_to_the_feed(self) -> None:
        assert "authors" not in item(entry(authors=()))

    def test_tags_are_topics_programs_and_kind_each_said_once(self) -> None:
        made = entry(
            topics=(label("topics", "China"),), programs=(label("programs", "China"),), kind=Kind.Q_AND_A
        )
        assert item(made)["tags"] == ["China", "Q&A"]

    def test_extension_says_what_the_format_cannot(self) -> None:
        made = entry(kind=Kind.PODCAST, featured=(person("C"),), also=(elsewhere("Military Times"),))
        assert item(made)["_syndicator"] == {
            "kind": "podcast",
            "outlet": "Lawfare",
            "featured": [{"name": "C", "url": f"{BASE_URL}authors/c/"}],
            "also": [
                {
                    "url": "https://reprints.example/piece",
                    "outlet": "Military Times",
                    "relation": "republication",
                },
            ],
        }

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_text_arrives_whole(self, hostile: str) -> None:
        made = entry(title=text.one_line(hostile), summary=text.summary_html(hostile))
        assert item(made)["title"] == made.title
        assert item(made)["content_html"] == made.content_html

    def test_text_beyond_ascii_is_written_as_it_is(self) -> None:
        assert (
            "Žižek – “naïve”"
            in jsonfeed.fragment(entry(title="Žižek – “naïve”"), BASE_URL, "outlet").decode()
        )

    @given(made=entries)
    @example(made=entry(title='\\ " \x7f \u2028 😀'))
    @settings(max_examples=100, deadline=None)
    def test_is_what_json_dumps_writes_byte_for_byte(self, made: Entry) -> None:
        written = jsonfeed.fragment(made, BASE_URL, "outlet")
        assert json.dumps(json.loads(written), ensure_ascii=False, separators=(",", ":")).encode() == written


class TestDocument:
    def test_says_what_the_feed_is(self) -> None:
        folder = f"{BASE_URL}topics/burden-sharing/"
        assert head(full_feed(description="About it.")) == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Example Institute: Burden sharing",
            "home_page_url": folder,
            "feed_url": f"{folder}feed.json",
            "description": "About it.",
            "next_url": f"{folder}archive/2023.json",
            "language": "en",
            "_syndicator": {"about": BASE_URL},
            "authors": [{"name": "Example Institute", "url": BASE_URL}],
            "hubs": [
                {"type": "WebSub", "url": "https://hub.example/?a=1&b=2"},
                {"type": "WebSub", "url": "https://other-hub.example/"},
            ],
            "items": [],
        }

    def test_an_archive_is_a_feed_of_its_own_and_leads_on(self) -> None:
        folder = f"{BASE_URL}topics/burden-sharing/archive/"
        assert head(archive())["feed_url"] == f"{folder}2024.json"
        assert head(archive())["next_url"] == f"{folder}2023.json"
        assert "next_url" not in head(archive(older=None))

    def test_items_keep_their_order(self) -> None:
        made = json.loads(rendered(feed(), entry(2), entry(1), entry(3)))
        assert [found["id"][-1] for found in made["items"]] == ["2", "1", "3"]

    @pytest.mark.parametrize("made", [feed(), full_feed(), archive(), feed(description="")])
    def test_is_valid_with_and_without_items(self, made: Feed) -> None:
        assert json_feed_faults(rendered(made)) == []
        assert json_feed_faults(rendered(made, entry(1), entry(2))) == []

    @given(made=feeds, some=st.lists(entries, max_size=3, unique_by=lambda entry: entry.id))
    @settings(max_examples=60, deadline=None)
    def test_is_valid_whatever_is_recorded(self, made: Feed, some: list[Entry]) -> None:
        assert json_feed_faults(rendered(made, *some)) == []
