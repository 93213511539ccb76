"""Edits that came past the desk: made safe and completed before readers see them, or hidden with a complaint."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from syndicator import desk
from syndicator.catalogue import audit, publication
from syndicator.model.records import Noun, Piece
from syndicator.publish import refresh
from syndicator.site import Site
from tests.builders import NOON, SETTINGS, StandingClock, log, make_site
from tests.catalogue.rows import insert, plain

HOSTILE = "<p onclick=x>Safe</p><script>alert(1)</script><a href='javascript:x'>a</a>&#xFFFE;"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    opened = make_site(tmp_path, clock=StandingClock(NOON))
    log(opened)
    yield opened
    opened.catalogue.close()


def edit(site: Site, statement: str, *values: object) -> None:
    """As `sqlite3 data/syndicator.db` would do it."""
    connection = plain(site.catalogue.path)
    connection.execute(statement, values)
    connection.close()


def add(site: Site, **row: object) -> None:
    connection = plain(site.catalogue.path)
    insert(connection, "pieces", {"title": "New", "published": "2024-06-16", "status": "published"} | row)
    connection.close()


def adopt(site: Site) -> tuple[int, tuple[str, ...]]:
    adopted = desk.adopt(site, zone_changed=False)
    return adopted.pieces, adopted.complaints


def piece(site: Site, number: int = 1) -> Piece:
    return desk.find_piece(site, str(number))


def feed_ids(site: Site) -> dict[str, str]:
    return dict(site.catalogue.connection.execute("SELECT scope, feed_id FROM feeds").fetchall())


class TestPieces:
    def test_hostile_text_is_made_safe(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET title = ?, summary = ?", " A\ttitle\x1b\x0b ", HOSTILE)
        assert adopt(site) == (1, ())
        adopted = piece(site)
        assert adopted.title == "A title"
        assert adopted.summary == "<p>Safe</p><a>a</a>"
        assert adopted.summary_text == "Safe a"

    def test_once_is_enough(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET title = 'Other'")
        adopt(site)
        before = site.catalogue.connection.total_changes
        assert adopt(site) == (0, ())
        assert site.catalogue.connection.total_changes == before

    def test_what_the_editor_left_out_is_completed(self, site: Site) -> None:
        add(site, title="Piece 1")
        edit(site, "INSERT INTO links (key, url) VALUES ('https://a.example/2', 'https://a.example/2')")
        edit(site, "INSERT INTO placements (piece_id, position, link_id, outlet_id, relation) "
             "VALUES (2, 0, 2, 1, 'original')")  # fmt: skip
        assert adopt(site) == (1, ())
        adopted = piece(site, 2)
        assert (adopted.slug, adopted.entry_id) == (
            "piece-1-2024-06-16",
            "tag:institute.example,2024:pieces/2",
        )
        assert adopted.published_at == "2024-06-16T04:00:00Z"

    def test_what_the_editor_gave_stays(self, site: Site) -> None:
        add(
            site,
            slug="mine",
            entry_id="tag:mine",
            kind="book",
            published="2024-06-16T13:30:00Z",
            summary="Words",
        )
        adopt(site)
        adopted = piece(site, 2)
        assert (adopted.slug, adopted.entry_id, adopted.kind) == ("mine", "tag:mine", "book")
        assert (adopted.published_at, adopted.summary) == ("2024-06-16T13:30:00Z", "<p>Words</p>")

    def test_a_new_date_has_a_new_instant(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET published = '2020-02-02'")
        adopt(site)
        assert piece(site).published_at == "2020-02-02T05:00:00Z"

    def test_the_edit_makes_the_entry_newer_the_adoption_does_not(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET title = 'Other', updated_at = '2026-05-05T05:05:05Z'")
        adopt(site)
        assert piece(site).updated_at == "2026-05-05T05:05:05Z"

    def test_the_audit_holds_before_and_after(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET title = ' Other '")
        adopt(site)
        row = audit.of(site.catalogue.connection, "pieces", 1)[-1]
        assert (row.action, row.who) == ("adopt", "tester")
        assert row.before
        assert row.after
        assert (row.before["title"], row.after["title"]) == (" Other ", "Other")

    def test_a_retraction_past_the_desk_leaves_a_tombstone_if_readers_saw_the_piece(self, site: Site) -> None:
        log(site, 2)
        refresh(site)
        log(site, 3)
        edit(site, "UPDATE pieces SET status = 'retracted' WHERE id > 1")
        adopt(site)
        assert piece(site, 2).retracted_at == "2026-06-01T12:00:00Z"
        assert piece(site, 3).retracted_at is None


class TestComplaints:
    """What cannot be shown is told at every publication until it is mended, and keeps nothing else from readers."""

    @pytest.mark.parametrize("date", ["2024-02-30", "2024-06-31T00:00:00Z", "0000-00-00"])
    def test_a_date_that_is_none(self, site: Site, date: str) -> None:
        edit(site, "UPDATE pieces SET published = ?", date)
        told = f"piece 1: “{date}” is no date; it is not shown until `syndicator edit` mends it"
        assert adopt(site) == (0, (told,))
        assert adopt(site) == (0, (told,))
        assert refresh(site).complaints == (told,)
        desk.revise(site, 1, {"published": "2024-06-16"})
        assert adopt(site) == (0, ())
        assert publication.live_among(site.catalogue.connection, [1]) == []
        refresh(site)
        assert publication.live_among(site.catalogue.connection, [1]) == [1]

    def test_a_title_of_nothing_that_can_be_printed(self, site: Site) -> None:
        edit(site, "UPDATE pieces SET title = ?", "\x1b\x0b")
        assert adopt(site)[1] == (
            "piece 1 has no printable title; it is not shown until `syndicator edit` mends it",
        )
        desk.revise(site, 1, {"title": "Mended"})
        assert adopt(site) == (0, ())

    def test_a_piece_without_a_placement(self, site: Site) -> None:
        add(site)
        assert adopt(site) == (1, ("piece 2 has no placement; it is not shown until it has one",))


class TestFeedIds:
    def test_every_scope_has_one_from_its_creation_on(self, site: Site) -> None:
        adopt(site)
        ids = feed_ids(site)
        assert ids["all"] == "tag:institute.example,2024:all"
        assert ids["kinds/op-ed"] == "tag:institute.example,2024:kinds/op-ed"
        assert ids["authors/1"] == "tag:institute.example,2024:authors/jo-doe"
        desk.add_name(site, Noun.TOPICS, {"name": "China"})
        adopt(site)
        assert feed_ids(site) == ids | {"topics/2": "tag:institute.example,2024:topics/china"}

    def test_it_outlives_a_rename(self, site: Site) -> None:
        adopt(site)
        before = feed_ids(site)
        desk.rename(site, desk.find_name(site, Noun.AUTHORS, "Jo Doe"), "Jo Smith")
        adopt(site)
        assert feed_ids(site) == before

    def test_a_later_author_under_an_older_name_has_an_id_of_its_own(self, site: Site) -> None:
        adopt(site)
        edit(site, "UPDATE authors SET slug = 'jo-smith'")
        edit(site, "DELETE FROM old_slugs")
        edit(site, "INSERT INTO authors (name, slug) VALUES ('Another', 'jo-doe')")
        adopt(site)
        assert feed_ids(site)["authors/2"] == "tag:institute.example,2024:authors/jo-doe.2"


def test_bare_dates_follow_the_sites_time_zone(site: Site, tmp_path: Path) -> None:
    log(site, 2, published="2024-06-16T13:30")
    site.catalogue.close()
    (tmp_path / "data" / "site.toml").write_text(SETTINGS + 'timezone = "Asia/Tokyo"\n')
    moved = make_site(tmp_path)
    assert moved.settings.zone == ZoneInfo("Asia/Tokyo")
    updated_at = piece(moved).updated_at
    assert desk.adopt(moved, zone_changed=True).pieces == 0
    assert piece(moved).published_at == "2024-06-15T15:00:00Z"
    assert piece(moved).updated_at == updated_at
    assert piece(moved, 2).published_at == "2024-06-16T17:30:00Z"
    moved.catalogue.close()


class TestPublishing:
    """Whatever other tools leave in the file, the rest is published."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE authors SET name = 'Bad' || char(1, 11, 27, 65534) || 'Name ]]> <b>', role = char(8) WHERE id = 1",
            "UPDATE outlets SET name = char(1) || '<script>' WHERE id = 1",
            "UPDATE topics SET name = char(27) || 'Topic' WHERE id = 1",
            "UPDATE links SET url = 'https://a.example/' || char(1) || '\"><script>' || char(10) WHERE id = 1",
            "UPDATE authors SET url = 'https://a.example/' || char(7, 34, 62) || '<b>'",
            "UPDATE pieces SET title = CAST(x'436166E9' AS TEXT), summary = CAST(x'FF' AS TEXT)",
            "UPDATE pieces SET summary_text = char(1) || '<b>'",
            "UPDATE authors SET name = CAST(x'436166E9' AS TEXT) WHERE id = 1",
            "REPLACE INTO links (id, key, url) VALUES (1, 'https://outlet.example/1', 'https://outlet.example/moved')",
            "DELETE FROM pieces WHERE id = 1",
            "DELETE FROM authors",
            "DELETE FROM outlets",
            "DELETE FROM topics",
            "DELETE FROM programs",
            "DELETE FROM links WHERE id = 1",
            "DELETE FROM placements WHERE piece_id = 1",
            "DELETE FROM credits",
        ],
    )
    def test_nothing_stops_it(self, site: Site, statement: str) -> None:
        log(site, 2, authors=["Al Roe"], topics=["NATO"], programs=[])
        refresh(site)
        edit(site, statement)
        refresh(site)
        full = {p: p.read_bytes() for p in site.feeds.rglob("*") if p.is_file()}
        refresh(site, full=True)
        assert {p: p.read_bytes() for p in site.feeds.rglob("*") if p.is_file()} == full
