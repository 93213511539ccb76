"""The physical lines of a text file from outside: numbered, decoded, none longer than we can hold.

Knows bytes and encodings; must not know what a line means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from syndicator.errors import ImportRefused

# The longest line that our own export can write (every field at its limit) is shorter.
LIMIT = 4 * 1024 * 1024
_CHUNK = 64 * 1024

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"SQLite format 3\0")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its ending, or why it could not be read."""

    number: int
    text: str
    fault: str = ""


def name_of(stream: IO[bytes]) -> str:
    """What to call the source in a sentence."""
    name = getattr(stream, "name", "")
    return name if isinstance(name, str) and name not in ("", "-", "<stdin>") else "standard input"


def read_lines(stream: IO[bytes]) -> Iterator[Line]:
    """The lines of a stream. Raises ImportRefused at once for what is no text file, later where reading fails."""
    start = _next(stream, LIMIT + 1)
    _refuse_binary(name_of(stream), start)
    return _lines(stream, start.removeprefix(_BOM))


def _lines(stream: IO[bytes], raw: bytes) -> Iterator[Line]:
    number = 0
    while raw:
        number += 1
        yield _line(stream, number, raw)
        raw = _next(stream, LIMIT + 1)


def _line(stream: IO[bytes], number: int, raw: bytes) -> Line:
    if len(raw) > LIMIT:
        while raw and not raw.endswith(b"\n"):
            raw = _next(stream, _CHUNK)
        return Line(number, "", f"is longer than {LIMIT // 1024 // 1024} MiB")
    try:
        return Line(number, raw.decode())
    except UnicodeDecodeError as fault:
        byte = f"byte {raw[fault.start]:02X} at position {fault.start + 1}"
        return Line(number, "", f"is not UTF-8 text ({byte}); save the file as UTF-8")


def _next(stream: IO[bytes], most: int) -> bytes:
    try:
        return stream.readline(most)
    except OSError as fault:
        raise ImportRefused(f"{name_of(stream)} cannot be read: {fault.strerror}.") from fault


def _refuse_binary(name: str, start: bytes) -> None:
    if start.startswith(_UTF_16):
        raise ImportRefused(f"{name} is UTF-16 text.", hint="Save it as UTF-8, then try again.")
    if start.startswith(_PACKED) or b"\0" in start:
        raise ImportRefused(
            f"{name} is not a text file.",
            hint="Give the exported text itself: JSON Lines or CSV, not packed.",
        )
