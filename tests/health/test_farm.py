"""A whole check of each behaviour of the hostile farm: the outcome that is believed, and manners while at it."""

from collections.abc import Iterator

import pytest

from syndicator.health.probe import probe
from syndicator.model.health import Finding, Outcome, Target
from syndicator.net.exchange import Fault
from syndicator.net.manners import Manners
from tests.farm import audit
from tests.farm.behaviours import BEHAVIOURS, Behaviour
from tests.farm.plays import TITLE
from tests.farm.server import Farm
from tests.farm.visiting import Errand, Pile, open_farm, visited
from tests.health.exchanges import Forgetful

SHORT, LONG = 0.8, 15.0  # seconds: what waits for the deadline should not wait long, all else need not hurry
INTERVAL = 0.4


def check(url: str) -> Errand[Finding]:
    """The check of a link that is placed with the piece of the farm's pages."""
    return probe(Target(url, titles=(TITLE,)), Forgetful())


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with open_farm(tmp_path_factory.mktemp("farm")) as farm:
        yield farm


@pytest.fixture(scope="module")
def checked(farm: Farm) -> Pile[Finding]:
    """Every behaviour, checked politely."""
    manners = Manners(interval=INTERVAL, back_off=0.05, pause=0.05)
    slow = [behaviour.url(farm) for behaviour in BEHAVIOURS if behaviour.fault is Fault.TIMEOUT]
    others = [behaviour.url(farm) for behaviour in BEHAVIOURS if behaviour.fault is not Fault.TIMEOUT]
    late, _ = visited(farm, slow, check, manners, timeout=SHORT, max_body=262144)
    pile, _ = visited(farm, others, check, manners, timeout=LONG, max_body=262144)
    pile.found |= late.found
    return pile


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_the_outcome_is_the_right_one(behaviour: Behaviour, farm: Farm, checked: Pile[Finding]) -> None:
    url = behaviour.url(farm)
    if behaviour.postponed:
        assert url in [given_back for given_back, _, _ in checked.given_back]
    found = checked.found[url]
    assert found.outcome is behaviour.outcome, found
    assert found.reason.endswith((".", "”."))


def test_a_page_that_sends_its_visitor_on_shares_its_deadline(farm: Farm) -> None:
    url = farm.url("slow_refresh/", "refreshing")
    pile, _ = visited(farm, [url], check, Manners(interval=0.0), timeout=SHORT)
    assert pile.found[url].outcome is Outcome.TIMEOUT
    assert pile.found[url].elapsed_ms < (SHORT + 0.5) * 1000


def test_a_page_whose_connection_is_held_open_is_judged_by_what_came(farm: Farm) -> None:
    url = farm.url("held_open", "holding")
    pile, _ = visited(farm, [url], check, Manners(interval=0.0), timeout=1.0)
    assert pile.found[url].outcome is Outcome.OK


def test_a_cookie_goes_back_to_its_host_alone(farm: Farm, checked: Pile[Finding]) -> None:
    assert checked.found
    told = {entry.host for entry in farm.log if entry.header("cookie")}
    assert told == {"cookie-circle.farm.test", "cookie-circle-endless.farm.test"}
    assert "jarless.farm.test" in {entry.host for entry in farm.log}


def test_nobody_was_visited_rudely(farm: Farm, checked: Pile[Finding]) -> None:
    """Never two requests at once on a host, never closer than the interval: redirects, retries and doubts included."""
    assert checked.found
    # The farm shares a process with the checks: it may notice a request late, and so the next one too soon.
    assert audit.rudeness(farm.log, INTERVAL / 2) == []
