"""The published folder during one run: what is put in place, what is removed, what is to be acknowledged.

Knows digests and the books; must not know what the files say. Untouched where nothing differs. A kill leaves
a journal, which tells the next run which files are ours, and at most one staged file, which that run removes.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from syndicator.errors import StorageFailed
from syndicator.publish.placer import STAGED, STAGED_BESIDE, Placing, digest, due, parcel

P = TypeVar("P", bound=Placing)


class Destination(Protocol):
    """Where rendered files go."""

    def put(self, paths: Sequence[str], scope: str, content: bytes, books: Mapping[str, bytes]) -> None:
        """Makes the files hold the content; `books` are the digests of what was written before.

        Raises StorageFailed when the disk is full or may not be written.
        """

    def stands(self, path: str, booked: bytes | None) -> bytes | None:
        """The content of a file that is just what was written before, or None."""


class Folder:
    """What a run does to the folder. What is `booked`, and `removed`, is to be acknowledged.

    With `trust_books` a file whose digest is booked is not looked at; else every file is put.
    """

    def __init__(self, root: Path, journal: Path, *, trust_books: bool) -> None:
        self.journal = str(journal)
        self.trust_books = trust_books
        self._root = str(root)
        self._placing: Placing | None = None
        self.removed: list[str] = []
        self._written_apart = 0

    def open(self, placing: Callable[[], P], orphans: Iterable[str] = ()) -> P:
        """Makes the folder ready, and clears what a killed run had staged beside its `orphans`.

        Answers who puts files in place. Raises StorageFailed where the folder cannot be written.
        """
        with self._refusals():
            os.makedirs(self._root, exist_ok=True)
            for folder in {os.path.dirname(path) for path in orphans}:
                for staged in (STAGED, STAGED_BESIDE):
                    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                        os.remove(f"{self._root}/{folder}/{staged}")
            ready = self._placing = placing()
        return ready

    def put(self, paths: Sequence[str], scope: str, content: bytes, books: Mapping[str, bytes]) -> None:
        assert self._placing
        ready = due(parcel(paths, scope, content), books if self.trust_books else {})
        if ready.paths:
            with self._refusals(ready.paths[0]):
                self._placing.put(ready)

    def settle(self) -> None:
        """Waits until everything that was put stands. Raises StorageFailed."""
        if self._placing:
            with self._refusals():
                self._placing.finish()

    def close(self) -> None:
        """Ends the run, whether everything stands or not; the journal stays until it is acknowledged."""
        if self._placing:
            self._placing.close()

    @property
    def written(self) -> int:
        """How many files were put in place."""
        return (self._placing.written if self._placing else 0) + self._written_apart

    def add_written(self, files: int) -> None:
        """Counts files that another process put in place."""
        self._written_apart += files

    def booked(self) -> Iterator[tuple[str, str, bytes]]:
        """Path, scope and digest of everything that was put and stands now."""
        return journalled(Path(self.journal))

    def stands(self, path: str, booked: bytes | None) -> bytes | None:
        if booked is None or not self.trust_books:
            return None
        try:
            with open(f"{self._root}/{path}", "rb") as file:
                content = file.read()
        except OSError:
            return None
        return content if digest(content) == booked else None

    def sweep(self, leftovers: Iterable[str]) -> None:
        """Removes files of ours that no longer belong, but for those that were put in place again."""
        leftovers = list(leftovers)
        placed = {path for path, _, _ in self.booked()} if leftovers else ()
        for path in leftovers:
            if path not in placed:
                self._remove(path)

    def _remove(self, path: str) -> None:
        with self._refusals(path):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.remove(f"{self._root}/{path}")
            parent = os.path.dirname(path)
            with contextlib.suppress(OSError):  # Not empty: others' files, or files of ours that stay.
                while parent:
                    os.rmdir(f"{self._root}/{parent}")
                    parent = os.path.dirname(parent)
        self.removed.append(path)

    @contextlib.contextmanager
    def _refusals(self, path: str = "") -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
            reason = "the disk is full" if full else fault.strerror or str(fault)
            named = fault.filename2 or fault.filename or path
            target = named if str(named).startswith("/") else f"{self._root}/{named}".rstrip("/")
            raise StorageFailed(
                f"{target} cannot be written: {reason}.",
                hint="Nothing is lost: mend that and publish again; it goes on where it stopped.",
            ) from fault


def journalled(journal: Path) -> Iterator[tuple[str, str, bytes]]:
    """Path, scope and digest of the files that a run has put in place or, if it was killed, was about to."""
    with contextlib.suppress(FileNotFoundError), journal.open(encoding="utf-8") as lines:
        for line in lines:
            # Else the run was killed while it wrote the line, and so before it put the file.
            if line.endswith("\n"):
                scope, path, hexadecimal = line.rstrip("\n").split("\t")
                yield path, scope, bytes.fromhex(hexadecimal)
