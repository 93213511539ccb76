"""Who makes the pages for people: this process (`Here`), or one at its side while feeds are rendered (`apart.py`).

Knows pages and where they go; must not know which are due.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from syndicator.config import Settings
from syndicator.publish.entry import Entry
from syndicator.publish.folder import Destination
from syndicator.publish.pages import Pages

Making = Callable[..., bytes]


class Bindery(Protocol):
    """Makes pages and puts them in place."""

    def item(self, entry: Entry) -> bytes:
        """A piece in a list, or what stands for it among the `items` of a page."""

    def line(self, entry: Entry) -> bytes:
        """The same in the page of an archive."""

    def put(
        self,
        make: Making,
        paths: Sequence[str],
        scope: str,
        books: Mapping[str, bytes],
        items: Sequence[bytes] | None = None,
    ) -> None:
        """Makes a page and has it stand at paths, as `Destination.put` does. `make` is a method of `Pages` with all
        it needs but the `items`, where it lists any. Raises StorageFailed.
        """

    def finish(self) -> int:
        """Waits until every page stands; how many were written by another process. Raises StorageFailed."""


class Here:
    """This process makes them."""

    def __init__(self, settings: Settings, folder: Destination) -> None:
        self._pages = pages_of(settings)
        self._folder = folder

    def item(self, entry: Entry) -> bytes:
        return self._pages.item(entry)

    def line(self, entry: Entry) -> bytes:
        return self._pages.line(entry)

    def put(
        self,
        make: Making,
        paths: Sequence[str],
        scope: str,
        books: Mapping[str, bytes],
        items: Sequence[bytes] | None = None,
    ) -> None:
        content = make(self._pages) if items is None else make(self._pages, items=items)
        self._folder.put(paths, scope, content, books)

    def finish(self) -> int:
        return 0


def pages_of(settings: Settings) -> Pages:
    """The pages of a site."""
    site = settings.site
    return Pages(site.title, settings.base_url, site.language, site.contact)
