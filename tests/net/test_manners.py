"""What a host's answers call for: pauses, another try, or the end of its turn. No clock runs here."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.net.exchange import Exchange, Fault
from syndicator.net.manners import Again, Host, Later, Manners

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def answer(status: int = 200, *, retry_after: str = "", elapsed_ms: int = 100) -> Exchange:
    headers = (("retry-after", retry_after),) if retry_after else ()
    return Exchange("http://outlet.example/", NOON, elapsed_ms, status, headers)


def fault(kind: Fault, *, transient: bool = False, elapsed_ms: int = 100) -> Exchange:
    return Exchange("http://outlet.example/", NOON, elapsed_ms, fault=kind, transient=transient)


def host(**policy: float) -> Host:
    return Host("outlet.example", Manners(**policy))  # type: ignore[arg-type]


class TestInterval:
    def test_it_counts_from_when_the_request_was_sent(self) -> None:
        outlet = host(interval=1.0)
        assert outlet.settle(answer(), 0, sent_at=50.0, now=50.4) is None
        assert outlet.ready_at == 51.0

    @pytest.mark.parametrize("kind", [Fault.CONNECT, Fault.TLS, Fault.TIMEOUT])
    def test_an_attempt_counts_from_its_beginning(self, kind: Fault) -> None:
        outlet = host(interval=1.0)
        outlet.settle(fault(kind, elapsed_ms=400), 0, sent_at=0.0, now=50.4)
        assert outlet.ready_at == pytest.approx(51.0)

    @pytest.mark.parametrize("kind", [Fault.DNS, Fault.NOT_ALLOWED])
    def test_what_the_host_cannot_notice_does_not_count(self, kind: Fault) -> None:
        outlet = host(interval=1.0)
        outlet.settle(fault(kind), 0, sent_at=0.0, now=50.0)
        assert outlet.ready_at == 0.0

    def test_a_host_may_have_one_of_its_own(self) -> None:
        slower = Manners(interval=1.0, interval_of={"slow.example": 10.0}.get)
        assert (Host("slow.example", slower).interval, Host("other.example", slower).interval) == (10.0, 1.0)


class TestRetryAfter:
    @pytest.mark.parametrize("status", [429, 503])
    def test_it_is_obeyed_to_the_second_and_by_all_visits(self, status: int) -> None:
        outlet = host(interval=1.0)
        assert outlet.settle(answer(status, retry_after="20"), 0, 50.0, 50.1) == Again(70.1, alone=False)
        assert outlet.ready_at == 70.1

    def test_after_two_further_tries_the_answer_is_handed_over(self) -> None:
        outlet = host()
        asked = [outlet.settle(answer(429, retry_after="5"), tried, 0.0, 0.0) for tried in range(3)]
        assert [type(each) for each in asked] == [Again, Again, type(None)]

    @pytest.mark.parametrize("status", [429, 503])
    def test_more_than_our_patience_ends_the_turn(self, status: int) -> None:
        assert host().settle(answer(status, retry_after="61"), 0, 50.0, 50.1) == Later(61.0)
        assert isinstance(host().settle(answer(status, retry_after="60"), 0, 50.0, 50.1), Again)

    def test_so_does_waiting_in_vain_for_longer_in_small_pieces(self) -> None:
        outlet = host()
        assert [
            type(outlet.settle(answer(429, retry_after="25"), tried, 0.0, 0.0)) for tried in (0, 1, 2, 0)
        ] == [
            Again,
            Again,
            type(None),
            Later,
        ]

    def test_waits_that_helped_are_forgiven(self) -> None:
        outlet = host()
        for _ in range(100):
            assert isinstance(outlet.settle(answer(429, retry_after="25"), 0, 0.0, 0.0), Again)
            assert outlet.settle(answer(200), 1, 0.0, 0.0) is None

    def test_a_date_is_meant_from_when_it_came(self) -> None:
        later = answer(429, retry_after="Tue, 24 Nov 2026 12:00:30 GMT")
        verdict = host().settle(later, 0, 50.0, 50.1)
        assert isinstance(verdict, Again)
        assert verdict.at == pytest.approx(80.1)

    def test_without_one_503_may_be_a_bad_moment(self) -> None:
        outcome = host(pause=1.0).settle(answer(503), 0, 50.0, 50.1)
        assert isinstance(outcome, Again)
        assert outcome.alone


class TestTooMany:
    """429 that names no time."""

    def test_one_pause_and_another_try(self) -> None:
        outlet = host(interval=0.0, back_off=2.0)
        again = outlet.settle(answer(429), 0, 50.0, 50.1)
        assert isinstance(again, Again)
        assert 52.1 <= again.at <= 53.1
        assert outlet.ready_at == again.at
        assert outlet.settle(answer(429), 1, again.at, again.at + 0.1) is None

    def test_pauses_grow_while_nothing_else_is_heard(self) -> None:
        outlet = host(interval=0.0, back_off=2.0, patience=1000.0)
        waits, now = [], 0.0
        for tried in (0, 1, 0, 0, 0, 0):
            outlet.settle(answer(429), tried, now, now)
            waits.append(max(outlet.ready_at - now, 0.0))
            now += waits[-1]
        assert waits[1] == 0.0  # The pause did not help: it goes on with the next page.
        assert 2 <= waits[2] / 2.0 <= 3
        assert all(8 <= wait <= 12 for wait in waits[3:])

    def test_a_host_that_says_nothing_else_is_left_alone(self) -> None:
        outlet = host(interval=0.0, back_off=2.0)
        verdicts = [outlet.settle(answer(429), tried, 0.0, 0.0) for tried in (0, 1, *[0] * 20)]
        assert isinstance(verdicts[-1], Later)

    def test_pages_that_always_say_so_cost_no_more_pauses(self) -> None:
        """Some hosts answer 429 to certain pages for ever: two pauses show that they do not mean it."""
        outlet = host(interval=1.0, back_off=2.0)
        tries = 0
        for _ in range(50):
            if isinstance(outlet.settle(answer(429), 0, 0.0, 0.0), Again):
                tries += 1
                assert outlet.settle(answer(429), 1, 0.0, 0.0) is None
            assert outlet.settle(answer(200), 0, 0.0, 0.0) is None
        assert tries == 2


class TestBadMoments:
    @pytest.mark.parametrize(
        "moment",
        [
            answer(502),
            answer(503),
            answer(504),
            fault(Fault.DNS, transient=True),
            fault(Fault.PROTOCOL, transient=True),
        ],
    )
    def test_one_more_try_after_a_short_pause(self, moment: Exchange) -> None:
        outlet = host(interval=0.0, pause=1.0)
        again = outlet.settle(moment, 0, 50.0, 50.0)
        assert isinstance(again, Again)
        assert again.alone  # Other visits of the host go on meanwhile.
        assert 51.0 <= again.at <= 51.5
        assert outlet.settle(moment, 1, again.at, again.at) is None

    @pytest.mark.parametrize(
        "exchange",
        [
            answer(500),
            answer(404),
            answer(403),
            fault(Fault.TIMEOUT),
            fault(Fault.TLS),
            fault(Fault.DNS),
            fault(Fault.CONNECT),
        ],
    )
    def test_all_else_is_handed_over_at_once(self, exchange: Exchange) -> None:
        assert host().settle(exchange, 0, 50.0, 50.0) is None

    def test_a_host_on_which_it_never_helps_is_not_asked_twice(self) -> None:
        outlet = host()
        retried = 0
        for _ in range(50):
            if outlet.settle(answer(502), 0, 0.0, 0.0):
                retried += 1
                assert outlet.settle(answer(502), 1, 0.0, 0.0) is None
        assert retried == Host.FRUITLESS


EXCHANGES = st.one_of(
    st.builds(
        answer,
        st.sampled_from([200, 302, 404, 429, 500, 502, 503]),
        retry_after=st.sampled_from(["", "0", "7", "59", "x"]),
    ),
    st.builds(fault, st.sampled_from(list(Fault)), transient=st.booleans()),
)


@given(st.lists(EXCHANGES, max_size=60), st.sampled_from([0.0, 1.0]))
def test_no_history_brings_more_tries_or_an_earlier_turn_than_allowed(
    history: list[Exchange], interval: float
) -> None:
    """One visit after the other: tries are bounded, and after each request the interval lies ahead."""
    outlet = host(interval=interval)
    now, tried = 100.0, 0
    for exchange in history:
        sent_at = now if exchange.status else 0.0
        verdict = outlet.settle(exchange, tried, sent_at, now)
        if sent_at:
            assert outlet.ready_at >= sent_at + interval
        if isinstance(verdict, Later):
            return
        tried = tried + 1 if verdict else 0
        assert tried <= outlet.manners.tries
        now = max(now, outlet.ready_at, verdict.at if verdict else 0.0)
