"""Puts files in place: here, or – as a script of its own – in a second process while the first goes on rendering.

Knows paths and bytes, and rename(2); needs nothing but the standard library, so that the script starts at once.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import struct
import sys
from typing import IO, Protocol

STAGED = ".syndicator.part"
DIGEST_SIZE = 16
# So much may wait to be written before rendering has to wait.
PIPE_SIZE = 1024 * 1024
_FRAME = struct.Struct("<III")


def digest(content: bytes) -> bytes:
    """What the books keep of a file."""
    return hashlib.sha256(content).digest()[:DIGEST_SIZE]


class Placing(Protocol):
    """Whatever puts files in place."""

    def put(self, path: str, scope: str, content: bytes) -> None:
        """Makes the file hold the content, sooner or later. Raises OSError when the disk says no."""

    def finish(self) -> int:
        """Waits until all stands; how many files were written. Raises OSError when the disk says no."""

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
        self._written = 0

    def put(self, path: str, scope: str, content: bytes) -> None:
        target = f"{self._root}/{path}"
        os.write(self._journal, f"{scope}\t{path}\t{digest(content).hex()}\n".encode())
        if self._verify and holds(target, content):
            return
        parent = target.rpartition("/")[0]
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
        os.replace(staged, target)
        self._written += 1

    def finish(self) -> int:
        return self._written

    def close(self) -> None:
        os.close(self._journal)


def _make(folder: str) -> None:
    """A folder; mostly only the last part of its path is missing, or nothing."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def holds(target: str, content: bytes) -> bool:
    """Whether the file is there with just this content."""
    try:
        with open(target, "rb") as file:
            return file.read(len(content) + 1) == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


class Courier:
    """A second process that puts files in place, fed through a pipe.

    It inherits `keep_open` (the lock of the publish), and so holds it until its last file stands, should the
    first process be killed.
    """

    def __init__(self, root: str, journal: str, *, verify: bool, keep_open: int) -> None:
        import subprocess  # Deferred: a small publish has no need of it.

        command = [sys.executable, "-I", __file__, root, journal, "verify" if verify else "trust"]
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(keep_open,), bufsize=PIPE_SIZE
        )
        assert self._process.stdin
        with contextlib.suppress(AttributeError, OSError):  # Only Linux has it, and it may set a lower limit.
            fcntl.fcntl(self._process.stdin.fileno(), fcntl.F_SETPIPE_SZ, PIPE_SIZE)

    def put(self, path: str, scope: str, content: bytes) -> None:
        assert self._process.stdin
        where, whose = path.encode(), scope.encode()
        try:
            self._process.stdin.write(_FRAME.pack(len(where), len(whose), len(content)))
            self._process.stdin.writelines((where, whose, content))
        except BrokenPipeError:
            self._last_word()

    def finish(self) -> int:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # It says why it went away.
            self._process.stdin.write(_FRAME.pack(0, 0, 0))
            self._process.stdin.flush()
        return self._last_word()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _last_word(self) -> int:
        """How many files the courier wrote. Raises OSError with what stopped it."""
        assert self._process.stdout
        answer = self._process.stdout.read()
        if not answer:
            raise OSError(errno.EPIPE, "the process that writes files ended early")
        told = json.loads(answer)
        if "errno" in told:
            raise OSError(told["errno"], os.strerror(told["errno"]), told["path"])
        return int(told["written"])


def _serve(frames: IO[bytes], placer: Placer) -> dict[str, object] | None:
    """Puts in place what comes; None when the other end died before it said that this was all."""
    while len(head := frames.read(_FRAME.size)) == _FRAME.size:
        where, whose, size = _FRAME.unpack(head)
        if not where:
            return {"written": placer.finish()}
        path, scope, content = frames.read(where).decode(), frames.read(whose).decode(), frames.read(size)
        if len(content) < size:
            break
        try:
            placer.put(path, scope, content)
        except OSError as fault:
            return {"errno": fault.errno, "path": path}
    return None


if __name__ == "__main__":
    answer = _serve(sys.stdin.buffer, Placer(sys.argv[1], sys.argv[2], verify=sys.argv[3] == "verify"))
    if answer is not None:
        sys.stdout.write(json.dumps(answer))
