"""A run over real hosts: everything is visited once, politely, and as quickly as politeness lets it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import uvloop

from syndicator.net.driver import drive
from syndicator.net.exchange import Exchange, Fault, Request
from syndicator.net.manners import Host, Manners
from syndicator.net.stations import MOST_OUT
from tests.farm.audit import rudeness
from tests.farm.server import Entry, Farm
from tests.farm.visiting import AT_ONCE, Errand, Pile, client, following, once, visit_all, visited


def urls(farm: Farm, host: str, count: int, path: str = "page") -> list[str]:
    return [farm.url(f"{path}/{number}", host) for number in range(count)]


def logged(farm: Farm, *hosts: str) -> list[Entry]:
    names = {f"{host}.farm.test" for host in hosts}
    return [entry for entry in farm.log if entry.host in names]


@pytest.fixture(autouse=True)
def _a_new_log(farm: Farm) -> None:
    farm.log.clear()
    farm.hits.clear()


class TestTurns:
    INTERVAL = 0.1

    def test_one_at_a_time_and_the_interval_between(self, farm: Farm) -> None:
        """Also where redirects, retries and pages that take their time come together on one host."""
        wanted = [
            *urls(farm, "far", 10, "takes_a_while"),
            *urls(farm, "one", 8),
            *urls(farm, "two", 5, "takes_a_while"),
            *urls(farm, "three", 6, "short_link"),
            *urls(farm, "four", 6, "short_link"),
            *urls(farm, "one", 3, "once_503"),
            *urls(farm, "two", 2, "status_502"),
            *urls(farm, "five", 4, "redirect_cross_host"),
            *urls(farm, "five", 2, "reset_after_request"),
            farm.url("once_429", "six"),
            *urls(farm, "six", 4),
        ]
        manners = Manners(interval=self.INTERVAL, pause=0.05, back_off=0.1)
        pile, account = visited(farm, wanted, following, manners)
        assert sorted(pile.found) == sorted(wanted)
        assert account.visits == len(wanted)
        assert account.requests == len(farm.log)
        assert rudeness(farm.log, self.INTERVAL) == []
        assert pile.found[farm.url("once_429", "six")][-1].status == 200

    def test_names_of_one_group_share_a_turn(self, farm: Farm) -> None:
        wanted = [url for host in ("www", "blog", "shop") for url in urls(farm, host, 4)]
        manners = Manners(interval=self.INTERVAL, group_of=lambda host: host.partition(".")[2])
        pile, _ = visited(farm, wanted, once, manners)
        assert len(pile.found) == 12
        assert rudeness(farm.log, self.INTERVAL, lambda host: "farm.test") == []

    def test_names_of_one_group_are_as_slow_as_the_slowest(self, farm: Farm) -> None:
        wanted = [*urls(farm, "quick", 2), *urls(farm, "slow", 2)]
        interval_of = {"slow.farm.test": 0.2}.get
        manners = Manners(interval=0.0, interval_of=interval_of, group_of=lambda host: host.partition(".")[2])
        visited(farm, wanted, once, manners, concurrency=1)
        assert rudeness(farm.log, 0.2, lambda host: "farm.test") == []

    def test_a_host_of_many_names_is_the_largest(self, farm: Farm) -> None:
        """Forty names with one visit each are forty visits to one host: it begins before one with twenty."""
        names = tuple(f"n{number}.farm.test" for number in range(40))
        wanted = [
            *(url for name in names for url in urls(farm, name.partition(".")[0], 1)),
            *urls(farm, "b", 20),
        ]

        class Grouped(Pile[Exchange]):
            def hosts(self) -> Iterator[tuple[tuple[str, ...], int]]:
                return iter([(names, 40), (("b.farm.test",), 20)])

        manners = Manners(interval=0.05, group_of=lambda host: "many" if host in names else host)
        account = visit_all(Grouped(wanted, once), client(farm), manners, concurrency=1)
        assert farm.log[0].host in names
        assert account.seconds < 1.05 * 40 * 0.05 + 0.4

    def test_whoever_was_there_before_counts(self, farm: Farm) -> None:
        """The interval lies also between the last request of one run and the first of the next."""
        wanted = [*urls(farm, "one", 2), *urls(farm, "two", 1)]
        pile, began = Pile(wanted, once), monotonic()
        visit_all(pile, client(farm), Manners(interval=0.3), asked_until=began)
        assert len(pile.found) == 3
        assert min(entry.start for entry in farm.log) >= began + 0.3

    def test_hosts_that_wait_take_no_line(self, farm: Farm) -> None:
        """Ten hosts, two lines: bound by the interval of each, not by their sum."""
        wanted = [url for number in range(10) for url in urls(farm, f"host{number}", 4)]
        _, account = visited(farm, wanted, once, Manners(interval=0.2), concurrency=2)
        assert 0.6 <= account.seconds < 1.2

    def test_the_makespan_is_what_politeness_forces(self, farm: Farm) -> None:
        """Hosts of Zipf's sizes, smallest first in the docket's eyes or not: the largest is never kept waiting."""
        sizes = [60 // rank for rank in range(1, 31)]
        wanted = [url for rank, size in enumerate(sizes) for url in urls(farm, f"zipf{rank}", size)]
        _, account = visited(farm, wanted, once, Manners(interval=0.05), concurrency=8)
        assert account.seconds <= 1.05 * sizes[0] * 0.05 + 0.3

    def test_without_an_interval_a_host_is_still_asked_one_thing_at_a_time(self, farm: Farm) -> None:
        pile, _ = visited(farm, urls(farm, "busy", 30, "takes_a_while"), once)
        assert len(pile.found) == 30
        assert rudeness(farm.log, 0.0) == []

    def test_a_slower_interval_of_one_host(self, farm: Farm) -> None:
        manners = Manners(interval=0.0, interval_of={"slow.farm.test": 0.2}.get)
        visited(farm, urls(farm, "slow", 3) + urls(farm, "quick", 3), once, manners)
        assert rudeness(logged(farm, "slow"), 0.2) == []
        assert rudeness(logged(farm, "quick"), 0.2) != []


class TestTries:
    def test_a_bad_moment_is_tried_once_more(self, farm: Farm) -> None:
        url = farm.url("once_503", "moody")
        pile, account = visited(farm, [url], once)
        assert (pile.found[url].status, account.requests) == (200, 2)

    def test_a_timeout_is_not(self, farm: Farm) -> None:
        url = farm.url("silence", "asleep")
        pile, account = visited(farm, [url], once, timeout=0.3)
        assert (pile.found[url].fault, account.requests) == (Fault.TIMEOUT, 1)

    def test_retries_end_where_they_never_help(self, farm: Farm) -> None:
        """A few more than the limit may be under way by the time that it shows."""
        _, account = visited(farm, urls(farm, "down", 100, "status_502"), once)
        assert account.requests <= 100 + Host.FRUITLESS + MOST_OUT

    @pytest.mark.parametrize("name", ["once_later", "once_later_date"])
    def test_a_short_wait_is_waited_by_the_whole_host(self, farm: Farm, name: str) -> None:
        wanted = [farm.url(name, "resting"), *urls(farm, "resting", 3), *urls(farm, "awake", 3)]
        pile, account = visited(farm, wanted, once)
        assert all(exchange.status == 200 for exchange in pile.found.values())
        asked = next(entry for entry in logged(farm, "resting") if entry.path == f"/{name}")
        after = [entry.start - asked.start for entry in logged(farm, "resting") if entry.start > asked.start]
        # A date has whole seconds: it may lie nearer than it was meant.
        assert after
        assert min(after) >= (1.0 if name == "once_later" else 0.0)
        assert max(entry.end for entry in logged(farm, "awake")) - asked.start < 0.9
        assert account.requests == 8


class TestPostponing:
    def test_a_long_wait_ends_the_hosts_turn_and_nobody_elses(self, farm: Farm) -> None:
        wanted = [*urls(farm, "closed", 5, "much_later"), *urls(farm, "open", 5)]
        began = datetime.now(UTC)
        pile, account = visited(farm, wanted, once)
        ((url, host, until),) = pile.given_back
        assert sorted(pile.found) == sorted([url, *urls(farm, "open", 5)])
        assert pile.found[url].status == 429
        assert (url in wanted, host) == (True, "closed.farm.test")
        assert 3590 <= (until - began).total_seconds() <= 3620
        assert len(logged(farm, "closed")) == 1
        assert account.postponed == 0

    def test_visits_that_are_led_there_are_given_back_too(self, farm: Farm) -> None:
        """The host in the middle closes; whoever is sent on to it, before or after, is postponed until then."""
        wanted = [farm.url("much_later", "far"), *urls(farm, "short", 4, "short_link")]
        manners = Manners(interval=0.1)
        pile, _ = visited(farm, wanted, following, manners)
        assert len(pile.found) == 1  # the one that was told
        assert sorted(each[0] for each in pile.given_back) == sorted(wanted)
        assert {each[1] for each in pile.given_back} == {"far.farm.test"}
        assert len(logged(farm, "far")) == 1

    def test_every_name_of_a_closed_group_is_given_back(self, farm: Farm) -> None:
        wanted = [*urls(farm, "a", 3, "much_later"), *urls(farm, "b", 2), *urls(farm, "c", 1)]
        manners = Manners(interval=0.0, group_of=lambda host: "farm")
        pile, _ = visited(farm, wanted, once, manners, concurrency=1)
        assert {each[1] for each in pile.given_back} == {"a.farm.test", "b.farm.test", "c.farm.test"}
        assert len(farm.log) == 1

    def test_hosts_that_were_closed_before_are_not_asked(self, farm: Farm) -> None:
        """Neither for a visit of their own nor for one that is led there."""
        wanted = [*urls(farm, "short", 3, "short_link"), *urls(farm, "far", 2), *urls(farm, "open", 1)]
        until = datetime.now(UTC) + timedelta(hours=1)
        pile = Pile(wanted, following)
        visit_all(pile, client(farm), AT_ONCE, closed={"far.farm.test": until})
        assert list(pile.found) == urls(farm, "open", 1)
        assert {(host, at) for _, host, at in pile.given_back} == {("far.farm.test", until)}
        assert logged(farm, "far") == []


class TestErrands:
    def test_an_errand_may_ask_for_nothing(self, farm: Farm) -> None:
        def idle(url: str) -> Errand[str]:
            return url
            yield Request(url)  # type: ignore[unreachable]

        pile, account = visited(farm, urls(farm, "idle", 500), idle)
        assert (len(pile.found), account.requests) == (500, 0)

    def test_an_errand_may_ask_another_host_first(self, farm: Farm) -> None:
        def elsewhere(url: str) -> Errand[tuple[int, int]]:
            first = yield Request(farm.url("page", "elsewhere"))
            return first.status, (yield Request(url)).status

        manners = Manners(interval=0.1)
        pile, _ = visited(farm, [*urls(farm, "here", 5), *urls(farm, "there", 5)], elsewhere, manners)
        assert set(pile.found.values()) == {(200, 200)}
        assert rudeness(farm.log, 0.1) == []

    def test_what_the_guard_refuses_comes_back_as_an_exchange(self, farm: Farm) -> None:
        def curious(url: str) -> Errand[list[Exchange]]:
            first = yield Request("file:///etc/passwd")
            second = yield Request("http://127.0.0.1/")
            return [first, second, (yield Request(url))]

        pile, account = visited(farm, urls(farm, "honest", 1), curious)
        (seen,) = pile.found.values()
        assert [each.fault for each in seen] == [Fault.NOT_ALLOWED, Fault.NOT_ALLOWED, None]
        assert account.requests == 2

    def test_the_hops_of_a_redirect_share_one_deadline(self, farm: Farm) -> None:
        url = farm.url("slow_hop", "hopping")
        pile, _ = visited(farm, [url], following, timeout=1.0)
        hops = pile.found[url]
        assert hops[-1].fault is Fault.TIMEOUT
        assert len(hops) == 4
        assert sum(hop.elapsed_ms for hop in hops) < 1300

    def test_so_does_whatever_else_is_asked(self, farm: Farm) -> None:
        """A page that sends its visitor on by itself is no redirect of HTTP's."""

        def patient(url: str) -> Errand[list[Exchange]]:
            hops = [(yield Request(url))]
            while hops[-1].fault is None and len(hops) < 10:
                hops.append((yield Request(url)))
            return hops

        pile, _ = visited(farm, [farm.url("takes_a_while", "again")], patient, timeout=0.1)
        (hops,) = pile.found.values()
        assert hops[-1].fault is Fault.TIMEOUT
        assert sum(hop.elapsed_ms for hop in hops) < 300

    def test_a_question_apart_has_its_own(self, farm: Farm) -> None:
        def patient(url: str) -> Errand[list[Exchange]]:
            first = yield Request(url)
            second = yield Request(url, apart=True)
            return [first, second, (yield Request(url, apart=True))]

        pile, _ = visited(farm, [farm.url("takes_a_while", "again")], patient, timeout=0.08)
        assert [hop.fault for hops in pile.found.values() for hop in hops] == [None] * 3

    def test_a_retry_has_its_own(self, farm: Farm) -> None:
        url = farm.url("slow_to_moody", "moody")
        pile, _ = visited(farm, [url], following, timeout=0.9)
        assert [hop.status for hop in pile.found[url]] == [302, 200]

    def test_the_wait_for_a_hosts_turn_is_no_part_of_it(self, farm: Farm) -> None:
        wanted = urls(farm, "queue", 4)
        pile, _ = visited(farm, wanted, following, Manners(interval=0.2), timeout=0.3)
        assert [hops[-1].fault for hops in pile.found.values()] == [None] * 4


class TestMemory:
    def test_no_more_is_taken_than_is_under_way(self, farm: Farm) -> None:
        wanted = [url for number in range(20) for url in urls(farm, f"many{number}", 50)]
        pile, _ = visited(farm, wanted, once, concurrency=8)
        assert len(pile.found) == 1000
        assert pile.most_held <= 8

    def test_visits_that_queue_elsewhere_hold_back_their_host(self, farm: Farm) -> None:
        """Short links are quick, what they lead to is not."""
        pile, _ = visited(farm, urls(farm, "short", 60, "short_link"), following)
        assert len(pile.found) == 60
        assert pile.most_held <= MOST_OUT

    def test_hosts_are_read_as_they_are_needed(self, farm: Farm) -> None:
        read = 0

        class Counting(Pile[Exchange]):
            def hosts(self) -> Iterator[tuple[tuple[str, ...], int]]:
                nonlocal read
                for host in super().hosts():
                    read += 1
                    yield host

            def done(self, visit: object, found: Exchange) -> None:
                super().done(visit, found)  # type: ignore[arg-type]
                assert read <= len(self.found) + 4

        pile = Counting([farm.url("page", f"single{number}") for number in range(200)], once)
        visit_all(pile, client(farm), AT_ONCE, concurrency=2)
        assert len(pile.found) == 200


class Closing:
    """Errands that tell when they were closed."""

    def __init__(self) -> None:
        self.open = 0

    def __call__(self, url: str) -> Errand[Exchange]:
        self.open += 1
        try:
            return (yield Request(url))
        finally:
            self.open -= 1


class TestEnding:
    def test_an_empty_docket(self, farm: Farm) -> None:
        _, account = visited(farm, [], once)
        assert (account.visits, account.requests) == (0, 0)

    def test_a_bug_in_an_errand_is_raised_and_the_others_are_closed(self, farm: Farm) -> None:
        closing = Closing()

        def mixed(url: str) -> Errand[Exchange]:
            if "silence" not in url:
                raise ZeroDivisionError
            return (yield from closing(url))

        wanted = [
            *urls(farm, "asleep", 2, "silence"),
            *urls(farm, "deaf", 1, "silence"),
            farm.url("page", "buggy"),
        ]
        pile = Pile(wanted, mixed)
        began = monotonic()
        with pytest.raises(ZeroDivisionError):
            visit_all(pile, client(farm), AT_ONCE)
        assert monotonic() - began < 2
        assert closing.open == 0
        assert pile.found == {}

    def test_what_the_docket_raises_is_raised(self, farm: Farm) -> None:
        class Full(Pile[Exchange]):
            def done(self, visit: object, found: Exchange) -> None:
                raise OSError("disk full")

        with pytest.raises(OSError, match="disk full"):
            visit_all(Full(urls(farm, "fine", 3), once), client(farm), AT_ONCE)

    def test_it_stops_when_it_is_told(self, farm: Farm) -> None:
        closing = Closing()
        wanted = [*urls(farm, "asleep", 3, "silence"), *urls(farm, "awake", 3)]
        pile = Pile(wanted, closing)
        began = monotonic()
        account = visit_all(pile, client(farm), AT_ONCE, stopping=lambda: len(pile.found) == 3)
        assert monotonic() - began < 2
        assert sorted(pile.found) == sorted(urls(farm, "awake", 3))
        assert (account.visits, closing.open, pile.given_back) == (3, 0, [])

    def test_it_can_be_cancelled(self, farm: Farm) -> None:
        closing = Closing()
        pile = Pile(urls(farm, "asleep", 3, "silence"), closing)

        async def run() -> None:
            async with client(farm) as opened, asyncio.timeout(0.3):
                await drive(pile, opened, AT_ONCE)

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, pytest.raises(TimeoutError):
            runner.run(run())
        assert (pile.found, closing.open) == ({}, 0)
