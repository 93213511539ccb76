"""What a new piece may be filed under: the pieces that speak of the same vote, and what its authors wrote before.

Pure voting over what the catalogue finds; must not know how text is searched. A suggestion is never taken by itself.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from syndicator.catalogue import Connection, names, neighbours
from syndicator.desk.finding import searchable
from syndicator.model.records import Noun
from syndicator.site import Site

NEIGHBOURS = 30
LATEST = 30  # pieces of an author
TELLING_WORDS = 32
LONGEST_TEXT = 4_000  # characters that are looked at
TOO_COMMON = 0.2  # of all pieces
# How much the authors' earlier pieces count beside the neighbours: people keep to a program, and write on much.
OF_AUTHORS = {Noun.TOPICS: 0.4, Noun.PROGRAMS: 1.2}
LEAST = 0.2  # share of the votes from which on something is suggested
MOST = 5
SAID = 0.5
_WORD = re.compile(r"\w{3,}")


class Suggestion(NamedTuple):
    """A topic or program, and the share of the votes that speaks for it (0 to 1)."""

    name: str
    share: float


class Suggestions(NamedTuple):
    """What a piece may be filed under, likeliest first."""

    topics: tuple[Suggestion, ...]
    programs: tuple[Suggestion, ...]


def suggest(
    site: Site, title: str, text: str = "", authors: Sequence[str] = (), *, but: int | None = None
) -> Suggestions:
    """Topics and programs for a piece with this title, plain text and authors (names as recorded).

    `but` is a piece that is not asked: itself, where it is recorded already.
    """
    words = _words(f"{title}\n{text}")
    with searchable(site) as connection:
        rare = neighbours.telling(connection, words, TELLING_WORDS, share=TOO_COMMON)
        near = dict(neighbours.neighbours(connection, rare, NEIGHBOURS, but=but))
        earlier = [
            dict.fromkeys(neighbours.latest_of(connection, author, LATEST, but=but), 1.0)
            for author in authors
        ]
        topics, programs = (
            ranked(_votes(connection, noun, near, earlier), named(words, _names(connection, noun)))
            for noun in (Noun.TOPICS, Noun.PROGRAMS)
        )
    return Suggestions(topics, programs)


def _words(text: str) -> list[str]:
    """Words as the index has them: lower case, without diacritics (FTS5's unicode61)."""
    plain = unicodedata.normalize("NFD", text[:LONGEST_TEXT]).casefold()
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def _names(connection: Connection, noun: Noun) -> list[str]:
    return [name.name for name in names.every(connection, noun)]


def _votes(
    connection: Connection, noun: Noun, near: Mapping[int, float], earlier: Sequence[Mapping[int, float]]
) -> dict[str, float]:
    groups = [(1.0, near), *((OF_AUTHORS[noun] / len(earlier), pieces) for pieces in earlier)]
    asked = {piece for _, votes in groups for piece in votes}
    filed: dict[int, list[str]] = {}
    for piece, name in neighbours.filed_under(connection, noun, asked):
        filed.setdefault(piece, []).append(name)
    return tallied(groups, filed)


def tallied(
    groups: Sequence[tuple[float, Mapping[int, float]]], filed: Mapping[int, Sequence[str]]
) -> dict[str, float]:
    """What groups of pieces vote for: each group with its weight, each piece in it with its own, for all that it is
    filed under. Shares are of the votes that were cast; a piece that is filed under nothing has none.
    """
    cast = [
        (weight, votes, total)
        for weight, votes in groups
        if (total := sum(vote for piece, vote in votes.items() if piece in filed))
    ]
    whole = sum(weight for weight, _, _ in cast)
    shares: defaultdict[str, float] = defaultdict(float)
    for weight, votes, total in cast:
        for piece, vote in votes.items():
            for name in filed.get(piece, ()):
                shares[name] += weight * vote / (total * whole)
    return dict(shares)


def named(words: Sequence[str], known: Iterable[str]) -> set[str]:
    """Which of the known names stand in a text, all their words in a row."""
    text = f" {' '.join(words)} "
    return {name for name in known if (own := _words(name)) and f" {' '.join(own)} " in text}


def ranked(shares: Mapping[str, float], said: Collection[str]) -> tuple[Suggestion, ...]:
    """The likeliest names; that the text says one itself counts as much as half of all votes."""
    raised = {name: shares.get(name, 0.0) + (1 - shares.get(name, 0.0)) * SAID for name in said}
    order = sorted({**shares, **raised}.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Suggestion(name, round(share, 3)) for name, share in order[:MOST] if share >= LEAST)
