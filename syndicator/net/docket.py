"""What is to be visited, as the driver asks for it: by host and one at a time, so that a million fit in memory.

Knows hosts and visits; must not know what a visit is for.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from syndicator.net.exchange import Exchange, Request

R = TypeVar("R")


@dataclass(slots=True)
class Visit(Generic[R]):
    """One errand: yields requests, is sent what came back, returns what it found. `mark` is its giver's own."""

    mark: int
    errand: Generator[Request, Exchange, R]


class Docket(Protocol[R]):
    """Hands out visits and takes their results. Called from one thread only."""

    def hosts(self) -> Iterable[tuple[tuple[str, ...], int]]:
        """Every host by its name (as in the URLs, lower case), or all the names that share its turn, with how many
        visits wait for it, most first.
        """

    def take(self, host: str) -> Visit[R] | None:
        """The next visit of a host; None when it has no more."""

    def done(self, visit: Visit[R], found: R) -> None:
        """The visit's errand ended."""

    def asked_later(self, visit: Visit[R], host: str, until: datetime) -> None:
        """A host answered this visit that we should come later than the run can wait. The visit goes on to its end;
        no other that waits for that host will be taken, or is postponed.
        """

    def postponed(self, visit: Visit[R], host: str, until: datetime) -> None:
        """A host wants us to come later: the visit is not done, nor is any that still waits for that host."""
