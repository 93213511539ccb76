"""A made-up web that rots: hosts, links, and when which of them answers what, by rates with their sources.

Knows what happens; must not know who looks, how often, or what is made of it. The same for the same seed.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from syndicator.model.health import Outcome

YEAR = 365.25
YEARS = 5
# A link that is back within a month was not dead, for this account: whoever called it broken cried wolf.
A_DEATH = 30.0


@dataclass(frozen=True)
class Rates:
    """What happens to links, a year, and to whom."""

    # Half of the links of The New York Times' articles are dead after about 15 years, in a nearly straight line:
    # 6 % of 2018's, 43 % of 2008's, 72 % of 1998's (Zittrain, Bowers, Stanton: The Paper of Record Meets an Ephemeral
    # Web, 2021). Pages at large: 38 % of 2013's gone in 2023 (Pew Research Center: When Online Content Disappears,
    # 2024). Both are 4.7 % a year.
    deaths: float = 0.047
    # The same in a page's first year. Pew: 8 % of 2023's pages were gone by October 2023.
    deaths_young: float = 0.047
    # Of the deaths, those of whole sites at once. Pew: of 25 % of pages gone, 9 % with their whole site.
    shutdowns: float = 0.36
    # Of the deaths, those of many pages of a site at once, in a redesign. Assumed.
    redesigns: float = 0.0
    redesign_takes: float = 0.6
    # Deaths that are undone, and after how many days: pages put back, names bought back within their 38 days of grace
    # (ICANN, Expired Registration Recovery Policy). Assumed share.
    undone: float = 0.08
    undone_after: tuple[float, float] = (2.0, 120.0)
    # A host is out of reach 2.5 days a year, from 2 hours to 20 days by host; 70 % of failures end within 15 minutes
    # (Kalyanakrishnan, Iyer, Patel: Reliability of Internet hosts, Computer Networks 31, 1999). Short outages and
    # long ones, in days; a tenth of the long ones look like a missing page (assumed).
    short_outages: float = 40.0
    short_lasts: float = 0.015
    long_outages: float = 1.4
    long_lasts: float = 1.4
    outages_as_gone: float = 0.1
    # A check that fails by itself (our side, a route, a full disk there). Assumed.
    bad_moments: float = 0.002
    # Hosts behind a wall for good, and behind one that stands three times in ten. Assumed.
    walled: float = 0.08
    walled_at_times: float = 0.05
    # Pages that move for good and redirect. Assumed.
    moves: float = 0.02


class Episode(NamedTuple):
    """From when to when a link or a host answers so."""

    start: float
    end: float
    outcome: Outcome
    lasting: bool = False


@dataclass
class Host:
    """A site with its links."""

    links: list[int] = field(default_factory=list)
    outages: list[Episode] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    walled: float = 0.0  # the share of checks that meet a wall


@dataclass
class Link:
    """A link, from the day on which it was recorded."""

    host: Host
    recorded: float
    published: float
    episodes: list[Episode] = field(default_factory=list)
    moved_at: float = math.inf
    died_at: float = math.inf  # a death as defined above; the first


@dataclass
class World:
    """The web as it will have been."""

    hosts: list[Host]
    links: list[Link]
    rates: Rates
    days: float

    def look(self, number: int, at: float, draw: random.Random) -> tuple[Outcome, bool]:
        """What a check sees: the outcome, and whether it is a lasting one."""
        link = self.links[number]
        host = link.host
        if host.walled and (host.walled == 1.0 or draw.random() < host.walled):
            return Outcome.BLOCKED, False
        for episode in link.episodes:
            if episode.start <= at < episode.end:
                return episode.outcome, episode.lasting
        nearest = bisect_right(host.starts, at) - 1
        if nearest >= 0 and at < host.outages[nearest].end:
            return host.outages[nearest].outcome, False
        if draw.random() < self.rates.bad_moments:
            return Outcome.TIMEOUT, False
        return (Outcome.MOVED if at >= link.moved_at else Outcome.OK), False

    def dead(self, number: int, at: float) -> bool:
        """Whether the link is dead at this time, in the sense of `A_DEATH`."""
        return any(e.start <= at < e.end and e.end - e.start >= A_DEATH for e in self.links[number].episodes)


def make_world(rates: Rates, *, links: int, years: float = YEARS, seed: int = 7) -> World:
    """A record of so many links, on a thirteenth as many hosts, some with many. Three in five were there at first, of
    pieces up to twelve years old; the others come day by day, mostly fresh.
    """
    draw = random.Random(seed)
    days = years * YEAR
    hosts = [Host() for _ in range(max(3, links // 13))]
    sizes = list(accumulate(1 / (rank + 20) for rank in range(len(hosts))))
    made = []
    for number in range(links):
        host = hosts[bisect_right(sizes, draw.random() * sizes[-1])]
        recorded = 0.0 if number < links * 0.6 else draw.uniform(0, days)
        aged = draw.uniform(0, 12 * YEAR) if recorded == 0.0 else draw.expovariate(1 / 3)
        host.links.append(number)
        made.append(Link(host, recorded, recorded - aged))
    world = World(hosts, made, rates, days)
    for host in hosts:
        _trouble(host, world, draw)
    for link in made:
        _fate(link, world, draw)
    for link in made:
        _settle(link)
    return world


def _arrivals(a_year: float, days: float, draw: random.Random, start: float = 0.0) -> Iterator[float]:
    at = start
    while a_year > 0:
        at += draw.expovariate(a_year / YEAR)
        if at >= days:
            return
        yield at


def _trouble(host: Host, world: World, draw: random.Random) -> None:
    """What befalls a host: outages, walls, redesigns, the end."""
    rates = world.rates
    frail = draw.lognormvariate(-0.5, 1.0)  # mean 1
    down = [Outcome.SERVER_ERROR, Outcome.TIMEOUT, Outcome.CONNECT, Outcome.TLS]
    outages = [
        Episode(at, at + draw.expovariate(1 / rates.short_lasts), draw.choice(down))
        for at in _arrivals(rates.short_outages * frail, world.days, draw)
    ]
    for at in _arrivals(rates.long_outages * frail, world.days, draw):
        as_gone = draw.random() < rates.outages_as_gone
        outcome = draw.choice([Outcome.GONE, Outcome.DNS]) if as_gone else draw.choice(down)
        outages.append(Episode(at, at + draw.lognormvariate(math.log(rates.long_lasts) - 0.5, 1.0), outcome))
    host.outages = _one_after_the_other(outages)
    host.starts = [episode.start for episode in host.outages]
    chance = draw.random()
    if chance < rates.walled + rates.walled_at_times:
        host.walled = 1.0 if chance < rates.walled else 0.3
    for at in _arrivals(rates.deaths * rates.shutdowns, world.days, draw):
        outcome = draw.choices([Outcome.DNS, Outcome.CONNECT, Outcome.SOFT_404], [6, 2, 2])[0]
        end = _end(at, rates, draw)
        for number in host.links:
            world.links[number].episodes.append(Episode(at, end, outcome, outcome is Outcome.DNS))
    for at in _arrivals(rates.deaths * rates.redesigns / rates.redesign_takes, world.days, draw):
        for number in host.links:
            if draw.random() < rates.redesign_takes:
                world.links[number].episodes.append(_page_death(at, rates, draw))


def _fate(link: Link, world: World, draw: random.Random) -> None:
    """What befalls a page by itself."""
    rates = world.rates
    alone = 1 - rates.shutdowns - rates.redesigns
    young_until = link.published + YEAR
    for a_year, start, end in (
        (rates.deaths_young * alone, link.recorded, young_until),
        (rates.deaths * alone, max(link.recorded, young_until), world.days),
    ):
        for at in _arrivals(a_year, min(end, world.days), draw, start):
            link.episodes.append(_page_death(at, rates, draw))
    link.moved_at = next(_arrivals(rates.moves, world.days, draw, link.recorded), math.inf)


def _page_death(at: float, rates: Rates, draw: random.Random) -> Episode:
    outcome = Outcome.SOFT_404 if draw.random() < 0.25 else Outcome.GONE
    lasting = outcome is Outcome.GONE and draw.random() < 0.05
    return Episode(at, _end(at, rates, draw), outcome, lasting)


def _end(at: float, rates: Rates, draw: random.Random) -> float:
    return at + draw.uniform(*rates.undone_after) if draw.random() < rates.undone else math.inf


def _settle(link: Link) -> None:
    """Deaths from before it was recorded are none of ours; after a death for good nothing happens any more."""
    link.episodes = _one_after_the_other([e for e in link.episodes if e.start > link.recorded])
    link.died_at = min((e.start for e in link.episodes if e.end - e.start >= A_DEATH), default=math.inf)


def _one_after_the_other(episodes: list[Episode]) -> list[Episode]:
    kept: list[Episode] = []
    for episode in sorted(episodes):
        if not kept or episode.start >= kept[-1].end:
            kept.append(episode)
    return kept
