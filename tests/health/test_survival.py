"""What a round of checks survives: other programs at the same file, a full disk, kills, a second round.

The hosts are addresses 127.0.1.N; what they answer is told by each test (tests/health/little_web.py).
"""

import json
import os
import signal
import sqlite3
import threading
import time
from datetime import timedelta

import pytest

from syndicator.catalogue import beliefs, checks, lease, links
from syndicator.errors import CatalogueBusy, CheckBusy, StorageFailed
from syndicator.health import ledger, patrol
from syndicator.health.turn import machine, process
from syndicator.site import Site
from tests.builders import NOON, StandingClock, make_site
from tests.catalogue.rows import plain
from tests.health.little_web import Answer, Web
from tests.health.rounds import GONE, clock_of, record, run, started, states, wait_for


class TestWhatOthersDoMeanwhile:
    def test_a_link_that_is_changed_or_removed_meanwhile_is_left_alone(self, site: Site, web: Web) -> None:
        changed, removed, _ = record(
            site, web.url(1, "/changed"), web.url(1, "/removed"), web.url(1, "/well")
        )
        web.gate.clear()

        def meddle() -> None:
            while not web.asked:
                time.sleep(0.01)
            with sqlite3.connect(site.data / "syndicator.db") as tool:
                tool.execute(
                    "UPDATE links SET url = url || '-anew', vetted = vetted + 1 WHERE id = ?", (changed,)
                )
                tool.execute("DELETE FROM placements WHERE link_id = ?", (removed,))
                tool.execute("DELETE FROM links WHERE id = ?", (removed,))
            tool.close()
            web.gate.set()

        meddler = threading.Thread(target=meddle)
        meddler.start()
        _, told = run(site)
        meddler.join()
        assert web.url(1, "/removed") not in {one.url for one in told}
        assert states(site)[web.url(1, "/changed-anew")] == "unknown"

    def test_a_single_check_in_the_middle_of_a_round_is_not_lost(self, site: Site, web: Web) -> None:
        """What is believed is read, judged and stored in one transaction: both checks count."""
        (link_id,) = record(site, web.url(1, "/gone"))
        web.answer(1, "/gone", Answer(404, b"", seconds=1.0))

        def round_of_two_days_later() -> None:
            later = make_site(site.folder, clock=StandingClock(NOON + timedelta(days=2)))
            patrol.patrol(later)
            later.catalogue.close()

        round_ = threading.Thread(target=round_of_two_days_later)
        round_.start()
        wait_for(lambda: len(web.asked) == 1)
        time.sleep(0.1)
        web.answer(1, "/gone", GONE)
        run(site, link=link_id)
        round_.join()
        assert beliefs.standing(site.catalogue.connection, [link_id])[link_id].belief.failures == 2
        assert len(checks.history(site.catalogue.connection, link_id)) == 2

    def test_a_locked_database_is_waited_for_while_visits_go_on(
        self, site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger, "BATCH", 5)
        monkeypatch.setattr(ledger, "FLUSH_SECONDS", 0.1)
        record(site, *(web.url(number % 3 + 1, f"/{number}") for number in range(30)))
        with sqlite3.connect(
            site.data / "syndicator.db", isolation_level=None, check_same_thread=False
        ) as other:

            def lock() -> None:
                while len(web.asked) < 3:
                    time.sleep(0.005)
                other.execute("BEGIN IMMEDIATE")
                while len(web.asked) < 30:
                    time.sleep(0.005)
                time.sleep(0.5)
                other.execute("ROLLBACK")

            locker = threading.Thread(target=lock)
            locker.start()
            report, _ = run(site)
            locker.join()
        other.close()
        assert report.checked == 30

    def test_one_that_stays_locked_is_named_and_nothing_is_half_stored(self, site: Site, web: Web) -> None:
        record(site, web.url(1, "/a"))
        web.gate.clear()
        site.catalogue.connection.execute("PRAGMA busy_timeout = 100")
        other = sqlite3.connect(site.data / "syndicator.db", isolation_level=None, check_same_thread=False)

        def lock() -> None:
            while not web.asked:
                time.sleep(0.005)
            other.execute("BEGIN IMMEDIATE")
            web.gate.set()

        locker = threading.Thread(target=lock)
        locker.start()
        with pytest.raises(CatalogueBusy, match="is locked by another program"):
            run(site)
        locker.join()
        other.execute("ROLLBACK")
        other.close()
        clock_of(site).advance(minutes=3)  # It could not even give its turn back.
        assert run(site)[0].checked == 1

    def test_a_full_disk_is_named_and_what_is_stored_stays(
        self, site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ledger, "BATCH", 20)
        record(site, *(web.url(number % 5 + 1, f"/{number}") for number in range(400)))
        connection = site.catalogue.connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StorageFailed, match=r"the disk is full; nothing was changed\. Free some space"):
            run(site)
        (stored,) = connection.execute("SELECT count(*) FROM checks").fetchone()
        assert stored % 20 == 0
        connection.execute(f"PRAGMA max_page_count = {pages + 5_000}")
        report, _ = run(site)
        assert report.checked == 400 - stored
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_two_rounds_at_once_take_turns(self, site: Site, web: Web) -> None:
        record(site, *(web.url(1, f"/{number}") for number in range(5)))
        with site.catalogue.write() as connection:
            lease.take(
                connection, lease.Holder("theirs", "al", machine(), process(os.getpid())),
                now="2026-06-01T11:59:00Z", expires_at="2026-06-01T12:01:00Z", horizon="2026-06-01T12:03:00Z",
                alive=lambda _: True,
            )  # fmt: skip
        with pytest.raises(CheckBusy, match=r"al on .* has been checking"):
            run(site, patience=0.1)
        assert not web.asked

    def test_whoever_loses_its_turn_stops(
        self, site: Site, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It slept for too long, and another run began."""
        monkeypatch.setattr("syndicator.health.turn.RENEW_SECONDS", 0.0)
        record(site, *(web.url(1, f"/{number}") for number in range(200)))
        for number in range(200):
            web.answer(1, f"/{number}", Answer(200, b"<title>x</title>", seconds=0.02))

        def steal() -> None:
            while not web.asked:
                time.sleep(0.01)
            with sqlite3.connect(site.data / "syndicator.db") as tool:
                tool.execute("UPDATE lease SET token = 'another'")
            tool.close()

        thief = threading.Thread(target=steal)
        thief.start()
        report, _ = run(site)
        thief.join()
        assert report.stopped == "another run took the turn"
        assert len(web.asked) < 200


class TestKilled:
    """Real processes, real signals."""

    @pytest.fixture
    def slow(self, site: Site, web: Web) -> Site:
        """Three hosts with fifty links each, an answer in 20 ms: a few seconds of work."""
        urls = [web.url(number % 3 + 1, f"/{number}") for number in range(150)]
        record(site, *urls)
        for number in range(150):
            web.answer(
                number % 3 + 1, f"/{number}", Answer(200, f"<title>{number}</title>".encode(), seconds=0.1)
            )
        return site

    def stored(self, site: Site) -> int:
        tool = plain(site.data / "syndicator.db")
        (count,) = tool.execute("SELECT count(*) FROM checks").fetchone()
        tool.close()
        return int(count)

    def test_kill_9_in_mid_run_and_the_next_one_goes_on_where_it_was(self, slow: Site, web: Web) -> None:
        process = started(slow)
        wait_for(lambda: self.stored(slow) > 0)
        process.kill()
        process.communicate()
        stored = self.stored(slow)
        assert 0 < stored < 150
        before = len(web.asked)
        for answer in web.answers.values():
            answer.seconds = 0.0
        # At once, though the lease has not run out.
        done = started(slow).communicate(timeout=60)
        assert self.stored(slow) == 150, done
        assert len(web.asked) - before == 150 - stored
        rows = slow.catalogue.connection.execute(
            "SELECT count(*), count(DISTINCT link_id) FROM checks"
        ).fetchone()
        assert rows == (150, 150)

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
    def test_asked_to_end_it_stores_what_is_done(self, slow: Site, web: Web, number: int, code: int) -> None:
        process = started(slow)
        wait_for(lambda: len(web.asked) > 20)
        process.send_signal(number)
        out, complaint = process.communicate(timeout=30)
        assert process.returncode == code, complaint
        assert b"Traceback" not in complaint
        document = json.loads(out)
        assert document["checked"] == len(document["links"]) == self.stored(slow) > 0
        assert document["checked"] >= 15
        assert document["stopped"] in ("SIGTERM", "SIGINT")

    def test_two_at_once_visit_nothing_twice(self, slow: Site, web: Web) -> None:
        first, second = started(slow), started(slow)
        outputs = [process.communicate(timeout=90) for process in (first, second)]
        assert 0 in (first.returncode, second.returncode), outputs
        assert not any(b"Traceback" in complaint for _, complaint in outputs)
        assert self.stored(slow) == 150
        assert len(web.asked) == len(set(web.paths())) == 150


def test_links_can_be_listed_while_a_round_goes_on(site: Site, web: Web) -> None:
    record(site, web.url(1, "/a"), web.url(2, "/b"))
    seen: list[int] = []
    patrol.patrol(site, on_check=lambda one: seen.append(len(list(links.watched(site.catalogue.connection)))))
    assert seen == [2, 2]
