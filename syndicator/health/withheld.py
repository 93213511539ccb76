"""What is kept back of a run until it is sure that our own line is up, so that a dead line counts against no link.

Knows hosts and findings, and asks `offline` what they mean; must not know what is kept or who runs the checks.
"""

from typing import Generic, TypeVar

from syndicator.health.offline import OwnLine, Probation, unreached
from syndicator.model.health import Finding, Outcome

T = TypeVar("T")

# A line that was up this many seconds ago is not doubted yet, unless so many findings are kept back by then.
TRUSTED = 60.0
MANY = 500


class Withheld(Generic[T]):
    """Every answer of a host proves the line; what was out of reach before it is then the hosts' own fault.

    It begins as a probation, and each proof begins another: should as many hosts as that takes be out of reach in a
    row, all turned to after the last answer, then the line may have gone down in the middle of the run. It is
    `doubted`, and witnesses should be asked: hosts that were alive last. Times are seconds of a steady clock.
    """

    def __init__(self) -> None:
        self.proven_at: float | None = None
        self._probation = Probation()
        self.hosts: set[str] = set()  # turned to since the last proof
        self._kept: list[T] = []

    def turned_to(self, host: str) -> None:
        """A host's visit begins."""
        self.hosts.add(host)
        self._probation.turned_to(host)

    def found(self, host: str, finding: Finding, item: T, now: float) -> list[T]:
        """A visit ended; what may be judged now: this, and what was kept back if it proves the line."""
        self._probation.found(host, finding)
        if unreached(finding):
            self._kept.append(item)
            return []
        if finding.outcome is Outcome.NOT_ALLOWED:  # Nobody was asked.
            return [item]
        return [*self.proven(now), item]

    def proven(self, now: float) -> list[T]:
        """A host answered; what was kept back may be judged."""
        self.proven_at = now
        if self.hosts:
            self._probation = Probation()
            self.hosts = set()
        released, self._kept = self._kept, []
        return released

    def doubted(self, now: float) -> bool:
        """Whether the line has to be tried on witnesses before the run goes on."""
        if self._probation.line is not OwnLine.OFFLINE:
            return False
        return self.proven_at is None or now - self.proven_at >= TRUSTED or len(self._kept) >= MANY

    def wants_witnesses(self, now: float) -> bool:
        """Whether, all visits ended, something is kept back that only witnesses can clear."""
        return bool(self._kept) and (self.proven_at is None or self.doubted(now))

    def settle(self, now: float) -> list[T] | None:
        """All visits ended, those to witnesses too: what may be judged of the rest; None says that we are offline."""
        offline = self.wants_witnesses(now) and (
            self.proven_at is not None or self._probation.settle() is OwnLine.OFFLINE
        )
        released, self._kept = self._kept, []
        return None if offline else released
