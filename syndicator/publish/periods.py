"""Which calendar periods of a scope's history get an archive document (RFC 5005, section 4).

Pure. Borders are calendar years and months, never counts: a backdated piece shifts none of them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from syndicator.publish.entry import Archive

BUSY_YEAR = 250


def archives(tallies: Mapping[str, int], entries: int) -> tuple[Archive, ...]:
    """The periods, oldest first, that hold a piece which the newest `entries` leave out.

    `tallies` counts live pieces by month (`YYYY-MM`). A year is one period; where it has more than 250
    pieces, each of its months is one.
    """
    left_out = _months_left_out(tallies, entries)
    years: dict[str, int] = {}
    for month, pieces in tallies.items():
        years[month[:4]] = years.get(month[:4], 0) + pieces
    periods = {month if years[month[:4]] > BUSY_YEAR else month[:4] for month in left_out}
    return tuple(Archive(period) for period in sorted(periods))


def _months_left_out(tallies: Mapping[str, int], entries: int) -> list[str]:
    months = []
    seen = 0
    for month in sorted(tallies, reverse=True):
        seen += tallies[month]
        if seen > entries:
            months.append(month)
    return months


def months_of(period: str) -> tuple[str, str]:
    """First and last month of a period: `2024` is (`2024-01`, `2024-12`)."""
    return (period, period) if len(period) == 7 else (f"{period}-01", f"{period}-12")


class Place(NamedTuple):
    """What a document of an archive says beside its entries: the next older archive, and where its copy stands."""

    older: Archive | None
    copy: Archive | None


def placed(archives: Sequence[Archive]) -> dict[Archive, Place]:
    """The place of each archive among all of a scope's, oldest first.

    The path of a year that is split into months stays alive as a copy of the newest of them.
    """
    newest = {archive.period[:4]: archive for archive in archives if len(archive.period) == 7}
    return {
        archive: Place(
            older=archives[number - 1] if number else None,
            copy=Archive(archive.period[:4]) if newest.get(archive.period[:4]) == archive else None,
        )
        for number, archive in enumerate(archives)
    }
