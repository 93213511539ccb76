"""Builders for imports and exports: files in memory, what became of their lines, whole records as bytes, hostile text.

Knows the interchange form; must not know how the record is stored.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from syndicator import text, transfer
from syndicator.model.kinds import Kind
from syndicator.model.records import Noun
from syndicator.site import Site
from syndicator.transfer import ImportReport, LineReport, Row
from tests.builders import make_site

NAMES_FIRST = (Noun.PROGRAMS, Noun.TOPICS, Noun.AUTHORS, Noun.OUTLETS)


def file(*lines: str | bytes) -> io.BytesIO:
    """A file of lines."""
    return io.BytesIO(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))


def jsonl(*rows: Mapping[str, Any]) -> io.BytesIO:
    """A file of JSON objects."""
    return file(*(json.dumps(row) for row in rows))


def imported(
    site: Site, source: io.BytesIO | Iterable[Row], **options: Any
) -> tuple[ImportReport, list[LineReport]]:
    """Imports pieces; what is told of the whole and of each line."""
    told: list[LineReport] = []
    rows = transfer.read_jsonl(source) if isinstance(source, io.BytesIO) else source
    report = transfer.import_pieces(site, rows, source="test", on_line=told.append, **options)
    return report, told


def names_imported(
    site: Site, noun: Noun, source: io.BytesIO, **options: Any
) -> tuple[ImportReport, list[LineReport]]:
    """Imports authors, outlets, topics or programs; what is told of the whole and of each line."""
    told: list[LineReport] = []
    rows = transfer.read_jsonl(source)
    report = transfer.import_names(site, noun, rows, source="test", on_line=told.append, **options)
    return report, told


def outcomes(told: Iterable[LineReport]) -> list[str]:
    return [line.outcome.value for line in told]


def exported(site: Site, format: str = "jsonl") -> bytes:
    return b"".join(transfer.export_pieces(site, format))


def pieces(site: Site) -> list[dict[str, Any]]:
    """Every piece in the interchange form, by id."""
    return [json.loads(line) for line in transfer.export_pieces(site, "jsonl")]


def names(site: Site, noun: Noun) -> list[dict[str, Any]]:
    """Every name of a noun in the interchange form."""
    return [json.loads(line) for line in transfer.export_names(site, noun)]


def record(site: Site) -> dict[str, bytes]:
    """The whole record, as exports show it."""
    return {noun.value: b"".join(transfer.export_names(site, noun)) for noun in NAMES_FIRST} | {
        "pieces": exported(site)
    }


@contextmanager
def fresh_site() -> Iterator[Site]:
    """An empty site that is gone afterwards: for property tests, which need a new one for each example."""
    with TemporaryDirectory() as folder:
        site = make_site(Path(folder))
        try:
            yield site
        finally:
            site.catalogue.close()


def copy(source: Site, target: Site, format: str = "jsonl") -> list[LineReport]:
    """Imports what one site exports into another, names first; what is told of every line."""
    told: list[LineReport] = []
    for noun in NAMES_FIRST:
        rows = transfer.read_jsonl(io.BytesIO(b"".join(transfer.export_names(source, noun))))
        transfer.import_names(target, noun, rows, source=noun.value, on_line=told.append)
    read: Callable[[io.BytesIO], Iterator[Row]] = {"jsonl": transfer.read_jsonl, "csv": transfer.read_csv}[
        format
    ]
    transfer.import_pieces(
        target, read(io.BytesIO(exported(source, format))), source=format, on_line=told.append
    )
    return told


HOSTILE = st.sampled_from(
    [
        '=HYPERLINK("https://evil.example")', "+1", "-2+3", "@SUM(A1)", "'=quoted", "''+", "'", "a;=b", "a; @b",
        "x;'-y", "semi; colon", "pipe | bar", "back\\slash", "\\;", "\\", "ends in \\", 'quo"te', '"', "＝１", "; ",
        "|", "a\\|b", "]]>", "<b>bold</b> & <i>more", "<script>alert(1)</script>", "<pre>\n\n=two\n</pre>",
        "<p>a</p>\n\n;=b", "&amp;#61;", "\u202eright to left", "\u200fmark", "\U0001f469\u200d\U0001f467",
        "line\nbreak",
        "tab\tstop", "\u2028\x85", "nul\x00bell\x07", "é" * 90, "Straße", "STRASSE", "ﬁx", "null", "true", "sep=;", "0",
    ]
)  # fmt: skip
ANY_TEXT = (
    st.text(st.characters(codec="utf-8"), max_size=60) | HOSTILE | st.builds("{} {}".format, HOSTILE, HOSTILE)
)
A_LINE = ANY_TEXT.filter(text.one_line)
A_NAME = st.sampled_from(["Jo Doe", "JO DOE", "Ann Lee", "José", "Jose", "Institute"]) | A_LINE
SOME_NAMES = st.lists(A_NAME, max_size=3)
A_URL = st.builds(
    "https://{}/{}{}".format,
    st.sampled_from(["outlet.example", "www.other.example", "youtube.com", "bücher.example"]),
    st.integers(0, 12),
    st.sampled_from(["", "/", "?b=2&a=1", "?q=a;b|c", "#!/route", "?utm_source=x", "/a%20b%7Cc", "/;=1"]),
)
A_DATE = st.dates().map(str).filter("1000-01-01".__le__) | st.builds(
    "{}T{}".format,
    st.sampled_from(["2024-06-16", "1999-12-31", "2031-01-01"]),
    st.sampled_from(["13:30", "00:00:00Z", "23:59:59+09:00"]),
)


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of a piece that the desk may well take, with text that may well break something."""
    authors = draw(SOME_NAMES)
    named = {text.fold(name) for name in authors}
    placements = [{"url": draw(A_URL), "outlet": draw(A_NAME)}]
    for _ in range(draw(st.integers(0, 2))):
        relation = draw(st.sampled_from(["republication", "cross-post", "translation"]))
        placements.append({"url": draw(A_URL), "outlet": draw(A_NAME), "relation": relation})
    fields: dict[str, Any] = {
        "title": draw(A_LINE),
        "summary": draw(ANY_TEXT),
        "kind": draw(st.sampled_from(list(Kind))).value,
        "published": draw(A_DATE),
        "authors": authors,
        "featured": [name for name in draw(SOME_NAMES) if text.fold(name) not in named],
        "topics": draw(SOME_NAMES),
        "programs": draw(SOME_NAMES),
        "placements": placements,
        "status": draw(st.sampled_from(["draft", "published", "retracted"])),
    }
    optional = {
        "source_id": ANY_TEXT,
        "id": st.integers(1, 30),
        "slug": st.sampled_from(["a-slug", "another", "piece", "x"]),
        "entry_id": st.sampled_from(["tag:example.org,2024:1", "tag:example.org,2024:2"]),
    }
    for field, values in optional.items():
        if draw(st.integers(0, 3)) == 0:
            fields[field] = draw(values)
    return fields
