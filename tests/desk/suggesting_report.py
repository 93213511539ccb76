"""How often a suggestion is right, each piece in turn taken for a new one: `python -m tests.desk.suggesting_report`.

Two catalogues: the sample that ships, and a made one. In that one every topic has words of its own; a piece has one to
three topics, some of their words among many that tell nothing, and authors who keep to a program and a few topics.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from syndicator import desk
from syndicator.desk.suggesting import suggest
from syndicator.model.submission import read_submission
from syndicator.site import Site
from syndicator.text import plain_text
from syndicator.transfer import sample
from tests.builders import make_site

PIECES = 400
TOPICS = 20
PROGRAMS = 4
AUTHORS = 30


class Score(NamedTuple):
    """Shares of the pieces: the first topic is right; one of the first three is; the first program is."""

    pieces: int
    first: float
    among_three: float
    program: float


def made(pieces: int = PIECES, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The pieces of the made catalogue, as fields of submissions."""
    chance = random.Random(seed)
    common = [_word(chance) for _ in range(600)]
    own = [[_word(chance) for _ in range(40)] for _ in range(TOPICS)]
    circles = [chance.sample(range(TOPICS), 4) for _ in range(AUTHORS)]
    for number in range(pieces):
        author = chance.randrange(AUTHORS)
        topics = chance.sample(circles[author], chance.choice((1, 1, 2, 3)))
        told = [chance.choice(own[topic]) for topic in topics for _ in range(6)]
        words = told + chance.choices(common, k=40)
        chance.shuffle(words)
        yield {
            "title": " ".join(words[:8]).capitalize(),
            "summary": " ".join(words[8:]),
            "published": f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "authors": [f"Author {author}"],
            "topics": [f"Topic {topic}" for topic in topics],
            "programs": [f"Program {author % PROGRAMS}"],
            "placements": [{"url": f"https://outlet.example/{number}", "outlet": "The Outlet"}],
        }


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7))


def made_site(folder: Path, pieces: int = PIECES) -> Site:
    """A site with the made catalogue."""
    site = make_site(folder)
    with site.catalogue.write():
        for fields in made(pieces):
            desk.log(site, read_submission(fields, site.settings.zone))
    return site


def score(site: Site) -> Score:
    """Leaves out each piece in turn."""
    first = among_three = program = pieces = 0
    for (piece_id,) in site.catalogue.connection.execute("SELECT id FROM pieces ORDER BY id").fetchall():
        piece = desk.find_piece(site, str(piece_id))
        found = suggest(site, piece.title, plain_text(piece.summary), piece.authors, but=piece_id)
        names = [one.name for one in found.topics]
        pieces += 1
        first += bool(names and names[0] in piece.topics)
        among_three += any(name in piece.topics for name in names[:3])
        program += bool(found.programs and found.programs[0].name in piece.programs)
    return Score(pieces, first / pieces, among_three / pieces, program / pieces)


def main() -> None:
    """Prints a line a catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        real = make_site(Path(folder) / "real")
        sample.load(real, on_line=lambda line: None)
        for name, site in (("sample", real), ("made", made_site(Path(folder) / "made"))):
            found = score(site)
            sys.stdout.write(
                f"{name}: {found.pieces} pieces; first topic right {found.first:.0%}, one of three "
                f"{found.among_three:.0%}, first program {found.program:.0%}\n"
            )


if __name__ == "__main__":
    main()
