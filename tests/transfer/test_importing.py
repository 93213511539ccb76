"""Lines become pieces: added, updated, unchanged or refused, each alone; batches are stored whole."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator import desk, transfer
from syndicator.catalogue import audit
from syndicator.model.records import Noun, Relation
from syndicator.site import Site
from syndicator.transfer import LineOutcome, LineReport, Row, importing
from tests.builders import fields, log, make_site
from tests.transfer.builders import (
    HOSTILE,
    file,
    fresh_site,
    imported,
    jsonl,
    names,
    outcomes,
    pieces,
    record,
    submissions,
)


@pytest.fixture
def site(tmp_path: Any) -> Iterator[Site]:
    site = make_site(tmp_path)
    yield site
    site.catalogue.close()


def count(site: Site, table: str) -> int:
    return int(site.catalogue.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def reason(told: list[LineReport]) -> str:
    (line,) = [line for line in told if line.outcome is LineOutcome.REFUSED]
    assert "\n" not in line.reason
    return line.reason


NEW = ("outlet The Outlet", "author Jo Doe", "topic Alliances", "program Asia Program")


def test_an_update_says_which_fields_it_changed(site: Site) -> None:
    imported(site, jsonl(fields(1)))
    _, told = imported(site, jsonl(fields(1, title="Another", authors=["Ann Ray"])))
    assert told == [
        LineReport(
            1, LineOutcome.UPDATED, 1, "Another", changed=("title", "authors"), created=("author Ann Ray",)
        )
    ]


def test_every_line_is_told_of_in_order_with_its_piece(site: Site) -> None:
    report, told = imported(site, jsonl(fields(1), fields(2), fields(1)))
    assert told == [
        LineReport(1, LineOutcome.ADDED, 1, "Piece 1", created=NEW),
        LineReport(2, LineOutcome.ADDED, 2, "Piece 2"),
        LineReport(3, LineOutcome.UNCHANGED, 1, "Piece 1"),
    ]
    assert (report.added, report.updated, report.unchanged, report.refused) == (2, 0, 1, 0)


def test_the_same_file_again_changes_nothing(site: Site) -> None:
    lines = [fields(number, source_id=f"row-{number}") for number in range(5)]
    imported(site, jsonl(*lines))
    before = record(site)
    report, told = imported(site, jsonl(*lines))
    assert outcomes(told) == ["unchanged"] * 5
    assert report.import_id is None
    assert record(site) == before


def test_the_same_source_id_is_the_same_piece_also_at_another_url(site: Site) -> None:
    imported(site, jsonl(fields(1, source_id="a")))
    _, told = imported(site, jsonl(fields(2, source_id="a")))
    assert outcomes(told) == ["updated"]
    assert [piece["placements"][0]["url"] for piece in pieces(site)] == ["https://outlet.example/2"]


def test_the_same_primary_url_is_the_same_piece_however_it_is_spelled(site: Site) -> None:
    imported(site, jsonl(fields(1)))
    spelled = [{"url": "http://www.outlet.example/1/?utm_source=mail", "outlet": "The Outlet"}]
    _, told = imported(site, jsonl(fields(1, title="Another title", placements=spelled)))
    assert outcomes(told) == ["updated"]
    assert [piece["title"] for piece in pieces(site)] == ["Another title"]


def test_the_same_url_under_another_source_id_is_named_and_changes_nothing(site: Site) -> None:
    imported(site, jsonl(fields(1, source_id="a")))
    before = record(site)
    report, told = imported(site, jsonl(fields(1, source_id="b", title="Another", authors=["New Name"])))
    assert reason(told) == "https://outlet.example/1 is already recorded as “Piece 1” (piece 1)."
    assert report.import_id is None
    assert record(site) == before


def test_fields_that_a_line_leaves_out_stay_as_they_are(site: Site) -> None:
    imported(site, jsonl(fields(1, source_id="a", featured=["Ann Lee"], status="draft")))
    (before,) = pieces(site)
    line = {key: fields(1)[key] for key in ("title", "published", "placements")}
    _, told = imported(site, jsonl(line | {"title": "New title"}))
    assert outcomes(told) == ["updated"]
    assert pieces(site) == [before | {"title": "New title"}]


def test_a_table_without_a_column_of_placements_keeps_the_further_ones(site: Site) -> None:
    piece_id = log(site, 1)
    again = "https://other.example/1"
    desk.place(site, piece_id, again, "Other", Relation.REPUBLICATION)
    table = "title,url,outlet,published\nPiece 1,https://outlet.example/1,The Outlet,2024-06-16\n"
    _, told = imported(site, transfer.read_csv(io.BytesIO(table.encode())))
    assert outcomes(told) == ["unchanged"]
    _, told = imported(site, transfer.read_csv(io.BytesIO(table.replace("Piece 1", "New title").encode())))
    assert outcomes(told) == ["updated"]
    assert [placement["url"] for placement in pieces(site)[0]["placements"]] == [
        "https://outlet.example/1",
        again,
    ]


def test_all_that_is_wrong_with_a_line_is_said_at_once(site: Site) -> None:
    line = fields(1, title=" ", kind="essay", published="16.6.2024", auther="Jo", placements=[])
    _, told = imported(site, jsonl(line))
    said = reason(told)
    for part in ("title: must not be empty", "kind: “essay” is not a kind", "published: “16.6.2024” is not a date",
                 "auther: is not a field of ours; check its spelling", "placements: needs at least one"):  # fmt: skip
        assert part in said


def test_one_bad_line_does_not_stop_the_others(site: Site) -> None:
    source = file(json.dumps(fields(1)), "{", json.dumps({"title": "B"}), json.dumps(fields(2)))
    report, told = imported(site, source)
    assert [(line.line, line.outcome.value) for line in told] == [
        (1, "added"), (2, "refused"), (3, "refused"), (4, "added"),
    ]  # fmt: skip
    assert told[2].title == "B"
    assert (report.added, report.refused) == (2, 2)


def test_a_refused_line_leaves_nothing_not_even_the_names_it_brought(site: Site) -> None:
    """The second placement has no outlet and an unknown host: found out when the first has made its outlet."""
    spoilt = fields(
        1,
        authors=["Never Seen"],
        topics=["No Topic"],
        placements=[
            {"url": "https://new.example/1", "outlet": "New Outlet"},
            {"url": "https://unknown.example/1"},
        ],
    )
    good = fields(2, authors=["Never Seen", "Jo Doe"])
    _, told = imported(site, jsonl(fields(3), spoilt, good, spoilt))
    assert outcomes(told) == ["added", "refused", "added", "refused"]
    assert (
        told[1].reason
        == "placements[1].outlet: no outlet is known for unknown.example; name it (--outlet NAME)"
    )
    assert [name["name"] for name in names(site, Noun.OUTLETS)] == ["The Outlet"]
    assert [name["name"] for name in names(site, Noun.AUTHORS)] == ["Jo Doe", "Never Seen"]
    assert [name["name"] for name in names(site, Noun.TOPICS)] == ["Alliances"]
    assert count(site, "links") == 2
    assert pieces(site)[1]["authors"] == ["Never Seen", "Jo Doe"]


def test_names_match_in_any_case_and_by_their_aliases(site: Site) -> None:
    desk.add_name(site, Noun.AUTHORS, {"name": "Johanna Straße", "aliases": ["J. S."]})
    imported(site, jsonl(fields(1, authors=["JOHANNA STRASSE"]), fields(2, authors=["j. s."])))
    assert [piece["authors"] for piece in pieces(site)] == [["Johanna Straße"], ["Johanna Straße"]]


def test_an_import_has_an_id_that_its_audit_rows_carry(site: Site) -> None:
    first, _ = imported(site, jsonl(fields(1)))
    second, _ = imported(site, jsonl(fields(1, title="New"), fields(2, authors=["Jo Doe", "Ann Lee"])))
    assert (first.import_id, second.import_id) == (1, 2)
    rows = site.catalogue.connection.execute(
        "SELECT action, noun FROM audit WHERE import_id = ? ORDER BY id", (second.import_id,)
    )
    assert rows.fetchall() == [("edit", "pieces"), ("add", "authors"), ("add", "pieces")]
    source = site.catalogue.connection.execute("SELECT who, source FROM imports").fetchall()
    assert source == [("tester", "test")] * 2


def test_an_import_over_several_batches_is_one_import(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_LINES", 2)
    bad = {"title": "no date"}
    report, told = imported(site, jsonl(bad, bad, fields(1), fields(2), bad, bad, fields(3)))
    assert [line.line for line in told] == [1, 2, 3, 4, 5, 6, 7]
    assert report.import_id == 1
    assert count(site, "imports") == 1
    import_ids = site.catalogue.connection.execute("SELECT DISTINCT import_id FROM audit").fetchall()
    assert import_ids == [(1,)]


def test_the_audit_shows_a_piece_as_it_is_read_back(site: Site) -> None:
    """An import writes what it knows instead of reading every piece again; both must be the same."""
    shared = {"url": "https://outlet.example/1?utm_source=x", "outlet": "the outlet"}
    lines = [
        fields(
            1, placements=[{"url": "http://outlet.example/1", "outlet": "The Outlet"}], authors=["Jo Doe"]
        ),
        fields(1, placements=[shared], authors=["JO DOE", "Ann Lee"], featured=["Mo"], status="retracted"),
        fields(
            2,
            placements=[{"url": "https://outlet.example/2"}],
            kind="Q&A",
            published="2024-06-16T13:30+02:00",
        ),
    ]
    imported(site, jsonl(*lines))
    for piece in pieces(site):
        last = audit.of(site.catalogue.connection, "pieces", piece["id"])[-1]
        assert last.after == piece


@settings(max_examples=40, deadline=None)
@given(st.lists(submissions(), max_size=5))
def test_a_dry_run_tells_the_same_and_stores_nothing(lines: list[dict[str, Any]]) -> None:
    with fresh_site() as site, fresh_site() as other:
        for one in (site, other):
            imported(one, jsonl(fields(1, source_id="before")))
        before = list(site.catalogue.connection.iterdump())
        dry, told_dry = imported(site, jsonl(*lines), dry_run=True)
        assert list(site.catalogue.connection.iterdump()) == before
        real, told = imported(other, jsonl(*lines))
        assert told_dry == told
        assert (dry.added, dry.updated, dry.unchanged, dry.refused) == (
            real.added, real.updated, real.unchanged, real.refused,
        )  # fmt: skip
        assert (dry.import_id, dry.dry_run) == (None, True)


AUDIT = "SELECT action, noun, noun_id, import_id, before, after FROM audit ORDER BY noun, noun_id, id"


@settings(max_examples=80, deadline=None)
@given(st.lists(submissions(), max_size=8), st.integers(2, 5))
def test_lines_do_the_same_in_batches_as_one_by_one(lines: list[dict[str, Any]], size: int) -> None:
    """In a batch, look-ups and rows go together; that must not show, whatever the lines have to do with each other."""
    with fresh_site() as site, fresh_site() as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "BATCH_LINES", 1)
        _, told_alone = imported(site, jsonl(*lines))
        patch.setattr(importing, "BATCH_LINES", size)
        _, told = imported(other, jsonl(*lines))
        assert told == told_alone
        assert record(other) == record(site)
        audits = [one.catalogue.connection.execute(AUDIT).fetchall() for one in (site, other)]
        assert audits[0] == audits[1]


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        ({"source_id": "b"}, "https://outlet.example/1 is already recorded as “Piece 1” (piece 1)."),
        ({"source_id": "a", "title": "Changed"}, "updated"),
        ({}, "unchanged"),
        ({"id": 1, "entry_id": "tag:example.org,2024:other"}, "entry_id: piece 1 is another one"),
    ],
)
def test_a_line_meets_the_pieces_of_its_own_batch(site: Site, second: dict[str, Any], outcome: str) -> None:
    """Also such whose rows are not written yet."""
    _, told = imported(site, jsonl(fields(1, source_id="a"), fields(1, **second), fields(2), fields(3)))
    assert (told[1].reason or told[1].outcome.value).startswith(outcome)
    assert outcomes(told[2:]) == ["added", "added"]


def test_pieces_of_one_title_get_slugs_of_their_own_within_a_batch(site: Site) -> None:
    imported(site, jsonl(*(fields(number, title="The same") for number in range(4))))
    assert [piece["slug"] for piece in pieces(site)] == [
        "the-same",
        "the-same-2024-06-16",
        "the-same-2024-06-16-2",
        "the-same-2024-06-16-3",
    ]


def test_a_dry_run_sees_what_is_twice_in_the_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_LINES", 1)
    twice = [
        fields(1, source_id="a"),
        fields(1, source_id="a"),
        fields(1, source_id="b"),
        {"title": "no date"},
    ]
    _, told = imported(site, jsonl(*twice), dry_run=True)
    assert outcomes(told) == ["added", "unchanged", "refused", "refused"]
    assert count(site, "pieces") == count(site, "imports") == 0


def test_a_batch_is_bounded_by_the_size_of_its_lines_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_SIZE", 1000)
    begun: list[int] = []
    told: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(1, 5):
            begun.append(len(told))
            yield Row(number, fields(number), size=600)

    transfer.import_pieces(site, rows(), source="test", on_line=lambda line: told.append(line.line))
    assert begun == [0, 0, 2, 2]


def test_what_is_told_is_printable(site: Site) -> None:
    _, told = imported(site, jsonl(fields(1, title="a\ud800\x1b[2J\nb", kind="\x1b]0;x\x07\n\ud800")))
    assert told[0].title == "a[2J b"
    assert all(part.isprintable() for part in (told[0].title, reason(told)))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | HOSTILE
            | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "title",
                            "url",
                            "outlet",
                            "relation",
                            "published",
                            "placements",
                            "authors",
                            "id",
                            "x\ud800",
                        ]
                    ),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ),
        max_size=4,
    )
)
def test_no_line_is_a_bug(values: list[Any]) -> None:
    """Whatever JSON comes: taken or refused, never an exception."""
    with fresh_site() as site:
        lines = [value if isinstance(value, dict) else fields(1, title=value, id=value) for value in values]
        _, told = imported(site, jsonl(*lines))
        assert len(told) == len(lines)


def test_a_bug_is_not_taken_for_a_refusal(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> desk.Recorded:
        raise ZeroDivisionError

    monkeypatch.setattr(desk, "record", broken)
    with pytest.raises(ZeroDivisionError):
        imported(site, jsonl(fields(1)))
    assert count(site, "imports") == 0
