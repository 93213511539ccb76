"""How a host is treated: one request at a time, a pause between two, and what it asks for is done.

Knows a host's turn, its clock and its wishes (RFC 9110, 10.2.3; RFC 6585, 4); must not know sockets, or whose
visits wait. Times are seconds of one steady clock (`time.monotonic`), given as arguments.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from syndicator.net import retry_after
from syndicator.net.exchange import Exchange, Fault

TOO_MANY = 429
UNAVAILABLE = 503
PASSING = frozenset((502, 503, 504))  # answers of a server that is there, for one that is not
_UNNOTICED = frozenset((Fault.DNS, Fault.NOT_ALLOWED))  # Of these the host learns nothing.
LEFT_ALONE = 3600.0  # seconds until a host that asked for less, without saying when, is visited again


def itself(host: str) -> str:
    """Every host name is a host of its own."""
    return host


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """The policy of a run. All times in seconds.

    `interval` lies between two request starts on a host, unless `interval_of` knows another for a host name.
    `group_of` names what counts as one host: names on one registrable domain may share their turn.
    `patience` is what a run waits in vain for one host at most. `tries` are further tries after an answer that
    asks to come later. `back_off` is the first pause after such an answer without a time; `pause` lies before the
    one retry of what may have been a bad moment. Both are lengthened by chance, by up to a half.
    """

    interval: float = 1.0
    interval_of: Callable[[str], float | None] | None = None
    group_of: Callable[[str], str] = itself
    patience: float = 60.0
    tries: int = 2
    back_off: float = 2.0
    pause: float = 1.0

    def interval_for(self, host: str) -> float:
        given = self.interval_of(host) if self.interval_of else None
        return self.interval if given is None else given


@dataclass(frozen=True, slots=True)
class Again:
    """Ask once more, not before `at`. What else waits for the host need not wait for that, if `alone`."""

    at: float
    alone: bool


@dataclass(frozen=True, slots=True)
class Later:
    """The host's turn in this run is over: it wants to be left alone for `seconds`."""

    seconds: float


class Host:
    """A host's turn: when it may be asked next, how it fared so far, and what an answer calls for."""

    __slots__ = (
        "_deaf",
        "_fruitless",
        "_in_vain",
        "_strikes",
        "interval",
        "manners",
        "name",
        "ready_at",
        "requests",
        "seconds",
    )

    FRUITLESS = 3  # retries in a row that changed nothing: this host does not just have a bad moment

    def __init__(self, name: str, manners: Manners, ready_at: float = 0.0) -> None:
        self.name = name
        self.manners = manners
        self.interval = manners.interval_for(name)
        self.ready_at = ready_at
        self.requests = 0
        self.seconds = 0.0  # spent on answers
        self._fruitless = 0  # retries in a row
        self._strikes = 0  # answers in a row that asked for less without saying when
        self._deaf = 0  # pauses in a row after which it still asked for less
        self._in_vain = 0.0  # seconds waited on its wish since it last answered otherwise

    def seconds_each(self, otherwise: float) -> float:
        """Seconds that one more visit will take, going by those that were; `otherwise` before the first."""
        return max(self.interval, self.seconds / self.requests if self.requests else otherwise)

    def settle(self, exchange: Exchange, tried: int, sent_at: float, now: float) -> Again | Later | None:
        """Books an exchange whose request went out at `sent_at` (0: it did not come to that) and which ended `now`.

        `tried` counts the tries before it. Says that it is to be asked again, or that the host's turn is over;
        None hands the exchange over.
        """
        elapsed = exchange.elapsed_ms / 1000
        self.requests += 1
        self.seconds += elapsed
        if exchange.fault is None or exchange.fault not in _UNNOTICED:
            self.ready_at = (sent_at or now - elapsed) + self.interval
        if exchange.status == TOO_MANY or (exchange.status == UNAVAILABLE and exchange.header("retry-after")):
            wait = retry_after.seconds(exchange.header("retry-after"), exchange.at, exchange.header("date"))
            return self._slower(tried, now) if wait is None else self._come_back(wait, tried, now)
        if exchange.status:
            self._strikes, self._in_vain = 0, 0.0
        if exchange.transient or exchange.status in PASSING:
            return self._bad_moment(tried, now)
        if tried:
            self._fruitless = self._deaf = 0
        return None

    def _come_back(self, wait: float, tried: int, now: float) -> Again | Later | None:
        if wait > self.manners.patience or self._in_vain > self.manners.patience:
            return Later(wait)
        return self._rest(wait, now, again=tried < self.manners.tries)

    def _slower(self, tried: int, now: float) -> Again | Later | None:
        """No time was named. One pause shows whether the host means all of it or this page: some say so for ever."""
        if self._in_vain > self.manners.patience:
            return Later(LEFT_ALONE)
        self._strikes += 1
        if tried:
            self._deaf += 1
            return None
        if self._strikes == 1:
            return self._rest(_lengthened(self.manners.back_off), now, again=True) if self._deaf < 2 else None
        return self._rest(
            _lengthened(self.manners.back_off * 2 ** min(self._strikes - 2, 2)), now, again=False
        )

    def _rest(self, wait: float, now: float, *, again: bool) -> Again | None:
        self._in_vain += wait
        self.ready_at = max(self.ready_at, now + wait)
        return Again(self.ready_at, alone=False) if again else None

    def _bad_moment(self, tried: int, now: float) -> Again | None:
        if tried:
            self._fruitless += 1
            return None
        if self._fruitless >= self.FRUITLESS:
            return None
        return Again(max(self.ready_at, now + _lengthened(self.manners.pause)), alone=True)


def _lengthened(seconds: float) -> float:
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311 - so that many do not come back at once
