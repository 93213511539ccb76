"""Whether we are offline: told by the first hosts of a run, and only by them."""

import pytest

from syndicator.health.offline import FIRST_HOSTS, TELLING, UNREACHED, OwnLine, Probation, unreached
from syndicator.model.health import Finding, Outcome

DEAD_LINE = Finding(Outcome.DNS, "The name is not known.")
ANSWERS = [outcome for outcome in Outcome if outcome not in UNREACHED and outcome is not Outcome.NOT_ALLOWED]


def hosts(number: int) -> list[str]:
    return [f"host{n}.example" for n in range(number)]


def probation(turned_to: int, silent: int) -> Probation:
    """A run that turned to so many hosts, of which so many were out of reach."""
    made = Probation()
    for host in hosts(turned_to):
        made.turned_to(host)
    for host in hosts(silent):
        made.found(host, DEAD_LINE)
    return made


class TestFirstHosts:
    def test_nothing_is_known_at_first(self) -> None:
        assert Probation().line is OwnLine.UNDECIDED

    def test_when_all_of_them_are_out_of_reach_it_is_us(self) -> None:
        assert probation(FIRST_HOSTS, FIRST_HOSTS - 1).line is OwnLine.UNDECIDED
        assert probation(FIRST_HOSTS, FIRST_HOSTS).line is OwnLine.OFFLINE

    def test_refusals_are_quicker_than_pages(self) -> None:
        """Later hosts that fail at once decide nothing while one of the first has not answered yet."""
        made = probation(FIRST_HOSTS * 3, 0)
        for host in hosts(FIRST_HOSTS * 3)[1:]:
            assert made.found(host, DEAD_LINE) is OwnLine.UNDECIDED
        assert made.found(hosts(1)[0], Finding(Outcome.OK, "", 200)) is OwnLine.ONLINE

    @pytest.mark.parametrize("outcome", ANSWERS)
    def test_one_host_that_answers_anything_settles_it(self, outcome: Outcome) -> None:
        made = probation(FIRST_HOSTS, FIRST_HOSTS - 1)
        made.found(hosts(FIRST_HOSTS)[-1], Finding(outcome, ""))
        assert made.line is OwnLine.ONLINE
        for host in hosts(FIRST_HOSTS):
            made.found(host, DEAD_LINE)
        assert made.line is OwnLine.ONLINE

    def test_many_links_of_one_host_are_one_host(self) -> None:
        made = Probation()
        for _ in range(50):
            made.turned_to("host.example")
            made.found("host.example", DEAD_LINE)
        assert made.line is OwnLine.UNDECIDED

    def test_a_timeout_in_the_middle_of_a_page_is_an_answer(self) -> None:
        assert unreached(Finding(Outcome.TIMEOUT, "No whole answer.", status=0))
        assert not unreached(Finding(Outcome.TIMEOUT, "No whole answer.", status=200))

    def test_with_a_wrong_clock_no_certificate_holds_anywhere(self) -> None:
        made = probation(FIRST_HOSTS, 0)
        for host in hosts(FIRST_HOSTS):
            made.found(host, Finding(Outcome.TLS, "The certificate is not valid yet."))
        assert made.line is OwnLine.OFFLINE

    def test_what_our_guard_refuses_says_nothing(self) -> None:
        made = probation(FIRST_HOSTS, FIRST_HOSTS - 1)
        made.found(hosts(FIRST_HOSTS)[-1], Finding(Outcome.NOT_ALLOWED, "A private address."))
        assert made.line is OwnLine.UNDECIDED
        made.turned_to("another.example")
        assert made.found("another.example", DEAD_LINE) is OwnLine.OFFLINE


class TestShortRuns:
    @pytest.mark.parametrize("silent", range(FIRST_HOSTS))
    def test_few_hosts_may_well_be_down_by_themselves(self, silent: int) -> None:
        made = probation(silent, silent)
        assert made.settle() is (OwnLine.OFFLINE if silent >= TELLING else OwnLine.ONLINE)

    def test_witnesses_tell_a_short_run_from_a_dead_line(self) -> None:
        for reached, line in ((True, OwnLine.ONLINE), (False, OwnLine.OFFLINE)):
            made = probation(2, 2)
            for host in [f"witness{n}.example" for n in range(FIRST_HOSTS - 2)]:
                made.turned_to(host)
                made.found(host, Finding(Outcome.OK, "", 200) if reached else DEAD_LINE)
            assert made.line is line

    def test_what_is_settled_stays(self) -> None:
        made = probation(FIRST_HOSTS, FIRST_HOSTS)
        assert made.settle() is OwnLine.OFFLINE
        assert made.found("another.example", Finding(Outcome.OK, "", 200)) is OwnLine.OFFLINE
