"""What is exported, and in which order."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from syndicator import desk, transfer
from syndicator.model.records import Noun
from syndicator.site import Site
from tests.builders import log, make_site
from tests.transfer.builders import exported, imported, names, pieces


@pytest.fixture
def site(tmp_path: Any) -> Iterator[Site]:
    site = make_site(tmp_path)
    yield site
    site.catalogue.close()


def test_a_line_holds_the_interchange_form(site: Site) -> None:
    log(site, 1, source_id="row-1", featured=["Ann Lee"])
    assert pieces(site) == [
        {
            "id": 1,
            "entry_id": "tag:institute.example,2024:pieces/1",
            "slug": "piece-1",
            "status": "published",
            "title": "Piece 1",
            "summary": "<p>What piece 1 says.</p>",
            "kind": "op-ed",
            "published": "2024-06-16",
            "authors": ["Jo Doe"],
            "featured": ["Ann Lee"],
            "topics": ["Alliances"],
            "programs": ["Asia Program"],
            "placements": [
                {"url": "https://outlet.example/1", "outlet": "The Outlet", "relation": "original"}
            ],
            "source_id": "row-1",
        }
    ]


def test_drafts_retracted_and_future_pieces_are_exported_too(site: Site) -> None:
    log(site, 1, status="draft")
    log(site, 2, published="2031-01-01T10:00:00Z")
    desk.retract(site, log(site, 3))
    assert [piece["status"] for piece in pieces(site)] == ["draft", "published", "retracted"]


def test_pieces_come_by_id_and_a_limit_takes_the_newest(site: Site) -> None:
    for number, day in enumerate(("2024-03-01", "2024-01-01", "2024-02-01"), start=1):
        log(site, number, published=day)
    assert [piece["id"] for piece in pieces(site)] == [1, 2, 3]
    limited = [json.loads(line)["id"] for line in transfer.export_pieces(site, "jsonl", limit=2)]
    assert limited == [1, 3]


def test_names_come_by_name_with_the_name_of_what_they_lie_below(site: Site) -> None:
    for fields in ({"name": "china"}, {"name": "Taiwan", "parent": "China"}, {"name": "Asia"}):
        desk.add_name(site, Noun.TOPICS, fields)
    assert [(topic["name"], topic["parent"]) for topic in names(site, Noun.TOPICS)] == [
        ("Asia", None),
        ("china", None),
        ("Taiwan", "china"),
    ]


def test_an_export_shows_one_state_of_the_record_whatever_is_written_meanwhile(
    site: Site, tmp_path: Any
) -> None:
    for number in range(1, 4):
        log(site, number)
    lines = transfer.export_pieces(site, "jsonl")
    first = next(lines)
    other = make_site(tmp_path)
    desk.revise(other, 3, {"title": "Changed meanwhile"})
    rest = [json.loads(line)["title"] for line in lines]
    assert json.loads(first)["title"] == "Piece 1"
    assert rest == ["Piece 2", "Piece 3"]
    assert pieces(site)[2]["title"] == "Changed meanwhile"
    other.catalogue.close()


def test_a_piece_that_came_past_the_desk_is_exported_so_that_it_can_be_imported(
    site: Site, tmp_path: Any
) -> None:
    log(site, 1)
    with site.catalogue.write() as connection:
        connection.execute("INSERT INTO pieces (title, published) VALUES ('By hand', '2024-06-16')")
        connection.execute(
            "INSERT INTO placements (piece_id, position, link_id, outlet_id, relation) "
            "SELECT 2, 1, link_id, outlet_id, 'republication' FROM placements"
        )
    piece = pieces(site)[1]
    assert (piece["entry_id"], piece["slug"], piece["status"]) == (None, None, "draft")
    assert exported(site, "csv").count(b"By hand") == 1


def test_an_empty_record_comes_back_as_one(site: Site) -> None:
    assert exported(site) == b""
    report, told = imported(site, io.BytesIO(exported(site)))
    assert (report.added, told) == (0, [])
