"""A dead line counts against no link: what is out of reach is kept back until some host has answered."""

from syndicator.health.offline import FIRST_HOSTS
from syndicator.health.withheld import MANY, TRUSTED, Withheld
from syndicator.model.health import Finding, Outcome

OK, AWAY, REFUSED = (Finding(outcome, "") for outcome in (Outcome.OK, Outcome.DNS, Outcome.NOT_ALLOWED))


def told(withheld: Withheld[str], *hosts: str, finding: Finding = AWAY, now: float = 0.0) -> list[str]:
    """Visits hosts one after the other; what may be judged then."""
    released: list[str] = []
    for host in hosts:
        withheld.turned_to(host)
        released += withheld.found(host, finding, host, now)
    return released


def many(letter: str, number: int = FIRST_HOSTS) -> list[str]:
    return [f"{letter}{count}.example" for count in range(number)]


def test_what_answers_is_judged_at_once() -> None:
    assert told(Withheld(), "a.example", finding=OK) == ["a.example"]


def test_what_is_out_of_reach_waits_for_an_answer_of_anybody() -> None:
    withheld: Withheld[str] = Withheld()
    assert told(withheld, "a.example", "b.example") == []
    assert told(withheld, "c.example", finding=OK) == ["a.example", "b.example", "c.example"]


def test_a_host_that_asks_us_to_come_later_has_answered() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, "a.example")
    assert withheld.proven(0.0) == ["a.example"]


def test_what_our_own_guard_refused_proves_nothing() -> None:
    withheld: Withheld[str] = Withheld()
    assert told(withheld, "a.example") + told(withheld, "b.example", finding=REFUSED) == ["b.example"]
    assert withheld.wants_witnesses(0.0)


def test_the_first_hosts_out_of_reach_bring_the_line_in_doubt() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, *many("a", FIRST_HOSTS - 1))
    assert not withheld.doubted(0.0)
    told(withheld, "last.example")
    assert withheld.doubted(0.0)
    assert withheld.settle(0.0) is None


def test_witnesses_clear_it() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, *many("a"))
    assert len(told(withheld, "witness.example", finding=OK)) == FIRST_HOSTS + 1
    assert not withheld.wants_witnesses(0.0)
    assert withheld.settle(0.0) == []


def test_few_hosts_can_tell_nothing_and_are_judged_when_no_witness_is_left() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, "a.example", "b.example")
    assert withheld.wants_witnesses(0.0)
    assert withheld.settle(0.0) == ["a.example", "b.example"]


def test_a_line_that_goes_down_in_the_middle_is_doubted() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, "well.example", finding=OK)
    told(withheld, *many("a"), now=TRUSTED)
    assert withheld.doubted(TRUSTED)
    assert withheld.settle(TRUSTED) is None


def test_but_not_while_it_was_up_a_moment_ago() -> None:
    """Dead hosts come in rows, too; a doubt costs visits."""
    withheld: Withheld[str] = Withheld()
    told(withheld, "well.example", finding=OK)
    told(withheld, *many("a"), now=TRUSTED / 2)
    assert not withheld.doubted(TRUSTED / 2)
    told(withheld, *many("b", MANY), now=TRUSTED / 2)
    assert withheld.doubted(TRUSTED / 2)


def test_the_last_hosts_of_a_run_are_judged_if_the_line_was_up_in_it() -> None:
    withheld: Withheld[str] = Withheld()
    told(withheld, "well.example", finding=OK)
    told(withheld, "a.example")
    assert not withheld.wants_witnesses(0.0)
    assert withheld.settle(0.0) == ["a.example"]


def test_slow_hosts_that_were_turned_to_before_the_last_answer_are_no_row() -> None:
    """What times out ends last, whenever it began."""
    withheld: Withheld[str] = Withheld()
    for host in many("slow"):
        withheld.turned_to(host)
    told(withheld, "well.example", finding=OK)
    for host in many("slow"):
        withheld.found(host, AWAY, host, TRUSTED)
    assert not withheld.doubted(TRUSTED)
