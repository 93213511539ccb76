"""Who waits for a host: visits to be tried again, visits that were led to it, and those that the docket still holds.

Knows visits and hosts; must not know dockets, lines or other hosts.
"""

from collections import deque
from typing import Generic, TypeVar

from syndicator.net.docket import Visit
from syndicator.net.exchange import Request
from syndicator.net.guard import Destination
from syndicator.net.manners import Host, Manners

R = TypeVar("R")

MOST_OUT = 16  # visits of one host that may be under way or queue at others, before it has to wait for them


class Call(Generic[R]):
    """A visit that was begun, and the request it waits with."""

    __slots__ = ("at", "home", "request", "seconds", "tried", "visit", "where")

    def __init__(self, visit: Visit[R], home: "Station[R]", seconds: float) -> None:
        self.visit = visit
        self.home = home
        self.seconds = seconds  # left of the deadline
        self.tried = 0
        self.at = 0.0  # not to be asked before
        self.request: Request
        self.where: Destination


class Station(Host, Generic[R]):
    """A host and who waits for it: visits retried later, visits from elsewhere, the docket's (by their host names)."""

    __slots__ = ("busy", "entry", "hops", "later", "names", "out", "queued_for", "waiting")

    def __init__(self, name: str, manners: Manners, asked_until: float) -> None:
        super().__init__(name, manners)
        self.ready_at = asked_until + self.interval
        self.names: list[str] = []
        self.waiting = 0  # in the docket
        self.out = 0  # taken from the docket, and not done
        self.hops: deque[Call[R]] = deque()
        self.later: list[Call[R]] = []  # few: a host asks one thing at a time
        self.busy = False
        self.entry = 0  # the number under which it is queued; 0 when it is not
        self.queued_for = 0.0

    def next_at(self) -> float | None:
        """When it has something to ask; None when it has not."""
        if self.hops or (self.names and self.out < MOST_OUT):
            return self.ready_at
        if self.later:
            return max(self.ready_at, min(call.at for call in self.later))
        return None

    def due(self, now: float) -> Call[R] | None:
        """The call that goes ahead of fresh visits."""
        for call in self.later:
            if call.at <= now:
                self.later.remove(call)
                return call
        return self.hops.popleft() if self.hops else None

    def is_finished(self) -> bool:
        return not (self.busy or self.hops or self.later or self.names)
