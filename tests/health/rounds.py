"""Rounds of checks for tests: sites with links on a little web, their states, a round here or in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from syndicator import desk
from syndicator.health import patrol
from syndicator.health.ledger import Checked
from syndicator.health.patrol import Report
from syndicator.site import Site
from tests.builders import SETTINGS, StandingClock, log
from tests.health.little_web import Answer
from tests.processes import ROOT

CHECKING = (
    SETTINGS
    + '[check]\nper_host_interval = 0\ntimeout = 5\n[archive]\nendpoint = ""\n[network]\nallow = ["127.0.0.0/8"]\n'
)
GONE = Answer(404, b"<title>Not found</title>")


def record(site: Site, *urls: str) -> list[int]:
    """A piece at each of the URLs, titled as the little web titles its pages; the ids of the links."""
    with site.catalogue.write() as connection:
        first = connection.execute("SELECT count(*) FROM pieces").fetchone()[0]
        for number, url in enumerate(urls):
            title = url.rpartition("/")[2].replace("-", " ").title() or "Home"
            log(site, first + number, title=title, placements=[{"url": url, "outlet": "The Outlet"}])
    return [desk.find_link(site, url).id for url in urls]


def clock_of(site: Site) -> StandingClock:
    assert isinstance(site.clock, StandingClock)
    return site.clock


def states(site: Site) -> dict[str, str]:
    return dict(
        site.catalogue.connection.execute("SELECT url, state FROM links JOIN beliefs ON link_id = id")
    )


def run(site: Site, **options: object) -> tuple[Report, list[Checked]]:
    told: list[Checked] = []
    report = patrol.patrol(site, on_check=told.append, **options)  # type: ignore[arg-type]
    return report, told


def started(site: Site) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"SYNDICATOR_SITE": str(site.folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "syndicator", "check", "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
