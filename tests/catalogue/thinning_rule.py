"""Which old checks may go, in Python: the rule that the catalogue's SQL is held against."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from syndicator.health.thinning import KEPT_WHOLE
from syndicator.model.health import Outcome, State


class Past(NamedTuple):
    """As much of a stored check as thinning looks at."""

    at: datetime
    outcome: Outcome
    state: State


def dispensable(checks: Iterable[Past], now: datetime) -> Iterator[int]:
    """The positions of a link's checks (oldest first) that may go.

    A check goes when it is older than 90 days and says the same (outcome and state) in the same calendar month (in
    UTC) as the link's check before it. So the first of each month stays, and every change.
    It may be done in parts and again: what stays is the same.
    """
    before: Past | None = None
    for position, check in enumerate(checks):
        if before is not None and now - check.at > KEPT_WHOLE and _said(check) == _said(before):
            yield position
        before = check


def _said(check: Past) -> tuple[Outcome, State, int, int]:
    day = check.at.astimezone(UTC)
    return check.outcome, check.state, day.year, day.month
