"""A round of checks, over real sockets: what it visits, stores and survives.

The hosts are addresses 127.0.1.N; what they answer is told by each test (tests/health/little_web.py).
"""

import json
import signal
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from syndicator import desk
from syndicator.catalogue import Catalogue, beliefs, checks, hosts
from syndicator.errors import CheckBusy
from syndicator.health import patrol
from syndicator.health.judge import JUDGE_VERSION
from syndicator.health.ledger import Checked
from syndicator.health.turn import taken
from syndicator.model.health import Outcome, Override, State
from syndicator.model.links import Aim, Check
from syndicator.site import Site
from tests.builders import NOON, make_site
from tests.catalogue.rows import insert
from tests.health.little_web import Answer, Web, closed_port, page
from tests.health.rounds import CHECKING, GONE, clock_of, record, run, started, states


class TestARound:
    def test_what_is_due_is_visited_judged_and_stored(self, site: Site, web: Web) -> None:
        well, gone, moved = record(site, web.url(1, "/well"), web.url(1, "/gone"), web.url(2, "/moved"))
        web.answer(1, "/gone", GONE)
        web.answer(2, "/moved", Answer(301, b"", {"Location": web.url(3, "/moved")}))
        report, told = run(site)
        assert (report.due, report.checked) == (3, 3)
        assert {(one.url, one.outcome, one.state, one.status) for one in told} == {
            (web.url(1, "/well"), Outcome.OK, State.HEALTHY, 200),
            (web.url(1, "/gone"), Outcome.GONE, State.SUSPECT, 404),
            (web.url(2, "/moved"), Outcome.MOVED, State.MOVED, 200),
        }
        assert report.outcomes == {Outcome.OK: 1, Outcome.GONE: 1, Outcome.MOVED: 1}
        for link_id, outcome in ((well, Outcome.OK), (gone, Outcome.GONE), (moved, Outcome.MOVED)):
            (check,) = checks.history(site.catalogue.connection, link_id)
            assert (check.at, check.outcome, check.judge_version) == (NOON, outcome, JUDGE_VERSION)

    def test_what_was_checked_is_not_due_again_before_its_time(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        run(site)
        assert run(site)[0].due == 0
        clock_of(site).advance(days=61)
        assert run(site)[0].checked == 1

    def test_the_next_check_is_conditional_and_compares_with_the_first_healthy_visit(
        self, site: Site, web: Web
    ) -> None:
        (link_id,) = record(site, web.url(1, "/well"))
        web.answer(1, "/well", Answer(200, b"<title>Well</title>" + b"<p>word</p>" * 50, {"ETag": '"one"'}))
        run(site)
        target = beliefs.target_of(site.catalogue.connection, link_id)
        assert target
        assert (target.titles, target.title, target.etag) == (("Well",), "Well", '"one"')
        web.answer(1, "/well", Answer(304, b"", {"ETag": '"one"'}))
        clock_of(site).advance(days=61)
        assert run(site)[1][0].outcome is Outcome.OK
        assert beliefs.target_of(site.catalogue.connection, link_id) == target

    def test_a_changed_state_leaves_a_transition_but_that_a_new_link_is_well_is_no_news(
        self, site: Site, web: Web
    ) -> None:
        record(site, web.url(1, "/well"), web.url(1, "/gone"))
        web.answer(1, "/gone", GONE)
        run(site)
        rows = site.catalogue.connection.execute(
            "SELECT from_state, to_state, reason FROM transitions"
        ).fetchall()
        assert [(before, after) for before, after, _ in rows] == [("unknown", "suspect")]
        assert "404" in rows[0][2]

    def test_a_link_that_dies_is_published_anew_once_it_is_broken_and_not_before(
        self, site: Site, web: Web
    ) -> None:
        record(site, web.url(1, "/gone"))
        web.answer(1, "/gone", GONE)
        with site.catalogue.write() as connection:
            connection.execute("DELETE FROM changes")
        noted = []
        for _ in range(12):
            run(site)
            changed = site.catalogue.connection.execute("SELECT 1 FROM changes WHERE noun = 'pieces'")
            noted.append(bool(changed.fetchone()))
            if "broken" in states(site).values():
                break
            assert not noted[-1]
            clock_of(site).advance(days=3)
        assert noted[-1]
        assert len(noted) >= 3

    def test_links_that_came_past_the_desk_are_vetted_and_checked(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        with sqlite3.connect(site.data / "syndicator.db") as tool:
            insert(tool, "links", {"key": "raw", "url": web.url(2, "/raw") + "?utm_source=x"})
            insert(tool, "links", {"key": "nothing", "url": "http://" + "?"})
        tool.close()
        report, told = run(site)
        assert {one.url for one in told} == {web.url(1, "/well"), web.url(2, "/raw")}
        assert any("is not usable" in complaint for complaint in report.complaints)

    def test_limits(self, site: Site, web: Web) -> None:
        record(site, *(web.url(number % 3 + 1, f"/{number}") for number in range(9)))
        report, _ = run(site, limit=4)
        assert (report.due, report.checked) == (4, 4)
        assert run(site)[0].checked == 5

    def test_one_link_is_checked_whether_it_is_due_or_not(self, site: Site, web: Web) -> None:
        first, _ = record(site, web.url(1, "/well"), web.url(2, "/other"))
        for _ in range(2):
            report, told = run(site, link=first)
            assert (report.due, [one.url for one in told]) == (1, [web.url(1, "/well")])
        assert web.paths() == ["/well", "/well"]

    def test_progress_is_told_as_things_are_stored(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/a"), web.url(1, "/b"))
        steps: list[tuple[int, int]] = []
        patrol.patrol(site, progress=lambda done, due: steps.append((done, due)))
        assert steps == [(1, 2), (2, 2)]


class TestManners:
    def test_a_host_is_asked_no_sooner_than_a_person_said(self, site: Site, web: Web) -> None:
        record(site, *(web.url(1, f"/{number}") for number in range(3)))
        desk.slow_down(site, Aim(host="127.0.1.1"), 0.3)
        run(site)
        times = [at for _, _, at in web.asked]
        assert all(later - earlier > 0.25 for earlier, later in pairwise(times))

    def test_never_quicker_than_the_site_is_set_to(self, tmp_path: Path, web: Web) -> None:
        slow = make_site(tmp_path / "slow", settings=CHECKING.replace("interval = 0", "interval = 0.3"))
        record(slow, *(web.url(1, f"/{number}") for number in range(2)))
        desk.slow_down(slow, Aim(host="127.0.1.1"), 0.01)
        run(slow)
        times = [at for _, _, at in web.asked]
        assert times[1] - times[0] > 0.25

    def test_links_of_a_host_that_wants_us_later_wait_until_then(self, site: Site, web: Web) -> None:
        record(site, *(web.url(1, f"/{number}") for number in range(5)), web.url(2, "/well"))
        for number in range(5):
            web.answer(1, f"/{number}", Answer(429, b"", {"Retry-After": "7200"}))
        report, told = run(site)
        outcomes = {one.url: one.outcome for one in told}
        assert outcomes.pop(web.url(2, "/well")) is Outcome.OK
        assert list(outcomes.values()) == [Outcome.RATE_LIMITED]  # the one that was told; no other was asked
        waiting = dict(patrol.postponed(site, report))
        assert set(waiting) == {web.url(1, f"/{number}") for number in range(5)}
        assert all("2026-06-01T13:59:00Z" <= until <= "2026-06-01T14:01:00Z" for until in waiting.values())
        web.answers.clear()
        web.asked.clear()
        assert run(site)[0].due == 0
        assert not web.asked
        clock_of(site).advance(hours=3)
        assert run(site)[0].checked == 4

    def test_so_does_a_link_that_leads_to_it(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/a"))
        web.answer(1, "/a", Answer(302, b"", {"Location": web.url(2, "/a")}))
        web.answer(2, "/a", Answer(429, b"", {"Retry-After": "7200"}))
        report, told = run(site)
        assert [one.outcome for one in told] == [Outcome.RATE_LIMITED]
        ((url, until),) = patrol.postponed(site, report)
        assert url == web.url(1, "/a")
        assert until > "2026-06-01T13:59:00Z"
        assert run(site)[0].due == 0

    def test_so_does_one_that_a_person_wants_checked_now(self, site: Site, web: Web) -> None:
        """What a host asked for holds for `check --link` too, also where only a redirect leads to it."""
        asked, led, well = record(site, web.url(1, "/a"), web.url(2, "/b"), web.url(3, "/well"))
        web.answer(1, "/a", Answer(429, b"", {"Retry-After": "7200"}))
        run(site, link=asked)
        web.answer(1, "/a", Answer(200, page("A")))
        web.answer(2, "/b", Answer(302, b"", {"Location": web.url(1, "/b")}))
        for link_id, url, paths in ((asked, web.url(1, "/a"), []), (led, web.url(2, "/b"), ["/b"])):
            web.asked.clear()
            report, told = run(site, link=link_id)
            ((postponed, until),) = patrol.postponed(site, report)
            assert (postponed, told, web.paths()) == (url, [], paths)
            assert "2026-06-01T13:59:00Z" <= until <= "2026-06-01T14:01:00Z"
        assert run(site, link=well)[0].checked == 1
        clock_of(site).advance(hours=3)
        assert [one.outcome for one in run(site, link=asked)[1]] == [Outcome.OK]

    def test_one_that_a_person_wants_checked_waits_for_its_turn(self, site: Site, web: Web) -> None:
        (link_id,) = record(site, web.url(1, "/a"))
        with taken(site), pytest.raises(CheckBusy, match="has been checking the links of this site since"):
            run(site, link=link_id, patience=0.1)
        assert web.paths() == []
        assert run(site, link=link_id)[0].checked == 1

    def test_the_interval_lies_between_two_rounds_as_well(self, tmp_path: Path, web: Web) -> None:
        slow = make_site(tmp_path / "slow", settings=CHECKING.replace("interval = 0", "interval = 0.3"))
        (link_id,) = record(slow, web.url(1, "/a"))
        run(slow)
        run(slow, link=link_id)
        (_, _, first), (_, _, second) = web.asked
        assert second - first > 0.25

    def test_names_below_a_domain_that_shares_its_limit_take_turns(self, tmp_path: Path, web: Web) -> None:
        """Names below localhost are this machine (RFC 6761, 6.3)."""
        shared = CHECKING.replace("interval = 0", 'interval = 0.2\nshare_limit = ["outlet.localhost"]')
        site = make_site(tmp_path / "shared", settings=shared)
        record(site, *(f"http://{name}.outlet.localhost:{web.port}/{name}" for name in "abc"))
        assert run(site)[0].outcomes == {Outcome.OK: 3}
        times = sorted(at for _, _, at in web.asked)
        assert all(later - earlier > 0.15 for earlier, later in pairwise(times))


class TestEverything:
    def test_all_are_visited_due_or_not(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/a"), web.url(2, "/b"))
        run(site)
        clock_of(site).advance(minutes=1)
        assert run(site, everything=True)[0].checked == 2
        clock_of(site).advance(minutes=1)
        assert run(site, everything=True)[0].checked == 2

    def test_one_that_was_broken_off_goes_on_where_it_was(self, site: Site, web: Web) -> None:
        record(site, *(web.url(1, f"/{number}") for number in range(6)))
        run(site)
        clock_of(site).advance(minutes=1)
        web.asked.clear()
        run(site, everything=True, limit=4)
        clock_of(site).advance(minutes=1)
        assert run(site, everything=True)[0].checked == 2
        assert len(set(web.paths())) == len(web.paths()) == 6

    def test_but_not_days_later(self, site: Site, web: Web) -> None:
        record(site, *(web.url(1, f"/{number}") for number in range(6)))
        run(site)
        clock_of(site).advance(minutes=1)
        run(site, everything=True, limit=4)
        clock_of(site).advance(days=3)
        assert run(site, everything=True)[0].checked == 6


class TestOffline:
    def away(self, count: int, first: int = 10) -> list[str]:
        port = closed_port()
        return [f"http://127.0.1.{first + number}:{port}/a" for number in range(count)]

    def test_when_no_host_can_be_reached_nothing_is_held_against_a_link(self, site: Site) -> None:
        record(site, *self.away(10))
        report, told = run(site)
        assert report.offline
        assert not told
        assert set(states(site).values()) == {"unknown"}
        assert site.catalogue.connection.execute("SELECT count(*) FROM checks").fetchone() == (0,)
        assert patrol.patrol(site).due == 10

    def test_a_few_dead_hosts_among_others_are_dead(self, site: Site, web: Web) -> None:
        dead = self.away(10)
        record(site, *dead, *(web.url(1, f"/{number}") for number in range(3)))
        report, _ = run(site)
        assert not report.offline
        assert report.checked == 13
        assert {states(site)[url] for url in dead} == {"suspect"}

    def test_witnesses_are_asked_before_a_dead_host_is_taken_for_a_dead_line(
        self, site: Site, web: Web
    ) -> None:
        """Only what is dead is due: an hour with nothing else to do must not end in “offline” for ever."""
        record(site, web.url(1, "/well"), web.url(2, "/well"))
        run(site)
        clock_of(site).advance(minutes=1)
        dead = self.away(10)
        record(site, *dead)
        web.asked.clear()
        report, told = run(site)
        assert not report.offline
        assert {one.url for one in told} == set(dead)
        assert report.checked == report.due == 10
        assert len(web.asked) <= 2

    def test_a_witness_that_is_due_itself_is_counted_and_told(self, site: Site, web: Web) -> None:
        """It is checked for good, also where the limit had left it out."""
        well = [web.url(1, "/well"), web.url(2, "/well")]
        record(site, *well)
        run(site)
        clock_of(site).advance(days=61)
        dead = self.away(10)
        record(site, *dead, *(f"{url}b" for url in dead))  # Hosts with more to do go first.
        report, told = run(site, limit=8)
        assert not report.offline
        assert {one.url for one in told if one.outcome is Outcome.OK} == set(well)
        assert report.checked == report.due == len(told) == 10
        (stored,) = site.catalogue.connection.execute("SELECT count(*) FROM checks").fetchone()
        assert stored == 12

    def test_one_that_is_asked_for_another_link_is_not(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        run(site)
        clock_of(site).advance(days=61)
        (link_id,) = record(site, *self.away(1))
        report, told = run(site, link=link_id)
        assert (report.due, report.checked, [one.link_id for one in told]) == (1, 1, [link_id])
        assert len(web.asked) == 2

    def test_a_host_that_nobody_asks_keeps_nobody_waiting(self, site: Site, web: Web) -> None:
        """Before witnesses are asked, their own intervals are waited for, and no others."""
        record(site, web.url(1, "/well"))
        run(site)
        clock_of(site).advance(minutes=1)
        record(site, *self.away(8))
        desk.slow_down(site, Aim(host="nobody.example"), 3600)
        began = time.monotonic()
        assert run(site)[0].checked == 8
        assert time.monotonic() - began < 10

    def test_an_interval_is_waited_for_with_an_ear_for_signals(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        clock_of(site).now = datetime.now(UTC)
        run(site)
        desk.slow_down(site, Aim(host="127.0.1.1"), 3600)
        record(site, *self.away(8))
        with sqlite3.connect(site.data / "syndicator.db") as tool:
            tool.execute("UPDATE beliefs SET due_at = '2999-01-01T00:00:00Z' WHERE checked_at IS NOT NULL")
        tool.close()
        process = started(site)
        time.sleep(4)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        out, complaint = process.communicate(timeout=10)
        assert process.returncode == 0, complaint
        assert json.loads(out)["stopped"] == "SIGTERM"

    def test_a_line_that_is_down_is_noticed_by_a_run_of_two(self, site: Site, web: Web) -> None:
        """With one link due, and all others silent too."""
        record(site, *(web.url(number, "/well") for number in range(1, 8)))
        run(site)
        clock_of(site).advance(days=61)
        with site.catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET due_at = '2030-01-01T00:00:00Z' WHERE link_id > 1")
        web.shutdown()
        web.server_close()
        report, told = run(site)
        assert report.offline
        assert not told
        assert set(states(site).values()) == {"healthy"}

    def test_one_dead_link_alone_in_the_record_is_judged(self, site: Site) -> None:
        (url,) = self.away(1)
        record(site, url)
        report, _ = run(site)
        assert (report.offline, states(site)) == (False, {url: "suspect"})

    def test_a_line_that_goes_down_half_way_counts_against_nobody(
        self, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Names fail, nobody answers: what was found before is stored, the rest stays due."""
        monkeypatch.setattr("syndicator.health.withheld.TRUSTED", 0.0)
        site = make_site(tmp_path / "one", settings=CHECKING.replace("[check]", "[check]\nconcurrency = 1"))
        record(site, *(web.url(number, "/a") for number in range(1, 41)))
        for number in range(1, 41):
            web.answer(number, "/a", Answer(200, b"<title>A</title>", seconds=0.15))

        def cut() -> None:
            while len(web.asked) < 12:
                time.sleep(0.001)
            web.shutdown()
            web.server_close()

        cutter = threading.Thread(target=cut)
        cutter.start()
        report, told = run(site)
        cutter.join()
        assert report.offline
        assert 11 <= report.checked < 30
        assert set(states(site).values()) == {"healthy", "unknown"}
        assert {one.state for one in told} == {State.HEALTHY}


class TestClocks:
    def test_a_clock_that_jumps_back_in_a_run_visits_nothing_twice(self, site: Site, web: Web) -> None:
        ids = record(site, *(web.url(1, f"/{number}") for number in range(30)))
        clock = clock_of(site)

        def told(done: Checked) -> None:
            clock.now = NOON - timedelta(days=400)

        patrol.patrol(site, on_check=told)
        assert sorted(web.paths()) == sorted(f"/{number}" for number in range(30))
        assert all(
            check.at >= NOON for link in ids for check in checks.history(site.catalogue.connection, link)
        )

    def test_after_it_links_are_due_in_good_time_and_states_are_sound(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"), web.url(1, "/gone"))
        web.answer(1, "/gone", GONE)
        run(site)
        clock_of(site).now = NOON - timedelta(days=400)
        assert run(site)[0].checked == 2
        assert states(site) == {web.url(1, "/well"): "healthy", web.url(1, "/gone"): "suspect"}

    def test_one_that_ran_ahead_locks_nobody_out(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        clock_of(site).now = NOON + timedelta(days=4000)
        with site.catalogue.write() as connection:
            hosts.postpone(connection, [("127.0.1.1", "2040-01-01T00:00:00Z")])
        run(site)
        with site.catalogue.write() as connection:
            connection.execute("UPDATE lease SET expires_at = '2040-01-01T00:00:00Z', machine = 'elsewhere'")
        clock_of(site).now = NOON
        assert run(site, patience=0.0)[0].checked == 1


class TestOverrides:
    def test_an_ignored_link_is_not_visited_before_the_word_ends(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        desk.override(site, Aim(host="127.0.1.1"), Override.IGNORE, "2026-07-20")
        record(site, web.url(1, "/recorded-later"))
        for everything in (False, True):
            assert run(site, everything=everything)[0].due == 0
        clock_of(site).advance(days=45)
        assert run(site)[0].due == 0
        assert not web.asked
        clock_of(site).advance(days=5)
        assert run(site)[0].checked == 2

    def test_nor_as_a_witness(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"), web.url(2, "/well"))
        run(site)
        desk.override(site, Aim(host="127.0.1.1"), Override.IGNORE, "2026-07-20")
        clock_of(site).advance(minutes=1)
        record(site, *TestOffline().away(10))
        web.asked.clear()
        run(site)
        assert {host for host, _, _ in web.asked} == {"127.0.1.2"}

    def test_it_is_visited_again_when_the_word_is_taken_back(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"))
        desk.override(site, Aim(host="127.0.1.1"), Override.IGNORE, "2026-07-20")
        desk.clear_override(site, Aim(host="127.0.1.1"))
        assert run(site)[0].checked == 1

    def test_one_that_was_put_past_the_desk_and_never_ends_stops_no_round(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/well"), web.url(2, "/well"))
        with sqlite3.connect(site.data / "syndicator.db") as tool:
            for host, said in (("127.0.1.1", "alive"), ("127.0.1.2", "ignore")):
                insert(tool, "overrides", {"host": host, "override": said, "until_on": "9999-12-31"})
        tool.close()
        assert run(site)[0].checked == 1

    def test_belief_goes_on_under_a_word(self, site: Site, web: Web) -> None:
        (link_id,) = record(site, web.url(1, "/gone"))
        web.answer(1, "/gone", GONE)
        desk.override(site, Aim(link_id=link_id), Override.ALIVE, "2026-07-20")
        run(site)
        assert states(site) == {web.url(1, "/gone"): "suspect"}


class TestThinning:
    def old_checks(self, catalogue: Catalogue, link_id: int) -> None:
        with catalogue.write() as connection:
            checks.add(
                connection,
                [
                    (link_id, Check(NOON - timedelta(days=200 + day), Outcome.OK, State.HEALTHY, ""))
                    for day in (3, 2, 1)
                ],
            )

    def test_a_round_takes_old_checks_away_once_a_week(self, site: Site, web: Web) -> None:
        (link_id,) = record(site, web.url(1, "/well"))
        self.old_checks(site.catalogue, link_id)
        run(site)
        assert len(checks.history(site.catalogue.connection, link_id)) == 2
        self.old_checks(site.catalogue, link_id)
        run(site)
        assert len(checks.history(site.catalogue.connection, link_id)) == 5
        clock_of(site).advance(days=8)
        run(site)
        assert len(checks.history(site.catalogue.connection, link_id)) < 5
