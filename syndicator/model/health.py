"""What is seen and believed of a link: outcomes, states, overrides, and the belief that is judged on.

Knows the words of link rot (design: outcome, state, override, transition); must not know HTTP or rules.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What one check saw."""

    OK = "ok"
    MOVED = "moved"  # every hop permanent, to the same piece
    GONE = "gone"
    SOFT_404 = "soft_404"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    DNS = "dns"
    TLS = "tls"
    CONNECT = "connect"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    PROTOCOL = "protocol"
    NOT_ALLOWED = "not_allowed"  # our own guard said no: never evidence about the link


class State(StrEnum):
    """What we believe of a link."""

    UNKNOWN = "unknown"
    HEALTHY = "healthy"
    MOVED = "moved"
    SUSPECT = "suspect"
    BROKEN = "broken"
    BLOCKED = "blocked"


class Override(StrEnum):
    """A person's word over the state, until a date."""

    ALIVE = "alive"
    DEAD = "dead"
    IGNORE = "ignore"


class Finding(NamedTuple):
    """One check of a link, whole: the outcome, why, and what the next check compares with.

    `reason` is a sentence in plain words. `final_url` is where the redirects ended. `moved_to` is set with
    `moved` only: the URL proposed instead. `status` is the last answer's, 0 without one. `lasting` says that the
    host itself declares the end: 410 Gone, or no name server knows the registrable domain. `transient` says that what
    failed may pass within seconds, as name servers do that could not be asked.
    `title`, `fingerprint`, `etag`, `last_modified` are of the page as seen, empty where unseen.
    `evidence` are the weighed signs of a soft 404 as `name=weight` words, strongest first.
    """

    outcome: Outcome
    reason: str
    status: int = 0
    final_url: str = ""
    elapsed_ms: int = 0
    moved_to: str = ""
    lasting: bool = False
    title: str = ""
    fingerprint: str = ""
    etag: str = ""
    last_modified: str = ""
    evidence: tuple[str, ...] = ()
    transient: bool = False


class Observation(NamedTuple):
    """As much of a check as is judged on."""

    at: datetime
    outcome: Outcome
    lasting: bool = False
    moved_to: str = ""
    transient: bool = False


class Belief(NamedTuple):
    """What we believe of a link and on what grounds: the whole history, folded.

    `since` is when `state` began; with `moved`, since when it leads to `moved_to`. `failing_since` and `failures`
    count the unbroken run of failing checks (blocked and unseen ones neither count nor end it), `strong` those that
    say that the page or the name is not there, `lasting` those that were 410 Gone; `failed_at` is the last one that
    counted. `alive_at` is the last success. `blocked` counts the unbroken run of blocked checks since
    `blocked_since`, `look` asks a person to have a look (once a run). `moved_to` outlives a failure: where the link
    led when it last worked.
    """

    state: State = State.UNKNOWN
    since: datetime | None = None
    checked_at: datetime | None = None
    alive_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    lasting: int = 0
    blocked: int = 0
    look: bool = False
    moved_to: str = ""
    moved_times: int = 0
    strong: int = 0
    failed_at: datetime | None = None
    blocked_since: datetime | None = None


class Target(NamedTuple):
    """A link to check, and what the answer is compared with: the titles of the pieces placed there, and the page as
    it was at its first healthy visit (`title`, `fingerprint`) and at its last (validators of RFC 9110, 8.8).
    """

    url: str
    titles: tuple[str, ...] = ()
    title: str = ""
    fingerprint: str = ""
    etag: str = ""
    last_modified: str = ""
