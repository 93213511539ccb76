"""Builders of entries and feeds for tests: a plausible one each, changed by keywords, and strategies for any.

Knows the model that formats are rendered from; must not know any format.
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from syndicator import text
from syndicator.model.kinds import Kind
from syndicator.model.records import Relation
from syndicator.model.scopes import ScopeKind
from syndicator.publish.entry import Archive, Elsewhere, Entry, Feed, Label, Person, Tombstone
from syndicator.publish.markup import uri

BASE_URL = "https://example.org/feeds/"
NEW_YORK = ZoneInfo("America/New_York")

LONG_TEXT = "Asking allies to pay more has been a fixture of policy since at least President Kennedy. " * 5

HOSTILE = (
    "]]> and <![CDATA[ and <!-- -->",
    "<script>alert('x')</script>",
    "AT&T &amp; &lt;b&gt; &#0; &#13; &unknown;",
    "\u202eright to left\u202c \u200fmark\u200e",
    "👩‍👩‍👧‍👦 family, 🇺🇸 flag, zero\u200dwidth",
    "“quoted” \"straight\" 'single' `back`",
    "tab\tline\nreturn\rnext\x85separator\u2028",
    "null\x00 bell\x07 escape\x1b surrogate\ud800 not a character\uffff",
    "{braces} %s %(name)s \\u0041 \\",
    "é" * 10_000,
)


def person(name: str, slug: str = "") -> Person:
    return Person(name=name, path=f"authors/{slug or text.slug(name, 'someone')}/", role="Fellow", url="")


def label(folder: str, name: str, slug: str = "") -> Label:
    slug = slug or text.slug(name, "something")
    return Label(name=name, slug=slug, path=f"{folder}/{slug}/")


def elsewhere(
    outlet: str, url: str = "https://reprints.example/piece", relation: str = "republication"
) -> Elsewhere:
    return Elsewhere(url=url, outlet=outlet, relation=Relation(relation))


def entry(number: int = 1, **changes: Any) -> Entry:
    """An op-ed by Brian Blankenship at Lawfare; `summary_text` follows `summary`."""
    if "summary" in changes:
        changes.setdefault("summary_text", text.plain_text(changes["summary"]))
    made = Entry(
        id=f"tag:example.org,2024:piece/{number}",
        path=f"pieces/burden-sharing-{number}/",
        url=f"{BASE_URL}pieces/burden-sharing-{number}/",
        external_url=f"https://www.lawfaremedia.org/article/burden-sharing-{number}",
        title=f"The Burden-Sharing Dilemma, Part {number}",
        summary="<p>Asking allies to <em>pay more</em> has a price.</p>",
        summary_text="Asking allies to pay more has a price.",
        kind=Kind.OP_ED,
        published=datetime(2024, 6, 16, tzinfo=NEW_YORK),
        has_time=False,
        updated=datetime(2024, 6, 17, 8, 30, number % 60, tzinfo=UTC),
        authors=(person("Brian Blankenship"),),
        featured=(),
        topics=(label("topics", "Burden sharing"), label("topics", "Grand strategy")),
        programs=(label("programs", "Grand Strategy Program"),),
        outlet=label("outlets", "Lawfare"),
        also=(),
    )
    return made._replace(**changes)


def feed(**changes: Any) -> Feed:
    """The current feed of a topic, with neither hubs, archives nor tombstones."""
    made = Feed(
        id="tag:example.org,2024:topics/4",
        kind=ScopeKind.TOPICS,
        title="Example Institute: Burden sharing",
        description="Pieces on burden sharing by the people of the Example Institute.",
        folder="topics/burden-sharing/",
        base_url=BASE_URL,
        institution="Example Institute",
        language="en",
        updated=datetime(2024, 6, 18, 12, 0, tzinfo=UTC),
    )
    return made._replace(**changes)


def full_feed(**changes: Any) -> Feed:
    """A feed with everything that a head can hold, save the mark of an archive."""
    return feed(
        **{
            "hubs": ("https://hub.example/?a=1&b=2", "https://other-hub.example/"),
            "older": Archive("2023"),
            "tombstones": (
                Tombstone("tag:example.org,2024:piece/98", datetime(2024, 6, 2, 3, 4, 5, tzinfo=UTC)),
            ),
            **changes,
        }
    )


def archive(**changes: Any) -> Feed:
    """The archive document of a year, with an older one before it."""
    return full_feed(**{"archive": Archive("2024"), "tombstones": (), **changes})


characters = st.one_of(st.sampled_from(HOSTILE[:-1]), st.text(max_size=20))
lines = characters.map(text.one_line).filter(bool)
summaries = st.one_of(characters, characters.map("<p>{}</p> <b>bold</b>".format), st.just(LONG_TEXT)).map(
    text.summary_html
)
_query = st.text(st.sampled_from("abc019-._~!$&'()*+,;=:@%/?#[]{}|^`\\\"<>éÜ"), max_size=20)
urls = st.builds("https://{}.example/{}".format, st.sampled_from(["a", "b-c", "www.d"]), _query)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
instants = st.datetimes(datetime(1000, 1, 3), datetime(9998, 12, 30), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
# What has an offset of whole minutes: in New York local mean time ended in 1883.
published = st.one_of(
    instants,
    st.datetimes(datetime(1884, 1, 1), datetime(9998, 12, 30)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=NEW_YORK)
    ),
)
people = st.lists(st.builds(person, lines, slugs), max_size=3).map(tuple)
places = st.lists(st.builds(elsewhere, lines, urls, st.sampled_from(list(Relation)[1:])), max_size=2).map(
    tuple
)


def labels(folder: str) -> st.SearchStrategy[tuple[Label, ...]]:
    return st.lists(st.builds(label, st.just(folder), lines, slugs), max_size=3).map(tuple)


entries: st.SearchStrategy[Entry] = st.builds(
    entry,
    st.integers(1, 99),
    title=lines,
    summary=summaries,
    external_url=urls,
    kind=st.sampled_from(Kind),
    published=published,
    updated=instants,
    authors=people,
    featured=people,
    topics=labels("topics"),
    programs=labels("programs"),
    outlet=st.builds(label, st.just("outlets"), lines, slugs),
    also=places,
)

tombstones = st.lists(
    st.builds(Tombstone, st.integers(100, 199).map("tag:example.org,2024:piece/{}".format), instants),
    max_size=3,
    unique_by=lambda tombstone: tombstone.id,
).map(tuple)

feeds: st.SearchStrategy[Feed] = st.builds(
    feed,
    title=lines,
    description=st.one_of(lines, st.just("")),
    institution=lines,
    language=st.sampled_from(["en", "de-AT", "zh-Hant-TW"]),
    folder=slugs.map("topics/{}/".format),
    updated=instants,
    hubs=st.lists(urls.map(uri), max_size=3, unique=True).map(tuple),
    archive=st.one_of(st.none(), st.sampled_from(["2024", "2023-07"]).map(Archive)),
    older=st.one_of(st.none(), st.sampled_from(["2022", "1999-12"]).map(Archive)),
    tombstones=tombstones,
)
