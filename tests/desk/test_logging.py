"""Logging a piece: duplicates are found and named, names and outlets are matched or made, one row a URL."""

from pathlib import Path
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import audit, pieces
from syndicator.errors import AlreadyRecorded, SubmissionRefused
from syndicator.model.records import Noun, Placement, Relation, Status
from syndicator.model.submission import read_submission
from syndicator.site import Site
from tests.builders import NOON, StandingClock, fields, log, make_site

STORY = "https://www.outlet.example/2024/story?id=7"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def at(url: str, outlet: str | None = "The Outlet", **changes: Any) -> dict[str, Any]:
    """The fields that change when a piece stands at a URL."""
    return {"placements": [{"url": url, "outlet": outlet}]} | changes


def rows(site: Site, statement: str) -> list[tuple[Any, ...]]:
    return site.catalogue.connection.execute(statement).fetchall()


def hosts(site: Site, outlet: str) -> tuple[str, ...]:
    return desk.find_name(site, Noun.OUTLETS, outlet).hosts


class TestAPiece:
    def test_it_stands_in_the_record_as_it_was_given(self, site: Site) -> None:
        submission = read_submission(
            fields(
                title="Burden sharing",
                authors=["Jo Doe", "Al Roe"],
                featured=["Lin Wei"],
                topics=["NATO", "Alliances"],
                published="2024-06-16T13:30",
                source_id="wp-7",
            ),
            site.settings.zone,
        )
        recorded = desk.log(site, submission)
        piece = desk.find_piece(site, str(recorded.piece_id))
        assert (recorded.outcome, recorded.title) == (desk.Outcome.ADDED, "Burden sharing")
        assert piece.authors == ("Jo Doe", "Al Roe")
        assert piece.featured == ("Lin Wei",)
        assert piece.topics == ("NATO", "Alliances")
        assert piece.placements == (Placement("https://outlet.example/1", "The Outlet", Relation.ORIGINAL),)
        assert (piece.status, piece.source_id) == (Status.PUBLISHED, "wp-7")
        assert (piece.published, piece.published_at) == ("2024-06-16T17:30:00Z",) * 2
        assert piece.created_at == piece.updated_at == "2026-06-01T12:00:00Z"

    def test_a_bare_date_is_midnight_in_the_sites_zone(self, site: Site) -> None:
        assert desk.find_piece(site, str(log(site))).published_at == "2024-06-16T04:00:00Z"

    def test_its_entry_id_is_a_tag_uri_of_the_sites_authority(self, site: Site) -> None:
        assert desk.find_piece(site, str(log(site))).entry_id == "tag:institute.example,2024:pieces/1"

    def test_slugs_are_of_the_title_then_with_the_date_then_with_a_number(self, site: Site) -> None:
        made = [desk.find_piece(site, str(log(site, n, title="On the summit"))).slug for n in range(1, 6)]
        assert made == [
            "on-the-summit",
            "on-the-summit-2024-06-16",
            "on-the-summit-2024-06-16-2",
            "on-the-summit-2024-06-16-3",
            "on-the-summit-2024-06-16-4",
        ]

    def test_a_handle_that_is_asked_for_is_honoured(self, site: Site) -> None:
        log(site, 1, id=40, slug="my-slug", entry_id="tag:old.example,2019:p1")
        piece = desk.find_piece(site, "40")
        assert (piece.slug, piece.entry_id) == ("my-slug", "tag:old.example,2019:p1")
        assert log(site, 2) == 41

    def test_a_handle_that_is_taken_is_refused_with_its_holder(self, site: Site) -> None:
        log(site, 1, slug="my-slug", entry_id="tag:old.example,2019:p1", source_id="wp-7")
        with pytest.raises(SubmissionRefused) as refusal:
            log(site, 2, id=1, entry_id="tag:old.example,2019:p1", source_id="wp-7")
        assert [str(problem) for problem in refusal.value.problems] == [
            "id: “1” is that of piece 1",
            "entry_id: “tag:old.example,2019:p1” is that of piece 1",
            "source_id: “wp-7” is that of piece 1",
        ]
        with pytest.raises(SubmissionRefused, match="slug: “my-slug” is the slug of piece 1"):
            log(site, 2, slug="my-slug")

    def test_a_retracted_piece_is_a_tombstone_only_if_it_could_have_been_seen(self, site: Site) -> None:
        past, future = (
            log(site, 1, status="retracted"),
            log(site, 2, status="retracted", published="2030-01-01"),
        )
        assert desk.find_piece(site, str(past)).retracted_at == "2026-06-01T12:00:00Z"
        assert desk.find_piece(site, str(future)).retracted_at is None

    def test_the_audit_says_who_when_what_and_how_it_stands(self, site: Site) -> None:
        piece = desk.find_piece(site, str(log(site)))
        (row,) = audit.of(site.catalogue.connection, "pieces", piece.id)
        assert (row.who, row.at, row.action) == ("tester", "2026-06-01T12:00:00Z", "add")
        assert (row.before, row.after) == (None, piece.as_fields())


class TestDuplicates:
    @pytest.mark.parametrize(
        "again",
        [
            STORY,
            f"{STORY}&utm_source=newsletter&fbclid=x",
            "http://outlet.example/2024/story/?id=7#comments",
            "https://OUTLET.example:443/2024/./story?id=7",
            "https://www.google.com/url?q=https%3A%2F%2Fwww.outlet.example%2F2024%2Fstory%3Fid%3D7&sa=D",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Foutlet.example%2F2024%2Fstory%3Fid%3D7",
        ],
    )
    def test_the_same_url_in_other_clothes_is_found_and_named(self, site: Site, again: str) -> None:
        log(site, 1, **at(STORY, title="Burden sharing"))
        with pytest.raises(AlreadyRecorded) as refusal:
            log(site, 2, **at(again))
        assert refusal.value.piece_id == 1
        assert "is already recorded as “Burden sharing” (piece 1)." in str(refusal.value)
        assert "`syndicator show 1`" in str(refusal.value)
        assert rows(site, "SELECT count(*) FROM pieces") == [(1,)]

    def test_a_query_that_the_article_needs_makes_another_piece(self, site: Site) -> None:
        log(site, 1, **at(STORY))
        assert log(site, 2, **at(STORY.replace("id=7", "id=8"))) == 2

    @pytest.mark.parametrize(
        ("status", "told"), [("retracted", "(piece 1, retracted)"), ("draft", "(piece 1, draft)")]
    )
    def test_a_piece_that_readers_do_not_see_is_found_too(self, site: Site, status: str, told: str) -> None:
        log(site, 1, **at(STORY, status=status))
        with pytest.raises(AlreadyRecorded) as refusal:
            log(site, 2, **at(STORY))
        assert told in str(refusal.value)

    def test_a_further_placement_counts_as_recorded(self, site: Site) -> None:
        log(site, 1)
        desk.place(site, 1, STORY, "The Outlet", Relation.CROSS_POST)
        with pytest.raises(AlreadyRecorded, match="piece 1"):
            log(site, 2, **at(STORY))

    def test_a_further_placement_cannot_be_the_home_of_another_piece(self, site: Site) -> None:
        log(site, 1, **at(STORY))
        further = [*fields(2)["placements"], {"url": STORY, "outlet": "The Outlet"}]
        with pytest.raises(AlreadyRecorded, match="piece 1"):
            log(site, 2, placements=further)

    def test_a_refusal_leaves_nothing_behind(self, site: Site) -> None:
        log(site, 1, **at(STORY))
        before = rows(site, "SELECT count(*) FROM audit")
        with pytest.raises(AlreadyRecorded):
            log(site, 2, **at(STORY, authors=["A new author"]))
        with pytest.raises(SubmissionRefused):
            log(site, 3, **at("https://unknown.example/", None, authors=["A new author"]))
        assert rows(site, "SELECT count(*) FROM audit") == before
        assert rows(site, "SELECT name FROM authors") == [("Jo Doe",)]


class TestLinks:
    def test_a_url_is_one_row_with_the_spelling_that_came_first_cleaned(self, site: Site) -> None:
        log(site, 1, **at("https://www.outlet.example/a?utm_source=x"))
        for number in (2, 3):
            log(site, number)
            desk.place(site, number, "http://reprints.example/b", "Reprints", Relation.REPUBLICATION)
        assert rows(site, "SELECT url FROM links WHERE url LIKE '%/a'") == [("https://www.outlet.example/a",)]
        assert rows(site, "SELECT count(*) FROM links WHERE url LIKE '%/b'") == [(1,)]


class TestNames:
    def test_a_name_that_is_not_known_is_made_and_told(self, site: Site) -> None:
        recorded = desk.log(site, read_submission(fields(authors=["Émile Zola"]), site.settings.zone))
        assert set(recorded.created) == {
            (Noun.AUTHORS, "Émile Zola"),
            (Noun.TOPICS, "Alliances"),
            (Noun.PROGRAMS, "Asia Program"),
            (Noun.OUTLETS, "The Outlet"),
        }
        author = desk.find_name(site, Noun.AUTHORS, "Émile Zola")
        assert (author.slug, author.created_at) == ("emile-zola", "2026-06-01T12:00:00Z")
        (row,) = audit.of(site.catalogue.connection, "authors", author.id)
        assert (row.action, row.before, row.after) == (
            "add",
            None,
            {"name": "Émile Zola", "slug": "emile-zola"},
        )

    @pytest.mark.parametrize("given", ["jo doe", "JO DOE", " Jo  Doe ", "Joey", "JOEY"])
    def test_a_known_name_or_alias_matches_whatever_its_case(self, site: Site, given: str) -> None:
        desk.add_name(site, Noun.AUTHORS, {"name": "Jo Doe", "aliases": ["Joey"]})
        assert desk.find_piece(site, str(log(site, 1, authors=[given]))).authors == ("Jo Doe",)
        assert rows(site, "SELECT name FROM authors") == [("Jo Doe",)]

    def test_two_spellings_of_one_person_are_one_credit(self, site: Site) -> None:
        desk.add_name(site, Noun.AUTHORS, {"name": "Jo Doe", "aliases": ["Joey"]})
        assert desk.find_piece(site, str(log(site, 1, authors=["Joey", "Jo Doe"]))).authors == ("Jo Doe",)

    def test_an_author_who_is_featured_under_an_alias_has_one_credit(self, site: Site) -> None:
        desk.add_name(site, Noun.AUTHORS, {"name": "Jo Doe", "aliases": ["Joey"]})
        with pytest.raises(SubmissionRefused, match="is both author and featured"):
            log(site, 1, authors=["Jo Doe"], featured=["Joey"])

    def test_names_whose_slugs_would_be_the_same_have_numbers(self, site: Site) -> None:
        log(site, 1, authors=["Jo Doe", "Jo-Doe", "Jo, Doe", "***"])
        made = rows(site, "SELECT slug FROM authors ORDER BY id")
        assert made == [("jo-doe",), ("jo-doe-2",), ("jo-doe-3",), ("author",)]


class TestOutlets:
    def test_a_host_proposes_the_outlet_that_it_was_first_seen_with(self, site: Site) -> None:
        log(site, 1, **at("https://www.outlet.example/a", "The Outlet"))
        log(site, 2, **at("https://outlet.example/b", None))
        log(site, 3, **at("https://blog.outlet.example/c", None))
        assert hosts(site, "The Outlet") == ("outlet.example",)
        assert rows(site, "SELECT DISTINCT outlet_id FROM placements") == [(1,)]

    def test_a_host_that_nobody_has_is_asked_for(self, site: Site) -> None:
        with pytest.raises(SubmissionRefused) as refusal:
            log(site, 1, **at("https://unknown.example/a", None))
        sentence = "no outlet is known for unknown.example; name it (--outlet NAME)"
        assert str(refusal.value) == f"placements[0].outlet: {sentence}"

    def test_a_host_that_several_have_is_asked_for(self, site: Site) -> None:
        for outlet in ("One Show", "Two Show"):
            desk.add_name(site, Noun.OUTLETS, {"name": outlet, "hosts": ["www.shows.example"]})
        with pytest.raises(
            SubmissionRefused, match=r"shows\.example belongs to “One Show”, “Two Show”; name the one"
        ):
            log(site, 1, **at("https://shows.example/a", None))

    def test_a_named_outlet_always_wins_and_leaves_hosts_as_they_are(self, site: Site) -> None:
        log(site, 1, **at("https://outlet.example/a", "The Outlet"))
        log(site, 2, **at("https://outlet.example/b", "The Guest"))
        assert desk.find_piece(site, "2").placements[0].outlet == "The Guest"
        assert (hosts(site, "The Outlet"), hosts(site, "The Guest")) == (("outlet.example",), ())

    def test_a_host_below_anothers_may_be_an_outlet_of_its_own(self, site: Site) -> None:
        log(site, 1, **at("https://outlet.example/a", "The Outlet"))
        log(site, 2, **at("https://cooking.outlet.example/b", "Outlet Cooking"))
        log(site, 3, **at("https://cooking.outlet.example/c", None))
        assert desk.find_piece(site, "3").placements[0].outlet == "Outlet Cooking"

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.youtube.com/watch?v=abc",
            "https://youtu.be/abc",
            "https://m.youtube.com/watch?v=abc",
            "https://medium.com/@jo/story",
            "https://www.linkedin.com/pulse/story",
            "https://podcasts.apple.com/us/podcast/id1?i=2",
            "https://x.com/jo/status/1",
        ],
    )
    def test_a_platform_is_nobodys(self, site: Site, url: str) -> None:
        log(site, 1, **at(url, "NewsNation"))
        assert hosts(site, "NewsNation") == ()

    def test_a_host_of_ones_own_on_a_platform_is_ones_own(self, site: Site) -> None:
        log(site, 1, **at("https://jodoe.substack.com/p/a", "Jo's Letter"))
        log(site, 2, **at("https://jodoe.substack.com/p/b", None))
        assert desk.find_piece(site, "2").placements[0].outlet == "Jo's Letter"

    @pytest.mark.parametrize("url", ["https://[2001:db8::1]/a", "https://192.0.2.1/a", "https://localhost/a"])
    def test_hosts_without_a_name_are_no_fault(self, site: Site, url: str) -> None:
        log(site, 1, **at(url))
        assert desk.find_piece(site, "1").placements[0].url == url


def test_ids_and_instants_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    """The same submissions at the same instants make the same record anywhere."""
    records = []
    for name in ("one", "other"):
        site = make_site(tmp_path / name, clock=StandingClock(NOON))
        for number in range(1, 4):
            log(site, number)
        found = pieces.load(site.catalogue.connection, [1, 2, 3])
        records.append(found)
        site.catalogue.close()
    assert records[0] == records[1]
