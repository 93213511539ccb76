"""Hosts that answer like no other: what to ask instead of the page, or what never to believe – declared.

Data and look-up, pure; must not know how a request is sent. oEmbed: oembed.com, section 2.3.4 (404: the provider has
nothing at this URL; 401: it is private).
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import quote

from syndicator.model.health import Outcome
from syndicator.net.exchange import Exchange

MOST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Quirk:
    """A host whose page says nothing, and where it answers instead.

    `ask` is the URL asked, with `{url}` for the link and the names of groups of `pattern` for those, quoted; of two
    groups `id` and `id_` either is `{id}`. `answers`
    reads a status; `gone` is a text in a 200 answer that means the piece is not there, `there` one that must be in it.
    A status without an entry, and a fault, say nothing: then the page itself is visited.
    """

    name: str
    why: str
    source: str
    pattern: str  # of the URL without scheme and `www.`, as a whole
    ask: str
    answers: dict[int, Outcome] = field(default_factory=dict)
    gone: bytes = b""
    there: bytes = b""


@dataclass(frozen=True, slots=True)
class Closed:
    """A host that shows its pages to members only: what others get is no page, unless it names the piece."""

    name: str
    why: str
    source: str
    hosts: tuple[str, ...]  # and all below


_OEMBED = {200: Outcome.OK, 401: Outcome.OK, 403: Outcome.OK, 404: Outcome.SOFT_404}

# Set by hand.
# fmt: off
QUIRKS: tuple[Quirk, ...] = (
    Quirk("youtube",
        "the page of a removed video answers 200; oEmbed answers 404 for it, 401 and 403 where it may not be "
        "embedded but plays",
        "developers.google.com/youtube, oEmbed; lychee, quirks",
        r"(?:(?:m|music)\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/"
            r"|v/)(?P<id>[\w-]{11})(?:[&?/#].*)?|youtu\.be/(?P<id_>[\w-]{11})(?:[&?/#].*)?",
        "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{id}", {**
            _OEMBED, 400: Outcome.SOFT_404}),
    Quirk("vimeo",
        "the page of a private or removed video may answer 200; oEmbed answers 404 for it, 403 where it may not "
        "be embedded here",
        "developer.vimeo.com/api/oembed/videos",
        r"(?:player\.)?vimeo\.com/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/"
            r"|showcase/\d+/video/)?(\d{5,})(?:[/?#].*)?",
        "https://vimeo.com/api/oembed.json?url={url}", _OEMBED),
    Quirk("dailymotion", "the page is drawn by scripts; oEmbed answers 404 for what is gone",
        "developers.dailymotion.com, oEmbed",
        r"(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)([a-z0-9]{5,})(?:[?_#/].*)?",
            "https://www.dailymotion.com/services/oembed?format=json&url={url}", _OEMBED),
    Quirk("spotify",
        "the page is drawn by scripts and answers 200 whatever is asked; oEmbed answers 404 for what is gone",
        "developer.spotify.com/documentation/embeds/reference/oembed",
        r"open\.spotify\.com/(?:intl-[a-z]{2}/)?(?P<kind>episode|show|track|album|playlist)/(?P<id>[A-Za-z0-9]{10,})(?:[?#].*)?",
        "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2F{kind}%2F{id}", _OEMBED),
    Quirk("soundcloud",
        "the page is drawn by scripts; oEmbed answers 404 for what is gone, 403 where it may not be embedded",
        "developers.soundcloud.com/docs/oembed", r"(?:m\.)?soundcloud\.com/[\w-]+/(?:sets/)?[\w-]+(?:[?#/].*)?",
            "https://soundcloud.com/oembed?format=json&url={url}", _OEMBED),
    Quirk("tiktok",
        "the page is drawn by scripts and answers 200 whatever is asked; oEmbed answers 400 or 404 for what is "
        "gone",
        "developers.tiktok.com/doc/embed-videos",
            r"(?:m\.)?tiktok\.com/@[\w.-]+/(?:video|photo)/(\d+)(?:[?#/].*)?",
            "https://www.tiktok.com/oembed?url={url}", {**_OEMBED, 400: Outcome.SOFT_404}),
    Quirk("apple podcasts", "a removed show may answer with a page of others; the look-up counts what there is",
        "developer.apple.com, iTunes Search API, Lookup",
        r"(?:podcasts"
            r"|itunes)\.apple\.com/(?:([a-z]{2})/)?podcast/(?:[^/?#]+/)?id(?P<id>\d+)(?:\?(?!(?:.*&)?i=).*)?(?:#.*)?",
        "https://itunes.apple.com/lookup?id={id}", {200: Outcome.OK}, gone=b'"resultCount":0', there=
            b'"resultCount":'),
    Quirk("telegram",
        "the page of a removed post answers 200 with the channel; its embedded form says that it is not found",
        "core.telegram.org/widgets/post", r"(?:t|telegram)\.me/(?:s/)?(?P<channel>\w{4,})/(?P<id>\d+)(?:[?#].*)?",
            "https://t.me/{channel}/{id}?embed=1&mode=tme", {200: Outcome.OK},
        gone=b"tgme_widget_message_error", there=b"tgme_widget_message"),
)

CLOSED: tuple[Closed, ...] = (
    Closed("x", "shows posts to members only, and answers 200 with an empty page whatever is asked", "Seen", (
        "x.com", "twitter.com")),
    Closed("facebook", "shows its login to all others, or answers 400", "Seen", ("facebook.com", "fb.com",
        "fb.watch")),
    Closed("linkedin", "answers 999, or with its wall for members, to all others", "lychee, issue 1477", (
        "linkedin.com",)),
    Closed("instagram", "shows its login to all others", "Seen", ("instagram.com",)),
    Closed("threads", "is drawn by scripts, and answers 200 whatever is asked", "Seen", ("threads.net",
        "threads.com")),
)
# fmt: on


class Asked:
    """A quirk's question for one link, and how its answer is read."""

    __slots__ = ("quirk", "url")

    def __init__(self, quirk: Quirk, url: str) -> None:
        self.quirk = quirk
        self.url = url

    def outcome(self, answer: Exchange) -> Outcome | None:
        """What the answer says of the link; None where it says nothing."""
        if answer.fault is not None:
            return None
        outcome = self.quirk.answers.get(answer.status)
        if outcome is Outcome.OK and answer.status == 200:
            body = answer.body.replace(b" ", b"") if self.quirk.gone.startswith(b'"') else answer.body
            if self.quirk.gone and self.quirk.gone in body:
                return Outcome.SOFT_404
            if self.quirk.there and self.quirk.there not in body:
                return None
        return outcome


def asked_instead(url: str, quirks: tuple[Quirk, ...] = QUIRKS) -> Asked | None:
    """What to ask instead of visiting `url`; None for nearly all."""
    bare = _SCHEME.sub("", url, count=1)
    if quirks is QUIRKS and not _ANY_HOST.match(bare):
        return None
    for quirk in quirks:
        if found := _regex(quirk.pattern).fullmatch(bare):
            return Asked(quirk, _address(quirk.ask, url, found.groupdict("")))
    return None


def _address(ask: str, url: str, parts: dict[str, str]) -> str:
    named = {name.rstrip("_"): value for name, value in parts.items() if value}
    named["url"] = url.partition("#")[0]
    return ask.format_map({name: quote(value, safe="") for name, value in named.items()})


def closed(url: str) -> Closed | None:
    """The row of a host that shows its pages to members only; None for nearly all."""
    found = _CLOSED_HOST.match(url)
    return _closed_hosts()[found[1].lower()] if found else None


@cache
def _closed_hosts() -> dict[str, Closed]:
    return {host: row for row in CLOSED for host in row.hosts}


def title(answer: Exchange) -> str:
    """The title that an oEmbed answer gives."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    named = found.get("title") if isinstance(found, dict) else None
    return " ".join(named.split())[:MOST_TITLE] if isinstance(named, str) else ""


_CLOSED_HOST = re.compile(
    rf"https?://(?:[\w-]+\.)*({'|'.join(re.escape(host) for row in CLOSED for host in row.hosts)})(?=[:/?#]|$)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_ANY_HOST = re.compile(
    r"(?:(?:m|music)\.)?youtube|youtu\.be|(?:player\.)?vimeo|dai|open\.spotify|(?:m\.)?soundcloud|(?:m\.)?tiktok|podcasts\.|itunes\.|t\.me|telegram\.me"
)


@lru_cache(maxsize=64)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
