"""The web archive: asked for the best copy of a page, or to make one; one request at a time, with pauses.

Knows where to ask, in which order, and when to stop; must not know the record. What is asked and what the answers
say is `wayback`'s, whether a capture shows the piece is `captures`'.
"""

import math
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from syndicator import times
from syndicator.catalogue.archiving import Wanted
from syndicator.errors import SyndicatorError
from syndicator.health import captures, wayback
from syndicator.health.captures import Worth
from syndicator.health.wayback import Capture, Query, Source, Unreadable
from syndicator.model.links import Memento
from syndicator.net import retry_after
from syndicator.net.services import Reply, ServiceFailed, Services

CANDIDATES = 4  # captures looked at for one link
SAVING_SECONDS = 120.0  # a capture is made while we wait


class Cost(Enum):
    """How many of the site's intervals lie between the starts of two requests. The archive that most use bears 24
    queries of its index and 15 captures a minute, and shuts out for an hour who does not heed a 429
    (github.com/edgi-govdata-archiving/wayback, release notes 0.4.5).
    """

    READ = 1.0
    QUERY = 2.5
    SAVE = 4.0


class ArchiveFailed(SyndicatorError):
    """The archive did not answer, or not in a way that we understand."""


class OutOfReach(ArchiveFailed):
    """No answer came at all."""


class NotCaptured(ArchiveFailed):
    """The archive answered, but could not, or may not, capture the page."""


class BrokenOff(ArchiveFailed):
    """Nothing more is to be asked for this link now."""


class OutOfTime(BrokenOff):
    """It has taken all the time that a run has for the archive."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} took too long; what is left is asked for by the next run.")


class ComeLater(BrokenOff):
    """The archive asked to be left alone: until an instant, if it says which."""

    def __init__(self, host: str, until: datetime | None) -> None:
        when = f", not before {times.stamp(until)}" if until else ""
        super().__init__(f"{host} asked us to come later{when}.")
        self.until = until


class Archive:
    """One archive. `services` are for reading, `saving` for captures, which take longer; `interval` is the site's.

    What it returns was seen to show the piece. Its methods raise ArchiveFailed; from the instant `until` (of
    `time.monotonic`) on they ask nothing more. `answered` says whether it ever did; once it asked us to come later
    (ComeLater), it is `unwilling`.
    """

    def __init__(
        self,
        endpoint: str,
        services: Services,
        saving: Services,
        *,
        interval: float,
        clock: Callable[[], datetime],
    ) -> None:
        self.host = urlsplit(endpoint).hostname or endpoint
        self.answered = self.unwilling = False
        self.until = math.inf
        self._endpoint = endpoint
        self._services = services
        self._saving = saving
        self._interval = interval
        self._clock = clock
        self._started = -1e9
        self._cost = Cost.READ

    def copy_of(self, wanted: Wanted) -> Memento | None:
        """The best copy: the nearest to the publication that really shows the piece; None where there is none."""
        published_at = times.instant(wanted.published_at)
        seen: dict[str, ArchiveFailed | None] = {}
        second_choice: Memento | None = None
        for found in self._captures(wanted.target.url, published_at):
            for one in wayback.nearest(found, published_at):
                if one.url in seen or len(seen) >= CANDIDATES:
                    continue
                seen[one.url] = None
                try:
                    memento, worth = self._looked_at(wanted, one)
                except BrokenOff:
                    raise
                except ArchiveFailed as failed:
                    seen[one.url] = failed
                    continue
                if worth is Worth.GOOD:
                    return memento
                if worth is Worth.DOUBTFUL:
                    second_choice = second_choice or memento
            if second_choice is not None:
                return second_choice
        failures = [failed for failed in seen.values() if failed is not None]
        if failures and len(failures) == len(seen):
            raise failures[0]
        return None

    def save(self, wanted: Wanted) -> Memento | None:
        """Has the page captured now; the copy, if the archive says where it is and it shows the piece."""
        query = wayback.save_query(self._endpoint, wanted.target.url)
        reply = self._ask(query, Cost.SAVE, self._saving)
        if reply.status >= 400:
            why = reply.headers.get("x-archive-wayback-runtime-error", "").partition(":")[0][:80]
            raise NotCaptured(f"{self.host} could not capture {wanted.target.url} ({why or reply.status}).")
        made = wayback.read_saved(self._endpoint, reply.url, reply.headers, datetime.now(UTC))
        if made is None:
            return None
        try:
            memento, worth = self._looked_at(wanted, made)
        except OutOfTime:  # It is made all the same, and must not be asked for again.
            return None
        return memento if worth is Worth.GOOD else None

    def _captures(self, url: str, near: datetime) -> Iterator[list[Capture]]:
        """What the archive has, as its index tells, else its TimeMap; and then the availability API's word.

        Not every archive has all three. Raises ArchiveFailed where none of them told anything.
        """
        complaint: ArchiveFailed | None = None
        answered = False
        for source in (wayback.INDEX, wayback.TIME_MAP, wayback.AVAILABILITY):
            if answered and source is wayback.TIME_MAP:
                continue  # It is made of the index.
            try:
                found = self._told(source, url, near)
            except (BrokenOff, OutOfReach):
                raise
            except ArchiveFailed as failed:
                complaint = complaint or failed
            else:
                answered = True
                yield found
        if complaint is not None and not answered:
            raise complaint

    def _told(self, source: Source, url: str, near: datetime) -> list[Capture]:
        reply = self._ask(source.query(self._endpoint, url, near), Cost.QUERY)
        if source is wayback.TIME_MAP and reply.status == 404:
            return []  # As RFC 7089 has it where there is no memento; other archives have no TimeMaps.
        if reply.status != 200:
            raise ArchiveFailed(f"{self.host} answered {reply.status} when asked for copies.")
        try:
            return source.read(self._endpoint, reply.body, datetime.now(UTC))
        except Unreadable as fault:
            raise ArchiveFailed(f"{self.host} is not understood: {fault}.") from None

    def _looked_at(self, wanted: Wanted, one: Capture) -> tuple[Memento, Worth]:
        """The capture as a memento, and what it is worth. Archives send on from one to another that is the same."""
        complaint: ArchiveFailed | None = None
        for way in one.ways:
            try:
                reply = self._ask(Query(way, {}), Cost.READ)
            except BrokenOff:
                raise
            except ArchiveFailed as failed:
                complaint = complaint or failed
                continue
            if reply.status == 404 and "memento-datetime" not in reply.headers:
                continue  # Not in this form.
            at = wayback.captured_at(reply.url, reply.headers, datetime.now(UTC))
            shown = one if at in (None, one.at) else wayback.capture(self._endpoint, reply.url, at) or one
            original = wayback.original_of(reply.url)
            worth = captures.worth(wanted.target, original, reply.status, reply.headers, reply.body, shown.at)
            return Memento(shown.url, shown.at, self.host), worth
        if complaint is not None:
            raise complaint
        return Memento(one.url, one.at, self.host), Worth.NONE

    def _ask(self, query: Query, cost: Cost, services: Services | None = None) -> Reply:
        self._wait(cost)
        if time.monotonic() > self.until:
            raise OutOfTime(self.host)
        try:
            reply = (services or self._services).get(query.url, params=dict(query.parameters) or None)
        except ServiceFailed as failed:
            raise OutOfReach(failed.message) from None
        self.answered = True
        overloaded = reply.status == 503 and "memento-datetime" not in reply.headers
        if reply.status == 429 or overloaded:
            self.unwilling = True
            raise ComeLater(self.host, self._asked_for(reply))
        return reply

    def _asked_for(self, reply: Reply) -> datetime | None:
        wait = retry_after.seconds(
            reply.headers.get("retry-after", ""), datetime.now(UTC), reply.headers.get("date", "")
        )
        return None if wait is None else self._clock() + timedelta(seconds=wait)

    def _wait(self, cost: Cost) -> None:
        """Between two requests lies what the dearer of them needs."""
        spacing = self._interval * max(cost.value, self._cost.value)
        time.sleep(max(0.0, self._started + spacing - time.monotonic()))
        self._started, self._cost = time.monotonic(), cost
