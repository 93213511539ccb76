"""Puts files in place, so that a reader never sees half of one.

Knows paths, bytes, and rename(2); must not know what is published.
"""

import errno
import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

STAGED = ".syndicator.part"
STAGED_BESIDE = ".syndicator.page.part"
DIGEST_SIZE = 16
# Bytes from which on it pays to reserve room first: ext4 writes out at once what is renamed over a file (its mount
# option auto_da_alloc), but for what has its place on the disk already. 400 kB take 0.2 ms instead of 0.4.
_RESERVED = 32_768


def digest(content: bytes) -> bytes:
    """What the books keep of a file."""
    return hashlib.sha256(content).digest()[:DIGEST_SIZE]


class Parcel(NamedTuple):
    """A rendered file: where it and its copies go, what scope it belongs to, its bytes and their digest."""

    paths: Sequence[str]
    scope: str
    content: bytes
    digest: bytes


def parcel(paths: Sequence[str], scope: str, content: bytes) -> Parcel:
    """Makes a rendered file ready to be placed."""
    return Parcel(paths, scope, content, digest(content))


def due(ready: Parcel, books: Mapping[str, bytes]) -> Parcel:
    """The same, but for the paths that hold it already as the books have it."""
    if not books:
        return ready
    return ready._replace(paths=[path for path in ready.paths if books.get(path) != ready.digest])


class Placing(Protocol):
    """Whatever puts files in place. All raise OSError when the disk says no."""

    written: int

    def put(self, ready: Parcel) -> None:
        """Makes the files hold the content, sooner or later."""

    def finish(self) -> None:
        """Waits until all stands, and knows then how many files were `written`."""

    def close(self) -> None:
        """Lets go of what is held, finished or not."""


class Placer:
    """Puts each file in place at once. With `verify` a file that holds the content already is left alone.

    A file is staged beside its target and renamed: a reader sees the old or the new one. (Staged in a folder
    of their own, ext4 would look for room for them ever longer.) The journal is told first: scope, path, digest.
    A copy at another path is a second name of the first file, where the disk can do that. One `beside` another goes on
    with the journal that the other began, and may write to the same folders.
    """

    def __init__(self, root: str, journal: str, *, verify: bool, beside: bool = False) -> None:
        self._root = root
        begin = 0 if beside else os.O_TRUNC
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND | begin, 0o644)
        self._staged = STAGED_BESIDE if beside else STAGED
        self._verify = verify
        self._new: dict[str, bool] = {}  # whether we made a folder; nothing is replaced in one
        self.written = 0

    def put(self, ready: Parcel) -> None:
        first = ""
        for path in ready.paths:
            os.write(self._journal, f"{ready.scope}\t{path}\t{ready.digest.hex()}\n".encode())
            target = f"{self._root}/{path}"
            self._put(target, ready.content, first)
            first = first or target

    def _put(self, target: str, content: bytes, like: str) -> None:
        parent = target.rpartition("/")[0]
        fresh = self._new.get(parent)
        if fresh is None:
            fresh = self._new[parent] = _make(parent)
        if self._verify and not fresh and holds(target, content):
            return
        staged = f"{parent}/{self._staged}"
        if not (like and _link(like, staged)):
            _write(staged, content, reserve=not fresh and len(content) > _RESERVED)
        os.replace(staged, target)
        self.written += 1

    def finish(self) -> None:
        """Everything stands already."""

    def close(self) -> None:
        """Lets go of the journal, which stays."""
        os.close(self._journal)


def _link(target: str, staged: str) -> bool:
    """Gives a file a second name; False where the disk cannot, or something is in the way."""
    try:
        os.link(target, staged)
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        return False
    return True


def _write(staged: str, content: bytes, *, reserve: bool) -> None:
    descriptor = _new(staged)
    try:
        if reserve:
            _reserve(descriptor, len(content))
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _new(staged: str) -> int:
    # Never one that is there: what a killed run left may be another name of a file that readers see.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(staged, flags, 0o644)
    except FileExistsError:
        os.remove(staged)
        return os.open(staged, flags, 0o644)


def _reserve(descriptor: int, size: int) -> None:
    """Has the disk set the room aside, where the system can."""
    if sys.platform == "linux":
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as fault:
            if fault.errno not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
                raise


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
