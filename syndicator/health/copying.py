"""Archived copies of links: which are looked up now and which later, and which pages are saved.

Knows the record's list of what the archive is to be asked for; must not know the archive's ways. Every link is put off
in the write that takes it: two runs ask once, and a kill leaves it for later.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from syndicator import times
from syndicator.catalogue import Connection, archiving, hosts, links, mementos, transitions
from syndicator.catalogue.archiving import Wanted
from syndicator.health.archive import Archive, ArchiveFailed, ComeLater, NotCaptured, OutOfTime
from syndicator.model.health import State
from syndicator.model.links import Memento
from syndicator.site import Site

MEMENTO = "memento"
# Of one run, and for so long: nobody waits for an archive without end, and it is not asked for everything at once.
MOST_LOOK_UPS, MOST_SAVES, SECONDS = 50, 10, 60.0
# In a row, and the archive is left alone until the next run; one that never answered, at once.
FAILURES = 2
# When a link that was taken is free again, should whoever took it have died; when one is looked up again that no copy
# was found of; and when one is asked for again that the archive failed at, or could not capture.
STALE, AGAIN, AFTER_FAILURE = timedelta(minutes=15), timedelta(days=30), timedelta(days=1)
SAVE_TRIES = 3
# Transitions put down in one write.
AT_ONCE = 500


@dataclass(slots=True)
class Copied:
    """What came of it: for how many links the archive was asked, and had (or made) a copy; sentences on failures."""

    asked: int = 0
    found: int = 0
    notes: list[str] = field(default_factory=list)


def look_up(site: Site, archive: Archive, link: int | None = None) -> Copied:
    """Stores copies of links that have turned suspect or broken, or that a person calls dead.

    Those without one come again after a month, for as long as they need it; with `link`, only that one is looked up.
    Raises CatalogueBusy, StorageFailed.
    """
    _put_down(site)
    return _run(_LookUps(site, link), site, archive)


def save(site: Site, archive: Archive) -> Copied:
    """Has the archive capture links that were recorded. Raises CatalogueBusy, StorageFailed."""
    return _run(_Saves(site), site, archive)


def save_nothing(site: Site) -> None:
    """What is recorded while captures are turned off stays without. Raises CatalogueBusy, StorageFailed."""
    if archiving.anything_unsaved(site.catalogue.connection):
        with site.catalogue.write() as connection:
            archiving.forget_unsaved(connection)


def _put_down(site: Site) -> None:
    """Claims transitions of links that may need a copy: with that they are on the list, and the act is done."""
    while True:
        now = times.stamp(site.clock())
        with site.catalogue.write() as connection:
            claimed = transitions.claim(
                connection, MEMENTO, by=site.who, now=now, stale=now, since="", most=AT_ONCE
            )
            fallen = [one.link_id for one in claimed if one.after in (State.SUSPECT, State.BROKEN)]
            archiving.want_copies(connection, fallen, now)
            transitions.done(connection, MEMENTO, [one.id for one in claimed], now)
            if len(claimed) < AT_ONCE:
                archiving.want_copies(connection, archiving.dead_by_word(connection, site.today), now)
                return


class _Errand(Protocol):
    """One sort of request to the archive. All but `ask` are parts of a write."""

    most: int

    def take(self, connection: Connection) -> Wanted | None:
        """The next link, put off until it is known what came of it; None where there is none."""

    def ask(self, archive: Archive, wanted: Wanted) -> Memento | None:
        """Asks the archive. Raises ArchiveFailed."""

    def give_back(self, connection: Connection, wanted: Wanted) -> None:
        """It was not asked for: it is the next one again."""

    def failed(self, connection: Connection, wanted: Wanted) -> None:
        """The archive failed at it."""

    def done(self, connection: Connection, wanted: Wanted, copy: Memento | None) -> None:
        """The archive has answered."""


class _LookUps:
    most = MOST_LOOK_UPS

    def __init__(self, site: Site, link: int | None) -> None:
        self._site = site
        self._link = link

    def take(self, connection: Connection) -> Wanted | None:
        now = times.stamp(self._site.clock())
        due = archiving.copies_due(connection, now, self._site.today, 1, self._link)
        for wanted in due:
            self._put_off(connection, wanted, STALE)
        return due[0] if due else None

    def ask(self, archive: Archive, wanted: Wanted) -> Memento | None:
        return archive.copy_of(wanted)

    def give_back(self, connection: Connection, wanted: Wanted) -> None:
        self._put_off(connection, wanted, timedelta())

    def failed(self, connection: Connection, wanted: Wanted) -> None:
        self._put_off(connection, wanted, AFTER_FAILURE)

    def done(self, connection: Connection, wanted: Wanted, copy: Memento | None) -> None:
        if copy is None:
            self._put_off(connection, wanted, AGAIN)
        else:
            archiving.found_copy(connection, wanted.link_id)

    def _put_off(self, connection: Connection, wanted: Wanted, wait: timedelta) -> None:
        archiving.put_off_copy(connection, wanted.link_id, times.stamp(self._site.clock() + wait))


class _Saves:
    most = MOST_SAVES

    def __init__(self, site: Site) -> None:
        self._site = site

    def take(self, connection: Connection) -> Wanted | None:
        due = archiving.unsaved(connection, times.stamp(self._site.clock()), 1)
        for wanted in due:
            self._put_off(connection, wanted, tries=wanted.tries + 1)
        return due[0] if due else None

    def ask(self, archive: Archive, wanted: Wanted) -> Memento | None:
        return archive.save(wanted)

    def give_back(self, connection: Connection, wanted: Wanted) -> None:
        self._put_off(connection, wanted, tries=wanted.tries, wait=timedelta())

    def failed(self, connection: Connection, wanted: Wanted) -> None:
        if wanted.tries + 1 >= SAVE_TRIES:
            archiving.no_more_saving(connection, wanted.link_id)

    def done(self, connection: Connection, wanted: Wanted, copy: Memento | None) -> None:  # noqa: ARG002 - an errand's
        archiving.no_more_saving(connection, wanted.link_id)

    def _put_off(
        self, connection: Connection, wanted: Wanted, *, tries: int, wait: timedelta = AFTER_FAILURE
    ) -> None:
        until = times.stamp(self._site.clock() + wait)
        archiving.put_off_saving(connection, wanted.link_id, tries, until)


def _run(errand: _Errand, site: Site, archive: Archive) -> Copied:
    """Asks for one link after the other, within bounds."""
    copied = Copied()
    failures = 0
    archive.until = time.monotonic() + SECONDS
    for number in range(errand.most):
        if archive.unwilling or failures >= FAILURES or time.monotonic() > archive.until:
            break
        with site.catalogue.write() as connection:
            wanted = errand.take(connection)
        if wanted is None:
            break
        if until := hosts.postponed_until(site.catalogue.connection, archive.host, times.stamp(site.clock())):
            archive.unwilling = True
            copied.notes.append(f"{archive.host} asked us to come later, not before {until}.")
            with site.catalogue.write() as connection:
                errand.give_back(connection, wanted)
            break
        try:
            copy = errand.ask(archive, wanted)
        except ComeLater as asked:
            copied.notes.append(str(asked))
            with site.catalogue.write() as connection:
                errand.give_back(connection, wanted)
                if asked.until is not None:
                    hosts.postpone(connection, [(archive.host, times.stamp(asked.until))])
        except OutOfTime as late:
            copied.notes.append(str(late))
            with site.catalogue.write() as connection:
                # One that takes all the time there is must not be the first again and again.
                (errand.give_back if number else errand.failed)(connection, wanted)
        except ArchiveFailed as failed:
            if not isinstance(failed, NotCaptured):
                failures += 1 if archive.answered else FAILURES
            if str(failed) not in copied.notes:
                copied.notes.append(str(failed))
            with site.catalogue.write() as connection:
                errand.failed(connection, wanted)
        else:
            failures = 0
            copied.asked += 1
            with site.catalogue.write() as connection:
                copied.found += _kept(connection, site, wanted, copy)
                errand.done(connection, wanted, copy)
    return copied


def _kept(connection: Connection, site: Site, wanted: Wanted, copy: Memento | None) -> bool:
    """Stores the copy, unless the link has become another page meanwhile."""
    link = links.get(connection, wanted.link_id)
    if copy is None or link is None or link.url != wanted.target.url:
        return False
    mementos.add(connection, wanted.link_id, copy, times.stamp(site.clock()))
    return True
