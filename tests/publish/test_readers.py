"""Real readers at our documents: feedparser, reader and newsboat, over HTTP on this machine alone."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import feedparser
import pytest
from reader import Reader, make_reader

from syndicator import text
from syndicator.publish import atom, jsonfeed, rss
from syndicator.publish.entry import Entry
from tests.publish.builders import HOSTILE, LONG_TEXT, NEW_YORK, elsewhere, entry, full_feed, person
from tests.publish.validity import atom_faults, rss_faults

TITLE = "Who pays? “Allies & <partners>” – \u200fשלום\u200f 🇺🇸 ]]>"
PIECES = (
    entry(1, title=TITLE, authors=(person("Brian Blankenship"), person("Daniel DePetris"))),
    entry(2, summary=f"<p>{LONG_TEXT}</p>", also=(elsewhere("Military Times"),)),
    entry(
        3,
        authors=(),
        featured=(person("Jennifer Kavanagh"),),
        published=datetime(2024, 6, 1, 9, 30, tzinfo=NEW_YORK),
    ),
)
# Of several authors in Atom it shows the last.
READER_SHOWS = {
    "atom.xml": "Daniel DePetris",
    "rss.xml": "Brian Blankenship, Daniel DePetris",
    "feed.json": "Brian Blankenship, Daniel DePetris",
}
LINKS = [f"https://www.lawfaremedia.org/article/burden-sharing-{number}" for number in (1, 2, 3)]
IDS = [f"tag:example.org,2024:piece/{number}" for number in (1, 2, 3)]
FORMATS = {"atom.xml": atom, "rss.xml": rss, "feed.json": jsonfeed}
MEDIA_TYPES = {
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


@dataclass
class Site:
    """What a static server holds, and where it is reached."""

    documents: dict[str, bytes] = field(default_factory=dict)
    address: str = ""

    def publish(self, *entries: Entry) -> None:
        made = full_feed(updated=max(entry.updated for entry in entries))
        for name, format in FORMATS.items():
            fragments = [format.fragment(entry, made.base_url, "outlet") for entry in entries]
            self.documents[f"/{name}"] = format.document(made, fragments)

    def url(self, name: str) -> str:
        return f"{self.address}/{name}"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    served = Site()

    class Shelf(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = served.documents.get(self.path)
            self.send_response(200 if document else 404)
            self.send_header("Content-Type", MEDIA_TYPES.get(self.path[1:], "text/plain"))
            self.send_header("Content-Length", str(len(document or b"")))
            self.end_headers()
            self.wfile.write(document or b"")

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Shelf) as server:
        served.address = f"http://127.0.0.1:{server.server_port}"
        served.publish(*PIECES)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield served
        server.shutdown()
        thread.join()


def edited(piece: Entry) -> Entry:
    return piece._replace(title="Who pays, after all?", updated=datetime(2024, 7, 1, tzinfo=UTC))


class TestFeedparser:
    @pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
    def test_finds_nothing_to_complain_of(self, site: Site, name: str) -> None:
        found = feedparser.parse(site.documents[f"/{name}"])
        assert not found.bozo
        assert found.version == {"atom.xml": "atom10", "rss.xml": "rss20"}[name]
        assert found.feed.title == "Example Institute: Burden sharing"

    @pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
    def test_reads_ids_links_dates_and_categories(self, site: Site, name: str) -> None:
        found = feedparser.parse(site.documents[f"/{name}"]).entries
        assert [one.id for one in found] == IDS
        assert [one.link for one in found] == LINKS
        assert [tuple(one.published_parsed)[:5] for one in found] == [
            (2024, 6, 16, 4, 0),
            (2024, 6, 16, 4, 0),
            (2024, 6, 1, 13, 30),
        ]
        names = ["Burden sharing", "Grand strategy", "Grand Strategy Program", "Op-ed"]
        assert [tag.label or tag.term for tag in found[0].tags] == names

    def test_reads_titles_and_all_authors_from_atom(self, site: Site) -> None:
        found = feedparser.parse(site.documents["/atom.xml"]).entries
        assert found[0].title_detail.type == "text/plain"
        assert found[0].title == TITLE
        assert [author.name for author in found[0].authors] == ["Brian Blankenship", "Daniel DePetris"]
        assert [one.name for one in found[2].contributors] == ["Jennifer Kavanagh"]

    def test_reads_all_authors_from_the_one_element_in_rss(self, site: Site) -> None:
        found = feedparser.parse(site.documents["/rss.xml"]).entries
        assert found[0].author == "Brian Blankenship, Daniel DePetris"
        assert [one.name for one in found[2].contributors] == ["Jennifer Kavanagh"]

    @pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
    def test_content_ends_with_the_links_to_the_outlets(self, site: Site, name: str) -> None:
        (content,) = [
            one
            for one in feedparser.parse(site.documents[f"/{name}"]).entries[1].content
            if "<p>" in one.value
        ]
        assert content.value.endswith(
            f'<p><a href="{LINKS[1]}">Read at Lawfare</a></p>'
            '<p><a href="https://reprints.example/piece">Also at Military Times</a></p>'
        )

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_reads_hostile_titles_from_atom_as_they_are(self, hostile: str) -> None:
        made = entry(title=text.one_line(hostile))
        found = feedparser.parse(
            atom.document(full_feed(), [atom.fragment(made, "https://example.org/", "outlet")])
        )
        assert not found.bozo
        assert found.entries[0].title == made.title


class TestReader:
    @pytest.fixture
    def reader(self) -> Iterator[Reader]:
        with make_reader(":memory:") as made:
            yield made

    @pytest.mark.parametrize("name", list(FORMATS))
    def test_shows_titles_authors_dates_and_links(self, site: Site, reader: Reader, name: str) -> None:
        reader.add_feed(site.url(name))
        reader.update_feeds(scheduled=False)
        assert reader.get_feed(site.url(name)).last_exception is None
        shown = sorted(reader.get_entries(), key=lambda one: one.id)
        assert [one.id for one in shown] == IDS
        assert [one.link for one in shown] == (
            LINKS if name != "feed.json" else [piece.url for piece in PIECES]
        )
        assert [one.published for one in shown] == [piece.published for piece in PIECES]
        assert shown[1].title == "The Burden-Sharing Dilemma, Part 2"
        assert [one.authors_str for one in shown[:2]] == [READER_SHOWS[name], "Brian Blankenship"]

    @pytest.mark.parametrize("name", list(FORMATS))
    def test_an_edited_piece_is_changed_and_not_doubled(self, site: Site, reader: Reader, name: str) -> None:
        reader.add_feed(site.url(name))
        reader.update_feeds(scheduled=False)
        site.publish(edited(PIECES[0]), *PIECES[1:], entry(4))
        reader.update_feeds(scheduled=False)
        shown = sorted(reader.get_entries(), key=lambda one: one.id)
        assert [one.id for one in shown] == [*IDS, "tag:example.org,2024:piece/4"]
        assert shown[0].title == "Who pays, after all?"


@pytest.mark.skipif(
    shutil.which("newsboat") is None and not os.environ.get("CI"),
    reason="newsboat is not installed (apt-get install newsboat)",
)
class TestNewsboat:
    @staticmethod
    def reload(folder: Path, *addresses: str) -> list[dict[str, Any]]:
        """What newsboat has in its cache after it has fetched the feeds, oldest id first."""
        (folder / "urls").write_text("\n".join(addresses) + "\n")
        (folder / "config").write_text("")
        environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        command = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        subprocess.run(
            command, cwd=folder, env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL
        )
        database = sqlite3.connect(folder / "cache.db")
        database.row_factory = sqlite3.Row
        rows = database.execute("SELECT * FROM rss_item WHERE deleted = 0 ORDER BY guid").fetchall()
        database.close()
        return [dict(row) for row in rows]

    @pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
    def test_shows_titles_authors_dates_and_links(self, site: Site, tmp_path: Path, name: str) -> None:
        shown = self.reload(tmp_path, site.url(name))
        assert [one["guid"] for one in shown] == IDS
        assert [one["url"] for one in shown] == LINKS
        assert [one["pubDate"] for one in shown] == [int(piece.published.timestamp()) for piece in PIECES]
        assert shown[1]["title"] == "The Burden-Sharing Dilemma, Part 2"
        assert "Brian Blankenship" in shown[0]["author"]
        assert "Daniel DePetris" in shown[0]["author"]
        assert "Also at Military Times" in shown[1]["content"]

    @pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
    def test_an_edited_piece_is_changed_and_not_doubled(self, site: Site, tmp_path: Path, name: str) -> None:
        self.reload(tmp_path, site.url(name))
        site.publish(edited(PIECES[0]), *PIECES[1:], entry(4))
        shown = self.reload(tmp_path, site.url(name))
        assert [one["guid"] for one in shown] == [*IDS, "tag:example.org,2024:piece/4"]
        assert shown[0]["title"] == "Who pays, after all?"


def test_what_the_readers_were_given_is_valid(site: Site) -> None:
    assert atom_faults(site.documents["/atom.xml"]) == []
    assert rss_faults(site.documents["/rss.xml"]) == []
