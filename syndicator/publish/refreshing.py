"""Publishing, from the record to feeds/: take stock, render, put in place, and only then acknowledge.

Two short writes frame the work; in between nothing is locked but a second publish. A kill at any moment
leaves what has to be rendered in the books, and the next run does it.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from syndicator import times
from syndicator.catalogue import Connection, publication
from syndicator.errors import PublishBusy, StorageFailed
from syndicator.model.scopes import Format
from syndicator.publish.edition import edition_of
from syndicator.publish.folder import Folder, journalled
from syndicator.publish.stages import Progress, Stage
from syndicator.site import Site

LOCK = "publish.lock"
JOURNAL = "publish.journal"
LOCK_SECONDS = 30.0


class Published(NamedTuple):
    """What a publish did: files written and removed, pieces vetted, sentences about pieces that cannot be shown."""

    written: int = 0
    removed: int = 0
    adopted: int = 0
    complaints: tuple[str, ...] = ()


def _silent(stage: Stage, done: int, total: int) -> None:
    """Nobody watches."""


def refresh(
    site: Site, *, full: bool = False, progress: Progress = _silent, lock_seconds: float = LOCK_SECONDS
) -> Published:
    """Brings feeds/ in step with the record. With `full` everything is rendered and held against the disk.

    Raises PublishBusy when another publish does not end in time, StorageFailed, CatalogueBusy.
    """
    with _locked(site.data / LOCK, lock_seconds) as lock:
        edition = edition_of(site.settings)
        before = publication.state(site.catalogue.connection)
        lost = not (site.feeds / Format.HTML.filename).exists()
        whole = full or lost or before is None or before[0] != edition
        now = times.stamp(site.clock())
        journal = site.data / JOURNAL
        orphans = list(journalled(journal))
        if not whole and not orphans and before and not _has_work(site, before[1], now):
            return Published()
        # Deferred: most often there is nothing to do, and then there is nothing to load.
        from syndicator.publish import heads, stock
        from syndicator.publish.apart import at_our_side
        from syndicator.publish.rendering import render

        folder = Folder(site.feeds, journal, trust_books=not (full or lost))
        beside = nullcontext() if whole else at_our_side(site.settings, site.feeds, journal)
        with closing(folder), beside as bindery:
            adopted, complaints = _vet(site, zone_changed=whole)
            with site.catalogue.write() as connection:
                stock.take(connection, edition=edition, now=now, zone=site.settings.zone, whole=whole)
                publication.book_orphans(connection, orphans)
                complaints += _unplaced(connection)
            render(site, folder, lock, [path for path, _, _ in orphans], now, progress, bindery)
        with site.catalogue.write() as connection:
            publication.record_files(connection, folder.booked(), folder.removed)
            publication.clear_todo(connection)
            publication.keep_heads(connection, json.dumps(heads.export_compiled(), sort_keys=True))
        journal.unlink(missing_ok=True)
        return Published(folder.written, len(folder.removed), adopted, complaints)


def _has_work(site: Site, as_of: str, now: str) -> bool:
    connection = site.catalogue.connection
    return publication.has_work(connection) or bool(
        publication.due_between(connection, site.settings.zone, *sorted((as_of, now)))
    )


def _vet(site: Site, *, zone_changed: bool) -> tuple[int, tuple[str, ...]]:
    """Has the desk look at what came past it; most often there is nothing, and then the desk is not even loaded."""
    if not (zone_changed or publication.awaits_vetting(site.catalogue.connection)):
        return 0, ()
    from syndicator.desk import adopt

    adopted = adopt(site, zone_changed=zone_changed)
    return adopted.pieces, adopted.complaints


def _unplaced(connection: Connection) -> tuple[str, ...]:
    """What is to be said of touched pieces that cannot be shown: other tools took away where they stand."""
    found = publication.unplaced(connection, publication.touched(publication.todo(connection)))
    return tuple(
        f"piece {piece_id} has no usable placement, link or outlet; `syndicator edit {piece_id}` gives it one"
        for piece_id in found
    )


def opml_document(site: Site) -> bytes:
    """All our feeds as OPML, as of now."""
    from syndicator.publish.press import directory_groups, opml_of
    from syndicator.publish.scopes import Scopes

    with site.catalogue.snapshot() as connection:
        return opml_of(site.settings, directory_groups(connection, Scopes(connection)))


@contextmanager
def _locked(path: Path, seconds: float) -> Iterator[int]:
    """Holds the lock that only one publish of a site can have; a killed process lets go of it by itself."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as fault:
        raise StorageFailed(f"{path} cannot be opened: {fault.strerror}.") from fault
    try:
        _lock(descriptor, seconds)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise PublishBusy(seconds) from None
            time.sleep(0.05)
        else:
            return
