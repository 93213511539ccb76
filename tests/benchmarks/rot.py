"""Five years of link rot, with and without us: `python -m tests.benchmarks.rot [LINKS]`.

The judge and the schedule are the program's own; the web is made up (`rotting.py`). The rival looks at every link once
a week, dead or alive, and takes the first failure for a death; a second line gives it our judge as well. A check counts
as one request, whoever makes it. Deterministic; about two minutes for 20,000 links.
"""

import heapq
import math
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from syndicator.health.judge import SIGNS, Sign, judge
from syndicator.health.schedule import PACE, Pace, jitter_of, next_due, siblings_to_hurry
from syndicator.model.health import Belief, Observation, Outcome, State
from tests.benchmarks.rotting import YEARS, Rates, World, make_world

START = datetime(2021, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = 7.0
FAILING = frozenset({Sign.WEAK, Sign.STRONG})


@dataclass
class Account:
    """What a way of checking cost and found."""

    name: str
    requests: int = 0
    noticed: dict[int, float] = field(
        default_factory=dict
    )  # days from a link's death to its first failing check
    called: dict[int, float] = field(default_factory=dict)  # … to when it was called dead
    false_alarms: int = 0  # called dead, and was alive or back within a month
    by_walls: int = 0  # walls met by those who take a wall for a death
    draw: random.Random = field(default_factory=lambda: random.Random(11))


def weekly(world: World) -> Account:
    """Every link every week. The first failure in a row is an alarm; so is a wall, but those are counted apart."""
    account = Account("weekly, first failure counts")
    for number, link in enumerate(world.links):
        before = Sign.ALIVE
        at = link.recorded
        while at < world.days:
            account.requests += 1
            sign = SIGNS[world.look(number, at, account.draw)[0]]
            if sign in FAILING:
                if before not in FAILING and not world.dead(number, at):
                    account.false_alarms += 1
                if at >= link.died_at:
                    account.noticed.setdefault(number, at - link.died_at)
            elif sign is Sign.BLOCKED and before is not Sign.BLOCKED:
                account.by_walls += 1
            before = sign
            at += WEEK
    account.called = account.noticed
    return account


def _check(world: World, number: int, at: float, belief: Belief, account: Account) -> Belief:
    """One check by the real judge, and what it means for the account."""
    outcome, lasting = world.look(number, at, account.draw)
    account.requests += 1
    moved_to = "https://elsewhere.example/" if outcome is Outcome.MOVED else ""
    after = judge(belief, Observation(START + DAY * at, outcome, lasting, moved_to))
    if after.state is State.BROKEN and belief.state is not State.BROKEN and not world.dead(number, at):
        account.false_alarms += 1
    died_at = world.links[number].died_at
    if at >= died_at:
        if SIGNS[outcome] in FAILING:
            account.noticed.setdefault(number, at - died_at)
        if after.state is State.BROKEN:
            account.called.setdefault(number, at - died_at)
    return after


def weekly_judged(world: World) -> Account:
    """Every link every week, with our judge."""
    account = Account("weekly, judged as we do")
    for number, link in enumerate(world.links):
        belief = Belief()
        at = link.recorded
        while at < world.days:
            belief = _check(world, number, at, belief, account)
            at += WEEK
    return account


def scheduled(world: World, pace: Pace = PACE) -> Account:
    """Our schedule: rounds every hour, what is due is checked."""
    account = Account("this schedule")
    beliefs = [Belief()] * len(world.links)
    due = [link.recorded for link in world.links]
    created = [START + DAY * link.recorded for link in world.links]
    published = [(START + DAY * link.published).date() for link in world.links]
    waiting = [(at, number) for number, at in enumerate(due)]
    heapq.heapify(waiting)
    while waiting:
        at, number = heapq.heappop(waiting)
        if at != due[number]:
            continue
        at = math.ceil(at * 24) / 24
        if at >= world.days:
            continue
        before = beliefs[number]
        after = beliefs[number] = _check(world, number, at, before, account)
        now = START + DAY * at
        due[number] = _days(
            next_due(
                after,
                now=now,
                created_at=created[number],
                published_on=published[number],
                jitter=jitter_of(number, now),
                pace=pace,
            )
        )
        heapq.heappush(waiting, (due[number], number))
        for other in _hurried(world, number, before, after, beliefs, due, now, pace):
            heapq.heappush(waiting, (due[other], other))
    return account


def _hurried(
    world: World,
    number: int,
    before: Belief,
    after: Belief,
    beliefs: Sequence[Belief],
    due: list[float],
    now: datetime,
    pace: Pace,
) -> list[int]:
    """Brings neighbours forward, as the catalogue does in SQL."""
    hurry = siblings_to_hurry(before, after, now=now, pace=pace)
    if hurry is None:
        return []
    by = _days(hurry.due_by)
    fitting = []
    for other in world.links[number].host.links:
        checked = beliefs[other].checked_at
        if (
            checked is not None
            and beliefs[other].state in hurry.states
            and checked < hurry.unseen_since
            and due[other] > by
        ):
            fitting.append((checked, other))
    chosen = [other for _, other in heapq.nsmallest(hurry.number, fitting)]
    for other in chosen:
        due[other] = by
    return chosen


def _days(moment: datetime) -> float:
    return (moment - START) / DAY


SCENARIOS: dict[str, Rates] = {
    "whole sites 36 % of deaths (Pew)": Rates(),
    "no death in company": Rates(shutdowns=0.0),
    "36 % with their site, 24 % in redesigns": Rates(redesigns=0.24),
    "young pages die sooner (Pew), 36 %": Rates(deaths=0.042, deaths_young=0.08),
}


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    name: str
    requests: int
    share: float
    noticed: float
    noticed_by_nine_tenths: float
    called: float
    unnoticed: int
    false_alarms: int
    by_walls: int


def line(account: Account, world: World, of: int) -> Line:
    """An account in numbers. Deaths that no one could see (behind a wall for good) or that fell into the last
    ninety days are left out; one that was not noticed took for ever.
    """
    deaths = [
        number
        for number, link in enumerate(world.links)
        if link.died_at < world.days - 90 and link.host.walled < 1.0
    ]
    noticed = sorted(account.noticed.get(number, math.inf) for number in deaths)
    called = sorted(account.called.get(number, math.inf) for number in deaths)
    return Line(
        account.name,
        account.requests,
        account.requests / of,
        statistics.median(noticed),
        noticed[int(len(noticed) * 0.9)],
        statistics.median(called),
        sum(1 for days in noticed if days == math.inf),
        account.false_alarms,
        account.by_walls,
    )


def compare(
    rates: Rates, *, links: int, seed: int = 7, years: float = YEARS, judged: bool = True
) -> list[Line]:
    """The ways of checking, side by side in the same world."""
    world = make_world(rates, links=links, seed=seed, years=years)
    plain = weekly(world)
    accounts = [plain, *([weekly_judged(world)] if judged else []), scheduled(world)]
    return [line(account, world, plain.requests) for account in accounts]


def main(links: int = 20_000) -> None:
    """Prints a table a scenario; the costly middle line in the first only."""
    say = sys.stdout.write
    say(f"{links:,} links, {YEARS} years; delays in days\n")
    names = ["requests", "share", "noticed", "9 of 10", "called", "never", "false", "walls"]
    for number, (scenario, rates) in enumerate(SCENARIOS.items()):
        say(f"\n{scenario:32}" + "".join(f"{name:>10}" for name in names) + "\n")
        for row in compare(rates, links=links, judged=number == 0):
            say(
                f"  {row.name:30}{row.requests:>10,}{row.share:>10.3f}{row.noticed:>10.1f}"
                f"{row.noticed_by_nine_tenths:>10.1f}{row.called:>10.1f}{row.unnoticed:>10}"
                f"{row.false_alarms:>10,}{row.by_walls:>10,}\n"
            )
    say(
        "\nnoticed: median days from a death to the first failing check, and within which 9 of 10 were; called: to when"
        "\nit was called dead; never: deaths not noticed; false: called dead, but alive or back within a month; walls:"
        "\nalarms of one who takes a bot wall for a death.\n"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
