"""Why a link is believed to be what it is, in plain words.

Knows beliefs and the judge's rules; must not know who reads it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from syndicator.health.judge import POLICY, SIGNS, Count, Policy, Rule, Sign
from syndicator.model.health import Belief, Observation, Outcome, State
from syndicator.times import UTC_ZONE

# Said of the last check where its own reason is not at hand.
WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.OK: "the piece is there",
        Outcome.MOVED: "the piece is there, at another address for good",
        Outcome.GONE: "the host says that the page does not exist",
        Outcome.SOFT_404: "the page says that the piece is not there, though the host calls it fine",
        Outcome.BLOCKED: "a wall hid the page",
        Outcome.RATE_LIMITED: "the host asked us to come less often",
        Outcome.SERVER_ERROR: "the host answered with an error of its own",
        Outcome.TIMEOUT: "no whole answer in time",
        Outcome.DNS: "the host's name is not known",
        Outcome.TLS: "no secure connection",
        Outcome.CONNECT: "no connection",
        Outcome.TOO_MANY_REDIRECTS: "redirects without end",
        Outcome.PROTOCOL: "the answer was no proper HTTP",
        Outcome.NOT_ALLOWED: "our own rules forbid to visit this address",
    }
)


def explain(
    belief: Belief,
    seen: Observation,
    detail: str = "",
    *,
    policy: Policy = POLICY,
    zone: ZoneInfo = UTC_ZONE,
) -> str:
    """One or two sentences on the state of a link after its last check: what was seen, since when, what is missing.

    `belief` is the one after `seen`; `detail` is the finding's own reason. Dates are those of `zone`.
    """
    last = (detail or WORDS[seen.outcome]).rstrip(".")
    sign = SIGNS[seen.outcome]
    if belief.state is State.BROKEN:
        return f"Broken: {_run(belief, last, sign, zone)}{_by_rule(belief, policy)}."
    if belief.state is State.SUSPECT:
        return f"Suspect: {_run(belief, last, sign, zone)}. {_missing(belief, policy, zone)}."
    if belief.state is State.MOVED and sign is Sign.MOVED:
        times = "" if belief.moved_times == 1 else f", seen {_times(belief.moved_times)}"
        return f"Moved: {last}, to {belief.moved_to}{times}."
    if belief.state is State.BLOCKED:
        return f"Blocked: {_wall(belief, last, zone)}."
    if sign in {Sign.ALIVE, Sign.MOVED}:
        return f"{belief.state.capitalize()}: {last}."
    return f"{belief.state.capitalize()} as before: the last check did not see the page ({last}){_alive(belief, zone)}."


def _run(belief: Belief, last: str, sign: Sign, zone: ZoneInfo) -> str:
    failed = f"failed {_times(belief.failures)}"
    if belief.failing_since is not None:
        failed += f" since {_day(belief.failing_since, zone)}"
    if sign in {Sign.STRONG, Sign.WEAK}:
        return f"{failed}{_alive(belief, zone)}; last: {last}"
    return f"{failed}{_alive(belief, zone)}; the last check did not see the page ({last})"


def _by_rule(belief: Belief, policy: Policy) -> str:
    if belief.failed_at is None:
        return ""
    for rule in policy.rules:
        if rule.fulfilled(belief, belief.failed_at):
            return f" (rule “{rule.name}”: {_times(rule.checks)} over {_days(rule.span)})"
    return ""


def _missing(belief: Belief, policy: Policy, zone: ZoneInfo) -> str:
    """What it takes to break by the rule of the run's own kind."""
    rule = _rule_of(belief, policy)
    counted = {
        Count.LASTING: belief.lasting,
        Count.STRONG: belief.strong,
        Count.FAILURES: belief.failures,
    }[rule.counts]
    more = max(1, rule.checks - counted)
    further = "one more failing check" if more == 1 else f"{more} more failing checks"
    if belief.failing_since is None:
        return f"It takes {further} to call it broken"
    return f"It takes {further}, not before {_day(belief.failing_since + rule.span, zone)}, to call it broken"


def _rule_of(belief: Belief, policy: Policy) -> Rule:
    kind = Count.FAILURES
    if belief.strong:
        kind = Count.LASTING if belief.lasting == belief.failures else Count.STRONG
    return next(rule for rule in policy.rules if rule.counts is kind)


def _wall(belief: Belief, last: str, zone: ZoneInfo) -> str:
    if belief.blocked_since is None:
        return last
    seen = f"{last}; {_times(belief.blocked)} since {_day(belief.blocked_since, zone)}{_alive(belief, zone)}"
    return f"{seen}. Please have a look at it in a browser" if belief.look else seen


def _alive(belief: Belief, zone: ZoneInfo) -> str:
    return "" if belief.alive_at is None else f", last seen alive on {_day(belief.alive_at, zone)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _days(span: timedelta) -> str:
    return f"{span.days} days"


def _day(moment: datetime, zone: ZoneInfo) -> str:
    day = moment.astimezone(zone)
    return f"{day.day} {day:%B %Y}"
