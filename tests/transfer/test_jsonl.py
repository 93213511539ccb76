"""JSON Lines as they come: what is wrong with a line is said in one sentence, and the next line is read."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import transfer
from syndicator.errors import ImportRefused
from syndicator.transfer import Row, lines
from tests.transfer.builders import file


def read(*content: str | bytes) -> list[Row]:
    return list(transfer.read_jsonl(file(*content)))


def fault(content: str | bytes) -> str:
    (row,) = read(content)
    assert row.fields is None
    return row.fault


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"title": "A"', "is not JSON: expecting ',' delimiter at character 14"),
        ("title: A", "is not JSON: expecting value at character 1"),
        ('{"title": "A",}', "is not JSON: "),
        ("{'title': 'A'}", "is not JSON: "),
        ('["A"]', "is a list, not an object: each line is one {…}"),
        ('"A"', "is a text, not an object: each line is one {…}"),
        ("12", "is a number, not an object: each line is one {…}"),
        ("null", "is null, not an object: each line is one {…}"),
        ("true", "is true or false, not an object: each line is one {…}"),
        ('{"title": "A", "title": "B"}', "has the field “title” twice"),
        ('{"placements": [{"url": "a", "url": "b"}]}', "has the field “url” twice"),
        ('{"id": NaN}', "is not JSON: NaN is not a number that JSON knows"),
        ('{"id": -Infinity}', "is not JSON: -Infinity is not a number that JSON knows"),
        ('{"id": ' + "9" * 5000 + "}", "holds a number that is too long"),
        ("[" * 100_000, "is nested too deeply"),
        (b'{"title": "caf\xe9"}', "is not UTF-8 text (byte E9 at position 15); save the file as UTF-8"),
        (b'{"title": "\xed\xa0\x80"}', "is not UTF-8 text (byte ED at position 12); save the file as UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str | bytes, sentence: str) -> None:
    assert fault(line).startswith(sentence)


def test_bad_lines_do_not_stop_the_others_and_lines_are_counted_from_one() -> None:
    rows = read('{"title": "A"}', "{", "", "   ", '{"title": "B"}')
    assert [(row.line, row.fields) for row in rows] == [(1, {"title": "A"}), (2, None), (5, {"title": "B"})]


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"title": "A"}\r\n{"title": "B"}\r\n\r\n\xef\xbb\xbf{"title": "C"}')
    titles = [(row.line, row.fields) for row in transfer.read_jsonl(stream)]
    assert titles == [(1, {"title": "A"}), (2, {"title": "B"}), (4, {"title": "C"})]


def test_halves_of_a_character_go_and_whole_ones_stay() -> None:
    (row,) = read(r'{"title": "a\ud800b \ud83d\ude00", "k\udfff": ["\udc00", {"x": "\ud800"}]}')
    assert row.fields == {"title": "ab 😀", "k": ["", {"x": ""}]}


def test_an_empty_file_has_no_lines() -> None:
    """An export of nothing is empty, and comes back."""
    assert list(transfer.read_jsonl(io.BytesIO())) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '{"title": "A"}'.encode("utf-16"),
            "standard input is UTF-16 text. Save it as UTF-8, then try again.",
        ),
        (b"\x1f\x8b\x08rest", "standard input is not a text file."),
        (b"PK\x03\x04rest", "standard input is not a text file."),
        (b"SQLite format 3\0", "standard input is not a text file."),
        (b"a\0b", "standard input is not a text file."),
    ],
)
def test_what_is_no_text_is_refused_as_a_whole(content: bytes, sentence: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read(content)
    assert str(refusal.value).startswith(sentence)


def test_a_source_that_cannot_be_read_is_refused_by_its_name() -> None:
    class Broken(io.BytesIO):
        name = "pieces.jsonl"

        def readline(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(ImportRefused, match=r"^pieces\.jsonl cannot be read: Input/output error\.$"):
        list(transfer.read_jsonl(Broken()))


def test_a_line_that_is_too_long_is_passed_over_without_being_held() -> None:
    class Endless(io.RawIOBase):
        """A line of 64 MiB and a short one, which are never in memory together."""

        left = 64 * 1024 * 1024
        largest = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left <= 0:
                tail = b'\n{"title": "B"}\n' if self.left == 0 else b""
                self.left = -1
                buffer[: len(tail)] = tail
                return len(tail)
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = b"x" * size
            self.largest = max(self.largest, len(buffer))
            return size

    raw = Endless()
    rows = list(transfer.read_jsonl(io.BufferedReader(raw)))
    assert [(row.line, row.fault) for row in rows] == [(1, "is longer than 4 MiB"), (2, "")]
    assert raw.largest <= lines.LIMIT


def test_an_export_is_readable_json_without_escapes() -> None:
    (line,) = transfer.write_jsonl([{"title": "Ä “quoted”", "authors": ["Jo"], "source_id": None}])
    assert line.decode() == '{"title": "Ä “quoted”", "authors": ["Jo"], "source_id": null}\n'


def test_characters_at_which_some_programs_end_a_line_are_escaped() -> None:
    (line,) = transfer.write_jsonl([{"title": "a\u2028b\x85c\x0bd"}])
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line) == {"title": "a\u2028b\x85c\x0bd"}


@given(st.lists(st.binary(max_size=40)))
def test_reading_never_fails_on_a_line(content: list[bytes]) -> None:
    """Whatever bytes come: a row with fields, or one with a fault – unless the whole is no text."""
    try:
        rows = read(*content)
    except ImportRefused:
        return
    assert all((row.fields is None) == bool(row.fault) for row in rows)
