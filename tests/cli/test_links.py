"""`check` and `links`, as a person and as a program see them."""

import os
import pty
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.catalogue import checks, open_catalogue
from tests.catalogue.rows import plain
from tests.cli.running import Shell
from tests.health.little_web import Answer, Web, closed_port, little_web
from tests.health.rounds import CHECKING, GONE
from tests.processes import ROOT


@pytest.fixture
def web() -> Iterator[Web]:
    with little_web() as web:
        yield web


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    (tmp_path / "data").mkdir(parents=True)
    (tmp_path / "data" / "site.toml").write_text(CHECKING, encoding="utf-8")
    return Shell(tmp_path)


def add(shell: Shell, url: str, title: str = "Well", outlet: str = "The Outlet") -> None:
    shell("add", url, "--no-fetch", "--title", title, "--outlet", outlet, "--published", "2024-06-16")


def database(shell: Shell) -> Path:
    return shell.folder / "data" / "syndicator.db"


def believe(shell: Shell, url: str, **columns: object) -> None:
    """Sets columns of a belief, as if it had come to that."""
    tool = plain(database(shell))
    settings = ", ".join(f"{column} = ?" for column in columns)
    changed = tool.execute(
        f"UPDATE beliefs SET {settings} WHERE link_id = (SELECT id FROM links WHERE url = ?)",
        (*columns.values(), url),
    )
    assert changed.rowcount == 1
    tool.close()


class TestCheck:
    def test_json_is_what_programs_were_promised(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        add(shell, web.url(2, "/later"), "Later")
        web.answer(2, "/later", Answer(429, b"", {"Retry-After": "7200"}))
        document = shell("check", "--json").json
        assert document["checked"] == 2
        link, later = sorted(document["links"], key=lambda one: str(one["outcome"]))
        assert (later["url"], later["outcome"]) == (web.url(2, "/later"), "rate_limited")
        assert set(link) == {"url", "outcome", "state", "status", "final_url", "elapsed_ms", "reason"}
        assert (link["url"], link["outcome"], link["state"], link["status"], link["final_url"]) == (
            web.url(1, "/well"), "ok", "healthy", 200, web.url(1, "/well"),
        )  # fmt: skip
        (postponed,) = document["postponed"]
        assert set(postponed) == {"url", "until"}
        assert postponed["url"] == web.url(2, "/later")

    def test_nothing_due_is_a_document_too(self, shell: Shell) -> None:
        assert shell("check", "--json").json == {
            "links": [], "postponed": [], "checked": 0, "offline": False, "stopped": None,
            "acted": {"looked_up": 0, "found": 0, "saved": 0, "told": 0, "notes": []},
        }  # fmt: skip

    def test_people_see_what_changed_and_the_sums(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        add(shell, web.url(1, "/gone"), "Gone")
        web.answer(1, "/gone", GONE)
        told = shell("check").stdout
        assert f"suspect: {web.url(1, '/gone')} – " in told
        assert "/well" not in told
        assert "ok\t1" in told
        assert "gone\t1" in told
        assert "2 links checked in" in told
        assert "1 became suspect" in told
        assert "0 links checked" in shell("check").stdout

    def test_dead_links_are_no_failure_of_the_command(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/gone"), "Gone")
        web.answer(1, "/gone", GONE)
        shell("check", code=0)

    def test_all(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        shell("check")
        time.sleep(1.1)  # Two checks in one second are one for a record of whole seconds.
        assert shell("check", "--all", "--json").json["checked"] == 1

    def test_limit(self, shell: Shell, web: Web) -> None:
        for number in range(3):
            add(shell, web.url(1, f"/{number}"), str(number))
        assert shell("check", "--limit", "2", "--json").json["checked"] == 2

    def test_offline_is_said_in_one_line(self, shell: Shell) -> None:
        port = closed_port()
        for number in range(9):
            add(shell, f"http://127.0.1.{number + 1}:{port}/a")
        refused = shell("check", code=1)
        assert refused.stderr.count("\n") == 1
        assert "we seem to be offline. Nothing was counted against any link." in refused.stderr
        document = shell("check", "--json", code=1).json
        assert (document["offline"], document["checked"]) == (True, 0)

    def test_a_certificate_file_that_is_none_is_refused(self, shell: Shell) -> None:
        settings = shell.folder / "data" / "site.toml"
        settings.write_text(CHECKING + 'ca_file = "nowhere.pem"\n', encoding="utf-8")
        refused = shell("check", "--json", code=1)
        assert refused.stdout == ""
        assert "nowhere.pem cannot be used as certificates" in refused.stderr

    @pytest.mark.parametrize("extra", [["--all"], ["--limit", "2"]])
    def test_one_link_is_one_link(self, shell: Shell, extra: list[str]) -> None:
        assert (
            "--link checks one link" in shell("check", "--link", "https://a.example/", *extra, code=2).stderr
        )


class TestOneLink:
    def test_the_verdict_in_plain_words(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/gone"), "Gone")
        web.answer(1, "/gone", GONE)
        told = shell("check", "--link", web.url(1, "/gone") + "?utm_source=x").lines
        assert told[0] == web.url(1, "/gone")
        assert told[1].startswith("  Suspect: failed once since ")
        assert "to call it broken" in told[1]
        assert told[2].startswith("  Outcome gone; status 404, ")

    def test_where_it_ended_is_told(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/old"), "New")
        web.answer(1, "/old", Answer(301, b"", {"Location": "/new"}))
        told = shell("check", "--link", web.url(1, "/old")).stdout
        assert f"It ended at {web.url(1, '/new')}" in told
        assert "Moved: " in told

    def test_as_json_it_is_a_round_of_one(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        add(shell, web.url(2, "/other"), "Other")
        document = shell("check", "--link", web.url(1, "/well"), "--json").json
        assert [link["url"] for link in document["links"]] == [web.url(1, "/well")]

    def test_a_host_that_asks_for_another_time_says_so(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/later"), "Later")
        web.answer(1, "/later", Answer(429, b"", {"Retry-After": "7200"}))
        assert "Its host asked us to come later: 20" in shell("check", "--link", web.url(1, "/later")).stdout

    def test_until_then_it_is_not_visited(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/later"), "Later")
        web.answer(1, "/later", Answer(429, b"", {"Retry-After": "7200"}))
        shell("check")
        web.asked.clear()
        assert shell("check", "--link", web.url(1, "/later")).lines[0].startswith("Its host asked us to come")
        document = shell("check", "--link", web.url(1, "/later"), "--json").json
        (postponed,) = document["postponed"]
        assert (document["checked"], document["links"]) == (0, [])
        assert postponed["url"] == web.url(1, "/later")
        assert web.asked == []

    def test_one_that_is_not_recorded(self, shell: Shell) -> None:
        refused = shell("check", "--link", "https://nowhere.example/", code=1)
        assert "No link is recorded as “https://nowhere.example/”" in refused.stderr


class TestList:
    def test_json_has_belief_and_word_side_by_side(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        add(shell, web.url(1, "/gone"), "Gone")
        web.answer(1, "/gone", GONE)
        shell("check")
        shell("links", "override", web.url(1, "/gone"), "alive", "--until", "2999-12-31")
        well, gone = shell("links", "list", "--json").json["links"]
        assert (well["state"], well["override"], well["outcome"], well["status"]) == (
            "healthy",
            None,
            "ok",
            200,
        )
        assert (gone["state"], gone["override"], gone["until"]) == ("suspect", "alive", "2999-12-31")
        assert gone["pieces"] == [{"id": 2, "title": "Gone", "outlet": "The Outlet"}]

    def test_of_one_state(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        add(shell, web.url(1, "/gone"), "Gone")
        web.answer(1, "/gone", GONE)
        assert len(shell("links", "list", "--state", "unknown", "--json").json["links"]) == 2
        shell("check")
        for state, number in (("healthy", 1), ("suspect", 1), ("broken", 0), ("unknown", 0)):
            assert len(shell("links", "list", "--state", state, "--json").json["links"]) == number

    def test_people_get_a_line_a_link(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/well"))
        (line,) = shell("links", "list").lines
        assert line.split("\t") == ["unknown", web.url(1, "/well"), "", "never", "1 “Well”", "The Outlet"]
        shell("links", "override", "--outlet", "The Outlet", "ignore", "--until", "2999-12-31")
        assert shell("links", "list").stdout.startswith("unknown (ignored until 2999-12-31)\t")
        believe(shell, web.url(1, "/well"), state="blocked", look=1)
        assert "please have a look" in shell("links", "list", "--state", "blocked").stdout


class TestHistory:
    def test_why_it_is_believed_and_what_was_seen_latest_first(self, shell: Shell, web: Web) -> None:
        add(shell, web.url(1, "/gone"), "Gone")
        assert "it was not checked yet" in shell("links", "history", web.url(1, "/gone")).stdout
        shell("check")
        web.answer(1, "/gone", GONE)
        shell("check", "--link", web.url(1, "/gone"))
        shell("links", "override", "--host", "127.0.1.1", "dead", "--until", "2999-12-31", "--note", "sold")
        told = shell("links", "history", web.url(1, "/gone")).lines
        assert told[1].startswith("  Suspect: failed once since")
        assert told[2] == "  Assumed dead until 2999-12-31, says tester (sold)."
        assert [line.split("\t")[1] for line in told[3:]] == ["gone", "ok"]
        document = shell("links", "history", web.url(1, "/gone"), "--json").json
        assert (document["state"], document["override"]) == ("suspect", "dead")
        assert document["explanation"].startswith("Suspect: ")
        assert [check["outcome"] for check in document["checks"]] == ["gone", "ok"]
        assert document["checks"][0]["judge_version"] >= 1


class TestOverride:
    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["alive", "--until", "2999-12-31"],
            ["https://a.example/", "--host", "a.example", "alive", "--until", "2999-12-31"],
            ["--host", "a.example"],
            ["--host", "a.example", "alive"],
            ["--host", "a.example", "clear", "--until", "2999-12-31"],
            ["--host", "a.example", "alive", "--until", "tomorrow"],
            ["--host", "a.example", "dead", "--until", "2999-12-31", "--interval", "5"],
            ["https://a.example/", "https://b.example/", "dead", "--until", "2999-12-31"],
        ],
    )
    def test_what_says_too_little_or_too_much_is_wrong_usage(self, shell: Shell, words: list[str]) -> None:
        assert shell("links", "override", *words, code=2).stdout == ""

    def test_said_and_taken_back(self, shell: Shell) -> None:
        add(shell, "https://a.example/1")
        said = shell("links", "override", "https://a.example/1", "dead", "--until", "2999-12-31").stdout
        assert said == "https://a.example/1: assumed dead until 2999-12-31.\n"
        assert (
            shell("links", "override", "https://a.example/1", "clear").stdout
            == "https://a.example/1: taken back.\n"
        )
        assert "nothing was said of it" in shell("links", "override", "https://a.example/1", "clear").stdout

    def test_a_slower_interval(self, shell: Shell) -> None:
        told = shell("links", "override", "--host", "www.slow.example", "--interval", "10").stdout
        assert told == "All on slow.example: 10 s between two requests.\n"
        assert (
            "the usual interval"
            in shell("links", "override", "--host", "slow.example", "--interval", "0").stdout
        )

    def test_a_day_that_is_past_is_refused(self, shell: Shell) -> None:
        refused = shell("links", "override", "--host", "a.example", "dead", "--until", "2020-01-01", code=1)
        assert "2020-01-01 is past" in refused.stderr


class TestFix:
    OLD, NEW = "https://a.example/old", "https://a.example/new"

    def moved(
        self, shell: Shell, url: str = OLD, new: str = NEW, times: int = 3, checked: str = "2026-06-20"
    ) -> None:
        believe(
            shell, url, state="moved", since="2026-06-01T00:00:00Z", checked_at=f"{checked}T00:00:00Z",
            alive_at=f"{checked}T00:00:00Z", moved_to=new, moved_times=times,
        )  # fmt: skip

    def test_new_urls_are_shown_before_they_are_taken_over(self, shell: Shell) -> None:
        add(shell, self.OLD)
        add(shell, "https://b.example/old", "Other")
        self.moved(shell)
        self.moved(shell, "https://b.example/old", "https://b.example/new?utm_source=x", times=1)
        assert shell("links", "fix", "--json").json == {
            "proposals": [
                {"url": self.OLD, "new_url": self.NEW, "certain": True, "times": 3, "since": "2026-06-01T00:00:00Z"},
                {"url": "https://b.example/old", "new_url": "https://b.example/new", "certain": False, "times": 1,
                 "since": "2026-06-01T00:00:00Z"},
            ]
        }  # fmt: skip
        first, second = shell("links", "fix").lines
        assert first.split("\t") == [self.OLD, self.NEW, "yes", "3", "2026-06-01"]
        assert "not yet" in second
        assert shell("show", "1", "--json").json["placements"][0]["url"] == self.OLD

    def test_all_certain_ones_are_taken_over_with_yes(self, shell: Shell) -> None:
        add(shell, self.OLD)
        add(shell, "https://b.example/old", "Other")
        self.moved(shell)
        self.moved(shell, "https://b.example/old", "https://b.example/new", times=1)
        assert shell("links", "fix", "--yes", "--json").json == {
            "fixed": [{"url": self.OLD, "new_url": self.NEW, "merged": False, "pieces": [1]}], "refused": [],
        }  # fmt: skip
        before = shell("show", "1", "--json").json
        assert before["placements"][0]["url"] == self.NEW
        assert shell("show", self.OLD, "--json").json["id"] == 1
        assert shell("links", "history", self.OLD, "--json").json["former"] == [self.OLD]
        assert "It was at https://a.example/old" in shell("links", "history", self.NEW).stdout
        assert shell("links", "fix", "--yes").lines[0] == "0 taken over, 0 refused."

    def test_one_by_its_url_certain_or_not(self, shell: Shell) -> None:
        add(shell, self.OLD)
        self.moved(shell, times=1)
        told = shell("links", "fix", self.OLD).lines
        assert told[0] == f"{self.OLD} is now {self.NEW}"
        assert (
            shell("links", "fix", self.NEW, code=1).stderr
            == f"Error: {self.NEW} has not moved; there is nothing to take over.\n"
        )

    def test_one_that_is_refused_leaves_the_others_be(self, shell: Shell) -> None:
        add(shell, self.OLD)
        add(shell, self.NEW, "Recorded already")
        add(shell, "https://b.example/old", "Other")
        self.moved(shell)
        self.moved(shell, "https://b.example/old", "https://b.example/new")
        done = shell("links", "fix", "--yes", "--json", code=1)
        assert [fixed["url"] for fixed in done.json["fixed"]] == ["https://b.example/old"]
        assert "is already recorded as “Recorded already”" in done.json["refused"][0]["reason"]
        assert "is already recorded as" in done.stderr

    def test_one_and_all_is_wrong_usage(self, shell: Shell) -> None:
        assert "not both" in shell("links", "fix", self.OLD, "--yes", code=2).stderr


def test_a_list_that_is_longer_than_memory_is_streamed(shell: Shell) -> None:
    """Nothing is held back: a reader that goes away early ends it at once."""
    add(shell, "https://a.example/1")
    tool = plain(database(shell))
    tool.execute(
        "WITH RECURSIVE n(i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO links (key, url, vetted) SELECT 'k' || i, 'https://a.example/' || i, 1 FROM n"
    )
    tool.close()
    command = [sys.executable, "-m", "syndicator", "--site", str(shell.folder), "links", "list", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        assert process.stderr.read() == b""


def test_on_a_terminal_there_is_a_bar_with_rate_and_time_left(shell: Shell, web: Web) -> None:
    for number in range(40):
        add(shell, web.url(1, f"/{number}"), str(number))
        web.answer(1, f"/{number}", Answer(200, b"<title>x</title>", seconds=0.1))
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "syndicator", "--site", str(shell.folder), "check"],
        stdout=subprocess.PIPE,
        stderr=its,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(its)
    shown = b""

    def read() -> None:
        nonlocal shown
        while True:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                return

    reader = threading.Thread(target=read)
    reader.start()
    out, _ = process.communicate(timeout=60)
    reader.join()
    os.close(ours)
    assert process.returncode == 0
    assert b"links/s" in shown
    assert b"/40" in shown
    assert b"40 links checked" in out


def test_every_check_stores_which_rules_judged_it(shell: Shell, web: Web) -> None:
    add(shell, web.url(1, "/well"))
    shell("check")
    catalogue = open_catalogue(database(shell))
    (check,) = checks.history(catalogue.connection, 1)
    catalogue.close()
    assert check.judge_version >= 1
