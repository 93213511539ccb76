"""One opener and one write, for everybody who touches the database file.

Knows SQLite's pragmas, locks and error codes; must not know what the tables mean.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from syndicator.catalogue import search, sweeping
from syndicator.catalogue.migrations import SCHEMA_VERSION, STEPS, migrations
from syndicator.errors import CatalogueBusy, CatalogueRefused, StorageFailed, SyndicatorError

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53594E44  # "SYND"; tells our files from other SQLite files (sqlite.org/pragma.html).
BUSY_SECONDS = 10.0
# By default 2 MiB and 1000 pages: an import would write the same index pages over and over.
CACHE_KIB = 32 * 1024
CHECKPOINT_PAGES = 8000


class Catalogue:
    """An opened database. `connection` reads; every change happens inside `write()`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._writing = False

    @cached_property
    def db(self) -> "Database":
        """The same connection as sqlite-utils sees it."""
        return _sqlite_utils(self.connection)

    @contextmanager
    def write(self, *, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is stored, or nothing is. A write within a write joins it.

        `patience` are the seconds that it waits for the lock, where those of the opener are too many.

        Begins with BEGIN IMMEDIATE: a deferred one would fail at its first write when another writer
        came between (SQLITE_BUSY_SNAPSHOT, sqlite.org/isolation.html). Raises CatalogueBusy when the lock
        cannot be had, StorageFailed when the disk says no, CatalogueRefused when a newer program migrated.
        """
        if self._writing:
            yield self.connection
            return
        with refusals(self.path):
            with self._waiting(patience):
                self.connection.execute("BEGIN IMMEDIATE")
            self._writing = True
            try:
                _refuse_other_version(self.path, self.connection)
                sweeping.sweep(self.connection)
                yield self.connection
                search.index(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                _roll_back(self.connection)
                raise
            finally:
                self._writing = False

    @contextmanager
    def _waiting(self, seconds: float | None) -> Iterator[None]:
        if seconds is None:
            yield
            return
        before = _pragma(self.connection, "busy_timeout")
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {before}")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a write that may fail alone: an exception takes back what it wrote, and nothing else."""
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO attempt")
                self.connection.execute("RELEASE attempt")
            raise
        self.connection.execute("RELEASE attempt")

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Reads that all see the same state of the record, whatever others write meanwhile."""
        if self._writing:
            yield self.connection
            return
        with refusals(self.path):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                _roll_back(self.connection)

    @contextmanager
    def with_cache(self, kib: int) -> Iterator[None]:
        """Within it no more of the file is kept in memory: for long work that comes back to few of its pages."""
        self.connection.execute(f"PRAGMA cache_size = -{kib}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Until the end of the block, which closes it: what SQLite says of the file meanwhile is a refusal."""
        with refusals(self.path):
            try:
                yield
            finally:
                self.close()

    def close(self) -> None:
        self.connection.close()


def _roll_back(connection: sqlite3.Connection) -> None:
    """Ends a transaction, unless SQLite has ended it already (a full disk does that)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _sqlite_utils(connection: sqlite3.Connection) -> "Database":
    from sqlite_utils import Database  # Deferred: reading and publishing do without it.

    return Database(connection, execute_plugins=False, recursive_triggers=False)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turns what SQLite reports about the file into refusals of ours; faults in our SQL stay tracebacks."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        refusal = _refusal(path, fault)
        if refusal is None:
            raise
        raise refusal from fault


def _refusal(path: Path, fault: sqlite3.DatabaseError) -> SyndicatorError | None:
    match getattr(fault, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CatalogueBusy(path)
        case sqlite3.SQLITE_FULL:
            return StorageFailed(
                f"{path}: the disk is full; nothing was changed.", hint="Free some space and try again."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StorageFailed(
                f"{path} cannot be written: {fault}.", hint="Check the rights on the file and its folder."
            )
        case sqlite3.SQLITE_IOERR:
            return StorageFailed(f"{path}: the disk reports an error: {fault}; nothing was changed.")
        case sqlite3.SQLITE_CORRUPT:
            return StorageFailed(f"{path} is damaged: {fault}.", hint="Restore the latest backup.")
        case sqlite3.SQLITE_NOTADB:
            return CatalogueRefused(
                f"{path} is not an SQLite database.", hint="Move it away, then try again."
            )
        case _:
            return None


def open_catalogue(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Catalogue:
    """Opens the database, makes it where there is none, and brings an older one up to date.

    Raises CatalogueRefused for a file that is not ours or from a newer program, CatalogueBusy, StorageFailed.
    """
    with refusals(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        connection.text_factory = _text
        try:
            _prepare(path, connection, busy_seconds)
        except BaseException:
            connection.close()
            raise
    return Catalogue(path, connection)


def _text(stored: bytes) -> str:
    """SQLite takes bytes from other tools that are no UTF-8; one such byte must not keep all else from being read."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored.decode(errors="replace")


def _prepare(path: Path, connection: sqlite3.Connection, busy_seconds: float) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    _refuse_foreign_file(path, connection)
    version = _pragma(connection, "user_version")
    if version > SCHEMA_VERSION:
        raise _too_new(path, version)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _use_write_ahead_log(connection, busy_seconds)
    if version < SCHEMA_VERSION:
        _migrate(path, connection)


def _use_write_ahead_log(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """SQLite does not wait for others when the journal mode changes (no busy handler is asked): so we do."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _refuse_foreign_file(path: Path, connection: sqlite3.Connection) -> None:
    # Tables first, then the mark: another opener may be making both in one transaction.
    empty = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
    mark = _pragma(connection, "application_id")
    if mark != APPLICATION_ID and not (empty and mark == 0):
        raise CatalogueRefused(
            f"{path} is an SQLite database, but not one of Syndicator's; it was not touched.",
            hint="Move it away, then try again.",
        )


def _too_new(path: Path, version: int) -> CatalogueRefused:
    return CatalogueRefused(
        f"{path} was made by a newer Syndicator (schema {version}, this program knows {SCHEMA_VERSION}).",
        hint="Upgrade Syndicator; nothing was changed.",
    )


def _refuse_other_version(path: Path, connection: sqlite3.Connection) -> None:
    version = _pragma(connection, "user_version")
    if version > SCHEMA_VERSION:
        raise _too_new(path, version)
    if version < SCHEMA_VERSION:
        raise CatalogueRefused(
            f"{path} was replaced by an older database meanwhile; nothing was changed.", hint="Try again."
        )


def _migrate(path: Path, connection: sqlite3.Connection) -> None:
    """Applies the missing steps in one transaction; of two openers the second finds nothing left to do."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _apply(path, connection)
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(path: Path, connection: sqlite3.Connection) -> None:
    version = _pragma(connection, "user_version")
    if version >= SCHEMA_VERSION:
        _refuse_other_version(path, connection)
        return
    if version:
        _back_up(path, version)
    db = _sqlite_utils(connection)
    ours = migrations()
    if {applied.name for applied in ours.applied(db)} - set(STEPS):
        raise _too_new(path, SCHEMA_VERSION + 1)
    ours.apply(db)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise CatalogueRefused(
            f"{path} cannot be brought up to date: {len(broken)} rows point at rows that do not exist "
            f"(first: table {broken[0][0]}, row {broken[0][1]}); nothing was changed.",
            hint="Delete or mend those rows (PRAGMA foreign_key_check lists them), then try again.",
        )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _back_up(path: Path, version: int) -> None:
    """A copy of the database beside it, as it was before its schema changes: whole, or not there."""
    copy = path.with_name(f"{path.name}.schema-{version}.bak")
    part = path.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
