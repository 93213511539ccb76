"""Publishing as a whole: incremental equals full, nothing is written twice, nothing foreign is touched."""

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from syndicator import desk, publish
from syndicator.errors import SyndicatorError
from syndicator.model.records import Noun, Relation
from syndicator.publish.placer import STAGED, STAGED_BESIDE
from syndicator.site import Site, open_site
from tests.builders import SETTINGS, StandingClock, log, make_site, tree

FEW_ENTRIES = SETTINGS + "[feeds]\nentries = 2\n"


def rebuilt(site: Site) -> dict[str, bytes]:
    """What `publish --full` makes of the same record in an empty folder."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "data").mkdir()
        (copy / "data" / "site.toml").write_bytes((site.data / "site.toml").read_bytes())
        with sqlite3.connect(copy / "data" / "syndicator.db") as target:
            site.catalogue.connection.backup(target)
        target.close()
        other = open_site(copy, who="tester", clock=site.clock)
        publish.refresh(other, full=True)
        other.catalogue.close()
        return tree(other.feeds)


def mtimes(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


NUMBERS = st.integers(1, 8)
DATES = st.sampled_from(
    ["2022-03-01", "2022-03-09", "2023-05-01", "2023-05-02", "2023-12-31", "2024-01-01", "2024-06-16T13:30:00Z",
     "2026-05-31", "2026-06-02", "2026-06-10"]
)  # fmt: skip
AUTHORS = st.sampled_from(["Jo Doe", "Ann Ray", "Zoë Ügur", "B. Lee"])
TOPICS = st.sampled_from(["Alliances", "China", "China-Taiwan", "Asia"])
NAMES = {Noun.AUTHORS: AUTHORS, Noun.TOPICS: TOPICS, Noun.PROGRAMS: st.sampled_from(["Asia Program", "Other"]),
         Noun.OUTLETS: st.sampled_from(["The Outlet", "Second"])}  # fmt: skip


class Publishing(RuleBasedStateMachine):
    """Any sequence of changes and publishes ends in what a full publish makes of the record."""

    @initialize(entries=st.sampled_from([1, 2, 50]), busy=st.sampled_from([1, 250]), apart=st.booleans())
    def open(self, entries: int, busy: int, apart: bool) -> None:
        self._folder = TemporaryDirectory()
        self.clock = StandingClock()
        self.site = make_site(
            Path(self._folder.name), clock=self.clock, settings=f"{SETTINGS}[feeds]\nentries = {entries}\n"
        )
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr("syndicator.publish.periods.BUSY_YEAR", busy)
        self._patch.setattr("syndicator.publish.apart.is_wise", lambda: apart)

    def teardown(self) -> None:
        if hasattr(self, "site"):
            self._patch.undo()
            self.site.catalogue.close()
            self._folder.cleanup()

    def _tried(self, verb: Any, *arguments: Any, **options: Any) -> None:
        """A refusal is an answer like any other here."""
        try:
            verb(*arguments, **options)
        except SyndicatorError:
            assert not self.site.catalogue.connection.in_transaction

    @rule(number=NUMBERS, published=DATES, people=st.lists(AUTHORS, max_size=2), topics=st.lists(TOPICS, max_size=2),
          outlet=NAMES[Noun.OUTLETS], status=st.sampled_from(["draft", "published", "published"]))  # fmt: skip
    def add(
        self, number: int, published: str, people: list[str], topics: list[str], outlet: str, status: str
    ) -> None:
        self._tried(
            log, self.site, number, published=published, authors=people, topics=topics, status=status,
            placements=[{"url": f"https://outlet.example/{number}", "outlet": outlet}],
        )  # fmt: skip

    @rule(piece=NUMBERS, changes=st.fixed_dictionaries({}, optional={
        "title": st.sampled_from(["A title", "<b> & \u202eRTL ]]>", "Piece 1"]), "published": DATES,
        "authors": st.lists(AUTHORS, max_size=2), "featured": st.lists(AUTHORS, max_size=1),
        "topics": st.lists(TOPICS, max_size=3), "kind": st.sampled_from(["op-ed", "podcast"]),
        "status": st.sampled_from(["draft", "published", "retracted"])}))  # fmt: skip
    def edit(self, piece: int, changes: dict[str, Any]) -> None:
        self._tried(desk.revise, self.site, piece, changes)

    @rule(piece=NUMBERS, number=NUMBERS)
    def place(self, piece: int, number: int) -> None:
        url = f"https://second.example/{number}"
        self._tried(desk.place, self.site, piece, url, "Second", Relation.REPUBLICATION)

    @rule(data=st.data(), noun=st.sampled_from(Noun))
    def rename(self, data: st.DataObject, noun: Noun) -> None:
        old, new = data.draw(NAMES[noun]), data.draw(st.one_of(NAMES[noun], st.just("Renamed")))
        self._tried(lambda: desk.rename(self.site, desk.find_name(self.site, noun, old), new))

    @rule(data=st.data(), noun=st.sampled_from(Noun))
    def merge(self, data: st.DataObject, noun: Noun) -> None:
        one, other = data.draw(NAMES[noun]), data.draw(NAMES[noun])
        self._tried(
            lambda: desk.merge_names(
                self.site, desk.find_name(self.site, noun, one), desk.find_name(self.site, noun, other)
            )
        )

    @rule(child=TOPICS, parent=st.one_of(st.none(), TOPICS))
    def nest(self, child: str, parent: str | None) -> None:
        self._tried(
            lambda: desk.change_name(
                self.site, desk.find_name(self.site, Noun.TOPICS, child), {"parent": parent}
            )
        )

    @rule(statement=st.sampled_from([
        "UPDATE pieces SET title = title || ' <i>&' WHERE id = 1",
        "UPDATE pieces SET summary = '<script>x</script>raw' WHERE id = 2",
        "UPDATE pieces SET status = 'retracted' WHERE id = 3",
        "UPDATE pieces SET published = '2023-05-01' WHERE id = 1",
        "DELETE FROM pieces WHERE id = 2",
        "DELETE FROM piece_topics WHERE piece_id = 1",
        "UPDATE authors SET name = name || 'x', slug = slug || 'x' WHERE id = 1",
        "DELETE FROM credits; DELETE FROM authors WHERE id = 2",
        "INSERT INTO pieces (title, published, status) VALUES ('Bare', '2023-01-01', 'published')",
        "INSERT OR REPLACE INTO piece_programs (piece_id, program_id, position) SELECT 1, max(id), 0 FROM programs",
        "UPDATE placements SET outlet_id = (SELECT min(id) FROM outlets)",
        "INSERT OR REPLACE INTO links (key, url) SELECT key, 'https://z.example/' FROM links WHERE id = 1",
        "UPDATE links SET url = 'https://exa mple/ \"<>' || char(10) WHERE id = 2",
        "UPDATE links SET url = 'https://y.example/?utm_source=x' WHERE id = 1",
        """INSERT OR REPLACE INTO placements (piece_id, position, link_id, outlet_id, relation)
        SELECT 2, 0, link_id, outlet_id, 'original' FROM placements WHERE piece_id = 1 AND position = 0""",
        """INSERT OR REPLACE INTO credits (id, piece_id, author_id, credit, position)
        SELECT id, 2, author_id, 'featured', 7 FROM credits WHERE piece_id = 1 AND position = 0""",
        """INSERT OR REPLACE INTO pieces (title, slug, published, status)
        VALUES ('T', (SELECT slug FROM pieces WHERE id = 1), '2024-01-01', 'published')""",
        "UPDATE OR REPLACE pieces SET slug = (SELECT slug FROM pieces WHERE id = 1) WHERE id = 2",
        "INSERT OR REPLACE INTO authors (name, slug) SELECT name, 'brand-new' FROM authors WHERE id = 1",
        "UPDATE pieces SET id = 900 WHERE id = 3",
        "DELETE FROM placements WHERE piece_id = 1",
        "UPDATE old_slugs SET author_id = NULL, topic_id = 1 WHERE author_id = 1",
    ]), keys=st.booleans())  # fmt: skip
    def edit_past_the_desk(self, statement: str, keys: bool) -> None:
        with sqlite3.connect(self.site.folder / "data" / "syndicator.db") as other:
            other.execute(f"PRAGMA foreign_keys = {'ON' if keys else 'OFF'}")
            try:
                other.executescript(f"BEGIN; {statement}; COMMIT;")
            except sqlite3.IntegrityError:
                other.rollback()
        other.close()

    @rule(days=st.integers(-3, 12))
    def time_passes(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule()
    def publish(self) -> None:
        publish.refresh(self.site)

    @rule()
    def incremental_is_full(self) -> None:
        publish.refresh(self.site)
        full = rebuilt(self.site)
        incremental = tree(self.site.feeds)
        assert sorted(incremental) == sorted(full)
        assert incremental == full


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(
    max_examples=int(os.environ.get("PUBLISHING_EXAMPLES", "25")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_nothing_changed_nothing_written(tmp_path: Path) -> None:
    """A second publish writes no file: modification times stay."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    before = mtimes(site.feeds)
    assert publish.refresh(site).written == 0
    assert publish.refresh(site, full=True).written == 0
    assert mtimes(site.feeds) == before


def test_a_new_piece_touches_only_its_own_files(tmp_path: Path) -> None:
    """Feeds of other topics, authors and outlets, and other pieces' pages, are not written."""
    site = make_site(tmp_path)
    log(site, 1, authors=["Ann Ray"], topics=["China"], programs=["Other"], kind="report",
        placements=[{"url": "https://second.example/1", "outlet": "Second"}])  # fmt: skip
    log(site, 2)
    publish.refresh(site)
    before = mtimes(site.feeds)
    log(site, 3)
    publish.refresh(site)
    after = mtimes(site.feeds)
    touched = {
        Path(path).relative_to(site.feeds).parts[:2] for path in after if after[path] != before.get(path)
    }
    assert {parts[:1] for parts in touched if parts[0] == "all"} == {("all",)}
    assert {parts for parts in touched if parts[0] != "all"} == {
        ("topics", "alliances"), ("authors", "jo-doe"), ("outlets", "the-outlet"), ("programs", "asia-program"),
        ("kinds", "op-ed"), ("pieces", "piece-3"),
    }  # fmt: skip


def test_a_piece_appears_when_its_time_has_come(tmp_path: Path) -> None:
    """Published with a date that lies ahead, it waits; nobody has to touch it again."""
    clock = StandingClock()
    site = make_site(tmp_path, clock=clock)
    log(site, published="2026-06-03")
    publish.refresh(site)
    assert not (site.feeds / "pieces" / "piece-1").exists()
    clock.advance(days=2)
    publish.refresh(site)
    assert b"Piece 1" in (site.feeds / "all" / "atom.xml").read_bytes()


def test_old_paths_stay_as_copies_of_the_new_ones(tmp_path: Path) -> None:
    """After renames and a merge every older folder holds the very bytes of today's, which name today's path."""
    site = make_site(tmp_path, settings=FEW_ENTRIES)
    for number in range(1, 7):
        log(site, number, authors=["Jo Doe"], published=f"{2018 + number}-06-16")
    log(site, 7, authors=["J. Doe"])
    publish.refresh(site)
    desk.rename(site, desk.find_name(site, Noun.AUTHORS, "Jo Doe"), "Joan Doe")
    publish.refresh(site)
    desk.merge_names(
        site, desk.find_name(site, Noun.AUTHORS, "J. Doe"), desk.find_name(site, Noun.AUTHORS, "Joan Doe")
    )
    publish.refresh(site)
    today = tree(site.feeds / "authors" / "joan-doe")
    assert "archive/2019.xml" in today
    assert tree(site.feeds / "authors" / "jo-doe") == today == tree(site.feeds / "authors" / "j-doe")
    assert b'href="https://institute.example/feeds/authors/joan-doe/atom.xml" rel="self"' in today["atom.xml"]


def test_foreign_files_are_never_removed(tmp_path: Path) -> None:
    """Only what publish wrote is removed when it no longer belongs."""
    site = make_site(tmp_path)
    piece = log(site)
    publish.refresh(site)
    foreign = site.feeds / "pieces" / "piece-1" / "notes.txt"
    foreign.write_text("mine")
    (site.feeds / ".well-known").mkdir()
    desk.retract(site, piece)
    publish.refresh(site, full=True)
    assert foreign.read_text() == "mine"
    assert (site.feeds / ".well-known").is_dir()
    assert not (site.feeds / "pieces" / "piece-1" / "index.html").exists()


def test_retraction_leaves_a_tombstone_and_no_entry(tmp_path: Path) -> None:
    """Atom says that the entry is gone (RFC 6721); no format shows it any more."""
    site = make_site(tmp_path)
    piece = log(site)
    log(site, 2)
    publish.refresh(site)
    desk.retract(site, piece)
    publish.refresh(site)
    atom = (site.feeds / "all" / "atom.xml").read_text()
    assert 'deleted-entry ref="tag:institute.example,2024:pieces/1"' in atom
    assert "<title>Piece 1</title>" not in atom
    assert "Piece 1" not in (site.feeds / "all" / "feed.json").read_text()
    assert "Piece 1" not in (site.feeds / "all" / "rss.xml").read_text()


def test_whole_history_can_be_read_back_from_the_archives(tmp_path: Path) -> None:
    """Following prev-archive (RFC 5005) or next_url (JSON Feed) from the newest document meets every piece."""
    import json

    from lxml import etree

    site = make_site(tmp_path, settings=FEW_ENTRIES)
    for number in range(1, 10):
        log(site, number, published=f"{2015 + number}-06-16")
    publish.refresh(site)
    base = site.settings.base_url

    def file_of(url: str) -> bytes:
        return (site.feeds / url.removeprefix(base)).read_bytes()

    atom_ids: set[str] = set()
    url: str | None = f"{base}all/atom.xml"
    while url:
        root = etree.fromstring(file_of(url))
        atom_ids.update(root.xpath("//a:entry/a:id/text()", namespaces={"a": "http://www.w3.org/2005/Atom"}))
        links = root.xpath(
            "a:link[@rel='prev-archive']/@href", namespaces={"a": "http://www.w3.org/2005/Atom"}
        )
        url = links[0] if links else None
    json_ids: set[str] = set()
    url = f"{base}all/feed.json"
    while url:
        document = json.loads(file_of(url))
        json_ids.update(item["id"] for item in document["items"])
        url = document.get("next_url")
    assert atom_ids == json_ids == {f"tag:institute.example,2024:pieces/{number}" for number in range(1, 10)}


def test_ids_survive_a_new_domain(tmp_path: Path) -> None:
    """Entry and feed ids stay when site.toml names another address and another authority."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    before = (site.feeds / "all" / "atom.xml").read_text()
    site.catalogue.close()
    toml = site.data / "site.toml"
    toml.write_text(toml.read_text().replace("institute.example", "other.example"))
    moved = make_site(tmp_path)
    publish.refresh(moved)
    after = (moved.feeds / "all" / "atom.xml").read_text()
    assert "https://other.example/feeds/all/atom.xml" in after
    ids = [line.split("</id>")[0] for line in before.split("<id>")[1:]]
    assert ids == [line.split("</id>")[0] for line in after.split("<id>")[1:]]


def test_another_time_zone_moves_bare_dates(tmp_path: Path) -> None:
    """A date without a time is that day's midnight in the site's zone, also after the zone changed."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    assert "2024-06-16T00:00:00-04:00" in (site.feeds / "all" / "atom.xml").read_text()
    site.catalogue.close()
    toml = site.data / "site.toml"
    toml.write_text(toml.read_text().replace("[site]", '[site]\ntimezone = "Asia/Tokyo"'))
    moved = make_site(tmp_path)
    publish.refresh(moved)
    assert "2024-06-16T00:00:00+09:00" in (moved.feeds / "all" / "atom.xml").read_text()


def test_a_lost_folder_is_made_anew(tmp_path: Path) -> None:
    """Deleting feeds/ is mended by the next publish, though nothing changed in the record."""
    import shutil

    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    before = tree(site.feeds)
    shutil.rmtree(site.feeds)
    publish.refresh(site)
    assert tree(site.feeds) == before


def test_full_mends_what_was_edited_by_hand(tmp_path: Path) -> None:
    """`--full` holds every file against what it should be."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    before = tree(site.feeds)
    (site.feeds / "all" / "rss.xml").write_text("scribble")
    assert publish.refresh(site, full=True).written == 1
    assert tree(site.feeds) == before


def test_text_past_the_desk_is_sanitised_before_it_is_shown(tmp_path: Path) -> None:
    """What Datasette or sqlite-utils wrote into a summary is no safer than what a form brings."""
    site = make_site(tmp_path)
    log(site)
    with sqlite3.connect(site.data / "syndicator.db") as other:
        other.execute(
            "UPDATE pieces SET summary = '<img src=x onerror=alert(1)><p>Fine</p>', title = 'A' || char(8) || 'B'"
        )
    other.close()
    assert publish.refresh(site).adopted == 1
    for name in ("atom.xml", "rss.xml", "feed.json", "index.html"):
        content = (site.feeds / "all" / name).read_text()
        assert "onerror" not in content
        assert "AB" in content


def test_staging_is_cleared(tmp_path: Path) -> None:
    """Nothing but published files is left in feeds/."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    assert not [path for path in site.feeds.rglob("*") if path.name in (STAGED, STAGED_BESIDE)]


def past_the_desk(site: Site, statement: str) -> None:
    """An edit with a plain SQLite connection, foreign keys off as is its default."""
    with sqlite3.connect(site.data / "syndicator.db") as other:
        other.execute(statement)
    other.close()


def test_a_piece_that_was_logged_ahead_is_new_when_its_time_has_come(tmp_path: Path) -> None:
    """Its `updated` is not before its `published`, and the feed's moves with it: readers look at that."""
    clock = StandingClock()
    site = make_site(tmp_path, clock=clock)
    log(site, 1)
    log(site, 2, published="2026-06-02T09:00:00Z")
    publish.refresh(site)
    clock.advance(days=1)
    publish.refresh(site)
    atom = (site.feeds / "all" / "atom.xml").read_text()
    assert atom.count("<updated>2026-06-02T09:00:00+00:00</updated>") == 2


def test_a_link_that_another_tool_spoilt_takes_its_pieces_out_and_is_named(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    log(site, 1)
    log(site, 2)
    publish.refresh(site)
    past_the_desk(site, "UPDATE links SET url = 'https://exa mple/ \"<>' WHERE id = 1")
    assert 'link 1: “https://exa mple/ "<>” is not usable' in publish.refresh(site).complaints[0]
    assert b"Piece 1" not in (site.feeds / "all" / "atom.xml").read_bytes()
    past_the_desk(site, "UPDATE links SET url = 'https://outlet.example/one?utm_source=x' WHERE id = 1")
    assert publish.refresh(site).complaints == ()
    assert b'href="https://outlet.example/one"' in (site.feeds / "all" / "atom.xml").read_bytes()


@pytest.mark.parametrize("table", ["placements", "links", "outlets"])
def test_a_piece_that_lost_its_place_is_named(tmp_path: Path, table: str) -> None:
    """It is not shown, and the person is told which one and what to do."""
    site = make_site(tmp_path)
    log(site)
    publish.refresh(site)
    past_the_desk(site, f"DELETE FROM {table}")
    assert publish.refresh(site).complaints == (
        "piece 1 has no usable placement, link or outlet; `syndicator edit 1` gives it one",
    )
    assert not (site.feeds / "pieces").exists()


def test_ids_go_on_in_the_same_name_after_a_move(tmp_path: Path) -> None:
    """Without `id_authority` the first id decides in whose name all later ones are made."""
    bare = '[site]\ntitle = "Institute"\nurl = "https://one.example/"\n'
    site = make_site(tmp_path, settings=bare)
    log(site, 1)
    site.catalogue.close()
    (site.data / "site.toml").write_text(bare.replace("one.example", "two.example"))
    clock = StandingClock()
    clock.advance(days=400)
    moved = make_site(tmp_path, clock=clock)
    log(moved, 2)
    rows = moved.catalogue.connection.execute("SELECT entry_id FROM pieces ORDER BY id").fetchall()
    assert rows == [("tag:one.example,2026-06-01:pieces/1",), ("tag:one.example,2026-06-01:pieces/2",)]
