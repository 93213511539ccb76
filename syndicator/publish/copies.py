"""Which placements readers are sent to an archived copy of: those whose link is dead, as far as a copy is known.

Knows beliefs, words and mementos as the record has them; must not know entries or formats.
"""

from collections.abc import Iterable, Mapping

from syndicator import times
from syndicator.catalogue import Connection, mementos, overrides
from syndicator.model.health import State
from syndicator.model.links import nearest
from syndicator.model.overrides import effective


def copies(connection: Connection, piece_ids: Iterable[int], today: str) -> Mapping[int, Mapping[int, str]]:
    """URLs of archived copies by piece and position of the placement; `today` decides which words are in force."""
    found: dict[int, dict[int, str]] = {}
    copied = mementos.of_pieces(connection, piece_ids)
    words = overrides.in_force(connection, today) if copied else None
    for placed in copied:
        word = words and words.over(placed.link_id, placed.host, placed.outlets)
        if effective(placed.state, word.override if word else None) is State.BROKEN:
            chosen = nearest(placed.mementos, times.instant(placed.published_at))
            found.setdefault(placed.piece_id, {})[placed.position] = chosen.url
    return found
