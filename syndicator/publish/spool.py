"""Entries rendered once a run and kept as bytes for every document that shows them.

Knows only bytes by piece. They wait in an unnamed temporary file; those in use lately are in memory as well.
"""

import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

RECENT = 6_000
CHUNK = 1024 * 1024


class Fragments(NamedTuple):
    """One entry in every format, and the instant of its last change as a stamp."""

    atom: bytes
    rss: bytes
    json: bytes
    item: bytes
    line: bytes
    updated: str


class Spool:
    """Fragments by piece id. Closing it forgets them."""

    def __init__(self, folder: Path, recent: int = RECENT) -> None:
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed by `close`
        self._descriptor = self._file.fileno()
        self._places: dict[int, tuple[int, tuple[int, ...], str]] = {}
        self._end = 0
        self._unwritten: list[bytes] = []
        self._written = 0
        self._recent: dict[int, Fragments] = {}
        self._most_recent = recent

    def __contains__(self, piece_id: int) -> bool:
        return piece_id in self._places

    def keep(self, piece_id: int, fragments: Fragments) -> None:
        parts = fragments[:-1]
        lengths = tuple(map(len, parts))
        self._places[piece_id] = (self._end, lengths, fragments.updated)
        self._end += sum(lengths)
        self._unwritten += parts
        if self._end - self._written > CHUNK:
            self._write()
        self._remember(piece_id, fragments)

    def _write(self) -> None:
        rest = memoryview(b"".join(self._unwritten))
        self._unwritten.clear()
        while rest:
            number = os.pwrite(self._descriptor, rest, self._written)
            self._written += number
            rest = rest[number:]

    def get(self, piece_id: int) -> Fragments:
        known = self._recent.get(piece_id)
        if known is None:
            known = self._read(piece_id)
            self._remember(piece_id, known)
        return known

    def _read(self, piece_id: int) -> Fragments:
        if self._unwritten:
            self._write()
        start, (atom, rss, json, item, line), updated = self._places[piece_id]
        whole = os.pread(self._descriptor, atom + rss + json + item + line, start)
        to_json = atom + rss
        to_item = to_json + json
        to_line = to_item + item
        return Fragments(
            whole[:atom],
            whole[atom:to_json],
            whole[to_json:to_item],
            whole[to_item:to_line],
            whole[to_line:],
            updated,
        )

    def _remember(self, piece_id: int, fragments: Fragments) -> None:
        if len(self._recent) >= self._most_recent:
            self._recent.clear()
        self._recent[piece_id] = fragments

    def close(self) -> None:
        self._file.close()
