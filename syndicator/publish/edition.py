"""The edition: program, libraries and settings that output depends on. Another edition renders everything anew."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from syndicator.config import Settings

_ROOMS = ("publish", "model")
_SUFFIXES = (".py", ".html", ".css", ".js")


def edition_of(settings: Settings) -> str:
    """A digest that changes when the same record could give other bytes."""
    digest = hashlib.sha256()
    shown = {"site": asdict(settings.site), "feeds": asdict(settings.feeds)}
    digest.update(json.dumps(shown, sort_keys=True).encode())
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    """The files that decide what is rendered: our own, and the one that says which feedgen this is."""
    package = Path(__file__).parent.parent
    for room in _ROOMS:
        yield from sorted(path for path in (package / room).rglob("*") if path.suffix in _SUFFIXES)
    feedgen = find_spec("feedgen")  # Finding it does not import it.
    for folder in (feedgen and feedgen.submodule_search_locations) or ():
        yield Path(folder) / "version.py"
