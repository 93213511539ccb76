"""Files put in place atomically, and removed again; untouched where nothing differs.

Knows bytes, digests and rename(2); must not know what the files say. A reader sees the old or the new
file, never half of one. A kill leaves a journal, which tells the next run what is ours, and at most one staged
file, which that run removes. (Staged beside its target: in a folder of its own ext4 would look for room ever longer.)
"""

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from syndicator.errors import StorageFailed

STAGED = ".syndicator.part"
DIGEST_SIZE = 16


def digest(content: bytes) -> bytes:
    """What the books keep of a file."""
    return hashlib.sha256(content).digest()[:DIGEST_SIZE]


class Folder:
    """The published folder during one run. `written` and `removed` are what is to be acknowledged."""

    def __init__(self, root: Path, journal: Path, *, trust_books: bool) -> None:
        self._root = str(root)
        self._journal_path = journal
        self._journal = -1
        self._trust_books = trust_books
        self._made: set[str] = set()
        self.booked: list[tuple[str, str, bytes]] = []
        self.removed: list[str] = []
        self.written = 0

    def open(self) -> None:
        """Makes the folder ready. Raises StorageFailed where it cannot be written."""
        with self._refusals(self._root):
            os.makedirs(self._root, exist_ok=True)  # noqa: PTH103
            self._journal = os.open(
                self._journal_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644
            )

    def close(self) -> None:
        """Ends the run; the journal stays until its files are acknowledged."""
        if self._journal >= 0:
            os.close(self._journal)

    def clear(self, paths: Iterable[str]) -> None:
        """Removes what a killed run had staged beside these paths."""
        with self._refusals(self._root):
            for folder in {os.path.dirname(path) for path in paths}:  # noqa: PTH120
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    os.remove(f"{self._root}/{folder}/{STAGED}")  # noqa: PTH107

    def put(self, path: str, scope: str, content: bytes, books: Mapping[str, bytes]) -> None:
        """Makes the file hold the content; `books` are the digests of what was written before.

        Raises StorageFailed when the disk is full or may not be written.
        """
        fresh = digest(content)
        booked = books.get(path)
        target = f"{self._root}/{path}"
        if booked == fresh and self._trust_books:
            return
        if self._trust_books or not _holds(target, content):
            with self._refusals(target):
                os.write(self._journal, f"{scope}\t{path}\n".encode())
                self._replace(target, content)
            self.written += 1
        if booked != fresh:
            self.booked.append((path, scope, fresh))

    def _replace(self, target: str, content: bytes) -> None:
        parent = os.path.dirname(target)  # noqa: PTH120
        if parent not in self._made:
            _make(parent)
            self._made.add(parent)
        staged = f"{parent}/{STAGED}"
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        os.replace(staged, target)  # noqa: PTH105

    def remove(self, path: str) -> None:
        """Removes a file of ours, and the folders that are empty without it."""
        target = f"{self._root}/{path}"
        with self._refusals(target):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.remove(target)  # noqa: PTH107
            parent = os.path.dirname(path)  # noqa: PTH120
            with contextlib.suppress(OSError):  # Not empty: others' files, or files of ours that stay.
                while parent:
                    os.rmdir(f"{self._root}/{parent}")  # noqa: PTH106
                    self._made.discard(f"{self._root}/{parent}")
                    parent = os.path.dirname(parent)  # noqa: PTH120
        self.removed.append(path)

    @contextlib.contextmanager
    def _refusals(self, target: str) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            reason = (
                "the disk is full"
                if fault.errno in (errno.ENOSPC, errno.EDQUOT)
                else fault.strerror or str(fault)
            )
            raise StorageFailed(
                f"{target} cannot be written: {reason}.",
                hint="Nothing is lost: mend that and publish again; it goes on where it stopped.",
            ) from fault


def _make(folder: str) -> None:
    """A folder; mostly only the last part of its path is missing, or nothing."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def journalled(journal: Path) -> list[tuple[str, str]]:
    """Path and scope of the files that a killed run had put in place, or was about to."""
    try:
        lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    whole = [line.rstrip("\n").partition("\t") for line in lines if line.endswith("\n")]
    return [(path, scope) for scope, _, path in whole]


def _holds(target: str, content: bytes) -> bool:
    """Whether the file is there with just this content."""
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return file.read(len(content) + 1) == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
