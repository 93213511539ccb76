"""CSV: the columns, spreadsheets' dialects, formula injection, and tables that are wrong."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import transfer
from syndicator.errors import ImportRefused
from syndicator.transfer import Row
from tests.transfer.builders import HOSTILE

PIECE: dict[str, Any] = {
    "id": 7,
    "entry_id": "tag:example.org,2024:pieces/7",
    "slug": "a-title",
    "status": "published",
    "title": "A title",
    "summary": "<p>Words.</p>",
    "kind": "op-ed",
    "published": "2024-06-16",
    "authors": ["Jo Doe", "Ann Lee"],
    "featured": [],
    "topics": ["China"],
    "programs": [],
    "placements": [
        {"url": "https://outlet.example/1", "outlet": "The Outlet", "relation": "original"},
        {"url": "https://other.example/1", "outlet": "The Other", "relation": "republication"},
        {"url": "https://third.example/1", "outlet": "Third", "relation": "translation"},
    ],
    "source_id": "row-7",
}


def written(*pieces: dict[str, Any]) -> bytes:
    return b"".join(transfer.write_csv(pieces))


def rows(content: str | bytes) -> list[Row]:
    return list(transfer.read_csv(io.BytesIO(content.encode() if isinstance(content, str) else content)))


def fields(content: str | bytes) -> list[dict[str, Any]]:
    found = rows(content)
    assert [row.fault for row in found] == [""] * len(found)
    return [dict(row.fields or {}) for row in found]


def faults(content: str | bytes) -> list[tuple[int, str]]:
    return [(row.line, row.fault) for row in rows(content) if row.fields is None]


def refusal(content: str | bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        rows(content)
    return str(refused.value)


def test_an_export_has_the_json_fields_as_columns_and_the_primary_placement_apart() -> None:
    heading, row = csv.reader(io.StringIO(written(PIECE).decode(), newline=""))
    cells = dict(zip(heading, row, strict=True))
    assert cells == {
        "id": "7",
        "entry_id": "tag:example.org,2024:pieces/7",
        "slug": "a-title",
        "status": "published",
        "title": "A title",
        "summary": "<p>Words.</p>",
        "kind": "op-ed",
        "published": "2024-06-16",
        "authors": "Jo Doe; Ann Lee",
        "featured": "",
        "topics": "China",
        "programs": "",
        "url": "https://outlet.example/1",
        "outlet": "The Outlet",
        "placements": "https://other.example/1 | The Other | republication; "
        "https://third.example/1 | Third | translation",
        "source_id": "row-7",
    }


def test_an_export_of_nothing_is_its_heading() -> None:
    assert written().decode().startswith("id,entry_id,slug,status,title,")
    assert rows(written()) == []


def as_read(piece: dict[str, Any]) -> dict[str, Any]:
    """What reading makes of a piece: the primary placement is the original because it comes first."""
    primary, *further = piece["placements"]
    return {**piece, "placements": [{"url": primary["url"], "outlet": primary["outlet"]}, *further]}


def test_an_export_is_read_back_as_it_was() -> None:
    assert fields(written(PIECE)) == [as_read(PIECE)]


ONE_LINE = (HOSTILE | st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30)).map(
    lambda word: " ".join(word.replace("\r", " ").split()) or "x"
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": ONE_LINE,
                "summary": HOSTILE | ONE_LINE,
                "authors": st.lists(ONE_LINE),
                "outlet": ONE_LINE,
            }
        ),
        max_size=4,
    )
)
def test_any_text_survives_exactly(texts: list[dict[str, Any]]) -> None:
    pieces = [
        PIECE
        | {key: given[key] for key in ("title", "summary", "authors")}
        | {
            "placements": [
                PIECE["placements"][0] | {"outlet": given["outlet"]},
                PIECE["placements"][1] | {"outlet": given["title"], "url": "https://a.example/x;y|z\\;"},
            ]
        }
        for given in texts
    ]
    assert fields(written(*pieces)) == [as_read(piece) for piece in pieces]


FORMULA = "=+-@\t\r\n＝＋－＠"


@given(st.lists(ONE_LINE | HOSTILE, min_size=1))
def test_no_cell_begins_as_a_formula_does_whichever_way_it_is_split(authors: list[str]) -> None:
    """Also where a spreadsheet takes `;`, a tab or a line end within a cell for the end of it."""
    table = written(PIECE | {"title": authors[0], "summary": authors[0], "authors": authors}).decode()
    for row in csv.reader(io.StringIO(table, newline="")):
        for cell in row:
            for part in cell.replace("\t", ";").replace("\r", ";").replace("\n", ";").split(";"):
                assert part.lstrip(" \"'")[:1] not in (*FORMULA,) or part.startswith("'")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("'Tis the season", "'Tis the season"),
        ("-5 degrees", "'-5 degrees"),
        ("a; =b", "a;' =b"),
        ("1 - 2 = -1", "1 - 2 = -1"),
        ("＝1", "'＝1"),
    ],
)
def test_formulas_get_an_apostrophe_and_lose_it_again(text: str, cell: str) -> None:
    table = written(PIECE | {"title": text})
    assert next(csv.DictReader(io.StringIO(table.decode(), newline="")))["title"] == cell
    assert fields(table)[0]["title"] == text


def test_a_table_made_by_hand_needs_no_more_than_title_url_and_date() -> None:
    assert fields("Title,URL,Published\nA,https://outlet.example/1,2024-06-16\n") == [
        {
            "title": "A",
            "published": "2024-06-16",
            "placements": [{"url": "https://outlet.example/1", "outlet": None}],
        }
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\r\n", "\n\n"])
def test_spreadsheets_of_any_locale_are_read(delimiter: str, line_end: str, start: str) -> None:
    cells = ["Title", " URL ", "Outlet", "PUBLISHED", "Source ID", "Authors"]
    values = ['"Two\nlines, ""quoted"""', "https://a.example/1", "A", "2024-06-16", "1", '"Jo; Ann"']
    content = start.format(delimiter) + "".join(delimiter.join(row) + line_end for row in (cells, values))
    assert fields(content) == [
        {
            "title": 'Two\nlines, "quoted"',
            "published": "2024-06-16",
            "source_id": "1",
            "authors": ["Jo", "Ann"],
            "placements": [{"url": "https://a.example/1", "outlet": "A"}],
        }
    ]


def test_an_empty_cell_empties_a_list_or_summary_and_says_nothing_elsewhere() -> None:
    table = "title,url,published,summary,authors,kind,status,id,source_id\nA,https://a.example,2024,,,,,,\n"
    assert fields(table) == [
        {
            "title": "A",
            "published": "2024",
            "summary": "",
            "authors": [],
            "placements": [{"url": "https://a.example", "outlet": None}],
        }
    ]


def test_only_a_table_with_a_column_of_placements_tells_of_further_ones() -> None:
    assert [row.primary_only for row in rows("title,url,published\na,b,c\n")] == [True]
    assert [row.primary_only for row in rows(written(PIECE))] == [False]


def test_names_may_be_parted_without_blanks_and_hold_a_semicolon_behind_a_backslash() -> None:
    table = "title,url,published,authors\na,b,c,Jo;Ann Lee ; Smith\\; Sons; back\\slash;;\n"
    assert fields(table)[0]["authors"] == ["Jo", "Ann Lee", "Smith; Sons", "back\\slash"]


def test_a_further_placement_may_leave_out_outlet_and_relation() -> None:
    cell = "https://a.example; https://b.example | B; https://c.example || cross-post"
    table = f"title,url,published,placements\na,b,c,{cell}\n"
    assert fields(table)[0]["placements"][1:] == [
        {"url": "https://a.example"},
        {"url": "https://b.example", "outlet": "B"},
        {"url": "https://c.example", "relation": "cross-post"},
    ]


def test_empty_rows_and_empty_cells_at_the_end_are_passed_over() -> None:
    table = "title,url,published,,\nA,u,d,,\n,,,,\n\nB,u,d\nC,u,d,,,,,\n"
    assert [row["title"] for row in fields(table)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a,b", "has 2 cells where the heading has 3"),
        ("a,b,c,d", "has 4 cells where the heading has 3"),
        ('"a"b,c,d', "has a quotation mark within a quoted cell that is not doubled"),
        ('a,"b,c', "has a quotation mark that is never closed"),
        ("a\rb,c,d", "holds a bare carriage return; put the cell in quotation marks"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_alone(row: str, sentence: str) -> None:
    table = f"title,url,published\nA,u,d\n{row}\nB,u,d\n"
    assert [found.fields["title"] if found.fields else found.fault for found in rows(table)] == [
        "A",
        sentence,
        "B",
    ]
    assert faults(table) == [(3, sentence)]


def test_rows_carry_the_line_they_begin_on() -> None:
    table = 'title,url,published\n"A\n\nA",u,d\n\nB,u\n"C\nC",u,d\n'
    assert [(row.line, bool(row.fields)) for row in rows(table)] == [(2, True), (6, False), (7, True)]


def test_an_open_quotation_mark_loses_one_line_not_the_rest_of_the_file() -> None:
    table = "title,url,published\n" + '"A,u,d\n' + "B,u,d\n" * 3
    assert [row.line for row in rows(table) if row.fields] == [3, 4, 5]
    assert faults(table) == [(2, "has a quotation mark that is never closed")]


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_itself() -> None:
    (row,) = fields(f"title,url,published,summary\na,b,c,{'x' * 200_000}\n")
    assert len(row["summary"]) == 200_000


def test_bytes_that_are_no_utf_8_spoil_their_line_only() -> None:
    table = b"title,url,published\nA,u,d\n" + b"caf\xe9,u,d\n" + b'"B\n\xe9",u,d\n' + b"C,u,d\n"
    assert [row.line for row in rows(table) if row.fields] == [2, 6]
    assert [line for line, _ in faults(table)] == [3, 4, 5]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        (
            "",
            "standard input is empty. Its first line must name the columns, e.g. title,url,outlet,published",
        ),
        (
            "A,https://a.example,2024-06-16",
            "standard input has no heading. Its first line must name the columns",
        ),
        (
            "title,url",
            "standard input: there is no column “published”. The columns are id, entry_id, slug, status,",
        ),
        ("title,url,published,auther", "standard input: “auther” is not a column of ours (“authors”?)."),
        ("title,url,published,xyzzy", "standard input: “xyzzy” is not a column of ours."),
        ("title,url,published,,topics", "standard input: “” is not a column of ours."),
        ("title,url,published,Title", "standard input: the column “title” is there twice."),
    ],
)
def test_a_table_without_a_usable_heading_is_refused_as_a_whole(heading: str, sentence: str) -> None:
    assert refusal(heading + "\n1,2,3,4\n" if heading else "").startswith(sentence)


@pytest.mark.parametrize(
    "heading", ["title\rurl\rpublished", '"title', "x" * 300_000, ",".join(map(str, range(20_000)))]
)
def test_a_heading_is_never_a_bug(heading: str) -> None:
    assert refusal(heading + "\n")
    assert refusal("title,url,published," + heading + "\n")


def test_a_separator_line_names_what_a_separator_can_be() -> None:
    assert fields("sep=|\ntitle|url|published\na|b|c\n")[0]["title"] == "a"
    assert refusal('sep="\ntitle,url,published\n').startswith("standard input has no heading.")


def test_utf_16_is_refused_with_the_next_step() -> None:
    assert (
        refusal("title,url\n".encode("utf-16"))
        == "standard input is UTF-16 text. Save it as UTF-8, then try again."
    )


@given(st.lists(st.text(max_size=20) | HOSTILE | st.sampled_from(['"', ",", "\n", "\r", ";"])))
def test_reading_never_fails_on_a_row(content: list[str]) -> None:
    table = "title,url,published,authors,placements\n" + "".join(content)
    if "\0" in table:
        return
    found = rows(table.encode("utf-8", "surrogatepass"))
    assert all((row.fields is None) == bool(row.fault) for row in found)


def test_a_table_is_refused_before_its_first_row_is_asked_for() -> None:
    with pytest.raises(ImportRefused):
        transfer.read_csv(io.BytesIO(b"no heading\n"))
    with pytest.raises(ImportRefused):
        transfer.read_jsonl(io.BytesIO(b"\x1f\x8b"))


def test_an_open_quotation_mark_costs_a_long_file_no_more_than_one_more_look() -> None:
    """The mark swallows what follows up to the bound; then all of it is read again, once."""
    table = "title,url,published\n" + '"A,u,d\n' + "B,u,d\n" * 100_000
    assert [row.line for row in rows(table) if row.fields is None] == [2]
