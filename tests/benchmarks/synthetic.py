"""A made-up institution of any size, the same at every run: for benchmarks and tests, never shipped.

The shape follows what such sites look like: Zipf-sized outlets and authors, nested topics, twenty years.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from syndicator.model.kinds import Kind

_WORDS = [
    "alliance", "burden", "sharing", "posture", "deterrence", "strategy", "naval", "force", "treaty",
    "sanction", "diplomacy", "border", "energy", "missile", "budget", "election", "trade", "carrier",
    "island", "strait", "ceasefire", "coalition", "doctrine", "escalation", "partner", "region", "capital",
    "summit", "minister", "policy", "restraint", "primacy", "interest", "defense", "review", "option",
    "pressure", "signal", "crisis",
]  # fmt: skip
FIRST_DAY = date(2006, 1, 1)
DAYS = 7_300


@dataclass(frozen=True)
class Shape:
    """How large the institution is."""

    pieces: int = 100_000
    authors: int = 3_000
    outlets: int = 1_000
    topics: int = 300
    programs: int = 20

    def scaled(self, pieces: int) -> "Shape":
        """The same institution with fewer pieces and, in proportion, fewer names."""
        share = pieces / self.pieces
        return Shape(
            pieces,
            max(5, int(self.authors * share)),
            max(5, int(self.outlets * share)),
            max(5, int(self.topics * share**0.5)),
            max(2, int(self.programs * share**0.3)),
        )


class _Zipf:
    """Draws 0…n-1, the first ones more often; flattened so that the last ones occur as well."""

    def __init__(self, number: int, flat: float) -> None:
        self._sums = list(accumulate(1 / (rank + flat) for rank in range(number)))

    def draw(self, chance: random.Random) -> int:
        return bisect(self._sums, chance.random() * self._sums[-1])


def topics(shape: Shape) -> Iterator[dict[str, Any]]:
    """Topics; two of three lie below one of the first."""
    roots = max(1, shape.topics // 3)
    for number in range(shape.topics):
        parent = None if number < roots else f"Topic {number % roots}"
        yield {"name": f"Topic {number}", "parent": parent}


def pieces(shape: Shape) -> Iterator[dict[str, Any]]:
    """The pieces in the interchange form, oldest first."""
    chance = random.Random(20261124)
    authors, outlets = _Zipf(shape.authors, shape.authors / 4), _Zipf(shape.outlets, shape.outlets / 10)
    topic_names, program_names = _Zipf(shape.topics, shape.topics / 4), _Zipf(shape.programs, 4)
    kinds = list(Kind)
    for number in range(shape.pieces):
        day = FIRST_DAY + timedelta(days=number * DAYS // shape.pieces)
        outlet = outlets.draw(chance)
        people = _some(chance, authors, (1, 1, 1, 2), "Author")
        interview = chance.random() < 0.2
        title = " ".join(chance.choices(_WORDS, k=chance.randint(5, 11))).capitalize()
        summary = " ".join(chance.choices(_WORDS, k=chance.randint(40, 70))).capitalize()
        placements = [
            {
                "url": f"https://outlet{outlet}.example/{day:%Y/%m}/piece-{number}",
                "outlet": f"Outlet {outlet}",
            }
        ]
        if chance.random() < 0.1:
            other = (outlet + 1) % shape.outlets
            placements.append(
                {
                    "url": f"https://outlet{other}.example/again-{number}",
                    "outlet": f"Outlet {other}",
                    "relation": "republication",
                }
            )
        yield {
            "title": f"{title} {number}",
            "summary": f"<p>{summary}.</p>",
            "kind": chance.choice(kinds).value,
            "published": day.isoformat() if number % 3 else f"{day.isoformat()}T13:30:00Z",
            "authors": [] if interview else people,
            "featured": people if interview else [],
            "topics": _some(chance, topic_names, (1, 2, 2, 3), "Topic"),
            "programs": _some(chance, program_names, (1,), "Program"),
            "placements": placements,
            "source_id": f"synthetic-{number}",
        }


def _some(chance: random.Random, names: _Zipf, numbers: tuple[int, ...], what: str) -> list[str]:
    drawn = [names.draw(chance) for _ in range(chance.choice(numbers))]
    return [f"{what} {number}" for number in dict.fromkeys(drawn)]
