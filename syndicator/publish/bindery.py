"""Who makes the pages for people: this process (`Here`), or one at its side while feeds are rendered (`apart.py`).

Knows pages and where they go; must not know which are due.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from syndicator.config import Settings
from syndicator.publish.entry import Entry
from syndicator.publish.folder import Destination
from syndicator.publish.pages import Pages

Making = Callable[..., bytes]


class Sheet(NamedTuple):
    """A page to be made, and where it is to stand.

    `make` is a method of `Pages` with all it needs but the `items`, where it lists any; `books` are the digests of what
    was written before.
    """

    make: Making
    paths: Sequence[str]
    scope: str
    books: Mapping[str, bytes]
    items: Sequence[bytes] | None = None


class Bindery(Protocol):
    """Makes pages and puts them in place."""

    def item(self, entry: Entry) -> bytes:
        """A piece in a list, or what stands for it among the items of a sheet."""

    def line(self, entry: Entry) -> bytes:
        """The same in the page of an archive."""

    def put(self, sheet: Sheet) -> None:
        """Makes a page and has it stand, as `Destination.put` does. Raises StorageFailed."""

    def finish(self) -> int:
        """Waits until every page stands; how many were written by another process. Raises StorageFailed."""


class Here:
    """This process makes them."""

    def __init__(self, settings: Settings, folder: Destination) -> None:
        site = settings.site
        self._pages = Pages(site.title, settings.base_url, site.language, site.contact)
        self._folder = folder

    def item(self, entry: Entry) -> bytes:
        return self._pages.item(entry)

    def line(self, entry: Entry) -> bytes:
        return self._pages.line(entry)

    def put(self, sheet: Sheet) -> None:
        make = sheet.make
        content = make(self._pages) if sheet.items is None else make(self._pages, items=sheet.items)
        self._folder.put(sheet.paths, sheet.scope, content, sheet.books)

    def finish(self) -> int:
        return 0
