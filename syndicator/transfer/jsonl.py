"""JSON Lines: one JSON object a line, in UTF-8 (jsonlines.org, RFC 8259).

Knows the format and its traps; must not know which fields a line may have.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Never

from syndicator.transfer.lines import Line, read_lines
from syndicator.transfer.rows import Row

_AROUND = " \t\r\n\ufeff"
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# JSON may hold these as they are, but much that reads lines ends a line at them (UAX 14, class BK).
_ENDS_A_LINE = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_ENDING = re.compile("[\x85\u2028\u2029]")


class _Fault(ValueError):
    """What is wrong with a line that the JSON grammar allows, or that Python reads although it does not."""


def read(stream: IO[bytes]) -> Iterator[Row]:
    """The objects of a stream; empty lines are passed over. Raises ImportRefused at once for what is no text file."""
    return _rows(read_lines(stream))


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        content = line.text.strip(_AROUND)
        if line.fault:
            yield Row(line.number, None, line.fault)
        elif content:
            yield _row(line.number, content)


def _row(number: int, content: str) -> Row:
    try:
        value = _DECODER.decode(content)
        if _ESCAPED_SURROGATE.search(content):
            value = _without_surrogates(value)
    except json.JSONDecodeError as fault:
        return Row(
            number, None, f"is not JSON: {fault.msg[:1].lower()}{fault.msg[1:]} at character {fault.pos + 1}"
        )
    except _Fault as fault:
        return Row(number, None, str(fault))
    except RecursionError:
        return Row(number, None, "is nested too deeply")
    except ValueError:  # Python's bound on the digits of a whole number
        return Row(number, None, "holds a number that is too long")
    if not isinstance(value, dict):
        return Row(number, None, f"is {_NAMES[type(value)]}, not an object: each line is one {{…}}")
    return Row(number, value, size=len(content))


_NAMES = {
    list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false", type(None): "null",
}  # fmt: skip


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Fault(f"has the field “{key[:40]}” twice")
            seen.add(key)
    return fields


def _no_number(name: str) -> Never:
    raise _Fault(f"is not JSON: {name} is not a number that JSON knows")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


def _without_surrogates(value: Any) -> Any:
    """Halves of a character are no text (RFC 8259, section 8.2): they go, what stands around them stays."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_LONE_SURROGATE.sub("", key): _without_surrogates(item) for key, item in value.items()}
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def write(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A line for each mapping; the same mapping always gives the same bytes."""
    for fields in rows:
        line = _ENCODER.encode(fields)
        if _ENDING.search(line):
            line = line.translate(_ENDS_A_LINE)
        yield f"{line}\n".encode()
