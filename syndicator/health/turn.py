"""Whose turn it is to check links: the lease in the database, taken, kept, and lost by whoever is killed.

Knows processes and machines; must not know what the turn is for.
"""

import os
import platform
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from syndicator import times
from syndicator.catalogue import lease
from syndicator.catalogue.lease import Holder, Lease
from syndicator.errors import CatalogueBusy, CheckBusy, StorageFailed
from syndicator.site import Site

LENGTH = timedelta(seconds=120)
RENEW_SECONDS = 20.0
RETRY_SECONDS = 2.0
# Instants are stored in whole seconds, rounded down.
STAMPED = 1.0
# How long to wait for a run that may be about to end.
PATIENCE = 10.0
PROC = Path("/proc")


class Turn:
    """The turn as it is held. `renew` says whether it still is. Whoever had it before may have asked any host until
    `asked_until` (of `time.monotonic`).
    """

    def __init__(self, site: Site, holder: Holder, asked_until: float) -> None:
        self.asked_until = asked_until
        self._site = site
        self._holder = holder
        self._renew_from = time.monotonic() + RENEW_SECONDS

    @property
    def to_renew(self) -> bool:
        """Whether it is time to."""
        return time.monotonic() >= self._renew_from

    def renew(self) -> bool:
        """Holds the turn for longer, within a write; false where another run has it by now."""
        now = self._site.clock()
        connection, expires_at = self._site.catalogue.connection, times.stamp(now + LENGTH)
        renewed = lease.renew(connection, self._holder.token, expires_at)
        self._renew_from = time.monotonic() + RENEW_SECONDS
        return renewed

    def renew_later(self) -> None:
        """It could not be renewed just now: another program holds the database."""
        self._renew_from = time.monotonic() + RETRY_SECONDS

    def give_back(self) -> None:
        lease.give_back(self._site.catalogue.connection, self._holder.token, times.stamp(self._site.clock()))


@contextmanager
def taken(site: Site, patience: float = PATIENCE) -> Iterator[Turn]:
    """The turn, for as long as the block lasts. Raises CheckBusy where another run keeps it, CatalogueBusy."""
    holder = Holder(uuid.uuid4().hex, site.who, machine(), process(os.getpid()))
    deadline = time.monotonic() + patience
    while True:
        held, taken_from = _take(site, holder)
        if held is None:
            break
        if time.monotonic() >= deadline:
            raise CheckBusy(held.holder.who, held.holder.machine.partition(" ")[0], held.taken_at)
        time.sleep(0.2)
    turn = Turn(site, holder, _asked_until(taken_from, site.clock()))
    try:
        yield turn
    finally:
        # Where it cannot be given back, it runs out, or is seen to be a dead process's.
        with suppress(CatalogueBusy, StorageFailed), site.catalogue.write():
            turn.give_back()


def _take(site: Site, holder: Holder) -> tuple[Lease | None, Lease | None]:
    """Who has it, if it could not be taken; and who had it before."""
    now = site.clock()
    with site.catalogue.write() as connection:
        before = lease.read(connection)
        held = lease.take(
            connection,
            holder,
            now=times.stamp(now),
            expires_at=times.stamp(now + LENGTH),
            horizon=times.stamp(now + 2 * LENGTH),
            alive=_may_live,
        )
    return held, before


def _asked_until(before: Lease | None, now: datetime) -> float:
    """By the steady clock: a lease that was given back ended then, of one whose holder died nobody knows when."""
    if before is None:
        return 0.0
    since_then = (now - times.instant(before.expires_at)).total_seconds() - STAMPED
    return time.monotonic() - max(0.0, since_then)


def _may_live(holder: Holder) -> bool:
    """Whether the process may still be at work; of another machine's nobody here can know."""
    if holder.machine != machine():
        return True
    number = holder.process.partition(" ")[0]
    # Of one that shows its number alone we cannot say that it is not the holder.
    return number.isdigit() and process(int(number)) in (holder.process, number)


def machine() -> str:
    """This machine, as long as it is up. Containers that see other processes are machines of their own, also where
    they share name and kernel (pid_namespaces(7)).
    """
    boot = processes = ""
    with suppress(OSError):
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        processes = str((PROC / "self/ns/pid").readlink())
    return " ".join(filter(None, (platform.node() or "this machine", boot, processes)))


def process(number: int) -> str:
    """A running process, told from a later one of the same number by when it began; its number alone where that is
    not to be seen, nothing where none runs.
    """
    try:
        # The name of the program may hold anything, spaces and brackets too (proc_pid_stat(5)).
        state, *rest = (
            (PROC / str(number) / "stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()
        )
    except OSError:  # There is no such process, or no `proc`, or it hides those of others (hidepid, proc(5)).
        return str(number) if _runs(number) else ""
    return "" if state in "ZX" else f"{number} {rest[18]}"


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
