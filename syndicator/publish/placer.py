"""Puts files in place, so that a reader never sees half of one.

Knows paths, bytes, and rename(2); must not know what is published.
"""

import hashlib
import os
from typing import NamedTuple, Protocol

STAGED = ".syndicator.part"
DIGEST_SIZE = 16


def digest(content: bytes) -> bytes:
    """What the books keep of a file."""
    return hashlib.sha256(content).digest()[:DIGEST_SIZE]


class Parcel(NamedTuple):
    """A rendered file: where it goes, what scope it belongs to, its bytes and their digest."""

    path: str
    scope: str
    content: bytes
    digest: bytes


def parcel(path: str, scope: str, content: bytes) -> Parcel:
    """Makes a rendered file ready to be placed."""
    return Parcel(path, scope, content, digest(content))


class Placing(Protocol):
    """Whatever puts files in place. All raise OSError when the disk says no."""

    written: int

    def put(self, ready: Parcel) -> None:
        """Makes the file hold the content, sooner or later."""

    def finish(self) -> None:
        """Waits until all stands, and knows then how many files were `written`."""

    def close(self) -> None:
        """Lets go of what is held, finished or not."""


class Placer:
    """Puts each file in place at once. With `verify` a file that holds the content already is left alone.

    A file is staged beside its target and renamed: a reader sees the old or the new one. (Staged in a folder
    of their own, ext4 would look for room for them ever longer.) The journal is told first: scope, path, digest.
    """

    def __init__(self, root: str, journal: str, *, verify: bool) -> None:
        self._root = root
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
        self._verify = verify
        self._made: set[str] = set()
        self.written = 0

    def put(self, ready: Parcel) -> None:
        path, scope, content, mark = ready
        target = f"{self._root}/{path}"
        os.write(self._journal, f"{scope}\t{path}\t{mark.hex()}\n".encode())
        parent = target.rpartition("/")[0]
        fresh = parent not in self._made and _make(parent)
        self._made.add(parent)
        if self._verify and not fresh and holds(target, content):
            return
        staged = f"{parent}/{STAGED}"
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        os.replace(staged, target)
        self.written += 1

    def finish(self) -> None:
        """Everything stands already."""

    def close(self) -> None:
        """Lets go of the journal, which stays."""
        os.close(self._journal)


def _make(folder: str) -> bool:
    """Makes a folder, if it is not there; mostly only the last part of its path is missing, or nothing."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    return True


def holds(target: str, content: bytes) -> bool:
    """Whether the file is there with just this content."""
    try:
        with open(target, "rb") as file:
            return file.read(len(content) + 1) == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
