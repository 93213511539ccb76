"""The pages of a small publish, made in a process at our side: it loads Jinja while this one renders the feeds.

Knows pipes and fork(2); must not know which pages are due. The process is forked, for a fresh one would take longer
to start than all it has to do. It never touches the record: SQLite's connections do not survive a fork.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

from syndicator.config import Settings
from syndicator.errors import StorageFailed
from syndicator.publish.bindery import Making, pages_of
from syndicator.publish.crew import Answer
from syndicator.publish.entry import Entry
from syndicator.publish.folder import Folder
from syndicator.publish.pages import Pages
from syndicator.publish.placer import STAGED_APART, Placer

# Begins what stands for an entry's item or line; no HTML has such a byte.
_MARK = b"\0"


class _Known(NamedTuple):
    """An entry that pages will list."""

    number: int
    entry: Entry


class _Page(NamedTuple):
    """See `Bindery.put`."""

    make: Making
    paths: Sequence[str]
    scope: str
    books: Mapping[str, bytes]
    items: Sequence[bytes] | None


def is_wise() -> bool:
    """Whether there is a second processor, and no other thread that might hold a lock while we fork."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return alone and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Apart:
    """The process, and our pipes to and from it."""

    def __init__(self, settings: Settings, feeds: Path, journal: Path) -> None:
        from_us, tasks = os.pipe()
        answers, to_us = os.pipe()
        self._process = os.fork()
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

    def put(
        self,
        make: Making,
        paths: Sequence[str],
        scope: str,
        books: Mapping[str, bytes],
        items: Sequence[bytes] | None = None,
    ) -> None:
        booked = {path: books[path] for path in paths if path in books}
        self._send(_Page(make, paths, scope, booked, items))

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

    def _send(self, message: _Known | _Page | None) -> None:
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
    pages = pages_of(settings)
    folder = Folder(feeds, journal, trust_books=True)
    with os.fdopen(source, "rb") as tasks, os.fdopen(sink, "wb") as answers, contextlib.suppress(EOFError):
        try:
            _work(
                tasks,
                pages,
                folder,
                lambda: Placer(str(feeds), str(journal), verify=False, staged=STAGED_APART),
            )
            answer = Answer(folder.written)
        except StorageFailed as refusal:
            answer = Answer(refusal=(refusal.message, refusal.hint))
        pickle.dump(answer, answers)


def _work(tasks: IO[bytes], pages: Pages, folder: Folder, placing: Callable[[], Placer]) -> None:
    entries: dict[int, Entry] = {}

    @cache
    def listed(mark: bytes) -> bytes:
        shape, _, number = mark.removeprefix(_MARK).partition(b" ")
        entry = entries[int(number)]
        return pages.item(entry) if shape == b"item" else pages.line(entry)

    message = _next(tasks)
    folder.open(placing)  # Not earlier: the first process begins the journal.
    while message is not None:
        if isinstance(message, _Known):
            entries[message.number] = message.entry
        else:
            _put(message, pages, folder, listed)
        message = _next(tasks)


def _next(tasks: IO[bytes]) -> _Known | _Page | None:
    message: _Known | _Page | None = pickle.load(tasks)  # noqa: S301 - our own words
    return message


def _put(page: _Page, pages: Pages, folder: Folder, listed: Callable[[bytes], bytes]) -> None:
    if page.items is None:
        content = page.make(pages)
    else:
        items = [listed(item) if item.startswith(_MARK) else item for item in page.items]
        content = page.make(pages, items=items)
    folder.put(page.paths, page.scope, content, page.books)
