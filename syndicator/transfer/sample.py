"""The sample catalogue: a site's own in data/sample/, else the real one that ships with the program.

Knows where it lies and in which order it is read; each file is an import like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import syndicator
from syndicator.errors import ImportRefused
from syndicator.model.records import Noun
from syndicator.site import Site
from syndicator.transfer import jsonl
from syndicator.transfer.importing import import_names, import_pieces
from syndicator.transfer.rows import ImportReport, LineReport

PIECES = "pieces.jsonl"
# Names come before the pieces that use them, and outlets last: those that a piece meets know their hosts.
_ORDER = (Noun.PROGRAMS, Noun.TOPICS, Noun.AUTHORS, Noun.OUTLETS)


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """The files of a sample catalogue that are there, in the order they are imported in."""

    names: tuple[tuple[Noun, Traversable], ...]
    pieces: Traversable


def sample_files(folder: Path | None) -> SampleFiles:
    """The sample in a folder, or with None the one that ships. Raises ImportRefused where there is none."""
    where: Traversable = _shipped() if folder is None else folder
    pieces = where / PIECES
    if not pieces.is_file():
        raise ImportRefused(
            f"There is no sample catalogue in {where}: {PIECES} is missing.",
            hint="Put it there, or remove the folder to load the sample that ships.",
        )
    named = ((noun, where / f"{noun}.jsonl") for noun in _ORDER)
    return SampleFiles(tuple((noun, file) for noun, file in named if file.is_file()), pieces)


def _shipped() -> Traversable:
    """The copy in the package, which the wheel has; a source checkout has the original beside the package."""
    packed = files(syndicator) / "sample"
    return packed if packed.is_dir() else Path(syndicator.__file__).parents[1] / "data" / "sample"


def load(site: Site, *, on_line: Callable[[LineReport], None]) -> list[ImportReport]:
    """Imports the sample, a report a file. Raises ImportRefused where there is none."""
    own = site.data / "sample"
    sample = sample_files(own if own.is_dir() else None)
    reports = []
    for noun, file in sample.names:
        with file.open("rb") as stream:
            rows = jsonl.read(stream)
            reports.append(import_names(site, noun, rows, source=_source(file), on_line=on_line))
    with sample.pieces.open("rb") as stream:
        rows = jsonl.read(stream)
        reports.append(import_pieces(site, rows, source=_source(sample.pieces), on_line=on_line))
    return reports


def _source(file: Traversable) -> str:
    return f"sample/{file.name}"
