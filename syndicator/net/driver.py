"""Runs the visits of a docket: as many hosts at once as allowed, each in its turn, the longest first.

Knows dockets, turns and lines; must not know what a visit is for, nor what an answer means to it.

A worker is a line that takes the next host that is ready and asks for it once. Hosts that wait for their interval
hold no line. Of those that are ready, the one with the most work goes first (longest processing time first: Graham,
1969), so that at the end no host is left that has yet to do most of its visits. A visit whose next request is for
another host queues for that host's turn, ahead of fresh visits. A visit is taken from the docket only when it can
be begun: what is held in memory goes by the hosts at work, not by what waits.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from syndicator.net.client import Client, Line, refused
from syndicator.net.docket import Docket
from syndicator.net.exchange import Exchange
from syndicator.net.guard import destination
from syndicator.net.manners import Again, Later, Manners
from syndicator.net.stations import MOST_OUT, Call, Station

R = TypeVar("R")

TYPICAL = 0.1  # seconds an answer is thought to take, before the first
STOP = 0.2  # seconds between two looks at whether to stop
NOTHING: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Account:
    """What a run did."""

    visits: int
    requests: int
    postponed: int  # visits that were given back; their hosts' others are not counted
    seconds: float


async def drive(
    docket: Docket[R],
    client: Client,
    manners: Manners,
    *,
    concurrency: int = 64,
    asked_until: float = 0.0,
    closed: Mapping[str, datetime] = NOTHING,
    stopping: Callable[[], bool] | None = None,
) -> Account:
    """Visits everything in the docket. `docket.hosts()` is read bit by bit while visits are taken and done.

    Any host may have been asked by somebody else until the instant `asked_until` (of `time.monotonic`); those that are
    `closed` asked to be visited no sooner than that.
    Ends early when `stopping()` says so, or when it is cancelled: exchanges under way are broken off, their visits are
    neither done nor postponed. What an errand or the docket raises ends the run in the same way, and is raised.
    """
    run = _Run(docket, client, manners, asked_until, closed)
    workers = [asyncio.ensure_future(run.work()) for _ in range(concurrency)]
    ends: list[asyncio.Future[Any]] = [asyncio.gather(*workers)]
    if stopping:
        ends.append(asyncio.ensure_future(_until(stopping)))
    try:
        ended, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ended:
            end.result()
    finally:
        for task in (*workers, *ends):
            task.cancel()
        await asyncio.gather(*workers, *ends, return_exceptions=True)
        run.close()
    return run.account()


async def _until(stopping: Callable[[], bool]) -> None:
    while not stopping():
        await asyncio.sleep(STOP)


class _Head(NamedTuple):
    """The host that the docket names next: all names that share its turn, the visits waiting, the longest interval."""

    names: tuple[str, ...]
    waiting: int
    interval: float


class _Run(Generic[R]):
    """One run: the stations at work, ordered by when they are ready and by how much is left."""

    def __init__(
        self,
        docket: Docket[R],
        client: Client,
        manners: Manners,
        asked_until: float,
        closed: Mapping[str, datetime],
    ) -> None:
        self._docket = docket
        self._client = client
        self._manners = manners
        self._asked_until = asked_until
        self._stations: dict[str, Station[R]] = {}
        self._ended: dict[str, datetime] = {}
        for host, until in closed.items():
            group = manners.group_of(host)
            self._ended[group] = max(until, self._ended.get(group, until))
        self._resting: deque[Station[R]] = deque()
        self._calls: set[Call[R]] = set()
        self._numbers = count(1)
        self._waiting: list[tuple[float, int, Station[R]]] = []
        self._ready: list[tuple[float, int, Station[R]]] = []
        self._fresh: Iterator[tuple[tuple[str, ...], int]] = iter(docket.hosts())
        self._head: _Head | None = None
        self._read_head()
        self._idle: list[asyncio.Future[None]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._timed = 0.0
        self._busy = 0
        self._visits = self._requests = self._postponed = 0
        self._seconds = 0.0
        self._began = monotonic()

    def account(self) -> Account:
        return Account(self._visits, self._requests, self._postponed, monotonic() - self._began)

    def close(self) -> None:
        """Ends the errands that were begun and not done. Raises what they raise, after all have ended."""
        if self._timer:
            self._timer.cancel()
        failures: list[Exception] = []
        for call in self._calls:
            try:
                call.visit.errand.close()
            except Exception as failure:  # One bad errand leaves no other open.
                failures.append(failure)
        self._calls.clear()
        if failures:
            raise failures[0]

    async def work(self) -> None:
        """Asks for one host after the other, until there is nothing left for any."""
        with Line(self._client) as line:
            while True:
                station = self._pick()
                if station is None:
                    if self._is_over():
                        self._wake_all()
                        return
                    await self._rest()
                    continue
                call = self._take(station)
                if call is None:
                    await asyncio.sleep(0)  # Visits that ask for nothing must not keep all others waiting.
                else:
                    self._pass_on()
                    # What broke is not tried again over the connection that it broke on.
                    exchange = await line.ask(call.request, call.where, call.seconds, fresh=call.tried > 0)
                    self._settle(station, call, exchange, line.sent_at)
                self._release(station)

    # Which host is next.

    def _pick(self) -> Station[R] | None:
        now = monotonic()
        while True:
            self._ripen(now)
            if self._head and not (self._ready and -self._ready[0][0] >= self._head_work()):
                self._admit(self._head)
                self._read_head()
            elif self._ready:
                station = heappop(self._ready)[2]
                station.entry = 0
                station.busy = True
                self._busy += 1
                return station
            else:
                return None

    def _ripen(self, now: float) -> None:
        """Moves stations whose time has come from those that wait to those that are ready; drops stale entries."""
        while self._ready and self._ready[0][2].entry != self._ready[0][1]:
            heappop(self._ready)
        while self._waiting:
            at, number, station = self._waiting[0]
            if station.entry == number:
                if at > now:
                    break
                heappush(self._ready, (-self._work_left(station), number, station))
            heappop(self._waiting)

    def _typical(self) -> float:
        return self._seconds / self._requests if self._requests else TYPICAL

    def _read_head(self) -> None:
        fresh = next(self._fresh, None)
        if fresh is None:
            self._head = None
        else:
            names, waiting = fresh
            self._head = _Head(names, waiting, max(map(self._manners.interval_for, names)))

    def _head_work(self) -> float:
        assert self._head
        return self._head.waiting * max(self._head.interval, self._typical())

    def _work_left(self, station: Station[R]) -> float:
        return (station.waiting + len(station.hops)) * station.seconds_each(self._typical())

    def _admit(self, head: _Head) -> None:
        group = self._manners.group_of(head.names[0])
        if group in self._ended:
            for name in head.names:
                self._give_back(name, self._ended[group])
            return
        station = self._station(group)
        station.names += head.names
        station.waiting += head.waiting
        station.interval = max(station.interval, head.interval)
        self._enlist(station)

    def _station(self, group: str) -> Station[R]:
        station = self._stations.get(group)
        if station is None:
            now = monotonic()
            while self._resting and self._resting[0].ready_at <= now:
                self._forget(self._resting.popleft())
            station = self._stations[group] = Station(group, self._manners, self._asked_until)
        return station

    def _enlist(self, station: Station[R]) -> None:
        """Queues a station that has something to ask, for the time when it may."""
        at = None if station.busy else station.next_at()
        if at is None:
            return
        if station.entry and at >= station.queued_for:
            return  # An earlier time takes the place of the one it is queued for.
        station.queued_for = at
        station.entry = next(self._numbers)
        heappush(self._waiting, (at, station.entry, station))

    def _release(self, station: Station[R]) -> None:
        station.busy = False
        self._busy -= 1
        self._enlist(station)
        if station.is_finished():
            if station.ready_at <= monotonic():
                self._forget(station)
            else:
                self._resting.append(station)  # Whoever comes back before must know when it may.

    def _forget(self, station: Station[R]) -> None:
        if station.is_finished() and self._stations.get(station.name) is station:
            del self._stations[station.name]

    # Which visit is next.

    def _take(self, station: Station[R]) -> Call[R] | None:
        call = station.due(monotonic())
        while call is None and station.names and station.out < MOST_OUT:
            visit = self._docket.take(station.names[-1])
            if visit is None:
                station.names.pop()
                continue
            station.waiting -= 1
            station.out += 1
            begun = Call(visit, station, self._client.timeout)
            self._calls.add(begun)
            self._advance(begun, None)
            call = station.due(monotonic())
            if call is None:
                break  # It went elsewhere, or is done already.
        return call

    def _settle(self, station: Station[R], call: Call[R], exchange: Exchange, sent_at: float) -> None:
        self._requests += 1
        self._seconds += exchange.elapsed_ms / 1000
        match station.settle(exchange, call.tried, sent_at, monotonic()):
            case None:
                call.tried = 0
                self._advance(call, exchange)
            case Again(at, alone):
                call.tried += 1
                call.seconds = self._client.timeout
                if alone:
                    call.at = at
                    station.later.append(call)
                else:
                    station.hops.appendleft(call)
            case Later(seconds):
                self._end(station, call, exchange, datetime.now(UTC) + timedelta(seconds=seconds))

    def _advance(self, call: Call[R], exchange: Exchange | None) -> None:
        """Sends the errand what came, and queues it for the host that it asks next."""
        errand = call.visit.errand
        while True:
            try:
                request = next(errand) if exchange is None else errand.send(exchange)
            except StopIteration as end:
                self._visits += 1
                self._leave(call)
                self._docket.done(call.visit, end.value)
                return
            if request.apart:
                call.seconds = self._client.timeout
            elif exchange is not None:
                call.seconds -= exchange.elapsed_ms / 1000
            where = destination(request.url)
            if not isinstance(where, str):
                break
            exchange = refused(request, where)
        call.request, call.where = request, where
        group = self._manners.group_of(where.host)
        if group in self._ended:
            self._postpone(call, self._ended[group])
            return
        station = self._station(group)
        if group != where.host:
            station.interval = max(station.interval, self._manners.interval_for(where.host))
        station.hops.append(call)
        self._enlist(station)

    def _leave(self, call: Call[R]) -> None:
        self._calls.discard(call)
        call.home.out -= 1
        self._enlist(call.home)

    # A host that wants us to come later.

    def _end(self, station: Station[R], call: Call[R], exchange: Exchange, until: datetime) -> None:
        self._ended[station.name] = until
        calls = [*station.hops, *station.later]
        names = set(station.names) - {each.where.host for each in (call, *calls)}
        station.hops.clear()
        station.later.clear()
        station.names.clear()
        for each in calls:
            self._postpone(each, until)
        self._docket.asked_later(call.visit, call.where.host, until)
        self._advance(call, exchange)  # What the host said is an answer, too.
        for name in names:  # The docket knows hosts by name, not by group.
            self._give_back(name, until)

    def _postpone(self, call: Call[R], until: datetime) -> None:
        self._postponed += 1
        self._leave(call)
        call.visit.errand.close()
        self._docket.postponed(call.visit, call.where.host, until)

    def _give_back(self, name: str, until: datetime) -> None:
        visit = self._docket.take(name)
        if visit is not None:
            self._postponed += 1
            visit.errand.close()
            self._docket.postponed(visit, name, until)

    # Workers that have nothing to do.

    async def _rest(self) -> None:
        woken = asyncio.get_running_loop().create_future()
        self._idle.append(woken)
        self._pass_on()
        await woken

    def _pass_on(self) -> None:
        """Before a worker waits: if there is more to do, another one is woken, now or when the time has come."""
        if not self._idle:
            return
        now = monotonic()
        if self._ready or self._head or (self._waiting and self._waiting[0][0] <= now):
            self._wake()
        elif self._waiting and not (self._timer and self._timed <= self._waiting[0][0]):
            if self._timer:
                self._timer.cancel()
            self._timed = self._waiting[0][0]
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._timed - now, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self._wake()

    def _wake(self) -> None:
        while self._idle:
            woken = self._idle.pop()
            if not woken.done():
                woken.set_result(None)
                return

    def _wake_all(self) -> None:
        while self._idle:
            self._wake()

    def _is_over(self) -> bool:
        return not (self._busy or self._ready or self._waiting or self._head)
