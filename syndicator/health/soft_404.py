"""Soft 404s: an answer that says "here it is" where the piece is not – evidence weighed against evidence.

Knows signs and their weights, declared in one table with their reasons; must not know the network or states.
The weights are round on purpose: a page is dead from `DEAD` on, and in `DOUBT` the host is asked for nonsense.

What the weights hold to:
- No sign of absence outweighs the piece's own title or words, unless the page itself says that the piece is gone.
- A changed headline alone, or a new design, is never a soft 404: that takes a phrase, a place where pieces are not,
  or an answer that the host gives to nonsense, too.
- What a page says of itself counts more than what it lacks.

Sources: Bar-Yossef, Broder, Kumar, Tomkins, "Sic transit gloria telae" (WWW 2004) for the nonsense path and the
redirect's end; Meneses, Furuta, Shipman, "Identifying 'soft 404' error pages" (TPDL 2012) for titles and phrases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from syndicator import urls
from syndicator.health import fingerprint
from syndicator.model.health import Target
from syndicator.webpages import parked, phrases, redirects, titles
from syndicator.webpages.page import Page
from syndicator.webpages.phrases import Strength
from syndicator.webpages.redirects import Shape

DEAD = 60
DOUBT = 15
SHORT = 600  # characters of text: an error page has fewer, and so have videos and notes
THIN = 1500  # characters, up to which an announcement in the page may be all it says
DISTINCTIVE = 20  # characters of a title that are not met by accident in a page's data
AT_THE_PIECE = (Shape.NOWHERE, Shape.PIECE)  # where it may present itself


class Nonsense(NamedTuple):
    """What a host answers to a path that cannot exist; `path` is where its redirects ended (a URL, if elsewhere)."""

    status: int
    fingerprint: str
    title: str
    path: str
    at: datetime

    @property
    def honest(self) -> bool:
        """Whether the host says that it is not there."""
        return self.status in (404, 410)


@dataclass(frozen=True)
class Suspect:
    """A page that answered well and does not look like the piece: all that the signs are read from."""

    target: Target
    url: str  # where the redirects ended
    body: bytes
    html: bool
    page: Page
    nonsense: Nonsense | None = None

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The titles that the piece is known by, without those that say themselves that nothing is there."""
        return tuple(
            title
            for title in (*self.target.titles, self.target.title)
            if title and not phrases.in_title(title)
        )

    @cached_property
    def shape(self) -> Shape:
        """Where the redirects led."""
        return redirects.shape(self.target.url.partition("#")[0], self.url)

    @cached_property
    def site(self) -> frozenset[str]:
        """What the outlet calls itself, folded: its name, and its host's."""
        host = redirects.place(self.url).host
        names = {
            titles.folded(self.page.site_name),
            titles.folded(host),
            titles.folded(host.partition(".")[0]),
        }
        if domain := redirects.domain(host):
            names |= {titles.folded(domain), titles.folded(domain.partition(".")[0])}
        return frozenset(names - {""})

    @cached_property
    def likeness(self) -> float:
        """How much the title, the title for social cards or a heading is the piece's, whichever is most.

        Front and section pages have headings of many pieces, perhaps of this one; search pages repeat what was asked.
        """
        if self.shape is Shape.SEARCH or titles.asks_for(self.page.title):
            return 0.0
        listed = self.shape in (Shape.HOME, Shape.SECTION)
        seen = (self.page.title, self.page.og_title, *(() if listed else self.page.headings[:4]))
        return max(titles.likeness(title, self.known) for title in seen)

    @cached_property
    def print(self) -> str:
        """The page's fingerprint."""
        return fingerprint.taken(self.body)

    @cached_property
    def text_likeness(self) -> float:
        """How much of its first healthy visit is still on the page; -1 where that is not known."""
        if fingerprint.substance(self.target.fingerprint) < fingerprint.ENOUGH_PARAGRAPHS:
            return -1.0
        return fingerprint.likeness(self.target.fingerprint, self.print)

    @cached_property
    def voided(self) -> frozenset[str]:
        """Phrases that belong to the piece, for its own title says them: a piece on missing pages."""
        return frozenset(
            titles.folded(part)
            for title in (*self.target.titles, self.target.title)
            for part in titles.segments(title)
        )

    @cached_property
    def data_names_it(self) -> bool:
        """Whether a page that says little carries the piece's title in the data of its scripts."""
        if not self.page.scripts or self.page.length > SHORT:
            return False
        shown = titles.folded.__wrapped__(self.body[: fingerprint.REACH * 2].decode("utf-8", "replace"))
        return any(len(words) >= DISTINCTIVE and words in shown for words in map(titles.folded, self.known))

    @cached_property
    def title_says(self) -> Strength:
        """How strongly the title says that nothing is there."""
        return max(map(self._said_by, (self.page.title, self.page.og_title)))

    def _said_by(self, title: str) -> Strength:
        if not title or titles.folded(title) in self.voided or titles.same(title, self.target.titles):
            piece_and_phrase = any(
                titles.folded(part) not in self.voided and phrases.in_heading(part) is Strength.STRONG
                for part in titles.segments(title)
            )
            return Strength.STRONG if title and piece_and_phrase else Strength.NONE
        if ":" not in title and not phrases.in_title(title):
            return Strength.NONE  # Whatever the outlet is called, and to find that out costs more.
        return phrases.in_title(title, self.site)

    @cached_property
    def headings_say(self) -> Strength:
        """How strongly a heading says it."""
        return phrases.any_of(
            heading for heading in self.page.headings if titles.folded(heading) not in self.voided
        )

    @cached_property
    def text_says(self) -> Strength:
        """Whether a sentence near the beginning of the text says it."""
        if self.page.length > THIN:
            return phrases.in_text(self.page.text[:SHORT], 8)
        lines = [line for line in self.page.text.split("\n") if titles.folded(line) not in self.voided]
        return phrases.in_text("\n".join(lines))

    @property
    def says_gone(self) -> bool:
        """Whether the page itself says that the piece is not there."""
        return Strength.STRONG in (self.title_says, self.headings_say, self.text_says)

    @cached_property
    def vacancy(self) -> parked.Vacancy | None:
        """The vacated domain that this is."""
        if found := parked.by_address(self.url, self.target.url):
            return found
        if (
            self.page.length > THIN
            and len(fingerprint.paragraphs(self.body)) >= fingerprint.ENOUGH_PARAGRAPHS
        ):
            return None
        sentences = phrases.sentences(self.page.text[:THIN])
        host = redirects.place(self.url).host
        return parked.by_page(self.body, self.page.title, self.page.headings[:2], sentences, host)

    @cached_property
    def same_as_nonsense(self) -> bool:
        """Whether the host gives this very answer to a path that cannot exist."""
        nonsense = self.nonsense
        if nonsense is None or nonsense.honest or not 200 <= nonsense.status < 300:
            return False
        alike = fingerprint.likeness(nonsense.fingerprint, self.print)
        bare = not nonsense.fingerprint and not self.print
        if nonsense.path and self.shape is not Shape.NOWHERE:
            return nonsense.path in (self.url, _path(self.url)) and (
                alike >= HALF or bare or _titled_alike(self)
            )
        return _titled_alike(self) and (alike > HALF or bare)

    @cached_property
    def points_home(self) -> tuple[bool, bool]:
        """Whether canonical and og:url name the site's front door, where the link itself does not."""
        if {self.page.canonical, self.page.og_url} <= {"", self.target.url}:
            return False, False
        if redirects.is_home(self.target.url):
            return False, False
        canonical, og_url = map(self._named, (self.page.canonical, self.page.og_url))
        return bool(canonical) and redirects.is_home(canonical), bool(og_url) and redirects.is_home(og_url)

    def _named(self, address: str) -> str:
        """The whole of an address in the page; empty where it is none."""
        return (urls.joined(self.url, address) or "") if address else ""

    @cached_property
    def is_another_piece(self) -> bool:
        """Whether the redirect ends at a page whose address and title name another piece."""
        if not self.known or self.likeness >= titles.OTHER:
            return False
        says = (self.page.title, self.page.og_title, *self.page.headings[:4])
        source = self.target.url.partition("#")[0]
        if redirects.is_named(source, says) or redirects.is_named(self.url, self.known):
            return False
        return redirects.is_another_piece(source, self.url)

    @cached_property
    def has_its_own_headline(self) -> bool:
        """Whether the title and the first heading are the same headline, which says nothing of an error."""
        heading = titles.folded(self.page.headings[0]) if self.page.headings else ""
        if (
            len(heading) < DISTINCTIVE // 2
            or heading in self.site
            or heading not in titles.folded(self.page.title)
        ):
            return False
        return not (self.title_says or phrases.in_heading(heading))

    @cached_property
    def names_itself(self) -> bool:
        """Whether the canonical address is the link's, or the one it led to, and names a piece."""
        canonical = self._named(self.page.canonical)
        if not canonical or redirects.is_home(self.url):
            return False
        return redirects.shape(self.target.url, canonical) in AT_THE_PIECE


OWN_HEADLINE = "own-headline"
HALF = 0.5
QUARTER = 0.25  # one paragraph of eight may be the site's own


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def headline(page: Page, url: str) -> str:
    """What a page calls itself, in the title and above its text, but for what it repeats of its address (“Nothing found
    for …”): what nonsense is remembered by.
    """
    path = unquote(urlsplit(url).path)
    asked = [titles.folded(path), titles.folded(path.rstrip("/").rpartition("/")[2])]
    return " | ".join(_without(part, asked) for part in (page.title, *page.headings[:1]) if part)


def _without(part: str, asked: Sequence[str]) -> str:
    """A title without the words of an address, unless it is nothing else."""
    words = f" {titles.folded(part)} "
    for repeated in asked:
        if repeated and f" {repeated} " in words:
            return words.replace(f" {repeated} ", " ").strip() or part
    return part


def _titled_alike(suspect: Suspect) -> bool:
    assert suspect.nonsense is not None
    ours = titles.folded(headline(suspect.page, suspect.target.url))
    theirs = titles.folded(suspect.nonsense.title)
    return ours == theirs or (bool(ours) and bool(theirs) and titles.nearness(ours, theirs) >= titles.SAME)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. `says` completes a sentence on the page; `why` is for those who weigh."""

    name: str
    weight: int
    says: str
    why: str
    holds: Callable[[Suspect], bool]


def shows_the_piece(suspect: Suspect) -> bool:
    """Whether the title, the card or a heading is the piece's."""
    return suspect.likeness >= titles.SAME


def _tombstone(suspect: Suspect) -> bool:
    says = Strength.STRONG in (suspect.headings_say, suspect.text_says)
    return says and suspect.page.length <= SHORT and suspect.html


# Set by hand.
# fmt: off
SIGNS: tuple[Sign, ...] = (
    # What the page says
    Sign("parked", 100, "the domain is parked, for sale, or nobody's", "nothing of the outlet is left",
        lambda s: s.vacancy is not None),
    Sign("empty", 100, "the page is empty", "readers see no piece; programs that break for a day are hysteresis's",
        lambda s: not s.body.strip()),
    Sign("error-title", 70, "its title says that nothing is there", "the phrase is the whole of a part of the title",
        lambda s: s.title_says is Strength.STRONG),
    Sign("odd-title", 30, "its title speaks of an error", "such words stand for other things too",
        lambda s: s.title_says is Strength.WEAK),
    Sign("error-heading", 65, "a heading says that nothing is there", "the phrase is the whole heading",
        lambda s: s.headings_say is Strength.STRONG),
    Sign("odd-heading", 20, "a heading speaks of an error", "such words stand for other things too",
        lambda s: s.headings_say is Strength.WEAK),
    Sign("error-text", 50, "its text says that nothing is there", "a whole sentence of a page that says little else",
        lambda s: s.text_says is Strength.STRONG and s.headings_say is not Strength.STRONG),
    Sign("tombstone", 90, "it says of the piece that it is gone", "some outlets leave the title over the notice",
        lambda s: shows_the_piece(s) and _tombstone(s)),
    # Where it is
    Sign("to-error", 90, "the redirect ends at an error page", "the address says it",
        lambda s: s.shape is Shape.ERROR),
    Sign("to-home", 80, "the redirect ends at a front page", "the usual way to hide that a piece is gone",
        lambda s: s.shape is Shape.HOME),
    Sign("to-section", 50, "the redirect ends at a section page", "the same, one step less far",
        lambda s: s.shape is Shape.SECTION),
    Sign("to-search", 60, "the redirect ends at a search page", "the site looks for words of the address",
        lambda s: s.shape is Shape.SEARCH),
    Sign("to-another", 25, "the redirect ends at an address of another name", "another piece, or a new place for this",
        lambda s: s.shape is Shape.ELSEWHERE),
    Sign("another-piece", 30, "it ends at the address and title of another piece", "nothing of the name is left",
        lambda s: s.is_another_piece),
    Sign("canonical-home", 40, "its canonical address is the front page", "the page says that it is the front page",
        lambda s: s.points_home[0]),
    Sign("og-url-home", 20, "it presents itself as the front page", "as canonical; many sites set it carelessly",
        lambda s: s.points_home[1]),
    Sign("not-media", 25, "it is a web page where a file was", "a landing page, or none",
        lambda s: s.html and redirects.is_file(s.target.url) and not redirects.is_file(s.url)),
    # What it lacks
    Sign("other-title", 15, "its title is not the piece's", "headlines change; so this only makes us look closer",
        lambda s: bool(s.known) and s.likeness < titles.OTHER),
    Sign("other-text", 40, "nothing is left of the text that was there", "a new design keeps the paragraphs",
        lambda s: 0 <= s.text_likeness < QUARTER),
    Sign("noindex", 15, "it asks not to be found", "as templates of error pages do, and some living pages",
        lambda s: s.page.noindex),
    Sign("short", 15, "it says very little", "as error pages do, and some living pages",
        lambda s: s.html and s.page.length < SHORT and bool(s.body.strip())),
    # What the host does otherwise
    Sign("as-nonsense", 80, "the host answers the same to an address that cannot exist", "WWW 2004, section 3",
        lambda s: s.same_as_nonsense),
    Sign("not-as-nonsense", -25, "the host tells an address that cannot exist apart", "so it knows this one",
        lambda s: s.nonsense is not None and not (s.same_as_nonsense or s.says_gone) and s.shape is Shape.NOWHERE),
    # What speaks for it
    Sign("same-title", -90, "its title is the piece's", "nobody else writes it",
        lambda s: shows_the_piece(s) and s.title_says is not Strength.STRONG),
    Sign("title-in-error", -20, "its title names the piece", "beside a phrase that says it is not there",
        lambda s: shows_the_piece(s) and s.title_says is Strength.STRONG),
    Sign("close-title", -60, "its title is close to the piece's", "an edited headline",
        lambda s: titles.CLOSE <= s.likeness < titles.SAME),
    Sign("same-text", -100, "the text that was there still is", "a new headline over the old words",
        lambda s: s.text_likeness >= HALF),
    Sign("some-text", -60, "some of the text that was there still is", "a longer edit",
        lambda s: QUARTER <= s.text_likeness < HALF),
    Sign("in-data", -50, "its data names the piece", "what scripts will show",
        lambda s: s.data_names_it and not shows_the_piece(s) and s.shape is not Shape.SEARCH),
    Sign(OWN_HEADLINE, -30, "title and heading are one headline", "error and front pages have the outlet's name",
        lambda s: s.has_its_own_headline and s.shape in AT_THE_PIECE and not shows_the_piece(s)),
    Sign("a-work", -40, "it presents itself as one work with a date", "templates of error and front pages do not",
        lambda s: s.page.article and s.shape in AT_THE_PIECE),
    Sign("names-itself", -20, "its canonical address is its own", "templates of error pages have none, or another",
        lambda s: s.names_itself and s.shape in AT_THE_PIECE),
    Sign("same-name", -20, "the redirect ends at an address with the same name", "a move within the site",
        lambda s: s.shape is Shape.PIECE),
)


class Verdict(NamedTuple):
    """The sum of the weights, and the signs that hold, strongest first."""

    score: int
    signs: tuple[Sign, ...]

    @property
    def dead(self) -> bool:
        """Whether the piece is gone."""
        return self.score >= DEAD

    @property
    def against(self) -> int:
        """The sum but for a headline of its own. That keeps a page from being called dead, not from being looked into:
        hosts that show their front page for everything have one, too.
        """
        return sum(sign.weight for sign in self.signs if sign.name != OWN_HEADLINE)

    @property
    def doubtful(self) -> bool:
        """Whether asking the host for nonsense could decide it."""
        return self.score < DEAD and self.against >= DOUBT

    @property
    def evidence(self) -> tuple[str, ...]:
        """The signs as they are stored."""
        return tuple(f"{sign.name}={sign.weight}" for sign in self.signs)

    @property
    def reason(self) -> str:
        """The strongest signs of absence, as a clause."""
        says = [sign.says for sign in self.signs if sign.weight > 0][:3]
        return " and ".join(says) if len(says) < 3 else f"{says[0]}, {says[1]}, and {says[2]}"


# Signs that can be read of a page that was only skimmed.
_READ_AT_A_GLANCE = frozenset((
    "error-title", "odd-title", "error-heading", "odd-heading", "not-media", "canonical-home", "og-url-home",
    "other-title", "other-text", "noindex", "same-text", "some-text", "not-as-nonsense",
))
SKIMMED = tuple(sign for sign in SIGNS if sign.name in _READ_AT_A_GLANCE)
# fmt: on


def weigh(suspect: Suspect, table: Sequence[Sign] = SIGNS) -> Verdict:
    """Every sign of the table, weighed."""
    signs = sorted((sign for sign in table if sign.holds(suspect)), key=lambda sign: -abs(sign.weight))
    return Verdict(sum(sign.weight for sign in signs), tuple(signs))
