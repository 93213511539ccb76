"""The states of a link as a table: what each kind of evidence makes of each state.

Knows states and evidence; must not know when a run of failures is long enough, which is the judge's.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from syndicator.model.health import State


class Evidence(StrEnum):
    """What a check says, given those before it."""

    ALIVE = "alive"
    MOVED = "moved"
    FAILING = "failing"
    DAMNING = "damning"  # failing, and with it a rule of the judge is fulfilled
    BLOCKED = "blocked"
    WALLED = "walled"  # blocked, and has been for long enough to ask a person
    UNSEEN = "unseen"  # rate-limited, or our own guard said no


MEANING: Mapping[Evidence, str] = MappingProxyType(
    {
        Evidence.ALIVE: "the piece is there",
        Evidence.MOVED: "the piece is there, at another address for good",
        Evidence.FAILING: "the check failed",
        Evidence.DAMNING: "the check failed, and often enough for long enough",
        Evidence.BLOCKED: "a wall hid the page",
        Evidence.WALLED: "a wall has hidden the page again and again",
        Evidence.UNSEEN: "nothing was seen, which says nothing",
    }
)


def _row(*becomes: State) -> Mapping[Evidence, State]:
    return MappingProxyType(dict(zip(Evidence, becomes, strict=True)))


_U, _H, _M, _S, _X, _W = State
# One success heals every state. Only a link under suspicion can break, whatever the rules say: that no single check
# breaks one can be read off the table. A wall changes what is known only once it stands for long; what broke before
# stays broken behind it, and a suspect behind it keeps its run of failures.
TRANSITIONS: Mapping[State, Mapping[Evidence, State]] = MappingProxyType(
    {
        #                   alive moved failing damning blocked walled unseen
        State.UNKNOWN: _row(_H, _M, _S, _S, _W, _W, _U),
        State.HEALTHY: _row(_H, _M, _S, _S, _H, _W, _H),
        State.MOVED: _row(_H, _M, _S, _S, _M, _W, _M),
        State.SUSPECT: _row(_H, _M, _S, _X, _S, _W, _S),
        State.BROKEN: _row(_H, _M, _X, _X, _X, _X, _X),
        State.BLOCKED: _row(_H, _M, _S, _X, _W, _W, _W),
    }
)


def as_markdown() -> str:
    """The table for the docs: a line a state, a column a kind of evidence; a dot where nothing changes."""
    lines = [
        " | ".join(["| state", *Evidence]) + " |",
        "|---" * (len(Evidence) + 1) + "|",
    ]
    for state, row in TRANSITIONS.items():
        cells = ("·" if becomes is state else becomes.value for becomes in row.values())
        lines.append(" | ".join([f"| **{state}**", *cells]) + " |")
    return "\n".join(lines) + "\n"
