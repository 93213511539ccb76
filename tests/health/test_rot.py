"""The simulation of link rot, small: what it promises of the schedule, not how long it takes."""

import math

import pytest

from tests.benchmarks.rot import SCENARIOS, Line, line, scheduled, weekly
from tests.benchmarks.rotting import A_DEATH, Rates, World, make_world


def small(rates: Rates) -> World:
    return make_world(rates, links=500, years=2, seed=3)


@pytest.fixture(scope="module")
def world() -> World:
    return small(Rates(deaths=0.15, deaths_young=0.15))


@pytest.fixture(scope="module")
def lines(world: World) -> tuple[Line, Line]:
    plain = weekly(world)
    return line(plain, world, plain.requests), line(scheduled(world), world, plain.requests)


def test_a_schedule_costs_a_part_of_a_weekly_round(lines: tuple[Line, Line]) -> None:
    """Young records cost more than old ones: here all are younger than two years."""
    rival, ours = lines
    assert ours.requests < rival.requests * 0.45


def test_deaths_are_noticed_and_called(lines: tuple[Line, Line]) -> None:
    rival, ours = lines
    assert rival.unnoticed == ours.unnoticed == 0
    assert rival.noticed <= 7
    assert ours.noticed <= 14
    assert ours.noticed + 7 <= ours.called <= ours.noticed + 21


def test_bad_days_are_not_deaths(lines: tuple[Line, Line]) -> None:
    rival, ours = lines
    assert ours.false_alarms * 20 < rival.false_alarms
    assert ours.by_walls == 0


def test_it_is_the_same_every_time(world: World) -> None:
    first, again = (scheduled(small(Rates(deaths=0.15, deaths_young=0.15))) for _ in range(2))
    assert (first.requests, first.noticed) == (again.requests, again.noticed)


def test_in_a_world_without_trouble_nobody_is_called_dead() -> None:
    calm = Rates(deaths=0, deaths_young=0, short_outages=0, long_outages=0, bad_moments=0, moves=0)
    account = scheduled(small(calm))
    assert (account.false_alarms, account.called) == (0, {})


def test_hosts_that_end_are_known_soon_for_their_neighbours() -> None:
    together, alone = (
        small(Rates(deaths=0.2, deaths_young=0.2, shutdowns=share, undone=0)) for share in (1.0, 0.0)
    )
    noticed = [line(scheduled(world), world, 1).noticed for world in (together, alone)]
    assert noticed[0] < noticed[1]


@pytest.mark.parametrize("rates", SCENARIOS.values(), ids=SCENARIOS)
def test_worlds_die_at_the_rate_they_are_meant_to(rates: Rates) -> None:
    """Of links there at first, as many are dead after five years as the rates say, within what chance allows."""
    world = make_world(rates, links=4000, seed=5)
    first = [link for link in world.links if link.recorded == 0]
    dead = sum(1 for link in first if any(e.end == math.inf for e in link.episodes)) / len(first)
    expected = 1 - math.exp(-rates.deaths * (1 - rates.undone) * 5)
    assert dead == pytest.approx(expected, abs=0.05)
    assert all(link.died_at == math.inf or link.died_at > link.recorded for link in world.links)
    assert A_DEATH >= 30
