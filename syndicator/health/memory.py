"""What places answer to nonsense, remembered from run to run: read when it is asked for, stored with the next batch.

Knows the prober's `Nonsense` and where it is kept; must not know what is concluded from it.
"""

from syndicator import times
from syndicator.catalogue import Connection, hosts
from syndicator.catalogue.hosts import Answer
from syndicator.health.soft_404 import Nonsense


class Memory:
    """The memory (probe.Memory) of one run; `fresh` is what is not stored yet."""

    def __init__(self, connection: Connection) -> None:
        self.fresh: dict[str, Nonsense] = {}
        self._connection = connection

    def recall(self, place: str) -> Nonsense | None:
        """What the place answered, if it was ever asked."""
        if place in self.fresh:
            return self.fresh[place]
        kept = hosts.recall(self._connection, place)
        return Nonsense(*kept[:-1], times.instant(kept.at)) if kept else None

    def remember(self, place: str, nonsense: Nonsense) -> None:
        """Keeps what it answered now."""
        self.fresh[place] = nonsense

    def store(self, connection: Connection) -> None:
        """Stores what is fresh. Part of a write, after which `fresh` may be cleared."""
        hosts.remember(
            connection,
            ((place, Answer(*said[:-1], times.stamp(said.at))) for place, said in self.fresh.items()),
        )
