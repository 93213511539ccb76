"""The hostile farm at the door: what comes of each behaviour, with all of them at once."""

import pytest

from syndicator.net.exchange import Exchange, Fault
from tests.farm.behaviours import BEHAVIOURS, BY_NAME, Behaviour
from tests.farm.plays import PAGE
from tests.farm.server import Farm
from tests.farm.visiting import Pile, once, visited

SHORT, LONG = 0.8, 15.0  # seconds: what waits for the deadline should not wait long, all else need not hurry
MAX_BODY = 262144


@pytest.fixture(scope="module")
def pile(farm: Farm) -> Pile[Exchange]:
    """Everything that was found, in two runs."""
    slow = [behaviour.url(farm) for behaviour in BEHAVIOURS if behaviour.fault is Fault.TIMEOUT]
    others = [behaviour.url(farm) for behaviour in BEHAVIOURS if behaviour.fault is not Fault.TIMEOUT]
    late, _ = visited(farm, slow, once, timeout=SHORT, max_body=MAX_BODY)
    pile, _ = visited(farm, others, once, timeout=LONG, max_body=MAX_BODY, concurrency=16)
    pile.found |= late.found
    return pile


def test_there_are_many_kinds() -> None:
    assert len(BEHAVIOURS) >= 40


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_behaviour(behaviour: Behaviour, farm: Farm, pile: Pile[Exchange]) -> None:
    """Status and fault are as declared, within the bounds."""
    url = behaviour.url(farm)
    if behaviour.postponed:
        assert [each[0] for each in pile.given_back].count(url) == 1
    exchange = pile.found[url]
    assert (exchange.fault, exchange.status) == (behaviour.fault, behaviour.status), exchange
    assert exchange.elapsed_ms < (SHORT + 1 if behaviour.fault is Fault.TIMEOUT else LONG) * 1000
    assert len(exchange.body) <= MAX_BODY
    assert bool(exchange.detail) == bool(exchange.fault)


def found(name: str, farm: Farm, pile: Pile[Exchange]) -> Exchange:
    return pile.found[BY_NAME[name].url(farm)]


@pytest.mark.parametrize(
    "name",
    [
        "page",
        "http_1_0",
        "interim_103",
        "interim_100",
        "gzipped",
        "trailers",
        "tls_good",
        "once_reset",
        "length_too_small",
    ],
)
def test_the_page_comes_whole(name: str, farm: Farm, pile: Pile[Exchange]) -> None:
    exchange = found(name, farm, pile)
    assert exchange.body == PAGE
    assert not exchange.cut
    assert exchange.header("content-type").startswith("text/html")


@pytest.mark.parametrize("name", ["endless_body", "gzip_bomb", "br_bomb"])
def test_what_never_ends_is_cut_at_the_bound(name: str, farm: Farm, pile: Pile[Exchange]) -> None:
    exchange = found(name, farm, pile)
    assert exchange.cut
    assert len(exchange.body) == MAX_BODY


def test_what_decompresses_to_nothing_is_bounded_on_the_wire(farm: Farm, pile: Pile[Exchange]) -> None:
    exchange = found("endless_nothing", farm, pile)
    assert exchange.cut
    assert exchange.body == b""


def test_headers_of_interim_replies_and_trailers_are_not_the_answers(
    farm: Farm, pile: Pile[Exchange]
) -> None:
    assert found("interim_103", farm, pile).header("link") == ""
    assert found("trailers", farm, pile).header("x-late") == ""


def test_a_folded_header_is_one(farm: Farm, pile: Pile[Exchange]) -> None:
    assert found("folded_header", farm, pile).header("x-long") == "one two"


@pytest.mark.parametrize("name", ["too_short", "reset_amid_body", "slow_rest"])
def test_what_had_arrived_before_a_fault_is_there(name: str, farm: Farm, pile: Pile[Exchange]) -> None:
    exchange = found(name, farm, pile)
    assert exchange.body.startswith(PAGE[:1000])
    assert exchange.header("content-type").startswith("text/html")


def test_the_guard_says_why(farm: Farm, pile: Pile[Exchange]) -> None:
    exchange = found("private_name", farm, pile)
    assert exchange.detail == "10.1.2.3 is not public: private (RFC 1918)."
    assert exchange.address == ""


def test_a_name_that_nobody_knows_is_no_bad_moment(farm: Farm, pile: Pile[Exchange]) -> None:
    assert not found("unknown_name", farm, pile).transient
