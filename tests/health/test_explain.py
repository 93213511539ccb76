"""Verdicts in plain words."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from syndicator.health.explain import WORDS, explain
from syndicator.health.judge import judge
from syndicator.model.health import Belief, Observation, Outcome, State
from tests.health.histories import fold, histories, see


def told(*checks: tuple[Outcome, float], detail: str = "", lasting: bool = False) -> str:
    history = [see(outcome, at, lasting=lasting and outcome is Outcome.GONE) for outcome, at in checks]
    return explain(fold(history), history[-1], detail)


GONE = [(Outcome.OK, -9.0), (Outcome.GONE, 0.0), (Outcome.GONE, 3.0), (Outcome.GONE, 8.0)]


@pytest.mark.parametrize(
    ("checks", "detail", "expected"),
    [
        (GONE[:1], "“Title” is there.", "Healthy: “Title” is there."),
        (
            GONE[:2],
            "404 Not Found",
            (
                "Suspect: failed once since 3 March 2026, last seen alive on 22 February 2026; last: 404 Not Found. "
                "It takes 2 more failing checks, not before 10 March 2026, to call it broken."
            ),
        ),
        (
            GONE,
            "404 Not Found",
            (
                "Broken: failed 3 times since 3 March 2026, last seen alive on 22 February 2026; last: 404 Not Found "
                "(rule “not there”: 3 times over 7 days)."
            ),
        ),
        (
            [*GONE, (Outcome.BLOCKED, 20.0)],
            "",
            (
                "Broken: failed 3 times since 3 March 2026, last seen alive on 22 February 2026; the last check did "
                "not see the page (a wall hid the page) (rule “not there”: 3 times over 7 days)."
            ),
        ),
        ([*GONE, (Outcome.OK, 20.0)], "The piece is there", "Healthy: The piece is there."),
        (
            [(Outcome.TIMEOUT, 0.0), (Outcome.CONNECT, 3.0)],
            "",
            (
                "Suspect: failed twice since 3 March 2026; last: no connection. "
                "It takes 3 more failing checks, not before 17 March 2026, to call it broken."
            ),
        ),
        (
            [(Outcome.MOVED, 0.0), (Outcome.MOVED, 4.0)],
            "Permanent redirect",
            "Moved: Permanent redirect, to https://outlet.example/new, seen twice.",
        ),
        (
            [(Outcome.BLOCKED, 0.0), (Outcome.BLOCKED, 4.0), (Outcome.BLOCKED, 8.0)],
            "Cloudflare asks for a browser",
            (
                "Blocked: Cloudflare asks for a browser; 3 times since 3 March 2026. "
                "Please have a look at it in a browser."
            ),
        ),
        (
            [(Outcome.OK, 0.0), (Outcome.RATE_LIMITED, 4.0)],
            "",
            (
                "Healthy as before: the last check did not see the page (the host asked us to come less often), "
                "last seen alive on 3 March 2026."
            ),
        ),
        (
            [(Outcome.NOT_ALLOWED, 0.0)],
            "",
            "Unknown as before: the last check did not see the page (our own rules forbid to visit this address).",
        ),
    ],
)
def test_says_what_was_seen_since_when_and_what_is_missing(
    checks: list[tuple[Outcome, float]], detail: str, expected: str
) -> None:
    assert told(*checks, detail=detail) == expected


def test_a_declared_end_has_its_own_rule() -> None:
    assert "It takes one more failing check, not before 6 March 2026" in told((Outcome.GONE, 0), lasting=True)
    assert "rule “declared”" in told((Outcome.GONE, 0), (Outcome.GONE, 3), lasting=True)


def test_dates_are_those_of_the_site() -> None:
    seen = Observation(see(Outcome.GONE, 0).at.replace(hour=20), Outcome.GONE)
    assert "since 4 March 2026" in explain(judge(Belief(), seen), seen, zone=ZoneInfo("Asia/Tokyo"))


def test_there_are_words_for_every_outcome() -> None:
    assert set(WORDS) == set(Outcome)


@given(histories(least=1))
def test_every_verdict_names_the_state_and_is_a_sentence(history: list[Observation]) -> None:
    belief = fold(history)
    said = explain(belief, history[-1])
    assert said.startswith(belief.state.capitalize())
    assert said.endswith(".")
    assert ".." not in said
    assert ("have a look" in said) == (belief.look and belief.state is State.BLOCKED)
