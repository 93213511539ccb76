"""Entries rendered once a run and kept as bytes for every document that shows them.

Knows only bytes by piece. They wait in an unnamed temporary file; those in use lately are in memory as well.
"""

import os
from collections.abc import Callable
from typing import IO, NamedTuple

from syndicator.errors import StorageFailed

RECENT = 2_500
CHUNK = 1024 * 1024


class Fragments(NamedTuple):
    """One entry in every format, and the instant of its last change as a stamp."""

    atom: bytes
    rss: bytes
    json: bytes
    item: bytes
    line: bytes
    updated: str


# Where an entry's fragments lie: from which byte on, how long each is, and the stamp of its last change.
Place = tuple[int, tuple[int, ...], str]


class Spool:
    """Fragments by piece id, in an unnamed file; what another process spooled in its own can be read as well.

    The file is opened when it is first written to, which a small publish never does.
    """

    def __init__(self, opened: Callable[[], IO[bytes]], others: int = -1, *, recent: int = RECENT) -> None:
        self._opened = opened
        self._file: IO[bytes] | None = None
        self._places: dict[int, Place] = {}
        self._others_descriptor = others
        self._others: dict[int, Place] = {}
        self._end = 0
        self._unwritten: list[bytes] = []
        self._written = 0
        self._recent: dict[int, Fragments] = {}
        self._most_recent = recent

    def close(self) -> None:
        """Closes the file, if one was opened; it goes away with that."""
        if self._file:
            self._file.close()

    @property
    def _descriptor(self) -> int:
        self._file = self._file or self._opened()
        return self._file.fileno()

    def __contains__(self, piece_id: int) -> bool:
        return piece_id in self._places or piece_id in self._others

    def places(self) -> dict[int, Place]:
        """Where everything lies that was kept here, for another process to `adopt`."""
        self._write()
        return self._places

    def adopt(self, places: dict[int, Place]) -> None:
        """Takes what another process kept in its own spool."""
        self._others = places

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
        try:
            descriptor = self._descriptor
            while rest:
                number = os.pwrite(descriptor, rest, self._written)
                self._written += number
                rest = rest[number:]
        except OSError as fault:
            raise StorageFailed(
                f"What is rendered cannot be kept beside the database: {fault.strerror}.",
                hint="Nothing is lost: mend that and publish again.",
            ) from fault

    def get(self, piece_id: int) -> Fragments:
        known = self._recent.get(piece_id)
        if known is None:
            known = self._read(piece_id)
            self._remember(piece_id, known)
        return known

    def _read(self, piece_id: int) -> Fragments:
        if self._unwritten:
            self._write()
        own = self._places.get(piece_id)
        start, (atom, rss, json, item, line), updated = own or self._others[piece_id]
        whole = os.pread(
            self._descriptor if own else self._others_descriptor, atom + rss + json + item + line, start
        )
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
