"""Whose turn it is: a killed run loses it at once, a living one keeps it, whoever asks."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from syndicator.catalogue import lease
from syndicator.errors import CheckBusy
from syndicator.health.turn import LENGTH, machine, process, taken
from syndicator.site import Site
from tests.builders import StandingClock, make_site
from tests.processes import paused

HOLD = """
from pathlib import Path
from syndicator.health.turn import taken
from syndicator.site import open_site
with taken(open_site(Path(sys.argv[1]), who="jo")):
    pause()
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def real(folder: Path) -> Site:
    """The same site by the clock of the machine."""
    from datetime import UTC, datetime

    return make_site(folder, clock=StandingClock(datetime.now(UTC)))


def test_two_have_it_one_after_the_other(site: Site) -> None:
    for _ in range(2):
        with taken(site, 0):
            pass


def test_a_living_run_is_waited_for_then_named(site: Site) -> None:
    with paused(HOLD, site.folder) as program:
        with (
            pytest.raises(
                CheckBusy,
                match=r"jo on .+ has been checking the links of this site since 20\S+Z; nothing was",
            ),
            taken(real(site.folder), 0.3),
        ):
            pass
        program.go_on()
        program.result()
    with taken(real(site.folder), 0):
        pass


def test_it_is_had_as_soon_as_the_other_ends(site: Site) -> None:
    with paused(HOLD, site.folder) as program:
        program.go_on()
        with taken(real(site.folder), 20):
            pass


def test_a_killed_run_loses_it_at_once(site: Site) -> None:
    with paused(HOLD, site.folder) as program:
        program.kill()
    with taken(real(site.folder), 0):
        pass


def test_a_run_on_another_machine_has_it_until_it_runs_out(site: Site) -> None:
    clock = site.clock
    assert isinstance(clock, StandingClock)
    with taken(site, 0), site.catalogue.write() as connection:
        connection.execute("UPDATE lease SET machine = 'elsewhere 1234'")
    with site.catalogue.write() as connection:
        connection.execute(
            "UPDATE lease SET expires_at = strftime('%Y-%m-%dT%H:%M:%SZ', taken_at, '120 seconds')"
        )
    with pytest.raises(CheckBusy, match="on elsewhere has been"), taken(site, 0):
        pass
    clock.advance(seconds=LENGTH.total_seconds())
    with taken(site, 0):
        pass


def test_whoever_lost_it_learns_of_it_when_renewing(site: Site) -> None:
    with taken(site, 0) as turn, site.catalogue.write() as connection:
        assert turn.renew()
        connection.execute("UPDATE lease SET token = 'another'")
        assert not turn.renew()
    held = lease.read(site.catalogue.connection)
    assert held
    assert held.holder.token == "another"


def test_one_in_another_container_of_the_same_name_has_it_until_it_runs_out(site: Site) -> None:
    """It is on the same kernel, and its number is none of ours: that it is not seen here says nothing."""
    name, boot, *_ = machine().split()
    with taken(site, 0), site.catalogue.write() as connection:
        connection.execute("UPDATE lease SET machine = ?", (f"{name} {boot} pid:[1]",))
        with pytest.raises(CheckBusy), taken(site, 0):
            pass


def test_one_of_another_user_whose_processes_are_hidden_has_it_until_it_runs_out(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for seen in ("sys", "self"):
        (tmp_path / seen).symlink_to(Path("/proc") / seen)
    with taken(site, 0):
        monkeypatch.setattr("syndicator.health.turn.PROC", tmp_path)
        with pytest.raises(CheckBusy), taken(site, 0):
            pass


def test_while_the_database_is_held_by_another_program_it_is_not_renewed_all_the_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("syndicator.health.turn.RENEW_SECONDS", 0.0)
    with taken(site, 0) as turn:
        to_renew = [turn.to_renew]
        for seconds in (60.0, 0.0):
            monkeypatch.setattr("syndicator.health.turn.RETRY_SECONDS", seconds)
            turn.renew_later()
            to_renew.append(turn.to_renew)
    assert to_renew == [True, False, True]


class TestProcesses:
    def test_a_process_is_told_from_one_that_had_its_number_before(self) -> None:
        ours = process(os.getpid())
        assert ours.startswith(f"{os.getpid()} ")
        assert process(os.getpid()) == ours != process(os.getppid())

    def test_one_that_has_ended_is_none_also_before_anybody_took_note(self) -> None:
        with subprocess.Popen([sys.executable, "-c", ""]) as child:
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
            assert process(child.pid) == ""
        assert process(child.pid) == ""

    def test_where_it_is_hidden_when_one_began_it_is_its_number(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr("syndicator.health.turn.PROC", tmp_path)
        assert process(os.getpid()) == str(os.getpid())
        with subprocess.Popen([sys.executable, "-c", ""]) as child:
            child.wait()
        assert process(child.pid) == process(2**80) == ""

    def test_a_machine_has_a_name(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert machine() == machine() != ""
        assert machine().endswith(str(Path("/proc/self/ns/pid").readlink()))
        monkeypatch.setattr("syndicator.health.turn.PROC", tmp_path)
        assert machine() == platform.node()
