"""Are *we* offline? Told by the first hosts of a run, before anything is held against a link.

Knows hosts and what their first checks found; must not know links or who runs the checks.
"""

from enum import StrEnum

from syndicator.model.health import Finding, Outcome

# So many hosts, the first that a run turned to, must all be out of reach before we say that it is us: enough that
# one hosting company that is down does not pass for it, few enough that a run on a dead line ends soon.
FIRST_HOSTS = 8
# Fewer hosts than this may well all be down by themselves.
TELLING = 3

# Faults before any answer. A TLS fault is among them: with our clock wrong or our list of authorities lost, no
# certificate holds anywhere.
UNREACHED = frozenset({Outcome.DNS, Outcome.CONNECT, Outcome.TIMEOUT, Outcome.TLS})


class OwnLine(StrEnum):
    """Our own line to the world."""

    UNDECIDED = "undecided"
    ONLINE = "online"
    OFFLINE = "offline"


def unreached(found: Finding) -> bool:
    """Whether a check ended without any answer of a host."""
    return found.outcome in UNREACHED and not found.status


class Probation:
    """The first hosts of a run, until it is known whether the line is up.

    Tell it of each host turned to and of each finding; keep back findings that are `unreached` while `line` is
    undecided, judge them once it is `online`, drop them when it is `offline`. It counts the hosts that were turned to
    first, not those that answered first: refusals are quicker than pages. One host that answers anything settles it,
    then and for the rest of the run. What our own guard refused says nothing.

    When a run has come to its end undecided, `settle` decides: by three or more hosts, all out of reach, that it is us;
    with fewer it cannot be told, and not to judge would be never to see a death where a site links to few hosts. A
    caller that has links on other hosts should check some of them first, those that were alive last: a run of every
    hour may well have two links due, and a week without a line must not kill them.
    """

    def __init__(self) -> None:
        self.line = OwnLine.UNDECIDED
        self._first: dict[str, bool] = {}  # whether its check ended

    def turned_to(self, host: str) -> None:
        """A host's first visit begins; later ones change nothing."""
        if len(self._first) < FIRST_HOSTS:
            self._first.setdefault(host, False)

    def found(self, host: str, found: Finding) -> OwnLine:
        """A visit to a host ended; returns what is now known."""
        if self.line is not OwnLine.UNDECIDED:
            return self.line
        if found.outcome is Outcome.NOT_ALLOWED:
            self._first.pop(host, None)
        elif not unreached(found):
            self.line = OwnLine.ONLINE
        elif host in self._first:
            self._first[host] = True
            if len(self._first) == FIRST_HOSTS and all(self._first.values()):
                self.line = OwnLine.OFFLINE
        return self.line

    def settle(self) -> OwnLine:
        """The run has no more hosts and all visits ended: decides."""
        if self.line is OwnLine.UNDECIDED:
            silent = sum(self._first.values())
            self.line = OwnLine.OFFLINE if silent >= TELLING else OwnLine.ONLINE
        return self.line
