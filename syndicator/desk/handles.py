"""Which piece answers to an id, a slug, an entry id, a source id or a URL, within one write.

Knows the record, and new pieces whose rows are held back; must be told to forget when pieces change otherwise.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from syndicator import text
from syndicator.catalogue import Connection, links, pieces
from syndicator.catalogue.pieces import PieceRow

if TYPE_CHECKING:
    from syndicator.model.submission import Submission

Occupants = list[tuple[int, bool]]


class Handles:
    """Answers from the record, one question at a time – unless the answer is known already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holders: dict[tuple[str, str | int], int | None] = {}
        self._occupants: dict[str, Occupants] = {}
        self._next_id: int | None = None

    def holder(self, column: str, value: str | int) -> int | None:
        """The id of the piece with this `id`, `slug`, `entry_id` or `source_id`."""
        handle = (column, value)
        if handle in self._holders:
            return self._holders[handle]
        return pieces.id_where(self._connection, column, value)

    def occupants(self, key: str) -> Occupants:
        """The pieces that stand at a canonical URL, each with whether it is their primary one."""
        known = self._occupants.get(key)
        return links.pieces_at(self._connection, key) if known is None else known

    def next_id(self) -> int:
        """The id of the next new piece."""
        if self._next_id is None:
            self._next_id = pieces.next_id(self._connection)
        return self._next_id

    def expect(self, submissions: "Iterable[Submission]") -> None:
        """Asks at once what recording these will ask one by one."""
        slugs: list[str] = []
        source_ids: list[str] = []
        keys: list[str] = []
        for submission in submissions:
            slugs.append(submission.slug or text.slug(submission.title, "piece"))
            if submission.source_id is not None:
                source_ids.append(submission.source_id)
            keys += [placement.url.key for placement in submission.placements]
        for column, values in (("slug", slugs), ("source_id", source_ids)):
            self._holders.update(((column, value), None) for value in values)
            for value, piece_id in pieces.ids_where(self._connection, column, values):
                self._holders[column, value] = piece_id
        self._occupants.update((key, []) for key in keys)
        for key, piece_id, primary in links.pieces_at_any(self._connection, keys):
            self._occupants[key].append((piece_id, primary))

    def tell(self, piece_id: int, row: PieceRow, keys: Sequence[str]) -> None:
        """A new piece answers from now on; its rows need not be written yet."""
        self._next_id = max(self.next_id(), piece_id + 1)
        self._holders["id", piece_id] = piece_id
        self._holders["slug", row.slug] = piece_id
        self._holders["entry_id", row.entry_id] = piece_id
        if row.source_id is not None:
            self._holders["source_id", row.source_id] = piece_id
        for position, key in enumerate(keys):
            self._occupants[key] = [*self.occupants(key), (piece_id, position == 0)]

    def forget(self) -> None:
        """Everything has to be asked again."""
        self._holders.clear()
        self._occupants.clear()
        self._next_id = None
