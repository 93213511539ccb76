"""`python -m tests.health.soft_404_report`: precision and recall on the soft-404 set, and every case that is missed."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from syndicator.model.health import Outcome
from tests.health.soft_404_set import Case, cases


class Score(NamedTuple):
    """Counts over a set."""

    hits: int
    alarms: int
    misses: int
    quiet: int

    @property
    def precision(self) -> float:
        """Of what was called dead, how much is."""
        return self.hits / max(self.hits + self.alarms, 1)

    @property
    def recall(self) -> float:
        """Of what is dead, how much was called so."""
        return self.hits / max(self.hits + self.misses, 1)


def score(judged: Sequence[tuple[Case, bool]]) -> Score:
    """The counts over cases with whether each was called dead."""
    pairs = [(case.dead, called) for case, called in judged]
    return Score(
        pairs.count((True, True)),
        pairs.count((False, True)),
        pairs.count((True, False)),
        pairs.count((False, False)),
    )


def main() -> None:
    """Prints it. With `tune` or `held-out`, of that half only."""
    half = sys.argv[1] if len(sys.argv) > 1 else "all"
    chosen = [case for case in cases() if half == "all" or case.held_out is (half == "held-out")]
    judged = []
    for case in chosen:
        finding = case.finding()
        called = finding.outcome is Outcome.SOFT_404
        judged.append((case, called))
        if called is not case.dead:
            sort = "missed" if case.dead else "false alarm"
            signs = " ".join(finding.evidence)
            print(f"{sort}: {case.name}\n    {finding.outcome}: {finding.reason}\n    {signs}")  # noqa: T201
    counts = score(judged)
    print(  # noqa: T201
        f"{half}: {counts.hits + counts.misses} dead, {counts.alarms + counts.quiet} living;"
        f" precision {counts.precision:.3f}, recall {counts.recall:.3f}"
    )


if __name__ == "__main__":
    main()
