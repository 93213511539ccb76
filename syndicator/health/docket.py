"""What a run has to visit: the links that are due, read from the record bit by bit, so that a million fit in memory.

Knows how links become visits; must not know the network, nor what becomes of a finding.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from syndicator.catalogue import beliefs, links
from syndicator.catalogue.beliefs import Waiting
from syndicator.health.ledger import Ledger
from syndicator.health.memory import Memory
from syndicator.health.probe import probe
from syndicator.model.health import Finding
from syndicator.net.docket import Visit
from syndicator.site import Site

# Links read ahead over all hosts, and at most for one.
AHEAD, AHEAD_OF_ONE = 4_096, 50


class _Under(NamedTuple):
    """A visit under way."""

    url: str
    host: str


class _Links:
    """What every docket (net.docket.Docket) of links does with a visit."""

    def __init__(self, ledger: Ledger, memory: Memory) -> None:
        self._ledger = ledger
        self._memory = memory
        self._under: dict[int, _Under] = {}

    def _visit(self, waiting: Waiting, host: str) -> Visit[Finding]:
        self._under[waiting.link_id] = _Under(waiting.target.url, host)
        self._ledger.withheld.turned_to(host)
        return Visit(waiting.link_id, probe(waiting.target, self._memory))

    def done(self, visit: Visit[Finding], found: Finding) -> None:
        under = self._under.pop(visit.mark)
        self._ledger.found(visit.mark, under.url, under.host, found)

    def asked_later(self, visit: Visit[Finding], host: str, until: datetime) -> None:
        under = self._under[visit.mark]
        self._ledger.asked_later(under.url, under.host, host, until)

    def postponed(self, visit: Visit[Finding], host: str, until: datetime) -> None:
        under = self._under.pop(visit.mark)
        self._ledger.postponed(visit.mark, under.url, under.host, host, until)


class DueLinks(_Links):
    """The links that were due when it was made, at most `limit` of them; no more once our own line is in doubt."""

    def __init__(
        self, site: Site, ledger: Ledger, memory: Memory, now: str, limit: int | None = None
    ) -> None:
        super().__init__(ledger, memory)
        self._connection = site.catalogue.connection
        self._now = now
        due = beliefs.line_up(self._connection, now, site.settings.check.share_limit)
        self.left = due if limit is None else min(due, limit)
        self._ahead: dict[str, deque[Waiting]] = {}
        self._last: dict[str, tuple[str, int]] = {}

    def hosts(self) -> Iterator[tuple[tuple[str, ...], int]]:
        return beliefs.lined_up(self._connection)

    def take(self, host: str) -> Visit[Finding] | None:
        if self.left <= 0 or self._ledger.in_doubt:
            return None
        ahead = self._ahead.get(host)
        if ahead is None or (not ahead and host in self._last):
            ahead = self._read(host)
        if not ahead:
            del self._ahead[host]
            return None
        self.left -= 1
        return self._visit(ahead.popleft(), host)

    def _read(self, host: str) -> "deque[Waiting]":
        most = max(1, min(AHEAD_OF_ONE, AHEAD // (len(self._ahead) + 1)))
        found = beliefs.waiting_at(self._connection, host, self._now, self._last.get(host, ("", 0)), most)
        if len(found) == most:
            self._last[host] = (found[-1].due_at, found[-1].link_id)
        else:  # There is no more to come.
            self._last.pop(host, None)
        self._ahead[host] = ahead = deque(found)
        return ahead


class TheseLinks(_Links):
    """A few links, whether they are due or not."""

    def __init__(self, site: Site, ledger: Ledger, memory: Memory, link_ids: Sequence[int]) -> None:
        super().__init__(ledger, memory)
        self._by_host: dict[str, deque[Waiting]] = {}
        for link_id in link_ids:
            link = links.get(site.catalogue.connection, link_id)
            target = beliefs.target_of(site.catalogue.connection, link_id)
            if link is not None and target is not None:
                self._by_host.setdefault(link.host, deque()).append(Waiting(link_id, "", target))
        self.left = sum(map(len, self._by_host.values()))

    def hosts(self) -> Iterable[tuple[tuple[str, ...], int]]:
        return [((host,), len(waiting)) for host, waiting in self._by_host.items()]

    def take(self, host: str) -> Visit[Finding] | None:
        waiting = self._by_host[host]
        return self._visit(waiting.popleft(), host) if waiting else None
