"""Soft 404s: every sign of the table by itself, and what the weights hold to."""

from dataclasses import replace

import pytest

from syndicator.health import fingerprint
from syndicator.health.soft_404 import DEAD, DOUBT, SIGNS, Nonsense, Sign, Suspect, headline, weigh
from syndicator.model.health import Target
from syndicator.webpages import page as pages
from tests.health.exchanges import AT, TEXT, TITLE, URL, page

OTHER_TEXT = tuple(line[::-1] for line in TEXT)
OTHER = "Fewer Ships Would Make a Better Fleet"


def suspect(
    body: str = "",
    url: str = URL,
    *,
    source: str = URL,
    title: str = TITLE,
    visited: str = "",
    nonsense: str | int | None = None,
    html: bool = True,
) -> Suspect:
    """A page under suspicion; `nonsense` is the page, or the status, that the host answers to nonsense."""
    raw = body.encode()
    known = Target(source, (title,), fingerprint=fingerprint.taken(visited.encode()) if visited else "")
    answer = None
    if isinstance(nonsense, int):
        answer = Nonsense(nonsense, "", "", "/nonsense", AT)
    elif nonsense is not None:
        read = pages.read(nonsense.encode())
        answer = Nonsense(
            200, fingerprint.taken(nonsense.encode()), headline(read, URL + "/nonsense"), "/nonsense", AT
        )
    return Suspect(known, url, raw, html, pages.read(raw), answer)


HOME = "https://outlet.example/"
BARE = page(OTHER, text=())
# A suspect of which a sign holds.
HOLDS: dict[str, Suspect] = {
    "parked": suspect(page("outlet.example is for sale", text=())),
    "empty": suspect(""),
    "error-title": suspect(page("Page not found | Outlet")),
    "odd-title": suspect(page("Oops!")),
    "error-heading": suspect(page("Outlet", main="<h1>This page could not be found.</h1>")),
    "odd-heading": suspect(page("Outlet", main="<h2>Sorry</h2>")),
    "error-text": suspect(page("Outlet", text=("This article is no longer available.",))),
    "tombstone": suspect(page(text=("This article is no longer available.",))),
    "to-error": suspect(page(OTHER), "https://outlet.example/404"),
    "to-home": suspect(page(OTHER, text=TEXT * 2), HOME),
    "to-section": suspect(page(OTHER), "https://outlet.example/2024/"),
    "to-search": suspect(page(OTHER), "https://outlet.example/?s=navy"),
    "to-another": suspect(page(OTHER), "https://outlet.example/grain-ports-wait-for-ships"),
    "another-piece": suspect(page(OTHER), "https://outlet.example/news/grain-ports-wait-for-ships"),
    "canonical-home": suspect(page(OTHER, head='<link rel="canonical" href="/">')),
    "og-url-home": suspect(page(OTHER, head=f'<meta property="og:url" content="{HOME}">')),
    "not-media": suspect(page(OTHER), f"{URL}.html", source=f"{URL}.pdf"),
    "other-title": suspect(page(OTHER)),
    "other-text": suspect(page(OTHER, text=OTHER_TEXT), visited=page()),
    "noindex": suspect(page(OTHER, head='<meta name="robots" content="noindex">')),
    "short": suspect(page(OTHER, text=TEXT[:1])),
    "as-nonsense": suspect(BARE, nonsense=BARE),
    "not-as-nonsense": suspect(BARE, nonsense=404),
    "same-title": suspect(page()),
    "title-in-error": suspect(page(f"{TITLE} | Page not found")),
    "close-title": suspect(page("The Case for Smaller Fleets and Navies")),
    "same-text": suspect(page(OTHER), visited=page()),
    "some-text": suspect(page(OTHER, text=(TEXT[0], *OTHER_TEXT[1:3])), visited=page()),
    "in-data": suspect(page("Outlet", text=(), main=f'<script>var story = {{"title": "{TITLE}"}}</script>')),
    "own-headline": suspect(page(f"{OTHER} | Outlet", main=f"<h1>{OTHER}</h1>")),
    "a-work": suspect(page(OTHER, head='<meta property="article:published_time" content="2024-06-12">')),
    "names-itself": suspect(page(OTHER, head=f'<link rel="canonical" href="{URL}">')),
    "same-name": suspect(page(OTHER), f"https://outlet.example/ideas/{URL.rpartition('/')[2]}"),
}
# The piece itself, of which none of the signs of absence holds.
PIECE = suspect(page(text=TEXT * 2), visited=page(text=TEXT * 2))


def names(seen: Suspect) -> set[str]:
    return {sign.name for sign in weigh(seen).signs}


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
class TestSigns:
    def test_hold_where_they_should(self, sign: Sign) -> None:
        assert sign.name in names(HOLDS[sign.name])

    def test_say_something_and_have_a_reason(self, sign: Sign) -> None:
        assert sign.says
        assert sign.why
        assert sign.weight % 5 == 0

    def test_of_absence_do_not_hold_of_the_piece(self, sign: Sign) -> None:
        assert sign.weight < 0 or not sign.holds(PIECE)

    def test_in_themselves_need_the_probe_or_company(self, sign: Sign) -> None:
        """One sign kills only where the page or its address says so itself."""
        alone = sign.weight >= DEAD
        says_so = sign.name in {
            "parked",
            "empty",
            "error-title",
            "error-heading",
            "tombstone",
            "to-error",
            "to-home",
            "to-search",
        }
        assert alone is (says_so or sign.name == "as-nonsense")


class TestWhatTheWeightsHoldTo:
    def test_the_pieces_own_title_outweighs_every_other_sign_but_the_pages_own_word(self) -> None:
        own_word = {"parked", "empty", "error-title", "error-heading", "error-text", "tombstone"}
        (same,) = [sign.weight for sign in SIGNS if sign.name == "same-title"]
        assert all(sign.weight + same < DOUBT for sign in SIGNS if sign.name not in own_word)

    def test_a_changed_headline_alone_is_asked_about_and_never_a_soft_404(self) -> None:
        verdict = weigh(HOLDS["other-title"])
        assert verdict.doubtful
        assert not verdict.dead

    def test_nor_with_a_new_text(self) -> None:
        assert not weigh(suspect(page(OTHER, text=OTHER_TEXT), visited=page(), nonsense=404)).dead

    @pytest.mark.parametrize("address", ["http://[x", "//outlet.example:port/", "http://a\u2100.b\\@/"])
    def test_an_address_that_is_none_names_nothing(self, address: str) -> None:
        head = f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
        assert names(suspect(page(OTHER, head=head))) == names(suspect(page(OTHER)))

    def test_nor_a_new_design_with_noindex_and_a_canonical_address_set_carelessly(self) -> None:
        addresses = f'<link rel="canonical" href="{HOME}"><meta property="og:url" content="{HOME}">'
        head = f'<meta name="robots" content="noindex">{addresses}'
        assert not weigh(suspect(page(head=head))).dead
        assert not weigh(suspect(page(OTHER, head=head), visited=page())).dead

    def test_the_same_title_as_nonsense_is_not_enough_without_the_same_words(self) -> None:
        seen = suspect(page("Outlet", text=TEXT), nonsense=page("Outlet", text=OTHER_TEXT))
        assert "as-nonsense" not in names(seen)

    def test_a_landing_where_nonsense_lands_too_is_the_same_answer(self) -> None:
        landed = suspect(page("Outlet"), "https://outlet.example/start", nonsense=page("Outlet"))
        assert landed.nonsense is not None
        landed = replace(landed, nonsense=landed.nonsense._replace(path="/start"))
        assert "as-nonsense" in names(landed)

    def test_phrases_that_are_the_pieces_own_say_nothing(self) -> None:
        title = "Page not found: the story of the lost web"
        assert not weigh(suspect(page(title, main=f"<h1>{title}</h1>"), title=title)).dead
        assert not weigh(suspect(page("404", main="<h1>404</h1>"), title="404")).dead

    def test_a_piece_called_like_an_error_is_told_from_one_by_nonsense(self) -> None:
        error = page("Not found", text=(), main="<h1>Not found</h1>")
        assert not weigh(suspect(error, title="Not found", nonsense=404)).dead
        assert weigh(suspect(error, title="Not found", nonsense=error)).dead


class TestVerdict:
    def test_stores_its_signs_strongest_first(self) -> None:
        verdict = weigh(suspect(page("Page not found", text=())))
        assert verdict.evidence == ("error-title=70", "other-title=15", "short=15")
        assert verdict.score == 100

    def test_says_why_in_a_clause(self) -> None:
        assert (
            weigh(HOLDS["to-home"]).reason
            == "the redirect ends at a front page and its title is not the piece's"
        )


class TestPagesThatNameThePieceWithoutBeingIt:
    def test_searches_repeat_what_was_asked(self) -> None:
        for title in (
            f"Search results for {TITLE}",
            f"You searched for {TITLE} | Outlet",
            f"{TITLE}の検索結果",
        ):
            assert "same-title" not in names(suspect(page(title)))
        assert "same-title" not in names(suspect(page(TITLE), "https://outlet.example/?s=navy"))

    def test_front_pages_have_headings_of_many_pieces(self) -> None:
        listed = suspect(page("Outlet", main=f"<h2>{TITLE}</h2>"), HOME)
        assert weigh(listed).dead

    def test_a_notice_on_something_within_a_page_is_no_notice_on_the_page(self) -> None:
        notice = f"<h1>{OTHER}</h1><div>This video is no longer available.</div>"
        verdict = weigh(suspect(page(f"{OTHER} | Outlet", text=TEXT[:1], main=notice)))
        assert "error-text" in names(suspect(page(f"{OTHER} | Outlet", text=TEXT[:1], main=notice)))
        assert not verdict.dead
