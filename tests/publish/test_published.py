"""The published folder as its readers meet it: every document valid, real readers right, also after changes."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import feedparser
import pytest
from lxml import html
from reader import Reader, make_reader

from syndicator import desk, publish, text
from syndicator.model.records import Noun, Relation
from syndicator.site import Site
from tests.builders import SETTINGS, StandingClock, log, make_site
from tests.publish.builders import HOSTILE, LONG_TEXT
from tests.publish.validity import atom_faults, json_feed_faults, opml_faults, rss_faults

HUBS = SETTINGS + '[feeds]\nentries = 3\nwebsub = ["https://hub.example/"]\n'


def rich_site(folder: Path) -> Site:
    """A site with all that a record can hold: hostile words, archives, tombstones, renames, nested topics."""
    clock = StandingClock()
    site = make_site(folder, clock=clock, settings=HUBS)
    for number, words in enumerate([*HOSTILE, LONG_TEXT, "Plain"], start=1):
        log(
            site,
            number,
            title=words if text.one_line(words) else f"Piece {number}",
            summary=words,
            published=f"{2012 + number % 12}-0{number % 9 + 1}-1{number % 9}"
            + ("T13:30:00Z" if number % 3 else ""),
            authors=["Jo Doe", "Zoë Ügur"] if number % 2 else [],
            featured=[] if number % 2 else ["Ann <Ray> & Co"],
            topics=["China", "Alliances"],
            kind="podcast" if number % 4 == 0 else "op-ed",
        )
    desk.place(site, 1, "https://second.example/1?a=1&b=2|3", "Second & Sons", Relation.TRANSLATION)
    desk.change_name(site, desk.find_name(site, Noun.TOPICS, "China"), {"parent": "Asia"})
    publish.refresh(site)
    clock.advance(hours=1)
    desk.retract(site, 2)
    desk.revise(site, 3, {"title": "A better title"})
    desk.rename(site, desk.find_name(site, Noun.AUTHORS, "Jo Doe"), "Joan Doe")
    publish.refresh(site)
    return site


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = rich_site(tmp_path_factory.mktemp("rich"))
    site.catalogue.close()
    return site.feeds


def test_every_feed_is_valid(rich: Path) -> None:
    """All of them, archives and copies included, by the grammars of their formats."""
    faults = {}
    for path in sorted([*rich.rglob("*.xml"), *rich.rglob("*.json")]):
        content = path.read_bytes()
        match path.name:
            case "rss.xml":
                found = rss_faults(content)
            case "opml.xml":
                found = opml_faults(content)
            case name if name.endswith(".json"):
                found = json_feed_faults(content)
            case _:
                found = atom_faults(content)
                if not found and feedparser.parse(content).bozo:
                    found = ["feedparser says bozo"]
        if found:
            faults[str(path.relative_to(rich))] = found
    assert faults == {}
    assert len(list(rich.rglob("archive/*.xml"))) > 20


def test_every_local_link_leads_to_a_file(rich: Path) -> None:
    """Pages hang together from any path, and from a disk: relative to their base element."""
    broken = set()
    for path in rich.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        base = (path.parent / page.find(".//base").get("href")).resolve()
        for element in page.iter("a", "link", "script"):
            target = element.get("href") or element.get("src") or ""
            if target and "://" not in target and not target.startswith("mailto:"):
                aim = base / target.partition("#")[0]
                if not aim.is_file():
                    broken.add((str(path.relative_to(rich)), target))
    assert broken == set()


class _Quiet(SimpleHTTPRequestHandler):
    """A static server that compares no times: here everything happens within their one second."""

    def do_GET(self) -> None:
        del self.headers["If-Modified-Since"]
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, str]]:
    """A published site and the address at which its folder is served."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site = make_site(tmp_path)
    for number in range(1, 4):
        log(site, number, title=f"“Piece” <{number}> & שלום", authors=["Jo Doe", "Ann Ray"])
    publish.refresh(site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.feeds))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield site, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def change_everything(site: Site) -> None:
    """An edit, a new piece, a retraction and a rename, published."""
    clock = site.clock
    assert isinstance(clock, StandingClock)
    clock.advance(hours=1)
    desk.revise(site, 1, {"title": "Edited"})
    desk.retract(site, 2)
    log(site, 4, title="New")
    desk.rename(site, desk.find_name(site, Noun.AUTHORS, "Jo Doe"), "Joan Doe")
    publish.refresh(site)


TITLES = {"Edited", "“Piece” <2> & שלום", "“Piece” <3> & שלום", "New"}


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed.json"])
def test_reader_shows_each_piece_once_also_after_changes(served: tuple[Site, str], name: str) -> None:
    """The very subscription of before the rename goes on: an edit is an update, a new piece one entry more."""
    site, address = served
    reader: Reader = make_reader(":memory:")
    reader.add_feed(f"{address}/authors/jo-doe/{name}")
    reader.update_feeds(scheduled=False)
    assert {entry.title for entry in reader.get_entries()} == {f"“Piece” <{n}> & שלום" for n in (1, 2, 3)}
    change_everything(site)
    reader.update_feeds(scheduled=False)
    entries = list(reader.get_entries())
    assert sorted(entry.title or "" for entry in entries) == sorted(TITLES)
    assert {entry.link for entry in entries} == {f"https://outlet.example/{n}" for n in (1, 2, 3, 4)} or (
        name == "feed.json"
    )
    reader.close()


@pytest.mark.skipif(
    shutil.which("newsboat") is None and not os.environ.get("CI"),
    reason="newsboat is not installed (apt-get install newsboat)",
)
def test_newsboat_shows_each_piece_once_also_after_changes(served: tuple[Site, str], tmp_path: Path) -> None:
    """Titles, authors and links as the outlets print them."""
    site, address = served
    urls, cache, config = tmp_path / "urls", tmp_path / "cache.db", tmp_path / "config"
    urls.write_text(f"{address}/authors/jo-doe/atom.xml\n")
    config.write_text("")
    command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    change_everything(site)
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with sqlite3.connect(cache) as connection:
        rows = connection.execute("SELECT title, author, url FROM rss_item ORDER BY url").fetchall()
    connection.close()
    assert {title for title, _, _ in rows} >= {"Edited", "New"}
    assert len(rows) == 4
    assert [url for _, _, url in rows] == [f"https://outlet.example/{number}" for number in (1, 2, 3, 4)]
    assert all("Ann Ray" in author for title, author, _ in rows if title != "New")
