"""Changing a piece: only what is said changes, ids stay, and feeds hear of changes that readers would notice."""

from pathlib import Path
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import audit
from syndicator.errors import AlreadyRecorded, NotFound, SubmissionRefused
from syndicator.model.records import Piece, Placement, Relation, Status
from syndicator.site import Site
from tests.builders import NOON, StandingClock, log, make_site

LOGGED, LATER, LATEST = "2026-06-01T12:00:00Z", "2026-06-01T13:00:00Z", "2026-06-01T14:00:00Z"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
def site(tmp_path: Path, clock: StandingClock) -> Site:
    """A site with piece 1, an hour after it was logged."""
    opened = make_site(tmp_path, clock=clock)
    log(opened, 1, featured=["Lin Wei"])
    clock.advance(hours=1)
    return opened


def piece(site: Site, number: int = 1) -> Piece:
    return desk.find_piece(site, str(number))


def actions(site: Site, number: int = 1) -> list[str]:
    return [row.action for row in audit.of(site.catalogue.connection, "pieces", number)]


def urls(site: Site) -> list[str]:
    return [row[0] for row in site.catalogue.connection.execute("SELECT url FROM links ORDER BY id")]


class TestRevise:
    @pytest.mark.parametrize(
        ("changes", "field", "value"),
        [
            ({"title": "A better title"}, "title", "A better title"),
            ({"summary": "Plain words"}, "summary", "<p>Plain words</p>"),
            ({"summary": ""}, "summary", ""),
            ({"kind": "Q&A"}, "kind", "q-and-a"),
            ({"published": "2024-06-17"}, "published", "2024-06-17"),
            ({"authors": []}, "authors", ()),
            ({"authors": ["Al Roe", "Jo Doe"]}, "authors", ("Al Roe", "Jo Doe")),
            ({"featured": ["Al Roe"]}, "featured", ("Al Roe",)),
            ({"topics": ["NATO"]}, "topics", ("NATO",)),
            ({"programs": []}, "programs", ()),
            ({"status": "draft"}, "status", Status.DRAFT),
            ({"slug": "another"}, "slug", "another"),
        ],
    )
    def test_only_what_is_said_changes(
        self, site: Site, changes: dict[str, Any], field: str, value: object
    ) -> None:
        before = piece(site)
        recorded = desk.revise(site, 1, changes)
        after = piece(site)
        assert recorded.outcome is desk.Outcome.UPDATED
        assert getattr(after, field) == value
        assert {key for key in after.as_fields() if after.as_fields()[key] != before.as_fields()[key]} == {
            field
        }
        assert (after.updated_at, after.created_at) == (LATER, LOGGED)

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"title": " Piece  1 "},
            {"authors": ["JO DOE"]},
            {"published": "20240616"},
            {"placements": [{"url": "https://outlet.example/1?utm_source=x"}]},
            {"slug": "piece-1"},
            {"status": "published"},
            {"source_id": None},
        ],
    )
    def test_what_says_the_same_changes_nothing(self, site: Site, changes: dict[str, Any]) -> None:
        before = piece(site)
        assert desk.revise(site, 1, changes).outcome is desk.Outcome.UNCHANGED
        assert piece(site) == before
        assert actions(site) == ["add"]

    def test_what_readers_do_not_see_does_not_make_an_entry_newer(self, site: Site) -> None:
        assert desk.revise(site, 1, {"source_id": "wp-7"}).outcome is desk.Outcome.UPDATED
        assert (piece(site).source_id, piece(site).updated_at) == ("wp-7", LOGGED)
        assert actions(site) == ["add", "edit"]

    def test_entry_id_and_slug_outlive_every_edit(self, site: Site, clock: StandingClock) -> None:
        before = piece(site)
        for changes in (
            {"title": "Other"},
            {"published": "2020-01-01"},
            {"status": "retracted"},
            {"status": "draft"},
        ):
            clock.advance(hours=1)
            desk.revise(site, 1, changes)
        assert (piece(site).entry_id, piece(site).slug) == (before.entry_id, before.slug)
        desk.revise(site, 1, {"entry_id": "tag:other.example,2020:x"})
        assert piece(site).entry_id == before.entry_id

    def test_the_audit_holds_before_and_after(self, site: Site) -> None:
        before = piece(site)
        desk.revise(site, 1, {"title": "Other"})
        row = audit.of(site.catalogue.connection, "pieces", 1)[-1]
        assert (row.at, row.who, row.action) == (LATER, "tester", "edit")
        assert (row.before, row.after) == (before.as_fields(), piece(site).as_fields())

    def test_a_piece_that_is_not_there(self, site: Site) -> None:
        with pytest.raises(NotFound, match=r"There is no piece 7\."):
            desk.revise(site, 7, {"title": "Other"})

    def test_every_problem_is_named_and_nothing_changes(self, site: Site) -> None:
        before = piece(site)
        with pytest.raises(SubmissionRefused) as refusal:
            desk.revise(site, 1, {"title": "", "kind": "essay"})
        assert [problem.field for problem in refusal.value.problems] == ["title", "kind"]
        assert piece(site) == before

    def test_handles_of_another_piece_are_refused(self, site: Site) -> None:
        log(site, 2, source_id="wp-2")
        with pytest.raises(SubmissionRefused, match="source_id: “wp-2” is that of piece 2"):
            desk.revise(site, 1, {"source_id": "wp-2"})
        with pytest.raises(SubmissionRefused, match="slug: “piece-2” is the slug of piece 2"):
            desk.revise(site, 1, {"slug": "piece-2"})

    def test_a_person_who_was_featured_and_is_now_an_author_is_asked_about(self, site: Site) -> None:
        with pytest.raises(SubmissionRefused, match="Lin Wei is both author and featured"):
            desk.revise(site, 1, {"authors": ["Lin Wei"]})


class TestURLs:
    def test_a_url_that_changes_leaves_no_unused_link(self, site: Site) -> None:
        desk.revise(
            site, 1, {"placements": [{"url": "https://outlet.example/moved", "outlet": "The Outlet"}]}
        )
        assert urls(site) == ["https://outlet.example/moved"]
        assert piece(site).updated_at == LATER

    def test_a_link_that_another_piece_uses_stays(self, site: Site) -> None:
        log(site, 2)
        for number in (1, 2):
            desk.place(site, number, "https://reprints.example/x", "Reprints", Relation.REPUBLICATION)
        desk.revise(site, 1, {"placements": piece(site).as_fields()["placements"][:1]})
        assert "https://reprints.example/x" in urls(site)

    def test_another_spelling_of_the_same_url_is_a_change_that_readers_see(self, site: Site) -> None:
        desk.revise(
            site, 1, {"placements": [{"url": "https://www.outlet.example/1/", "outlet": "The Outlet"}]}
        )
        assert piece(site).placements[0].url == "https://www.outlet.example/1/"
        assert (piece(site).updated_at, actions(site)) == (LATER, ["add", "edit"])

    def test_without_an_outlet_a_url_of_the_piece_keeps_the_one_it_has(self, site: Site) -> None:
        desk.revise(site, 1, {"placements": [{"url": "https://outlet.example/1", "outlet": "The Guest"}]})
        desk.revise(site, 1, {"title": "Other", "placements": [{"url": "https://outlet.example/1"}]})
        assert piece(site).placements[0].outlet == "The Guest"

    def test_the_url_of_another_piece_is_refused(self, site: Site) -> None:
        log(site, 2)
        with pytest.raises(AlreadyRecorded, match="piece 2"):
            desk.revise(
                site, 1, {"placements": [{"url": "https://outlet.example/2", "outlet": "The Outlet"}]}
            )
        assert urls(site) == ["https://outlet.example/1", "https://outlet.example/2"]


class TestPlace:
    def test_a_further_placement_comes_after_those_that_stand(self, site: Site) -> None:
        desk.place(site, 1, "https://reprints.example/x", "Reprints", Relation.REPUBLICATION)
        desk.place(site, 1, "https://zeitung.example/x", "Die Zeitung", Relation.TRANSLATION)
        assert piece(site).placements == (
            Placement("https://outlet.example/1", "The Outlet", Relation.ORIGINAL),
            Placement("https://reprints.example/x", "Reprints", Relation.REPUBLICATION),
            Placement("https://zeitung.example/x", "Die Zeitung", Relation.TRANSLATION),
        )
        assert piece(site).updated_at == LATER

    def test_its_outlet_is_proposed_by_its_host(self, site: Site) -> None:
        desk.place(site, 1, "https://www.outlet.example/again", None, Relation.CROSS_POST)
        assert piece(site).placements[1].outlet == "The Outlet"

    def test_a_url_that_the_piece_has_is_refused(self, site: Site) -> None:
        with pytest.raises(AlreadyRecorded, match="is already recorded as “Piece 1”"):
            desk.place(site, 1, "http://outlet.example/1#top", None, Relation.CROSS_POST)

    def test_the_home_of_another_piece_is_refused(self, site: Site) -> None:
        log(site, 2)
        with pytest.raises(AlreadyRecorded, match="piece 2"):
            desk.place(site, 1, "https://outlet.example/2", None, Relation.CROSS_POST)

    def test_only_the_first_is_the_original(self, site: Site) -> None:
        with pytest.raises(SubmissionRefused, match="only the first can be the original"):
            desk.place(site, 1, "https://reprints.example/x", "Reprints", Relation.ORIGINAL)

    def test_a_piece_that_is_not_there(self, site: Site) -> None:
        with pytest.raises(NotFound):
            desk.place(site, 7, "https://reprints.example/x", "Reprints", Relation.CROSS_POST)


class TestRetract:
    def test_a_piece_that_was_seen_leaves_a_tombstone(self, site: Site) -> None:
        assert desk.retract(site, 1).outcome is desk.Outcome.UPDATED
        after = piece(site)
        assert (after.status, after.retracted_at, after.updated_at) == (Status.RETRACTED, LATER, LATER)
        assert actions(site) == ["add", "retract"]

    @pytest.mark.parametrize("never_seen", [{"status": "draft"}, {"published": "2030-01-01"}])
    def test_a_piece_that_nobody_saw_leaves_none(self, site: Site, never_seen: dict[str, str]) -> None:
        log(site, 2, **never_seen)
        desk.retract(site, 2)
        assert (piece(site, 2).status, piece(site, 2).retracted_at) == (Status.RETRACTED, None)

    def test_twice_is_once(self, site: Site, clock: StandingClock) -> None:
        desk.retract(site, 1)
        clock.advance(hours=1)
        assert desk.retract(site, 1).outcome is desk.Outcome.UNCHANGED
        assert piece(site).retracted_at == LATER

    def test_it_can_come_back_as_the_entry_that_it_was(self, site: Site, clock: StandingClock) -> None:
        before = piece(site)
        desk.retract(site, 1)
        clock.advance(hours=1)
        desk.revise(site, 1, {"status": "published"})
        after = piece(site)
        assert (after.status, after.retracted_at, after.updated_at) == (Status.PUBLISHED, None, LATEST)
        assert (after.entry_id, after.slug) == (before.entry_id, before.slug)

    def test_an_edit_of_a_retracted_piece_leaves_the_instant_of_its_retraction(
        self, site: Site, clock: StandingClock
    ) -> None:
        desk.retract(site, 1)
        clock.advance(hours=1)
        desk.revise(site, 1, {"title": "Other"})
        assert (piece(site).retracted_at, actions(site)) == (LATER, ["add", "retract", "edit"])
