"""Two processes that share the rendering of everything: this one, and a second that is handed batches over a line.

Both hand their files to one courier: two that write at once would hinder each other. The second process has a
snapshot of its own; should another program write between the two snapshots, the change is noted in the books all
the same, and the next publish renders what it touches.
"""

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection as Line
from multiprocessing.connection import Pipe
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from syndicator.catalogue import Connection, open_catalogue
from syndicator.config import Settings
from syndicator.errors import StorageFailed, SyndicatorError
from syndicator.model.scopes import Format
from syndicator.publish import heads
from syndicator.publish.bindery import Here
from syndicator.publish.courier import Courier, Sender
from syndicator.publish.crew import Answer, Done, Task
from syndicator.publish.folder import Folder
from syndicator.publish.placer import due, parcel
from syndicator.publish.press import Press
from syndicator.publish.processes import start
from syndicator.publish.spool import Spool

# So many batches wait for the second process, that it need not wait for this one to look up from its own.
AHEAD = 2


class Brief(NamedTuple):
    """What the second process starts from. The pipe to the courier and both spools are open in it, under these
    descriptors.
    """

    database: Path
    settings: Settings
    formats: tuple[Format, ...]
    today: str
    trust_books: bool
    compiled: dict[str, list[list[str]]]
    courier: int
    own_spool: int
    others_spool: int


class Pair:
    """This process's press, and the line to the second one."""

    def __init__(self, press: Press, folder: Folder, line: Line) -> None:
        self.press = press
        self._folder = folder
        self._line = line

    def share(self, task: Task, work: Sequence[Any], size: int, done: Done) -> None:
        """See `Crew`. While the second process has batches, this one does others itself."""
        batches = deque(work[start : start + size] for start in range(0, len(work), size))
        away: deque[int] = deque()
        finished = 0
        while batches or away:
            while batches and len(away) < AHEAD:
                away.append(len(batches[0]))
                self._send(task, batches.popleft())
            if batches:
                batch = batches.popleft()
                task(self.press, batch)
                finished += len(batch)
            while away and (not batches or self._line.poll()):
                self._receive()
                finished += away.popleft()
            done(finished, len(work))

    def meet(self) -> None:
        """See `Crew`."""
        theirs = self._ask(Press.rendered)
        self._ask(Press.know_rendered, self.press.rendered())
        self.press.know_rendered(theirs)

    def finish(self) -> None:
        """See `Crew`."""
        self.press.gather(self._ask(Press.harvest))
        self._send(_last_task)

    def _ask(self, task: Callable[..., Any], *arguments: Any) -> Any:
        self._send(task, *arguments)
        return self._receive()

    def _send(self, task: Callable[..., Any], *arguments: Any) -> None:
        try:
            self._line.send((task, arguments))
        except (BrokenPipeError, ConnectionResetError):
            raise self._ended_early() from None

    def _receive(self) -> Any:
        try:
            answer: Answer = self._line.recv()
        except (EOFError, ConnectionResetError):
            raise self._ended_early() from None
        if answer.refusal:
            message, hint = answer.refusal
            raise StorageFailed(message, hint=hint)
        return answer.result

    def _ended_early(self) -> StorageFailed:
        self._folder.settle()  # If it is the courier that ended, it says why.
        return StorageFailed(
            "The second process of this publish ended early.",
            hint="Nothing is lost: publish again; it goes on where it stopped.",
        )


def _last_task(press: Press) -> None:  # noqa: ARG001 - a task is given the press
    """Ends the second process, and so closes its pipe to the courier, which waits for that."""
    raise EOFError


@contextlib.contextmanager
def pair(
    connection: Connection,
    settings: Settings,
    folder: Folder,
    courier: Courier,
    *,
    database: Path,
    today: str,
    formats: Sequence[Format] = tuple(Format),
) -> Iterator[Pair]:
    """Two presses for everything there is. The courier is the one that the folder is open with."""
    scratch = database.parent
    with TemporaryFile(dir=scratch, buffering=0) as ours, TemporaryFile(dir=scratch, buffering=0) as theirs:
        press = Press(
            connection,
            settings,
            folder,
            Spool(lambda: ours, theirs.fileno()),
            Here(settings, folder),
            formats=formats,
            today=today,
        )
        near, far = Pipe()
        passed = (courier.second, theirs.fileno(), ours.fileno())
        with near:
            with far:
                process = start(serve, far.fileno(), descriptors=(far.fileno(), *passed))
            courier.give_second_away()
            compiled = heads.export_compiled()
            brief = Brief(
                database.absolute(), settings, tuple(formats), today, folder.trust_books, compiled, *passed
            )
            try:
                with contextlib.suppress(BrokenPipeError):  # Whoever asks first is told why it went away.
                    near.send(brief)
                yield Pair(press, folder, near)
            finally:
                near.close()  # The second process reads this as the end of its work.
                process.wait()
                assert process.stdout
                process.stdout.close()


class _Outbox:
    """Where the second process puts files: on their way to the courier."""

    def __init__(self, sender: Sender, *, trust_books: bool) -> None:
        self._sender = sender
        self._trust_books = trust_books

    def put(self, paths: Sequence[str], scope: str, content: bytes, books: Mapping[str, bytes]) -> None:
        ready = due(parcel(paths, scope, content), books if self._trust_books else {})
        if ready.paths:
            self._sender.put(ready)

    def stands(self, path: str, booked: bytes | None) -> bytes | None:  # noqa: ARG002 - see `Destination`
        return None


def serve(descriptor: int) -> None:
    """The second process: does what comes over the line, until that says so, or another process has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first one decides.
    with Line(descriptor) as line, contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            _work(line)
        except SyndicatorError as refusal:
            line.send(Answer(refusal=(refusal.message, refusal.hint)))


def _work(line: Line) -> None:
    brief: Brief = line.recv()
    heads.import_compiled(brief.compiled)
    sender = Sender(brief.courier)
    with (
        contextlib.closing(sender),
        contextlib.closing(open_catalogue(brief.database)) as catalogue,
        catalogue.snapshot() as connection,
        os.fdopen(brief.own_spool, "r+b", buffering=0) as file,
    ):
        spool = Spool(lambda: file, brief.others_spool)
        outbox = _Outbox(sender, trust_books=brief.trust_books)
        bindery = Here(brief.settings, outbox)
        press = Press(
            connection, brief.settings, outbox, spool, bindery, formats=brief.formats, today=brief.today
        )
        press.know_all_names()
        while True:
            task, arguments = line.recv()
            line.send(Answer(task(press, *arguments)))
