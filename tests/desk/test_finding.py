"""What a person means by a word: only exact handles count, and a near miss is offered, never taken."""

from pathlib import Path

import pytest

from syndicator import desk
from syndicator.errors import NotFound
from syndicator.model.records import Noun, Relation
from syndicator.site import Site
from tests.builders import log, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    opened = make_site(tmp_path)
    log(opened, 1, title="Burden sharing", source_id="wp-7", authors=["Brian Blankenship"])
    log(opened, 2, title="1984")
    desk.place(opened, 2, "https://reprints.example/x", "Reprints", Relation.CROSS_POST)
    return opened


@pytest.mark.parametrize(
    ("given", "piece_id"),
    [
        ("1", 1),
        (" 1 ", 1),
        ("burden-sharing", 1),
        ("wp-7", 1),
        ("tag:institute.example,2024:pieces/1", 1),
        ("https://outlet.example/1", 1),
        ("http://www.outlet.example/1/?utm_source=x#top", 1),
        ("https://reprints.example/x", 2),
        ("1984", 2),
    ],
)
def test_a_piece_is_found_by_any_of_its_handles(site: Site, given: str, piece_id: int) -> None:
    assert desk.find_piece(site, given).id == piece_id


@pytest.mark.parametrize(
    "given", ["7", "0", "9" * 30, "burden", "Burden sharing", "https://outlet.example/9", "\x1b\udcff", ""]
)
def test_what_is_no_handle_of_a_piece_finds_none(site: Site, given: str) -> None:
    with pytest.raises(NotFound) as refusal:
        desk.find_piece(site, given)
    assert "syndicator list --search" in str(refusal.value)
    assert "\x1b" not in str(refusal.value)


def test_a_primary_placement_counts_more_than_a_further_one(site: Site) -> None:
    log(site, 3, placements=[{"url": "https://home.example/3", "outlet": "Home"}])
    desk.place(site, 1, "https://shared.example/s", "Shared", Relation.CROSS_POST)
    desk.place(site, 3, "https://shared.example/s", "Shared", Relation.CROSS_POST)
    assert desk.find_piece(site, "https://shared.example/s").id == 1


@pytest.mark.parametrize(
    "given", ["Brian Blankenship", "BRIAN  BLANKENSHIP", "B. Blankenship", "brian-blankenship", "bb"]
)
def test_a_name_is_found_by_name_alias_and_every_slug(site: Site, given: str) -> None:
    name = desk.find_name(site, Noun.AUTHORS, "Brian Blankenship")
    desk.change_name(site, name, {"aliases": ["B. Blankenship"], "old_slugs": ["bb"]})
    assert desk.find_name(site, Noun.AUTHORS, given).id == name.id


def test_a_near_miss_is_offered_not_taken(site: Site) -> None:
    with pytest.raises(
        NotFound, match=r"There is no author “Brian Blankenshp”\. Did you mean “Brian Blankenship”\?"
    ):
        desk.find_name(site, Noun.AUTHORS, "Brian Blankenshp")


def test_where_nothing_is_near_the_list_is_named(site: Site) -> None:
    with pytest.raises(NotFound, match=r"There is no outlet “Zzz”\. `syndicator outlet list` shows all\."):
        desk.find_name(site, Noun.OUTLETS, "Zzz")


def test_topics_come_with_all_that_lie_below(site: Site) -> None:
    for name, parent in (("China", "Asia"), ("Taiwan", "China")):
        desk.add_name(site, Noun.TOPICS, {"name": name, "parent": parent})
    ids = [desk.find_name(site, Noun.TOPICS, name).id for name in ("Asia", "China", "Taiwan")]
    assert set(desk.topics_below(site, ids[:1])) == set(ids)
    assert set(desk.topics_below(site, ids[2:])) == set(ids[2:])
