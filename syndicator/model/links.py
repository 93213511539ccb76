"""Links as they are read back: the link, what is believed of it, its checks, and what people said of it.

Knows the words of the record and of link health; must not know SQL, HTTP or rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from syndicator import times
from syndicator.model.health import Belief, Outcome, Override, State


class Link(NamedTuple):
    """A URL that is checked. `host` is the one whose turn its checks take; `former` are URLs that it had before."""

    id: int
    key: str
    url: str
    host: str
    former: tuple[str, ...] = ()


class Check(NamedTuple):
    """One check of a link as it is stored (see `Finding`); `state` is what was believed after it."""

    at: datetime
    outcome: Outcome
    state: State
    reason: str
    status: int = 0
    final_url: str = ""
    elapsed_ms: int = 0
    moved_to: str = ""
    lasting: bool = False
    evidence: tuple[str, ...] = ()
    judge_version: int = 0


class Mark(StrEnum):
    """What a transition tells besides the state."""

    NONE = ""
    LOOK = "look"  # a person is asked to have a look
    CERTAIN = "certain"  # the link has moved for good, and that is certain by now


class Transition(NamedTuple):
    """A changed state of a link, waiting to be acted on; with a mark the state may have stayed."""

    id: int
    link_id: int
    url: str
    at: datetime
    before: State
    after: State
    reason: str
    mark: Mark = Mark.NONE


class Memento(NamedTuple):
    """An archived copy of a link (RFC 7089): where it is, the instant of its capture, and which archive has it."""

    url: str
    at: datetime
    source: str = ""


# Dates of publication may be a day too late, in another zone than the outlet's.
EARLY = timedelta(days=1)


def as_published(at: datetime, published_at: datetime) -> tuple[bool, timedelta]:
    """Sorts captures by how likely they show a piece as it was published: from then on, the earliest first, for text
    and pages change, and die; then those from before, the latest first, for dates may be wrong.
    """
    return at < published_at - EARLY, abs(at - published_at)


def nearest(mementos: Iterable[Memento], published_at: datetime) -> Memento:
    """The copy that readers are sent to: it shows the piece as it was published."""
    return min(mementos, key=lambda memento: (*as_published(memento.at, published_at), memento.url))


class Aim(NamedTuple):
    """What a person's word is about: exactly one of a link, a host with those below it, and an outlet."""

    link_id: int | None = None
    host: str | None = None
    outlet_id: int | None = None


class Word(NamedTuple):
    """A person's override: in force up to and with the day `until_on` (`YYYY-MM-DD`, in the site's time zone)."""

    aim: Aim
    override: Override
    until_on: str
    who: str
    at: str
    note: str = ""

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The instant at which it is over; of a day that came past the desk and is beyond all instants, the last."""
        return times.instant(times.day_after(min(self.until_on, times.LATEST.isoformat()), zone))


class Slower(NamedTuple):
    """A person's interval for a link's host, a host with those below it, or an outlet's hosts, in seconds."""

    aim: Aim
    seconds: float
    who: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The overrides in force on a day. Of several that meet a link the nearest one counts."""

    links: dict[int, Word] = field(default_factory=dict)
    hosts: dict[str, Word] = field(default_factory=dict)
    outlets: dict[int, Word] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Words":
        """Sorted by what they are about."""
        sorted_words = cls()
        for word in words:
            if word.aim.link_id is not None:
                sorted_words.links[word.aim.link_id] = word
            elif word.aim.host is not None:
                sorted_words.hosts[word.aim.host] = word
            elif word.aim.outlet_id is not None:
                sorted_words.outlets[word.aim.outlet_id] = word
        return sorted_words

    def ignoring(self) -> list[Word]:
        """Those that say to ignore something."""
        said = (*self.links.values(), *self.hosts.values(), *self.outlets.values())
        return [word for word in said if word.override is Override.IGNORE]

    def over(self, link_id: int, host: str, outlets: Iterable[int]) -> Word | None:
        """The word over a link: its own, else that over its host or the nearest above, else over one of its outlets."""
        if link_id in self.links:
            return self.links[link_id]
        if self.hosts:
            from syndicator.urls import hosts_above  # Deferred: its rules take a while to load.

            for above in hosts_above(host):
                if above in self.hosts:
                    return self.hosts[above]
        return next((self.outlets[outlet] for outlet in outlets if outlet in self.outlets), None)


class Placed(NamedTuple):
    """A piece at a link: enough to say which."""

    piece_id: int
    title: str
    outlet_id: int
    outlet: str


class Watched(NamedTuple):
    """A link with everything that is known of its health: `last` is its latest check, `placed` the pieces there."""

    link: Link
    belief: Belief
    due_at: datetime
    last: Check | None
    placed: Sequence[Placed]
