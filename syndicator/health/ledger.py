"""What a run found: kept back while our line is in doubt, judged, and stored, each batch whole or not at all.

Knows how judge, schedule and record fit together; must not know the network or what is visited next.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple

from syndicator import times
from syndicator.catalogue import beliefs, checks, hosts, overrides, transitions
from syndicator.catalogue.beliefs import Judged, Standing
from syndicator.errors import CatalogueBusy
from syndicator.health import moves, schedule
from syndicator.health.judge import JUDGE_VERSION, judge
from syndicator.health.memory import Memory
from syndicator.health.withheld import Withheld
from syndicator.model.health import Belief, Finding, Observation, Outcome, State
from syndicator.model.links import Check, Mark, Words
from syndicator.site import Site

# So many findings are stored together, or what there is after so many seconds.
BATCH = 1_000
FLUSH_SECONDS = 2.0
# While another program holds the database, findings wait: a run does not stand still for it, nor grow without end.
SHORT_PATIENCE = 0.1
MOST_PENDING = 10_000


class Checked(NamedTuple):
    """A check that was judged and stored; `before` is the state that was believed before it."""

    link_id: int
    url: str
    outcome: Outcome
    state: State
    status: int
    final_url: str
    elapsed_ms: int
    reason: str
    evidence: tuple[str, ...]
    belief: Belief
    before: State


class Postponement(NamedTuple):
    """A link on one host that waits because a host (the same, or one it leads to) said later; `checked` is the one that
    it was said to.
    """

    url: str
    host: str
    asked_by: str
    until: str
    checked: bool = False


class _Seen(NamedTuple):
    link_id: int
    url: str
    host: str
    at: datetime
    finding: Finding


class _RunClock:
    """The site's clock, but for going backwards: within a run, what comes later is dated no earlier."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = clock().replace(microsecond=0)

    def __call__(self) -> datetime:
        # Instants are stored in whole seconds; those of one second are one object, which is compared and stamped once.
        now = self._clock().replace(microsecond=0)
        if now > self._last:
            self._last = now
        return self._last


class Ledger:
    """Takes findings; tells of each check once it is stored."""

    def __init__(
        self,
        site: Site,
        memory: Memory,
        *,
        on_check: Callable[[Checked], None],
    ) -> None:
        self.postponements: list[Postponement] = []
        self.withheld: Withheld[_Seen] = Withheld()
        self._site = site
        self._clock = _RunClock(site.clock)
        self._memory = memory
        self._on_check = on_check
        self._pending: list[_Seen] = []
        self._postponed: dict[str, str] = {}
        self._put_off: list[tuple[int, str]] = []
        self._stored_at = time.monotonic()
        self._busy_until = 0.0

    def found(self, link_id: int, url: str, host: str, finding: Finding) -> None:
        """Takes a finding; stores those that have come together when there are enough."""
        seen = _Seen(link_id, url, host, self._clock(), finding)
        self._pending += self.withheld.found(host, finding, seen, time.monotonic())
        if len(self._pending) >= BATCH:
            self.store_ripe()

    def asked_later(self, url: str, home: str, host: str, until: datetime) -> None:
        """A host asked us to come later: none of its links is visited before. What it said to this one is a finding."""
        self._pending += self.withheld.proven(time.monotonic())
        stamp = self._postponed[host] = self._stamped(until)
        self.postponements.append(Postponement(url, home, host, stamp, checked=True))

    def postponed(self, link_id: int, url: str, home: str, host: str, until: datetime) -> None:
        """A link was not visited to its end, for it leads to a host that asked us to come later, or is on it."""
        stamp = self._stamped(until)
        self.postponements.append(Postponement(url, home, host, stamp))
        if host != home:
            furthest = times.stamp(self._clock() + schedule.PACE.longest)
            self._put_off.append((link_id, min(stamp, furthest)))

    def _stamped(self, until: datetime) -> str:
        """The driver goes by the machine's clock, the record by the site's."""
        return times.stamp(self._clock() + (until - datetime.now(UTC)))

    @property
    def in_doubt(self) -> bool:
        """Whether our own line has to be tried before anything else is visited."""
        return self.withheld.doubted(time.monotonic())

    def store_ripe(self) -> None:
        """Stores a full batch, or what has waited for long; not while another program holds the database."""
        now = time.monotonic()
        if len(self._pending) >= MOST_PENDING:
            self.store()
        elif now >= self._busy_until and (
            len(self._pending) >= BATCH or now - self._stored_at >= FLUSH_SECONDS
        ):
            try:
                self.store(patience=SHORT_PATIENCE)
            except CatalogueBusy:
                self._busy_until = time.monotonic() + FLUSH_SECONDS

    def store(self, patience: float | None = None) -> None:
        """Stores all that may be judged by now. Raises CatalogueBusy, StorageFailed: then nothing is stored."""
        self._stored_at = time.monotonic()
        if not (self._pending or self._postponed or self._put_off or self._memory.fresh):
            return
        with self._site.catalogue.write(patience=patience) as connection:
            hosts.postpone(connection, self._postponed.items())
            beliefs.put_off(connection, self._put_off)
            self._memory.store(connection)
            told = self._judge(self._clock())
        self._pending.clear()
        self._postponed.clear()
        self._put_off.clear()
        self._memory.fresh.clear()
        for checked in told:
            self._on_check(checked)

    def settle(self) -> bool:
        """All visits ended: judges and stores the rest. False says that we are offline, and the rest is dropped."""
        released = self.withheld.settle(time.monotonic())
        self._pending += released or ()
        self.store()
        return released is not None

    def _judge(self, now: datetime) -> list[Checked]:
        connection = self._site.catalogue.connection
        words = overrides.in_force(connection, self._site.today)
        stand = beliefs.standing(
            connection, [seen.link_id for seen in self._pending], outlets=bool(words.outlets)
        )
        believed: dict[int, Belief] = {}
        judged: dict[int, Judged] = {}
        trail: list[tuple[int, Check]] = []
        turns: list[tuple[int, datetime, State, State, str, Mark]] = []
        hurried: Counter[tuple[str, schedule.Hurry]] = Counter()
        told: list[Checked] = []
        for seen in self._pending:
            standing = stand.get(seen.link_id)
            if standing is None or standing.url != seen.url:
                continue  # It was changed or removed meanwhile: what was seen is no link of ours any more.
            finding = seen.finding
            before = believed.get(seen.link_id, standing.belief)
            observation = Observation(
                seen.at, finding.outcome, finding.lasting, finding.moved_to, finding.transient
            )
            belief = judge(before, observation)
            believed[seen.link_id] = belief
            due_at = self._due_at(seen.link_id, standing, belief, words, now)
            judged[seen.link_id] = _judged(seen, standing.belief, belief, due_at)
            trail.append((seen.link_id, _check(seen, belief.state)))
            mark = _mark(seen.url, before, belief)
            if mark or _is_news(before.state, belief.state):
                turns.append((seen.link_id, seen.at, before.state, belief.state, finding.reason, mark))
            if hurry := schedule.siblings_to_hurry(before, belief, now=now):
                hurried[seen.host, hurry] += 1
            told.append(_told(seen, belief, before.state))
        beliefs.store(connection, judged.values())
        checks.add(connection, trail)
        transitions.add(connection, turns)
        for (host, hurry), number in hurried.items():
            beliefs.hurry(
                connection, host, states=hurry.states, unseen_since=times.stamp(hurry.unseen_since),
                due_by=times.stamp(hurry.due_by), most=hurry.number * number,
            )  # fmt: skip
        return told

    def _due_at(
        self, link_id: int, standing: Standing, belief: Belief, words: Words, now: datetime
    ) -> datetime:
        word = words.over(link_id, standing.host, standing.outlets)
        published = standing.published
        return schedule.next_due(
            belief,
            now=now,
            created_at=times.instant(standing.created_at),
            published_on=_day(published) if published else None,
            jitter=schedule.jitter_of(link_id, now),
            override=word.override if word else None,
            until=word.ends_at(self._site.settings.zone) if word else None,
        )


def _is_news(before: State, after: State) -> bool:
    """Whether a state is to be acted on: not that a new link is well."""
    return after is not before and (before, after) != (State.UNKNOWN, State.HEALTHY)


def _mark(url: str, before: Belief, after: Belief) -> Mark:
    """What is told once besides the state: that a person should look, that a move has become certain."""
    if after.look and not before.look:
        return Mark.LOOK
    known = moves.certain(url, before) and before.moved_to == after.moved_to
    return Mark.CERTAIN if moves.certain(url, after) and not known else Mark.NONE


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:  # Came past the desk.
        return None


def _judged(seen: _Seen, before: Belief, belief: Belief, due_at: datetime) -> Judged:
    finding = seen.finding
    alive = finding.outcome in (Outcome.OK, Outcome.MOVED)
    return Judged(
        seen.link_id,
        before,
        belief,
        due_at,
        finding.title if alive else "",
        finding.fingerprint if alive else "",
        finding.etag,
        finding.last_modified,
    )


def _told(seen: _Seen, belief: Belief, before: State) -> Checked:
    finding = seen.finding
    return Checked(
        link_id=seen.link_id,
        url=seen.url,
        outcome=finding.outcome,
        state=belief.state,
        status=finding.status,
        final_url=finding.final_url or seen.url,
        elapsed_ms=finding.elapsed_ms,
        reason=finding.reason,
        evidence=finding.evidence,
        belief=belief,
        before=before,
    )


def _check(seen: _Seen, state: State) -> Check:
    finding = seen.finding
    return Check(
        at=seen.at,
        outcome=finding.outcome,
        state=state,
        reason=finding.reason,
        status=finding.status,
        final_url="" if finding.final_url == seen.url else finding.final_url,
        elapsed_ms=finding.elapsed_ms,
        moved_to=finding.moved_to,
        lasting=finding.lasting,
        evidence=finding.evidence,
        judge_version=JUDGE_VERSION,
    )
