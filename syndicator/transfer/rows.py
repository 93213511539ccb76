"""What is read from a file, line by line, and what is told of each line and of the whole.

Knows no format and no record: values only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A line's fields, or why it could not be read. Lines count from 1; a record of several begins there.

    `primary_only` says that the line cannot tell of further placements; `size` is its length in characters.
    """

    line: int
    fields: Mapping[str, Any] | None
    fault: str = ""
    primary_only: bool = False
    size: int = 0


class LineOutcome(StrEnum):
    """What became of a line."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineReport:
    """What one line did. `piece_id` is the piece's id (the name's, for names), `reason` why it was refused.

    `changed` are the fields that differ from before, `created` the names that are new with it (`author Jo Doe`).
    """

    line: int
    outcome: LineOutcome
    piece_id: int | None
    title: str
    reason: str = ""
    changed: tuple[str, ...] = ()
    created: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The sums. `import_id` is None where nothing was taken, and in a dry run."""

    source: str
    import_id: int | None
    dry_run: bool
    added: int
    updated: int
    unchanged: int
    refused: int
