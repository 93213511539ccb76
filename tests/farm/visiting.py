"""How tests visit the farm: an opened farm, a client that knows its names, a docket that is a pile of URLs."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import uvloop

from syndicator import allowed
from syndicator.net.client import Client
from syndicator.net.docket import Docket, Visit
from syndicator.net.driver import Account, drive
from syndicator.net.exchange import Exchange, Request
from syndicator.net.guard import Guard
from syndicator.net.manners import Manners
from tests.farm import certificates
from tests.farm.behaviours import PLAYS
from tests.farm.server import NETWORKS, Farm

R = TypeVar("R")
Errand = Generator[Request, Exchange, R]
AT_ONCE = Manners(interval=0.0, back_off=0.05, pause=0.05)


@contextmanager
def open_farm(folder: Path) -> Iterator[Farm]:
    authority, chains = certificates.made(folder)
    with Farm(PLAYS, chains, authority).open() as farm:
        yield farm


def client(farm: Farm, **options: Any) -> Client:
    """A client that may visit the farm and nothing else that is private."""
    settings = {"timeout": 5.0, "ca_file": farm.authority, "names": farm.names} | options
    guard = Guard(allowed.read(NETWORKS))
    return Client(guard, user_agent="Syndicator/0.1 (+https://example.org/; web@example.org)", **settings)


def once(url: str) -> Errand[Exchange]:
    """Asks once and brings back what came."""
    return (yield Request(url))


def following(url: str, most: int = 10) -> Errand[list[Exchange]]:
    """Follows redirects with an absolute Location."""
    hops = [(yield Request(url))]
    while hops[-1].header("location") and len(hops) < most:
        hops.append((yield Request(hops[-1].header("location"))))
    return hops


class Pile(Generic[R]):
    """A docket in memory: errands by host, results by URL."""

    def __init__(self, urls: Iterable[str], errand: Callable[[str], Errand[R]]) -> None:
        self.urls = list(urls)
        self.found: dict[str, R] = {}
        self.given_back: list[tuple[str, str, datetime]] = []
        self.held = self.most_held = 0
        self._errand = errand
        self._by_host: dict[str, deque[int]] = defaultdict(deque)
        for number, url in enumerate(self.urls):
            self._by_host[urlsplit(url).hostname or ""].append(number)

    def hosts(self) -> Iterable[tuple[tuple[str, ...], int]]:
        counts = [((host,), len(numbers)) for host, numbers in self._by_host.items()]
        return iter(sorted(counts, key=lambda count: -count[1]))

    def take(self, host: str) -> Visit[R] | None:
        if not self._by_host[host]:
            return None
        number = self._by_host[host].popleft()
        self.held += 1
        self.most_held = max(self.most_held, self.held)
        return Visit(number, self._errand(self.urls[number]))

    def done(self, visit: Visit[R], found: R) -> None:
        self.held -= 1
        assert self.urls[visit.mark] not in self.found
        self.found[self.urls[visit.mark]] = found

    def asked_later(self, visit: Visit[R], host: str, until: datetime) -> None:
        self._by_host[host].clear()
        self.given_back.append((self.urls[visit.mark], host, until))

    def postponed(self, visit: Visit[R], host: str, until: datetime) -> None:
        self.held -= 1
        self._by_host[host].clear()
        self.given_back.append((self.urls[visit.mark], host, until))


def visit_all(
    docket: Docket[R],
    client: Client,
    manners: Manners,
    *,
    concurrency: int = 64,
    **options: Any,
) -> Account:
    """`drive` on an event loop of its own; the client is closed at the end."""

    async def run() -> Account:
        async with client:
            return await drive(docket, client, manners, concurrency=concurrency, **options)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run())


def visited(
    farm: Farm,
    urls: Iterable[str],
    errand: Callable[[str], Errand[R]],
    manners: Manners = AT_ONCE,
    *,
    concurrency: int = 64,
    **options: Any,
) -> tuple[Pile[R], Account]:
    """A whole run over some URLs of the farm."""
    pile = Pile(urls, errand)
    return pile, visit_all(pile, client(farm, **options), manners, concurrency=concurrency)
