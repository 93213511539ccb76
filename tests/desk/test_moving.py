"""A link gets another URL: the piece stays the piece, whichever of its URLs is pasted."""

import pytest

from syndicator import desk
from syndicator.catalogue import audit, beliefs, checks, links, mementos, overrides, pieces
from syndicator.catalogue.beliefs import Judged
from syndicator.errors import AlreadyRecorded, NotFound, URLRefused
from syndicator.model.health import Belief, Outcome, Override, State
from syndicator.model.links import Aim, Check, Memento
from syndicator.model.records import Relation
from syndicator.site import Site
from syndicator.transfer import Row, import_pieces
from tests.builders import NOON, fields, log, make_site

OLD, NEW = "https://outlet.example/1", "https://www.new.example/a/1"


@pytest.fixture
def site(tmp_path: object) -> Site:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    return make_site(tmp_path)


def link_of(site: Site, url: str) -> int:
    return desk.find_link(site, url).id


class TestMoving:
    def test_the_url_is_another_and_the_piece_is_the_same(self, site: Site) -> None:
        log(site, 1)
        before = desk.find_piece(site, OLD)
        moved = desk.move_link(site, link_of(site, OLD), NEW)
        after = desk.find_piece(site, NEW)
        assert (moved.old, moved.new, moved.merged, moved.pieces) == (OLD, NEW, False, (before.id,))
        assert after == before._replace(placements=after.placements)
        assert after.placements[0].url == NEW

    def test_the_old_url_still_leads_to_it(self, site: Site) -> None:
        piece_id = log(site, 1)
        desk.move_link(site, link_of(site, OLD), NEW)
        assert desk.find_piece(site, "http://www.outlet.example/1/?utm_source=x").id == piece_id
        assert desk.find_link(site, OLD).former == (OLD,)
        with pytest.raises(AlreadyRecorded):
            log(site, 2, placements=[{"url": OLD, "outlet": "The Outlet"}])

    def test_an_import_of_the_old_url_again_changes_nothing(self, site: Site) -> None:
        piece_id = log(site, 1)
        desk.move_link(site, link_of(site, OLD), NEW)
        report = import_pieces(site, [Row(1, fields(1))], source="again")
        assert (report.unchanged, report.added, report.updated) == (1, 0, 0)
        assert desk.find_piece(site, str(piece_id)).placements[0].url == NEW

    def test_a_person_can_take_it_back(self, site: Site) -> None:
        piece_id = log(site, 1)
        desk.move_link(site, link_of(site, OLD), NEW)
        desk.revise(site, piece_id, {"placements": [{"url": OLD, "outlet": "The Outlet"}]})
        assert desk.find_piece(site, NEW).placements[0].url == OLD
        assert desk.find_link(site, NEW).former == (NEW,)

    def test_it_is_audited_and_published_anew(self, site: Site) -> None:
        piece_id = log(site, 1)
        with site.catalogue.write() as connection:
            connection.execute("DELETE FROM changes")
        desk.move_link(site, link_of(site, OLD), NEW)
        row = audit.of(site.catalogue.connection, "pieces", piece_id)[-1]
        assert row.action == "move"
        assert row.before
        assert row.after
        assert (row.before["placements"][0]["url"], row.after["placements"][0]["url"]) == (OLD, NEW)
        noted = site.catalogue.connection.execute("SELECT noun, noun_id FROM changes").fetchall()
        assert noted == [("pieces", piece_id)]

    def test_it_is_believed_anew_but_for_what_its_page_is_like(self, site: Site) -> None:
        log(site, 1)
        link_id = link_of(site, OLD)
        with site.catalogue.write() as connection:
            moved = Belief(State.MOVED, NOON, NOON, NOON, moved_to=NEW, moved_times=2)
            beliefs.store(connection, [Judged(link_id, Belief(), moved, NOON, "Piece 1", "f1", '"e"', "")])
        desk.move_link(site, link_id, NEW)
        assert beliefs.standing(site.catalogue.connection, [link_id])[link_id].belief == Belief()
        assert beliefs.target_of(site.catalogue.connection, link_id) == (
            NEW,
            ("Piece 1",),
            "Piece 1",
            "f1",
            "",
            "",
        )

    def test_its_checks_still_say_where_they_ended(self, site: Site) -> None:
        log(site, 1)
        link_id = link_of(site, OLD)
        with site.catalogue.write() as connection:
            ends = ("", "https://else.example/")
            checks.add(
                connection,
                [(link_id, Check(NOON, Outcome.OK, State.HEALTHY, "", final_url=end)) for end in ends],
            )
        desk.move_link(site, link_id, NEW)
        found = checks.history(site.catalogue.connection, link_id)
        assert {check.final_url for check in found} == {OLD, "https://else.example/"}

    def test_https_instead_of_http_is_another_spelling_of_the_same(self, site: Site) -> None:
        log(site, 1, placements=[{"url": "http://outlet.example/1", "outlet": "The Outlet"}])
        desk.move_link(site, link_of(site, OLD), OLD)
        link = desk.find_link(site, "http://outlet.example/1")
        assert (link.url, link.former) == (OLD, ())

    def test_to_where_it_is_nothing_changes(self, site: Site) -> None:
        piece_id = log(site, 1)
        desk.move_link(site, link_of(site, OLD), OLD)
        assert [row.action for row in audit.of(site.catalogue.connection, "pieces", piece_id)] == ["add"]

    def test_what_is_no_url_or_no_link_is_refused(self, site: Site) -> None:
        log(site, 1)
        with pytest.raises(URLRefused):
            desk.move_link(site, link_of(site, OLD), "mailto:jo@a.example")
        with pytest.raises(NotFound, match="There is no link 99 any more"):
            desk.move_link(site, 99, NEW)
        with pytest.raises(NotFound, match=r"No link is recorded as “https://nowhere.example/”"):
            desk.find_link(site, "https://nowhere.example/")


class TestMerging:
    """The new URL is that of a link already."""

    def test_a_further_placement_there_goes_up_in_it(self, site: Site) -> None:
        piece_id = log(site, 1)
        desk.place(site, piece_id, NEW, "The Outlet", Relation.REPUBLICATION)
        with site.catalogue.write() as connection:
            mementos.add(
                connection,
                link_of(site, OLD),
                Memento("https://archive.example/1", NOON),
                "2026-06-01T12:00:00Z",
            )
        moved = desk.move_link(site, link_of(site, OLD), NEW)
        assert moved.merged
        (placement,) = desk.find_piece(site, OLD).placements
        assert (placement.url, placement.relation) == (NEW, Relation.ORIGINAL)
        assert link_of(site, OLD) == link_of(site, NEW) == moved.link_id
        assert mementos.of(site.catalogue.connection, [moved.link_id])[moved.link_id]

    def test_other_pieces_further_placements_there_stay(self, site: Site) -> None:
        first, second = log(site, 1), log(site, 2)
        desk.place(site, second, NEW, "The Other", Relation.CROSS_POST)
        desk.move_link(site, link_of(site, OLD), NEW)
        assert [placement.url for placement in desk.find_piece(site, str(first)).placements] == [NEW]
        assert [placement.url for placement in desk.find_piece(site, str(second)).placements][1] == NEW
        assert site.catalogue.connection.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_the_primary_one_of_another_piece_is_left_to_a_person(self, site: Site) -> None:
        log(site, 1)
        log(site, 2, placements=[{"url": NEW, "outlet": "The Outlet"}])
        with pytest.raises(AlreadyRecorded, match="is already recorded as “Piece 2”"):
            desk.move_link(site, link_of(site, OLD), NEW)
        assert desk.find_piece(site, OLD).title == "Piece 1"
        assert links.id_of(site.catalogue.connection, "https://outlet.example/1") != link_of(site, NEW)

    @pytest.mark.parametrize("of_both", [False, True])
    def test_a_persons_word_goes_along_where_there_is_none(self, site: Site, of_both: bool) -> None:
        piece_id = log(site, 1)
        desk.place(site, piece_id, NEW, "The Outlet", Relation.REPUBLICATION)
        old, new = Aim(link_id=link_of(site, OLD)), Aim(link_id=link_of(site, NEW))
        desk.override(site, old, Override.ALIVE, "2026-12-31", "seen")
        desk.slow_down(site, old, 7)
        if of_both:
            desk.override(site, new, Override.DEAD, "2026-12-31")
            desk.slow_down(site, new, 9)
        desk.move_link(site, link_of(site, OLD), NEW)
        connection = site.catalogue.connection
        word, slower = overrides.word_on(connection, new), overrides.interval_on(connection, new)
        assert word
        assert slower
        assert (word[1].override, slower[1].seconds) == (
            (Override.DEAD, 9) if of_both else (Override.ALIVE, 7)
        )
        last = audit.of(connection, "overrides", 1)[-1], audit.of(connection, "intervals", 1)[-1]
        assert [row.action for row in last] == (["clear", "clear"] if of_both else ["move", "slow_down"])
        assert all((row.after is None) == of_both for row in last)
        assert connection.execute("SELECT count(*) FROM overrides").fetchone() == (1,)

    def test_back_again_and_round_about(self, site: Site) -> None:
        piece_id = log(site, 1)
        link_id = link_of(site, OLD)
        for url in (NEW, "https://third.example/1", OLD, NEW):
            desk.move_link(site, link_id, url)
            assert desk.find_piece(site, url).id == piece_id
        assert set(desk.find_link(site, NEW).former) == {OLD, "https://third.example/1"}
        assert pieces.get(site.catalogue.connection, piece_id)
