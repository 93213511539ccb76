"""The pages of a small publish, made in a process at our side: it loads Jinja while this one renders the feeds.

Knows pipes and fork(2); must not know which pages are due. The process is forked, for a fresh one would take longer
to start than all it has to do. It never touches the record: SQLite's connections do not survive a fork.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

from syndicator.config import Settings
from syndicator.errors import StorageFailed
from syndicator.publish.bindery import Here, Sheet
from syndicator.publish.crew import Answer
from syndicator.publish.entry import Entry
from syndicator.publish.folder import Folder
from syndicator.publish.placer import Placer

# Begins what stands for an entry's item or line; no HTML has such a byte.
_MARK = b"\0"


class _Known(NamedTuple):
    """An entry that pages will list."""

    number: int
    entry: Entry


@contextlib.contextmanager
def at_our_side(settings: Settings, feeds: Path, journal: Path) -> Iterator["Apart | None"]:
    """The process, for as long as the block lasts; None where it is not wise to fork, or the system does not let us."""
    process = None
    if is_wise():
        with contextlib.suppress(OSError):
            process = Apart(settings, feeds, journal)
    try:
        yield process
    finally:
        if process:
            process.close()


def is_wise() -> bool:
    """Whether there is a second processor, and no other thread that might hold a lock while we fork."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return alone and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Apart:
    """The process, and our pipes to and from it. Raises OSError when the system has none to spare."""

    def __init__(self, settings: Settings, feeds: Path, journal: Path) -> None:
        from_us, tasks = os.pipe()
        answers, to_us = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            for descriptor in (from_us, tasks, answers, to_us):
                os.close(descriptor)
            raise
        if not self._process:
            os.close(tasks)
            os.close(answers)
            _child(lambda: _serve(from_us, to_us, settings, feeds, journal))
        os.close(from_us)
        os.close(to_us)
        self._tasks = os.fdopen(tasks, "wb")
        self._answers = os.fdopen(answers, "rb")
        self._numbers: dict[str, int] = {}

    def item(self, entry: Entry) -> bytes:
        return _MARK + b"item %d" % self._number(entry)

    def line(self, entry: Entry) -> bytes:
        return _MARK + b"line %d" % self._number(entry)

    def put(self, sheet: Sheet) -> None:
        booked = {path: sheet.books[path] for path in sheet.paths if path in sheet.books}
        self._send(sheet._replace(books=booked))

    def finish(self) -> int:
        self._send(None)
        return self._answer()

    def close(self) -> None:
        """Ends the process, finished or not."""
        with contextlib.suppress(BrokenPipeError):
            self._tasks.close()
        self._answers.close()
        os.waitpid(self._process, 0)

    def _number(self, entry: Entry) -> int:
        number = self._numbers.get(entry.id)
        if number is None:
            number = self._numbers[entry.id] = len(self._numbers)
            self._send(_Known(number, entry))
        return number

    def _send(self, message: _Known | Sheet | None) -> None:
        try:
            pickle.dump(message, self._tasks, pickle.HIGHEST_PROTOCOL)
            self._tasks.flush()
        except BrokenPipeError:
            self._answer()

    def _answer(self) -> int:
        try:
            answer: Answer = pickle.load(self._answers)  # noqa: S301 - our own words
        except EOFError:
            answer = Answer(refusal=("The process that makes the pages of this publish ended early.", ""))
        if answer.refusal:
            message, hint = answer.refusal
            raise StorageFailed(
                message, hint=hint or "Nothing is lost: publish again; it goes on where it stopped."
            )
        return int(answer.result)


def _child(work: Callable[[], None]) -> NoReturn:
    """The forked process from its first instruction to its last: nothing that it inherited is tidied up."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first process decides.
        work()
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _serve(source: int, sink: int, settings: Settings, feeds: Path, journal: Path) -> None:
    """Makes pages until it is told that this was all, or our first process has died."""
    folder = Folder(feeds, journal, trust_books=True)
    bindery = Here(settings, folder)
    with os.fdopen(source, "rb") as tasks, os.fdopen(sink, "wb") as answers, contextlib.suppress(EOFError):
        try:
            message = _next(tasks)
            # Not earlier: the first process begins the journal.
            folder.open(lambda: Placer(str(feeds), str(journal), verify=False, beside=True))
            _work(tasks, message, bindery)
            answer = Answer(folder.written)
        except StorageFailed as refusal:
            answer = Answer(refusal=(refusal.message, refusal.hint))
        pickle.dump(answer, answers)


def _work(tasks: IO[bytes], message: _Known | Sheet | None, bindery: Here) -> None:
    entries: dict[int, Entry] = {}

    @cache
    def listed(mark: bytes) -> bytes:
        shape, _, number = mark.removeprefix(_MARK).partition(b" ")
        entry = entries[int(number)]
        return bindery.item(entry) if shape == b"item" else bindery.line(entry)

    while message is not None:
        if isinstance(message, _Known):
            entries[message.number] = message.entry
        elif message.items is None:
            bindery.put(message)
        else:
            items = [listed(item) if item.startswith(_MARK) else item for item in message.items]
            bindery.put(message._replace(items=items))
        message = _next(tasks)


def _next(tasks: IO[bytes]) -> _Known | Sheet | None:
    message: _Known | Sheet | None = pickle.load(tasks)  # noqa: S301 - our own words
    return message
