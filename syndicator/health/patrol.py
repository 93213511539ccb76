"""A round of checks: takes its turn, visits what is due, stores what it finds. It can be killed at any moment.

Knows the order of the acts; each of them is another file's. Nothing is checked twice for a kill: what is stored is
not due any more, and what is not stored is.
"""

import asyncio
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import uvloop

from syndicator import __version__, allowed, desk, times, urls
from syndicator.catalogue import beliefs, checks, hosts, lease, overrides
from syndicator.errors import CatalogueBusy
from syndicator.health.docket import DueLinks, TheseLinks
from syndicator.health.ledger import Checked, Ledger
from syndicator.health.memory import Memory
from syndicator.health.offline import FIRST_HOSTS
from syndicator.health.schedule import PACE
from syndicator.health.thinning import KEPT_WHOLE
from syndicator.health.turn import PATIENCE, Turn, taken
from syndicator.model.health import Outcome, State
from syndicator.net.client import Client
from syndicator.net.driver import drive
from syndicator.net.guard import Guard
from syndicator.net.manners import Manners
from syndicator.site import Site

# No schedule puts a link off for longer, no host may ask for more: what says so was stored under a wrong clock.
HORIZON = PACE.longest + timedelta(days=30)
FURTHEST = timedelta(days=366)
# A round of all links that was broken off is taken up again for so long; later it begins anew.
RESUME = timedelta(days=2)
THIN_EVERY = timedelta(days=7)
# Links brought forward in one write; witnesses asked at once.
AT_ONCE = 20_000
WITNESSES = 2
# A round comes back to no page but by chance: four times as much would save 3 % of its time.
CACHE_KIB = 8 * 1024

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What a round came to, as of the instant `now` (a stamp). `due` is how many links it was to check: all that were
    due, or the one with the id `link`.

    `offline`: no host could be reached, and what was found out of reach counts against no link. `stopped` says what
    ended it early. `elsewhere` are links (URL, instant) that lead to hosts which asked us to come later.
    """

    now: str
    link: int | None = None
    due: int = 0
    checked: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)
    changes: Counter[tuple[State, State]] = field(default_factory=Counter)
    complaints: tuple[str, ...] = ()
    offline: bool = False
    stopped: str = ""
    seconds: float = 0.0
    elsewhere: tuple[tuple[str, str], ...] = ()

    def add(self, checked: Checked) -> None:
        """One more check was stored."""
        self.checked += 1
        self.outcomes[checked.outcome] += 1
        self.states[checked.state] += 1
        if checked.before is not checked.state:
            self.changes[checked.before, checked.state] += 1


def patrol(
    site: Site,
    *,
    everything: bool = False,
    link: int | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
    on_check: Callable[[Checked], None] | None = None,
    patience: float = PATIENCE,
) -> Report:
    """Checks the links that are due – or all, or the one with the id `link` –, at most `limit` of them.

    `progress` is told how many are stored and how many there are, `on_check` of each as it is stored. Interrupt and
    termination signals end it after what is done is stored. Raises CheckBusy where another run has the turn for longer
    than `patience` seconds, CatalogueBusy, StorageFailed; what is stored by then stays.
    """
    began = time.monotonic()
    adopted = desk.adopt(site, zone_changed=False)
    report = Report(times.stamp(site.clock()), link, complaints=adopted.complaints)
    turns = taken(site, patience) if link is None else nullcontext()
    with site.catalogue.with_cache(CACHE_KIB), turns as turn:
        if link is None:
            _prepare(site, report.now, everything=everything)
        round_ = _Round(site, report, turn, progress, on_check)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(round_.go(limit))
        whole = not (report.offline or report.stopped) and (limit is None or report.due < limit)
        if turn is not None and whole:
            with site.catalogue.write() as connection:
                lease.mark_all(connection, None)
            with suppress(CatalogueBusy):  # Another time: nothing but room is lost.
                thin(site)
    report.seconds = time.monotonic() - began
    return report


def postponed(site: Site, report: Report) -> Iterator[tuple[str, str]]:
    """URL and instant of every link that a round left out because a host asked us to come later."""
    yield from report.elsewhere
    if report.link is None:
        yield from beliefs.postponed(site.catalogue.connection, report.now)


def _prepare(site: Site, now: str, *, everything: bool) -> None:
    """Makes due what a wrong clock put off, and for a round of all links everything that it has not seen yet."""
    moment = times.instant(now)
    with site.catalogue.write() as connection:
        hosts.forget_postponed(connection, now, times.stamp(moment + FURTHEST))
        beliefs.mend_clock(connection, now, times.stamp(moment + HORIZON))
        since = lease.all_since(connection, times.stamp(moment - RESUME), now) or now
        if everything:
            lease.mark_all(connection, since)
    after: int | None = 0
    while everything and after is not None:
        with site.catalogue.write() as connection:
            after = beliefs.bring_all_forward(connection, now, since, after, AT_ONCE)


def thin(site: Site) -> int:
    """Takes away old checks that say nothing new, once a week; how many. Raises CatalogueBusy, StorageFailed."""
    connection = site.catalogue.connection
    now = site.clock()
    last = lease.thinned_at(connection)
    if last is not None and times.stamp(now - THIN_EVERY) < last <= times.stamp(now):
        return 0
    gone = 0
    for links in checks.slices(connection):
        with site.catalogue.write():
            gone += checks.thin(connection, links, now - KEPT_WHOLE)
    with site.catalogue.write():
        lease.mark_thinned(connection, times.stamp(now))
    return gone


class _Round:
    """A round under way, on one event loop."""

    def __init__(
        self,
        site: Site,
        report: Report,
        turn: Turn | None,
        progress: Progress | None,
        on_check: Callable[[Checked], None] | None,
    ) -> None:
        self._site = site
        self._report = report
        self._turn = turn
        self._progress = progress
        self._on_check = on_check
        self._memory = Memory(site.catalogue.connection)
        self._ledger = Ledger(site, self._memory, on_check=self._told)
        self._witnesses: set[int] = set()
        slower = overrides.intervals(site.catalogue.connection)
        self._manners = Manners(
            interval=site.settings.check.per_host_interval,
            interval_of=(lambda host: self._slower(slower, host)) if slower else None,
        )
        self._rest = max(self._manners.interval, *slower.values(), 0.0)

    def _slower(self, slower: dict[str, float], host: str) -> float:
        """The interval of a host: what was said of it or of one above it, but never quicker than the site's."""
        return max(self._manners.interval, *(slower.get(above, 0.0) for above in urls.hosts_above(host)))

    async def go(self, limit: int | None) -> None:
        """Visits everything and stores what is found."""
        check = self._site.settings.check
        client = Client(
            Guard(allowed.read(self._site.settings.network.allow)),
            user_agent=_user_agent(self._site),
            timeout=check.timeout,
            max_body=check.max_body,
            ca_file=self._site.ca_file,
        )
        async with client:
            with self._signals():
                await self._visit(client, limit)
        withheld = self._ledger.withheld
        if self._report.stopped and withheld.proven_at is None:
            self._ledger.store()  # What is kept back stays due.
        elif not self._ledger.settle():
            self._report.offline = True
        self._report.elsewhere = tuple(
            (one.url, one.until)
            for one in self._ledger.postponements
            if self._report.link is not None or one.host != one.asked_by
        )

    async def _visit(self, client: Client, limit: int | None) -> None:
        link = self._report.link
        docket = self._due(limit) if link is None else self._these([link])
        self._report.due = docket.left
        while True:
            await self._drive(client, docket)
            if self._report.stopped or not self._ledger.withheld.wants_witnesses(time.monotonic()):
                return
            if not await self._ask_witnesses(client) or docket.left == 0:
                return
            # The line is up, and so many hosts are really out of reach; they are stored, and no more due.
            self._ledger.store()
            await asyncio.sleep(
                self._rest
            )  # The driver's memory of whom it visited when ends with each drive.
            docket = self._due(docket.left)

    def _due(self, limit: int | None) -> DueLinks:
        return DueLinks(self._site, self._ledger, self._memory, self._report.now, limit)

    def _these(self, link_ids: list[int]) -> TheseLinks:
        return TheseLinks(self._site, self._ledger, self._memory, link_ids)

    async def _drive(self, client: Client, docket: DueLinks | TheseLinks) -> None:
        await drive(
            docket,
            client,
            self._manners,
            concurrency=self._site.settings.check.concurrency,
            stopping=self._tend,
        )

    async def _ask_witnesses(self, client: Client) -> bool:
        """Visits links of other hosts that were alive last, a few at a time, until one of the hosts answers."""
        ledger = self._ledger
        asked = ledger.withheld.hosts
        found = beliefs.witnesses(self._site.catalogue.connection, asked, FIRST_HOSTS)
        await asyncio.sleep(self._rest)
        while found and not self._report.stopped:
            some, found = found[:WITNESSES], found[WITNESSES:]
            self._witnesses.update(some)
            await self._drive(client, self._these(some))
            if not ledger.withheld.wants_witnesses(time.monotonic()):
                return True
        return False

    def _tend(self) -> bool:
        """Called all the time by the driver: stores what is ripe, keeps the turn, and says whether to stop."""
        self._ledger.store_ripe()
        if self._turn is not None and self._turn.to_renew:
            with suppress(CatalogueBusy), self._site.catalogue.write(patience=0.1):
                if not self._turn.renew():
                    self._report.stopped = "another run took the turn"
        return bool(self._report.stopped)

    def _told(self, checked: Checked) -> None:
        if checked.link_id in self._witnesses:
            return
        self._report.add(checked)
        if self._on_check:
            self._on_check(checked)
        if self._progress:
            self._progress(self._report.checked, self._report.due)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Within it interrupts and terminations end the round in good order; only the main thread gets any."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        for number in before:
            loop.add_signal_handler(number, self._stop, number.name)
        try:
            yield
        finally:
            for number, handler in before.items():
                loop.remove_signal_handler(number)
                signal.signal(number, handler)

    def _stop(self, name: str) -> None:
        self._report.stopped = name


def _user_agent(site: Site) -> str:
    """Who visits, and whom to write to (RFC 9110, 10.1.5)."""
    contact = "; ".join(filter(None, (site.settings.base_url, site.settings.site.contact)))
    return f"Syndicator/{__version__} (link check; +{contact})"
