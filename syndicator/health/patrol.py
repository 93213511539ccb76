"""A round of checks: takes its turn, visits what is due, stores what it finds. It can be killed at any moment.

Knows the order of the acts; each of them is another file's. Nothing is checked twice for a kill: what is stored is
not due any more, and what is not stored is.
"""

import asyncio
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

import uvloop

from syndicator import desk, times, urls, visiting
from syndicator.catalogue import beliefs, hosts, lease, overrides
from syndicator.errors import CatalogueBusy
from syndicator.health.docket import DueLinks, TheseLinks
from syndicator.health.ledger import SHORT_PATIENCE, Checked, Ledger
from syndicator.health.memory import Memory
from syndicator.health.offline import FIRST_HOSTS
from syndicator.health.schedule import PACE
from syndicator.health.thinning import thin
from syndicator.health.turn import PATIENCE, Turn, taken
from syndicator.model.health import Outcome, Override, State
from syndicator.net.client import Client
from syndicator.net.driver import drive
from syndicator.net.manners import Manners, itself
from syndicator.site import Site

# No schedule puts a link off for longer, no host may ask for more: what says so was stored under a wrong clock.
HORIZON = PACE.longest + timedelta(days=30)
FURTHEST = timedelta(days=366)
# A round of all links that was broken off is taken up again for so long; later it begins anew.
RESUME = timedelta(days=2)
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
    ended it early. `elsewhere` are links (URL, instant) that were told to come later, or lead to hosts which said so.
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
    with site.catalogue.with_cache(CACHE_KIB), taken(site, patience) as turn:
        with site.catalogue.write() as connection:
            hosts.forget_postponed(connection, report.now, times.stamp(times.instant(report.now) + FURTHEST))
        if link is None:
            _prepare(site, report.now, everything=everything)
        round_ = _Round(site, report, turn, progress, on_check)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(round_.go(limit))
        whole = not (report.offline or report.stopped) and (limit is None or report.due < limit)
        if link is None and whole:
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
        shared = site.settings.check.share_limit
        yield from beliefs.postponed(site.catalogue.connection, report.now, shared)


def _prepare(site: Site, now: str, *, everything: bool) -> None:
    """Makes due what a wrong clock put off, and for a round of all links everything that it has not seen yet; but
    nothing that is ignored.
    """
    moment = times.instant(now)
    with site.catalogue.write() as connection:
        beliefs.mend_clock(connection, now, times.stamp(moment + HORIZON))
        since = lease.all_since(connection, times.stamp(moment - RESUME), now) or now
        if everything:
            lease.mark_all(connection, since)
    after: int | None = 0
    while everything and after is not None:
        with site.catalogue.write() as connection:
            after = beliefs.bring_all_forward(connection, now, since, after, AT_ONCE)
    with site.catalogue.write() as connection:
        desk.leave_ignored(site, connection)


def _sharing(domains: Iterable[str]) -> Callable[[str], str]:
    """Which hosts count as one: all names at or below one of the domains, by the nearest of them."""
    shared = frozenset(domains)
    if not shared:
        return itself
    return lambda host: next((above for above in urls.hosts_above(host) if above in shared), host)


class _Round:
    """A round under way, on one event loop."""

    def __init__(
        self,
        site: Site,
        report: Report,
        turn: Turn,
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
        self._asked_until = turn.asked_until
        slower = overrides.intervals(site.catalogue.connection)
        self._manners = Manners(
            interval=site.settings.check.per_host_interval,
            interval_of=(lambda host: self._slower(slower, host)) if slower else None,
            group_of=_sharing(site.settings.check.share_limit),
        )

    def _slower(self, slower: dict[str, float], host: str) -> float:
        """The interval of a host: what was said of it or of one above it, but never quicker than the site's."""
        return max(self._manners.interval, *(slower.get(above, 0.0) for above in urls.hosts_above(host)))

    async def go(self, limit: int | None) -> None:
        """Visits everything and stores what is found."""
        async with visiting.client(self._site, "link check") as client:
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
            if self._report.link is not None or one.checked or one.host != one.asked_by
        )

    async def _visit(self, client: Client, limit: int | None) -> None:
        link = self._report.link
        docket: DueLinks | TheseLinks = self._due(limit) if link is None else self._these([link])
        self._report.due = docket.left
        while True:
            await self._drive(client, docket)
            self._asked_until = time.monotonic()
            if self._report.stopped or not self._ledger.withheld.wants_witnesses(time.monotonic()):
                return
            if not await self._ask_witnesses(client, docket) or docket.left == 0:
                return
            # The line is up, and so many hosts are really out of reach; they are stored, and no more due.
            self._ledger.store()
            docket = self._due(docket.left)
            self._asked_until = time.monotonic()

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
            asked_until=self._asked_until,
            closed=self._closed(),
            stopping=self._tend,
        )

    def _closed(self) -> dict[str, datetime]:
        """The hosts that asked us before this round to come later: a link may lead there."""
        now, machine = self._site.clock(), datetime.now(UTC)
        return {
            host: machine + (times.instant(until) - now)
            for host, until in hosts.postponed(self._site.catalogue.connection, times.stamp(now))
        }

    def _find_witnesses(self) -> dict[int, bool]:
        """Links of other hosts that were alive last, each with whether it is due itself; none that is ignored."""
        connection = self._site.catalogue.connection
        asked = self._ledger.withheld.hosts
        shared = self._site.settings.check.share_limit
        found = dict(beliefs.witnesses(connection, asked, FIRST_HOSTS, self._report.now, shared))
        words = overrides.in_force(connection, self._site.today)
        for link_id, one in beliefs.standing(connection, list(found)).items():
            word = words.over(link_id, one.host, one.outlets)
            if word is not None and word.override is Override.IGNORE:
                del found[link_id]
        return found

    def _count(self, witnesses: dict[int, bool], docket: DueLinks | TheseLinks) -> None:
        """Those that are due are checked for good, in place of others where there is a limit; the rest tell only of
        the line.
        """
        due = [link_id for link_id, due in witnesses.items() if due and self._report.link is None]
        self._witnesses.update(witnesses.keys() - due)
        left = max(0, docket.left - len(due))
        self._report.due += len(due) - (docket.left - left)
        docket.left = left

    async def _ask_witnesses(self, client: Client, docket: DueLinks | TheseLinks) -> bool:
        """Visits links of other hosts that were alive last, a few at a time, until one of the hosts answers."""
        ledger = self._ledger
        found = self._find_witnesses()
        while found and not self._report.stopped:
            some = dict(islice(found.items(), WITNESSES))
            found = dict(islice(found.items(), WITNESSES, None))
            self._count(some, docket)
            await self._drive(client, self._these(list(some)))
            if not ledger.withheld.wants_witnesses(time.monotonic()):
                return True
        return False

    def _tend(self) -> bool:
        """Called all the time by the driver: stores what is ripe, keeps the turn, and says whether to stop."""
        self._ledger.store_ripe()
        if self._turn.to_renew:
            try:
                with self._site.catalogue.write(patience=SHORT_PATIENCE):
                    if not self._turn.renew():
                        self._report.stopped = "another run took the turn"
            except CatalogueBusy:
                self._turn.renew_later()
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
            for number, former in before.items():
                loop.remove_signal_handler(number)
                if former is not None:  # None is a handler that was not set from Python, and cannot be.
                    signal.signal(number, former)

    def _stop(self, name: str) -> None:
        self._report.stopped = name
