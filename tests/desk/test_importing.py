"""An imported line stands for a piece that is known, by its handles or its URL, or for a new one."""

from pathlib import Path
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import audit
from syndicator.errors import AlreadyRecorded, SubmissionRefused
from syndicator.model.records import Noun, Piece, Relation
from syndicator.model.submission import read_submission
from syndicator.site import Site
from tests.builders import fields, log, make_site

ENTRY_ID = "tag:old.example,2019:p1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with piece 1, which came as `wp-1`, and piece 2, which somebody logged."""
    opened = make_site(tmp_path)
    log(opened, 1, source_id="wp-1", entry_id=ENTRY_ID)
    log(opened, 2)
    return opened


def record(site: Site, number: int, *, primary_only: bool = False, **changes: Any) -> desk.Recorded:
    submission = read_submission(fields(number, **changes), site.settings.zone)
    with site.catalogue.write() as connection:
        return desk.record(desk.Scribe(site, connection), submission, primary_only=primary_only)


def piece(site: Site, number: int) -> Piece:
    return desk.find_piece(site, str(number))


class TestWhichPiece:
    def test_an_unknown_url_without_known_handles_is_a_new_piece(self, site: Site) -> None:
        recorded = record(site, 3, source_id="wp-3")
        assert (recorded.outcome, recorded.piece_id) == (desk.Outcome.ADDED, 3)

    @pytest.mark.parametrize(
        "handle", [{"source_id": "wp-1"}, {"entry_id": ENTRY_ID}, {"id": 1}, {"id": 1, "entry_id": ENTRY_ID}]
    )
    def test_a_known_handle_means_its_piece_wherever_that_has_moved(
        self, site: Site, handle: dict[str, Any]
    ) -> None:
        recorded = record(site, 7, **handle)
        assert (recorded.outcome, recorded.piece_id) == (desk.Outcome.UPDATED, 1)
        assert piece(site, 1).placements[0].url == "https://outlet.example/7"

    def test_a_known_url_means_its_piece(self, site: Site) -> None:
        recorded = record(site, 2, title="Another title", source_id="wp-2")
        assert (recorded.outcome, recorded.piece_id) == (desk.Outcome.UPDATED, 2)
        assert (piece(site, 2).title, piece(site, 2).source_id) == ("Another title", "wp-2")

    def test_the_same_again_is_unchanged_and_leaves_no_trace(self, site: Site) -> None:
        before = len(audit.of(site.catalogue.connection, "pieces", 1))
        assert record(site, 1, source_id="wp-1").outcome is desk.Outcome.UNCHANGED
        assert record(site, 1).outcome is desk.Outcome.UNCHANGED
        assert len(audit.of(site.catalogue.connection, "pieces", 1)) == before

    def test_the_url_of_a_piece_from_elsewhere_is_a_duplicate_and_changes_nothing(self, site: Site) -> None:
        before = piece(site, 1)
        with pytest.raises(AlreadyRecorded, match="piece 1"):
            record(site, 1, title="Another title", source_id="other-1")
        assert piece(site, 1) == before

    def test_handles_of_two_pieces_contradict(self, site: Site) -> None:
        with pytest.raises(SubmissionRefused, match="source_id is that of piece 1 and id is that of piece 2"):
            record(site, 7, source_id="wp-1", id=2)

    def test_an_id_whose_piece_is_another_entry_contradicts(self, site: Site) -> None:
        with pytest.raises(SubmissionRefused, match=r"entry_id: piece 2 is another one \(tag:.*pieces/2\)"):
            record(site, 2, id=2, entry_id="tag:elsewhere.example,2020:p2")

    def test_a_piece_cannot_move_to_the_url_of_another(self, site: Site) -> None:
        with pytest.raises(AlreadyRecorded, match="piece 2"):
            record(site, 2, source_id="wp-1")

    def test_a_new_piece_brings_its_own_ids(self, site: Site) -> None:
        record(site, 9, id=90, entry_id="tag:elsewhere.example,2020:p9", slug="nine", status="draft")
        made = piece(site, 90)
        assert (made.entry_id, made.slug, made.status) == ("tag:elsewhere.example,2020:p9", "nine", "draft")


class TestWhatChanges:
    def test_what_a_line_does_not_say_stays(self, site: Site) -> None:
        before = piece(site, 1)
        least = {
            "title": "Another title",
            "published": "2024-06-16",
            "placements": [{"url": "https://outlet.example/1"}],
        }
        submission = read_submission(least, site.settings.zone)
        with site.catalogue.write() as connection:
            desk.record(desk.Scribe(site, connection), submission)
        after = piece(site, 1)
        assert after.title == "Another title"
        assert after.as_fields() == before.as_fields() | {"title": "Another title"}

    def test_a_source_that_knows_only_the_primary_placement_leaves_the_others(self, site: Site) -> None:
        desk.place(site, 1, "https://reprints.example/1", "Reprints", Relation.CROSS_POST)
        assert record(site, 1, source_id="wp-1", primary_only=True).outcome is desk.Outcome.UNCHANGED
        assert len(piece(site, 1).placements) == 2
        record(site, 1, source_id="wp-1")
        assert len(piece(site, 1).placements) == 1

    def test_a_further_placement_that_becomes_the_primary_one_is_not_kept_twice(self, site: Site) -> None:
        desk.place(site, 1, "https://reprints.example/1", "Reprints", Relation.CROSS_POST)
        moved = [{"url": "https://reprints.example/1", "outlet": "Reprints"}]
        record(site, 1, source_id="wp-1", placements=moved, primary_only=True)
        assert [placement.url for placement in piece(site, 1).placements] == ["https://reprints.example/1"]

    def test_a_person_who_was_featured_and_is_now_an_author_is_refused_alone(self, site: Site) -> None:
        record(site, 3, featured=["Lin Wei"])
        with pytest.raises(SubmissionRefused, match="Lin Wei is both author and featured"):
            record(site, 3, authors=["Lin Wei"])


class TestUnderOneImport:
    def test_audit_rows_carry_the_import(self, site: Site) -> None:
        with site.catalogue.write() as connection:
            hand = audit.Hand("tester", "2026-06-01T12:00:00Z")
            number = audit.begin_import(connection, hand, "pieces.csv")
            scribe = desk.Scribe(site, connection, number)
            desk.record(scribe, read_submission(fields(3, authors=["Al Roe"]), site.settings.zone))
        assert [row.import_id for row in audit.of(site.catalogue.connection, "pieces", 3)] == [number]
        author = desk.find_name(site, Noun.AUTHORS, "Al Roe")
        assert [row.import_id for row in audit.of(site.catalogue.connection, "authors", author.id)] == [
            number
        ]

    def test_a_line_that_is_refused_leaves_nothing_for_the_next_to_trip_over(self, site: Site) -> None:
        with site.catalogue.write() as connection:
            scribe = desk.Scribe(site, connection)
            wrong = fields(3, authors=["Al Roe"], topics=["NATO"], slug="piece-1")
            with pytest.raises(SubmissionRefused), site.catalogue.attempt():
                desk.record(scribe, read_submission(wrong, site.settings.zone))
            scribe.forget()
            recorded = desk.record(scribe, read_submission(fields(3, authors=["Al Roe"]), site.settings.zone))
        assert piece(site, recorded.piece_id).authors == ("Al Roe",)
        assert site.catalogue.connection.execute("SELECT name FROM topics").fetchall() == [("Alliances",)]
