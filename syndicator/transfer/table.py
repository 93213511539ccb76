"""CSV (RFC 4180): a piece a row, under the names of the JSON fields, safe to open in a spreadsheet.

Knows the columns and how a cell is written; must not know what the record makes of it.

Lists are joined by `; `. `url` and `outlet` are the primary placement; `placements` holds the further ones, each as
`URL | outlet | relation`. Within a list `;`, `|` and backslashes of a value itself are written with a backslash
before them. An empty cell says: an empty list or summary; elsewhere nothing. A column that is missing says nothing.

Against formula injection (OWASP, “CSV Injection”) an apostrophe goes before whatever a spreadsheet could take for a
formula, at the beginning of a cell and after `;`, tabs and line ends, where one that splits cells elsewhere would
begin a new one. Reading takes it away again, so that every text survives exactly.

Read are also tables made by hand or by spreadsheets: any order and case of the column names, `;` or tabs between
cells, a `sep=` line, a byte order mark, line breaks within quotes.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any

from syndicator.errors import ImportRefused
from syndicator.transfer.lines import LIMIT, Line, name_of, read_lines
from syndicator.transfer.rows import Row

COLUMNS = (
    "id", "entry_id", "slug", "status", "title", "summary", "kind", "published", "authors", "featured", "topics",
    "programs", "url", "outlet", "placements", "source_id",
)  # fmt: skip
_LISTS = frozenset({"authors", "featured", "topics", "programs"})
UNKNOWN_SHOWN = 5
_REQUIRED = ("title", "url", "published")
_DELIMITERS = (",", ";", "\t")
_SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\s*', re.IGNORECASE)

_CELL_START = r"(?:^|(?<=[;\t\r\n]))"
_FORMULA = r"""(?=[ '"]*[=+\-@\t\r\n＝＋－＠])"""
_UNGUARDED = re.compile(_CELL_START + _FORMULA)
_GUARDED = re.compile(_CELL_START + "'" + _FORMULA)

_SPECIAL = re.compile(r"[\\;|]")
_ESCAPED = re.compile(r"\\([\\;|])")
_ENTRY = re.compile(r"((?:\\[\\;|]|[^;])*)(?:;|$)", re.DOTALL)
_PART = re.compile(r"((?:\\[\\;|]|[^|])*)(?:\||$)", re.DOTALL)


def write(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The heading, then a row for each piece's fields; the same fields always give the same bytes."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    for cells in chain([COLUMNS], map(_cells, rows)):
        table.writerow([_UNGUARDED.sub("'", cell) for cell in cells])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _cells(fields: Mapping[str, Any]) -> list[str]:
    primary, *further = fields["placements"] or [{"url": "", "outlet": ""}]
    cells = {
        **fields,
        **{column: _joined(fields[column]) for column in _LISTS},
        "url": primary["url"],
        "outlet": primary["outlet"],
        "placements": "; ".join(
            " | ".join(_escaped(placement[part]) for part in ("url", "outlet", "relation"))
            for placement in further
        ),
    }
    return ["" if cells[column] is None else str(cells[column]) for column in COLUMNS]


def _joined(names: Sequence[str]) -> str:
    return "; ".join(map(_escaped, names))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def read(stream: IO[bytes]) -> Iterator[Row]:
    """The rows of a table, each as the fields of a piece. Raises ImportRefused at once if its heading is no use."""
    # By default the module refuses cells of 128 KiB; our lines are bounded already.
    csv.field_size_limit(LIMIT)
    lines = read_lines(stream)
    columns, delimiter = _heading(name_of(stream), lines)
    return _rows(_Feed(lines), columns, delimiter)


def _rows(feed: "_Feed", columns: Sequence[str], delimiter: str) -> Iterator[Row]:
    table = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as fault:
            yield Row(feed.record[0].number, None, feed.record[0].fault or _sentence(fault))
            feed.give_back()
            table = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        if any(cell.strip() for cell in cells):
            yield _row(feed, columns, cells)


class _Feed:
    """Lines for the csv module, which takes as many as a record needs. Of a spoilt record only the first is lost."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._again: list[Line] = []
        self.record: list[Line] = []
        self.size = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.record.append(line)
        self.size += len(line.text)
        if line.fault:
            raise csv.Error(line.fault)
        if self.size > LIMIT and len(self.record) > 1:
            raise csv.Error("unexpected end of data")
        return line.text

    def begin(self) -> None:
        """A new record begins with the next line."""
        self.record.clear()
        self.size = 0

    def give_back(self) -> None:
        """The lines of the record after its first will be read again."""
        self._again += reversed(self.record[1:])


_SENTENCES = {
    "unexpected end": "has a quotation mark that is never closed",
    "field larger": "has a quotation mark that is never closed",
    "new-line character": "holds a bare carriage return; put the cell in quotation marks",
}


def _sentence(fault: csv.Error) -> str:
    for beginning, sentence in _SENTENCES.items():
        if str(fault).startswith(beginning):
            return sentence
    return "has a quotation mark within a quoted cell that is not doubled"


def _heading(name: str, lines: Iterator[Line]) -> tuple[list[str], str]:
    """The columns and what parts the cells. The heading is the first line that is not empty."""
    delimiters: Sequence[str] = _DELIMITERS
    for line in lines:
        if line.fault:
            raise ImportRefused(f"{name}: the first line {line.fault}.")
        if sep := _SEP_LINE.fullmatch(line.text):
            delimiters = sep[1]
        elif line.text.strip():
            break
    else:
        raise ImportRefused(f"{name} is empty.", hint=_HEADING_HINT)
    if "\r" in line.text.rstrip("\r\n"):
        raise ImportRefused(
            f"{name} has the line ends of old Macs.", hint="Save it as CSV UTF-8, then try again."
        )
    guesses = [
        ([_column(cell) for cell in _split(line.text, delimiter)], delimiter) for delimiter in delimiters
    ]
    columns, delimiter = max(guesses, key=lambda guess: sum(column in COLUMNS for column in guess[0]))
    while columns and not columns[-1]:
        columns.pop()
    _refuse_heading(name, columns)
    return columns, delimiter


_HEADING_HINT = "Its first line must name the columns, e.g. title,url,outlet,published,authors."


def _split(heading: str, delimiter: str) -> list[str]:
    return next(csv.reader([heading], delimiter=delimiter), [])


def _column(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", _GUARDED.sub("", cell).strip().casefold())


def _refuse_heading(name: str, columns: list[str]) -> None:
    if not any(column in COLUMNS for column in columns):
        raise ImportRefused(f"{name} has no heading.", hint=_HEADING_HINT)
    problems = [f"there is no column “{column}”" for column in _REQUIRED if column not in columns]
    problems += [f"the column “{column}” is there twice" for column in COLUMNS if columns.count(column) > 1]
    for column in [column[:40] for column in dict.fromkeys(columns) if column not in COLUMNS][:UNKNOWN_SHOWN]:
        near = difflib.get_close_matches(column, COLUMNS, n=1)
        problems.append(f"“{column}” is not a column of ours" + (f" (“{near[0]}”?)" if near else ""))
    if problems:
        raise ImportRefused(f"{name}: {'; '.join(problems)}.", hint=f"The columns are {', '.join(COLUMNS)}.")


def _row(feed: _Feed, columns: Sequence[str], cells: Sequence[str]) -> Row:
    number = feed.record[0].number
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        return Row(number, None, f"has {len(cells)} cells where the heading has {len(columns)}")
    given = {column: _GUARDED.sub("", cell) for column, cell in zip(columns, cells, strict=False)}
    fields: dict[str, Any] = {}
    for column, cell in given.items():
        if column in _LISTS:
            fields[column] = _names(cell)
        elif column not in ("url", "outlet", "placements") and (column == "summary" or cell.strip()):
            fields[column] = cell
    if (number_text := fields.get("id", "").strip()).isdecimal() and number_text.isascii():
        fields["id"] = int(number_text[:20])
    primary = {"url": given["url"], "outlet": given.get("outlet", "").strip() or None}
    fields["placements"] = [primary, *_placements(given.get("placements", ""))]
    return Row(number, fields, primary_only="placements" not in columns, size=feed.size)


def _names(cell: str) -> list[str]:
    return [name for entry in _entries(cell) if (name := _bare(entry))]


def _placements(cell: str) -> Iterator[dict[str, str]]:
    for entry in _entries(cell):
        parts = [_bare(found[1]) for found in _PART.finditer(entry)]
        if any(parts):
            yield {
                part: text for part, text in zip(("url", "outlet", "relation"), parts, strict=False) if text
            }


def _entries(cell: str) -> list[str]:
    return [found[1] for found in _ENTRY.finditer(cell)] if "\\" in cell else cell.split(";")


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()
