"""Files put in place atomically, and removed again; untouched where nothing differs.

Knows bytes, digests and rename(2); must not know what the files say. A reader sees the old or the new
file, never half of one. A kill leaves a staging folder, which the next run clears, and a journal of the new
files, which tells it that they are ours.
"""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from syndicator.errors import StorageFailed

STAGING = ".staging"
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
        self._staged = os.path.join(self._root, STAGING, f"{os.getpid()}.part")  # noqa: PTH118 - hot path
        self._made: set[str] = set()
        self.booked: list[tuple[str, str, bytes]] = []
        self.removed: list[str] = []
        self.written = 0

    def open(self) -> None:
        """Makes the folder ready. Raises StorageFailed where it cannot be written."""
        with self._refusals(self._root):
            shutil.rmtree(os.path.join(self._root, STAGING), ignore_errors=True)  # noqa: PTH118
            os.makedirs(os.path.join(self._root, STAGING), exist_ok=True)  # noqa: PTH103, PTH118
            self._journal = os.open(
                self._journal_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644
            )

    def close(self) -> None:
        """Clears what was staged."""
        if self._journal >= 0:
            os.close(self._journal)
        shutil.rmtree(os.path.join(self._root, STAGING), ignore_errors=True)  # noqa: PTH118

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
                if booked is None:
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
        descriptor = os.open(self._staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        os.replace(self._staged, target)  # noqa: PTH105

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
    """Path and scope of the new files that a killed run had put in place, or was about to."""
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
