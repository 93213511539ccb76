"""A process of its own that puts files in place, fed through pipes, so that no rendering waits for the disk.

Knows how files go through a pipe; must not know who renders them, nor why.
"""

import contextlib
import errno
import fcntl
import json
import os
import selectors
import signal
import struct
import sys
from collections.abc import Sequence

from syndicator.publish.placer import Parcel, Placer
from syndicator.publish.processes import start

# So much may wait to be written before rendering has to wait.
PIPE_SIZE = 1024 * 1024
_FRAME = struct.Struct("<III16s")
_END = _FRAME.pack(0, 0, 0, b"")


class Sender:
    """One end of a pipe to the courier. Files go through it whole: part of one would keep the courier from the
    other pipe, and both renderers waiting for each other.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def put(self, ready: Parcel) -> None:
        """Hands a file over. Raises BrokenPipeError when the courier has gone: it says why."""
        paths, scope, content, digest = ready
        where, whose = "\n".join(paths).encode(), scope.encode()
        self._write(_FRAME.pack(len(where), len(whose), len(content), digest) + where + whose)
        self._write(content)

    def end(self) -> None:
        """That was all. Raises BrokenPipeError."""
        self._write(_END)

    def _write(self, part: bytes) -> None:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def close(self) -> None:
        """Lets go of the pipe."""
        os.close(self._descriptor)


class Courier:
    """The process, and our pipe to it. `second` is the descriptor of another pipe, for another process.

    It inherits `keep_open` (the lock of the publish), and so holds it until its last file stands, should the
    others be killed.
    """

    def __init__(self, root: str, journal: str, *, verify: bool, keep_open: int) -> None:
        from_first, first = _pipe()
        from_second, self.second = _pipe()
        self._process = start(
            serve,
            root,
            journal,
            verify,
            from_first,
            from_second,
            descriptors=(from_first, from_second, keep_open),
        )
        os.close(from_first)
        os.close(from_second)
        self._sender = Sender(first)
        self.written = 0

    def give_second_away(self) -> None:
        """Forgets the second pipe: another process has it now."""
        os.close(self.second)
        self.second = -1

    def put(self, ready: Parcel) -> None:
        """Has the file put in place, sooner or later. Raises OSError when the disk says no."""
        try:
            self._sender.put(ready)
        except BrokenPipeError:
            self._last_word()

    def finish(self) -> None:
        """Waits until everything stands that came through either pipe. Raises OSError when the disk says no."""
        with contextlib.suppress(BrokenPipeError):  # It says why it went away.
            self._sender.end()
        self._last_word()

    def close(self) -> None:
        """Lets go of the pipes; the process ends when all it was sent is in place."""
        if self.second >= 0:
            self.give_second_away()
        self._sender.close()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def _last_word(self) -> None:
        assert self._process.stdout
        answer = self._process.stdout.read()
        if not answer:
            raise OSError(errno.EPIPE, "the process that writes files ended early")
        told = json.loads(answer)
        if "errno" in told:
            raise OSError(told["errno"], os.strerror(told["errno"]), told["path"])
        self.written = int(told["written"])


def _pipe() -> tuple[int, int]:
    """Descriptors to read from and to write to."""
    source, sink = os.pipe()
    with contextlib.suppress(AttributeError, OSError):  # Only Linux has it, and it may set a lower limit.
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
    return source, sink


def _exactly(source: int, size: int) -> bytes:
    """The next bytes of a pipe; fewer only where it ended."""
    parts = []
    while size and (part := os.read(source, size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def serve(root: str, journal: str, verify: bool, *sources: int) -> None:
    """The process: says on its standard output how many files it wrote, or what stopped it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches everybody; the first process decides.
    answer = _serve(sources, Placer(root, journal, verify=verify))
    if answer is not None:
        sys.stdout.write(json.dumps(answer))


def _serve(sources: Sequence[int], placer: Placer) -> dict[str, object] | None:
    """Puts in place what comes; None when an end died before it said that this was all."""
    ended = 0
    with selectors.DefaultSelector() as waiting:
        for source in sources:
            waiting.register(source, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select():
                source = key.fd
                head = _exactly(source, _FRAME.size)
                if len(head) < _FRAME.size or head == _END:
                    ended += head == _END
                    waiting.unregister(source)
                    continue
                where, whose, size, mark = _FRAME.unpack(head)
                paths, scope = _exactly(source, where).decode().split("\n"), _exactly(source, whose).decode()
                content = _exactly(source, size)
                if len(content) < size:
                    waiting.unregister(source)
                    continue
                try:
                    placer.put(Parcel(paths, scope, content, mark))
                except OSError as fault:
                    return {"errno": fault.errno, "path": fault.filename or paths[0]}
    return {"written": placer.written} if ended else None
