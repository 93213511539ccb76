"""Heads of documents: what they say, that feedgen makes them, and that it is asked once for each shape."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from syndicator.model.scopes import Format
from syndicator.publish import heads
from syndicator.publish.entry import Archive, Feed, Tombstone
from tests.publish.builders import BASE_URL, archive, feed, feeds, full_feed

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
}


def atom(feed: Feed) -> Any:
    return etree.fromstring(heads.document(feed, Format.ATOM, []))


def channel(feed: Feed) -> Any:
    return etree.fromstring(heads.document(feed, Format.RSS, [])).find("channel")


def links(element: Any) -> list[tuple[str, str, str]]:
    return [
        (link.get("rel"), link.get("type", ""), link.get("href")) for link in element.findall("a:link", NS)
    ]


def by_feedgen(feed: Feed, format: Format) -> bytes:
    made = heads.generator(feed, format)
    written: bytes = made.atom_str() if format is Format.ATOM else made.rss_str()
    return written


class TestAtom:
    def test_says_who_publishes_what(self) -> None:
        root = atom(feed())
        assert root.findtext("a:id", namespaces=NS) == "tag:example.org,2024:topics/4"
        assert root.findtext("a:title", namespaces=NS) == "Example Institute: Burden sharing"
        assert root.findtext("a:subtitle", namespaces=NS).startswith("Pieces on burden sharing")
        assert root.findtext("a:updated", namespaces=NS) == "2024-06-18T12:00:00+00:00"
        assert root.findtext("a:author/a:name", namespaces=NS) == "Example Institute"
        assert root.findtext("a:author/a:uri", namespaces=NS) == BASE_URL
        assert root.findtext("a:generator", namespaces=NS) == "Syndicator"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"

    def test_the_current_document_names_itself_the_hubs_the_newest_archive_and_the_page(self) -> None:
        folder = f"{BASE_URL}topics/burden-sharing/"
        assert links(atom(full_feed())) == [
            ("self", "application/atom+xml", f"{folder}atom.xml"),
            ("hub", "", "https://hub.example/?a=1&b=2"),
            ("hub", "", "https://other-hub.example/"),
            ("prev-archive", "application/atom+xml", f"{folder}archive/2023.xml"),
            ("alternate", "text/html", folder),
        ]
        assert atom(full_feed()).find("fh:archive", NS) is None

    def test_an_archive_is_marked_and_names_the_current_document(self) -> None:
        """RFC 5005, section 4."""
        folder = f"{BASE_URL}topics/burden-sharing/"
        root = atom(archive(hubs=()))
        assert root.find("fh:archive", NS) is not None
        assert links(root) == [
            ("self", "application/atom+xml", f"{folder}archive/2024.xml"),
            ("current", "application/atom+xml", f"{folder}atom.xml"),
            ("prev-archive", "application/atom+xml", f"{folder}archive/2023.xml"),
            ("alternate", "text/html", folder),
        ]

    def test_the_oldest_archive_leads_nowhere(self) -> None:
        assert "prev-archive" not in [rel for rel, _, _ in links(atom(archive(older=None)))]

    def test_retracted_pieces_are_deleted_entries(self) -> None:
        """RFC 6721, section 3."""
        gone = tuple(Tombstone(f"tag:example.org,2024:{n}", datetime(2024, 5, n, tzinfo=UTC)) for n in (1, 2))
        found = atom(feed(tombstones=gone)).findall("at:deleted-entry", NS)
        assert [dict(element.attrib) for element in found] == [
            {"ref": "tag:example.org,2024:1", "when": "2024-05-01T00:00:00+00:00"},
            {"ref": "tag:example.org,2024:2", "when": "2024-05-02T00:00:00+00:00"},
        ]

    def test_namespaces_are_declared_only_where_they_are_used(self) -> None:
        assert b"xmlns:" not in heads.document(feed(), Format.ATOM, [])


class TestRSS:
    def test_the_link_of_the_channel_is_the_page(self) -> None:
        """feedgen takes the last link of a feed, which may be a hub (its issue #122)."""
        assert channel(full_feed()).findtext("link") == f"{BASE_URL}topics/burden-sharing/"

    def test_says_what_and_when(self) -> None:
        made = channel(feed(updated=datetime(2024, 6, 8, 9, 10, 11, tzinfo=UTC)))
        assert made.findtext("title") == "Example Institute: Burden sharing"
        assert made.findtext("language") == "en"
        assert made.findtext("lastBuildDate") == "Sat, 08 Jun 2024 09:10:11 +0000"
        assert made.findtext("generator") == "Syndicator"
        assert made.find("docs") is None

    def test_names_itself_the_hubs_and_the_newest_archive_which_is_atom(self) -> None:
        folder = f"{BASE_URL}topics/burden-sharing/"
        assert links(channel(full_feed())) == [
            ("self", "application/rss+xml", f"{folder}rss.xml"),
            ("hub", "", "https://hub.example/?a=1&b=2"),
            ("hub", "", "https://other-hub.example/"),
            ("prev-archive", "application/atom+xml", f"{folder}archive/2023.xml"),
        ]

    def test_a_feed_without_description_is_described_by_its_title(self) -> None:
        assert channel(feed(description="")).findtext("description") == "Example Institute: Burden sharing"


class TestTemplates:
    @given(made=feeds)
    @settings(max_examples=150, deadline=None)
    def test_a_filled_template_is_what_feedgen_writes(self, made: Feed) -> None:
        assert heads.document(made, Format.ATOM, []) == by_feedgen(made, Format.ATOM)
        current = made._replace(archive=None)
        assert heads.document(current, Format.RSS, []) == by_feedgen(current, Format.RSS)

    @pytest.mark.parametrize("format", [Format.ATOM, Format.RSS])
    def test_feedgen_is_asked_once_for_a_shape(self, format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
        heads.document(feed(title="One"), format, [])
        monkeypatch.setattr(heads, "generator", None)
        assert b"<title>Two</title>" in heads.document(feed(title="Two"), format, [])

    def test_fragments_stand_between_head_and_end(self) -> None:
        assert heads.document(feed(), Format.ATOM, [b"<entry/>", b"<entry/>"]).endswith(
            b"<entry/><entry/></feed>"
        )
        assert heads.document(feed(), Format.RSS, [b"<item/>"]).endswith(b"<item/></channel></rss>")

    def test_compiled_templates_serve_another_process_without_feedgen(self) -> None:
        made = full_feed(archive=Archive("2024"))
        expected = heads.document(made, Format.ATOM, [])
        program = (
            "import json, sys\n"
            "from syndicator.model.scopes import Format\n"
            "from syndicator.publish import heads\n"
            "from tests.publish.builders import full_feed\n"
            "from syndicator.publish.entry import Archive\n"
            "heads.import_compiled(json.load(sys.stdin))\n"
            "document = heads.document(full_feed(archive=Archive('2024')), Format.ATOM, [])\n"
            "assert 'feedgen' not in sys.modules\n"
            "sys.stdout.buffer.write(document)\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(heads.export_compiled()).encode(),
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            check=True,
        )
        assert result.stdout == expected
