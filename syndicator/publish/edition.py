"""The edition: program, libraries and settings that output depends on. Another edition renders everything anew."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from syndicator.config import Settings

_ROOMS = ("publish", "model", "catalogue")
_MODULES = ("text.py", "times.py", "config.py")
_SUFFIXES = (".py", ".sql", ".html", ".css", ".js")
# Where each library says which version it is. Looking one up as installed packages do would take longer.
_LIBRARIES = {"feedgen": "version.py", "jinja2": "__init__.py", "markupsafe": "__init__.py"}


def edition_of(settings: Settings) -> str:
    """A digest that changes when the same record could give other bytes."""
    digest = hashlib.sha256()
    shown = {
        "site": asdict(settings.site),
        "feeds": asdict(settings.feeds),
        "health": settings.alerts.feed,
    }
    digest.update(json.dumps(shown, sort_keys=True).encode())
    for path in _sources():
        with open(path, "rb", buffering=0) as source:
            digest.update(path.rpartition("/")[2].encode() + b"\0" + source.read())
    return digest.hexdigest()[:32]


def _sources() -> Iterator[str]:
    """The files that decide what is rendered: our own, and those that say which libraries these are."""
    package = Path(__file__).parent.parent
    for room in _ROOMS:
        yield from sorted(
            f"{folder}/{name}"
            for folder, _, names in os.walk(package / room)
            for name in names
            if name.endswith(_SUFFIXES)
        )
    yield from (f"{package}/{module}" for module in _MODULES)
    for library, file in _LIBRARIES.items():
        found = find_spec(library)  # Finding it does not import it.
        for folder in (found and found.submodule_search_locations) or ():
            yield f"{folder}/{file}"
