"""Reads the farm's log as a host's administrator would: was anybody rude? Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

from tests.farm.server import Entry

TOLERANCE = 0.05  # seconds by which starts in the log of a busy machine may be late
OVERLAP = 0.01  # seconds until the farm notices that a visitor has left


def rudeness(
    log: Iterable[Entry], interval: float, group_of: Callable[[str], str] = lambda host: host
) -> list[str]:
    """What was not as it should be, in sentences: two requests at once on a host, or starts too close."""
    complaints = []
    by_host: dict[str, list[Entry]] = defaultdict(list)
    for entry in log:
        by_host[group_of(entry.host)].append(entry)
    for host, entries in by_host.items():
        entries.sort(key=lambda entry: entry.start)
        for one, other in pairwise(entries):
            between = other.start - one.start
            if between < interval - TOLERANCE:
                complaints.append(f"{host}: {other.path} only {between:.3f} s after {one.path}")
            if other.start < one.end - OVERLAP or not one.end:
                complaints.append(f"{host}: {other.path} while {one.path} was not over")
    return complaints
