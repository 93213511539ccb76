"""What a check saw, by what the host answered: every outcome, and the order in which they go before each other."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.health.classify import MOST_HOPS, Doubt, classify, settle
from syndicator.health.trouble import said_by
from syndicator.model.health import Finding, Outcome, Target
from syndicator.net.exchange import Exchange, Fault
from syndicator.webpages.redirects import onward
from tests.health.exchanges import AT, TEXT, TITLE, URL, exchange, found, page, redirect, target

NEW = "https://outlet.example/ideas/the-case-for-a-smaller-navy/"
OTHER_WORDS = tuple(f"Since then {line[::-1]}" for line in TEXT)
DEATHS = {Outcome.GONE, Outcome.SOFT_404}


class TestFaults:
    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [
            (Fault.NOT_ALLOWED, Outcome.NOT_ALLOWED),
            (Fault.DNS, Outcome.DNS),
            (Fault.CONNECT, Outcome.CONNECT),
            (Fault.TLS, Outcome.TLS),
            (Fault.TIMEOUT, Outcome.TIMEOUT),
            (Fault.PROTOCOL, Outcome.PROTOCOL),
        ],
    )
    def test_are_outcomes_of_their_own(self, fault: Fault, outcome: Outcome) -> None:
        seen = found(exchange(URL, 0, fault=fault, detail="as libcurl says."))
        assert seen.outcome is outcome
        assert seen.reason.endswith("(as libcurl says).")

    def test_go_before_what_had_arrived(self) -> None:
        assert found(exchange(URL, 200, page(), fault=Fault.TIMEOUT)).outcome is Outcome.TIMEOUT

    def test_at_the_end_of_a_redirect_say_where(self) -> None:
        seen = found((redirect(URL, NEW), exchange(NEW, 0, fault=Fault.NOT_ALLOWED)))
        assert seen.outcome is Outcome.NOT_ALLOWED
        assert seen.reason.startswith(f"It redirects to {NEW}, and there our own guard")
        assert seen.final_url == NEW


class TestStatuses:
    @pytest.mark.parametrize(
        ("status", "outcome"),
        [
            (200, Outcome.OK), (203, Outcome.OK), (206, Outcome.OK), (304, Outcome.PROTOCOL),
            (404, Outcome.GONE), (410, Outcome.GONE),
            (429, Outcome.RATE_LIMITED), (408, Outcome.TIMEOUT),
            (401, Outcome.BLOCKED), (402, Outcome.BLOCKED), (403, Outcome.BLOCKED), (405, Outcome.BLOCKED),
            (406, Outcome.BLOCKED),
            (400, Outcome.BLOCKED), (418, Outcome.BLOCKED), (451, Outcome.BLOCKED), (487, Outcome.BLOCKED),
            (999, Outcome.BLOCKED),
            (500, Outcome.SERVER_ERROR), (502, Outcome.SERVER_ERROR), (503, Outcome.SERVER_ERROR),
            (504, Outcome.SERVER_ERROR),
            (521, Outcome.SERVER_ERROR), (599, Outcome.SERVER_ERROR),
            (300, Outcome.PROTOCOL), (301, Outcome.PROTOCOL), (305, Outcome.PROTOCOL), (102, Outcome.PROTOCOL),
            (600, Outcome.PROTOCOL),
            (0, Outcome.PROTOCOL),
        ],
    )  # fmt: skip
    def test_mean(self, status: int, outcome: Outcome) -> None:
        seen = found(exchange(URL, status, page()))
        assert seen.outcome is outcome
        assert seen.status == status

    def test_only_410_is_lasting(self) -> None:
        assert [status for status in (404, 410, 451, 500) if found(exchange(URL, status)).lasting] == [410]

    @pytest.mark.parametrize("status", [204, 205])
    def test_no_content_is_no_missing_content(self, status: int) -> None:
        assert found(exchange(URL, status)).outcome is Outcome.OK

    def test_an_empty_200_is_a_soft_404(self) -> None:
        for body in ("", " \n"):
            assert found(exchange(URL, 200, body)).outcome is Outcome.SOFT_404
        assert found(exchange(URL, 200, "", type="application/pdf")).outcome is Outcome.SOFT_404

    @pytest.mark.parametrize("status", [200, 202, 400, 403, 404, 408, 410, 418, 429, 500, 503, 520])
    @pytest.mark.parametrize(
        ("head", "fields"),
        [
            ("<script>window._cf_chl_opt={cvId:'3'};</script>", {}),
            ("<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>", {}),
            ("", {"cf_mitigated": "challenge"}),
        ],
    )
    def test_a_vendors_bot_check_is_blocked_with_any(
        self, status: int, head: str, fields: dict[str, Any]
    ) -> None:
        seen = found(exchange(URL, status, page("Outlet", text=(), head=head), **fields))
        assert (seen.outcome, seen.lasting) == (Outcome.BLOCKED, False)

    @pytest.mark.parametrize(("status", "outcome"), [(404, Outcome.GONE), (410, Outcome.GONE)])
    def test_words_and_scripts_of_one_are_none(self, status: int, outcome: Outcome) -> None:
        script = "<script src='https://js.datadome.co/tags.js'></script><script>window['__CF$cv$params']={}</script>"
        seen = found(
            exchange(URL, status, page("Just a moment", text=("Complete the captcha.",), head=script))
        )
        assert seen.outcome is outcome

    def test_304_keeps_what_is_known(self) -> None:
        known = Target(URL, (TITLE,), "Title", "print", '"tag"', "Sat, 01 Jun 2024 00:00:00 GMT")
        seen = found(exchange(URL, 304), known)
        assert (seen.title, seen.fingerprint, seen.etag) == ("Title", "print", '"tag"')

    def test_304_without_having_been_asked_whether_it_changed_says_nothing(self) -> None:
        seen = found(exchange(URL, 304))
        assert seen.outcome is Outcome.PROTOCOL
        assert "which is no answer to what we asked" in seen.reason


class TestTrouble:
    @pytest.mark.parametrize(
        "said",
        ["Site under maintenance", "We'll be back soon!", "Error establishing a database connection",
         "503 Service Unavailable",
         "Wartungsarbeiten", "Site en maintenance", "ただいまメンテナンス中です", "网站维护中",
             "Application error: a client-side exception has occurred"],
    )  # fmt: skip
    def test_that_a_page_speaks_of_is_a_server_error(self, said: str) -> None:
        seen = found(exchange(URL, 200, page("Example", text=(), main=f"<h1>{said}</h1>")))
        assert seen.outcome is Outcome.SERVER_ERROR
        assert said[:20] in seen.reason

    @pytest.mark.parametrize(
        "body",
        [
            "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>",
            "<br /><b>Fatal error</b>: Uncaught Error: Call to undefined function get_header()",
        ],
    )
    def test_that_is_all_a_page_says_is_one_though_all_pages_of_the_host_say_it(self, body: str) -> None:
        """A headline of its own, or none at all, does not hide it; nor is the piece gone for that."""
        trouble = exchange(URL, 200, body)
        assert found(trouble, otherwise=trouble).outcome is Outcome.SERVER_ERROR

    def test_that_a_piece_is_about_is_none(self) -> None:
        assert (
            found(exchange(URL, 200, page("Alliance under maintenance", main="<h2>Back soon</h2>"))).outcome
            is Outcome.OK
        )
        assert said_by.__doc__


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 308])
    def test_permanent_ones_propose_the_new_address(self, status: int) -> None:
        seen = found((redirect(URL, NEW, status), exchange(NEW, 200, page())))
        assert seen.outcome is Outcome.MOVED
        assert seen.moved_to == seen.final_url == NEW
        assert seen.elapsed_ms == 20

    @pytest.mark.parametrize("status", [300, 302, 303, 307])
    def test_temporary_ones_that_end_well_are_ok(self, status: int) -> None:
        seen = found((redirect(URL, NEW, status), exchange(NEW, 200, page())))
        assert seen.outcome is Outcome.OK
        assert (seen.final_url, seen.moved_to) == (NEW, "")

    def test_one_temporary_hop_makes_the_chain_temporary(self) -> None:
        between = "https://outlet.example/between"
        seen = found((redirect(URL, between), redirect(between, NEW, 302), exchange(NEW, 200, page())))
        assert seen.outcome is Outcome.OK

    @pytest.mark.parametrize(
        "final", [URL.replace("https:", "http:"), f"{URL}/", URL.replace("outlet", "www.outlet")]
    )
    def test_another_spelling_of_the_same_address_is_a_move_too(self, final: str) -> None:
        seen = found((redirect(final, URL), exchange(URL, 200, page())), target(final))
        assert (seen.outcome, seen.moved_to) == (Outcome.MOVED, URL)

    def test_tracking_is_not_taken_over(self) -> None:
        tracked = f"{NEW}?utm_source=redirect"
        assert found((redirect(URL, tracked), exchange(tracked, 200, page()))).moved_to == NEW
        own = f"{URL}?utm_source=redirect"
        assert found((redirect(URL, own), exchange(own, 200, page()))).outcome is Outcome.OK

    def test_to_what_is_gone_are_gone(self) -> None:
        seen = found((redirect(URL, NEW), exchange(NEW, 404)))
        assert seen.outcome is Outcome.GONE
        assert "redirects to" in seen.reason

    def test_in_a_circle(self) -> None:
        seen = found((redirect(URL, NEW), redirect(NEW, URL)))
        assert seen.outcome is Outcome.TOO_MANY_REDIRECTS
        assert "circle" in seen.reason

    @pytest.mark.parametrize("hops", [(redirect(URL, URL),), (redirect(URL, NEW), redirect(NEW, URL))])
    def test_in_a_circle_that_sets_a_cookie_would_lead_a_browser_on(self, hops: tuple[Exchange, ...]) -> None:
        last = hops[-1]
        seen = found((*hops[:-1], last._replace(headers=(*last.headers, ("set-cookie", "seen=1")))))
        assert seen.outcome is Outcome.BLOCKED
        assert "it wants cookies to be kept; we could not see the page" in seen.reason

    def test_a_cookie_before_the_circle_is_none_of_it(self) -> None:
        first = redirect(URL, NEW)
        first = first._replace(headers=(*first.headers, ("set-cookie", "seen=1")))
        assert found((first, redirect(NEW, NEW))).outcome is Outcome.TOO_MANY_REDIRECTS

    @pytest.mark.parametrize("status", [200, 404, 403])
    def test_to_an_address_with_a_password_do_not_tell_it(self, status: int) -> None:
        to = NEW.replace("://", "://editor:secret@")
        seen = found((redirect(URL, to), exchange(to, status, page())))
        assert "secret" not in f"{seen.reason} {seen.final_url} {seen.moved_to}"
        assert "outlet.example/ideas" in seen.reason

    def test_of_any_number_end(self) -> None:
        chain = [redirect(f"https://outlet.example/{n}", f"/{n + 1}") for n in range(MOST_HOPS + 5)]
        assert found(tuple(chain)).outcome is Outcome.TOO_MANY_REDIRECTS
        ends = (*chain[:MOST_HOPS], exchange(f"https://outlet.example/{MOST_HOPS}", 200, page()))
        assert found(ends).outcome is Outcome.MOVED

    @pytest.mark.parametrize(
        ("location", "outcome"),
        [("", Outcome.PROTOCOL), ("http://[", Outcome.PROTOCOL), ("mailto:a@b.example", Outcome.NOT_ALLOWED),
         ("file:///etc/passwd", Outcome.NOT_ALLOWED), ("javascript:alert(1)", Outcome.NOT_ALLOWED),
         ("ftp://h.example/", Outcome.NOT_ALLOWED)],
    )  # fmt: skip
    def test_to_nowhere(self, location: str, outcome: Outcome) -> None:
        assert found(exchange(URL, 302, location=location)).outcome is outcome

    @pytest.mark.parametrize(
        ("location", "to"),
        [
            ("../new?x=1#part", "https://outlet.example/2024/new?x=1"),
            ("//other.example/x", "https://other.example/x"),
            ("https://user:secret@other.example/", "https://user:secret@other.example/"),
            ("/caf\u00c3\u00a9", "https://outlet.example/caf%C3%A9"),
            ("\\\\other.example\\x", "https://other.example/x"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
        ],
    )
    def test_are_read_as_browsers_do(self, location: str, to: str) -> None:
        assert onward(URL, location) == to


GALA = page("Annual Gala Dinner", main="<h1>Annual Gala Dinner</h1>", text=TEXT[::-1] * 3)


class TestMoves:
    """A new address is proposed only where something shows that the piece is there."""

    @staticmethod
    def moved(source: str, final: str, body: str, *known: str, status: int = 301) -> Finding:
        return found((redirect(source, final, status), exchange(final, 200, body)), Target(source, known))

    @pytest.mark.parametrize(
        ("source", "final"),
        [
            ("/gone/taiwan-strategy-in-doubt", "https://outlet.example/2024/05/annual-gala-dinner"),
            ("/2024/06/taiwan-strategy-in-doubt", "https://casino.example/play/best-online-bonus-offers"),
            ("/taiwan-strategy-in-doubt", "https://newowner.example/outlet-is-now-part-of-newowner"),
        ],
    )
    def test_to_another_piece_are_none(self, source: str, final: str) -> None:
        seen = self.moved(f"https://outlet.example{source}", final, GALA, "Taiwan Strategy in Doubt")
        assert seen.outcome is Outcome.SOFT_404
        assert seen.moved_to == ""

    @pytest.mark.parametrize(
        ("source", "final"),
        [
            ("https://bit.ly/taiwan-strategy-in-doubt", "https://outlet.example/2024/05/annual-gala-dinner"),
            (
                "https://outlet.example/2024/taiwan-strategy-doubted",
                "https://outlet.example/2024/annual-gala-dinner",
            ),
            ("https://outlet.example/?p=4711", "https://outlet.example/2024/05/annual-gala-dinner"),
            ("https://outlet.example/2024/taiwan-strategy-doubted", "https://outlet.example/a/7654321"),
        ],
    )
    def test_that_nothing_speaks_for_propose_nothing(self, source: str, final: str) -> None:
        seen = self.moved(source, final, GALA, "A Title of Our Own")
        assert (seen.outcome, seen.moved_to) == (Outcome.OK, "")
        assert "nothing shows that it is the same piece" in seen.reason

    @pytest.mark.parametrize(
        ("source", "final", "known"),
        [
            ("/?p=4711", "/2024/05/annual-gala-dinner", ("Annual gala dinner",)),  # by title
            ("/?p=4711", "/2024/05/annual-gala-dinner", ("Notes From the Annual Gala Dinner",)),
            (
                "/old/gala-dinner-annual",
                "/a/7654321",
                ("A Title of Our Own",),
            ),  # by the old name in the title
            ("/old/annual-gala-dinner", "/2024/annual-gala-dinner/", ("A Title of Our Own",)),  # by name
            ("/a/b", "/c/d", ()),  # where nothing is known
        ],
    )
    def test_to_the_piece(self, source: str, final: str, known: tuple[str, ...]) -> None:
        final = f"https://outlet.example{final}"
        seen = self.moved(f"https://outlet.example{source}", final, GALA, *known)
        assert (seen.outcome, seen.moved_to) == (Outcome.MOVED, final)

    def test_of_the_text_that_was_there(self) -> None:
        print_ = found(exchange(URL, 200, GALA)).fingerprint
        final = "https://outlet.example/events/annual-gala-dinner"
        known = Target(URL, (TITLE,), fingerprint=print_)
        seen = found((redirect(URL, final), exchange(final, 200, GALA)), known)
        assert seen.outcome is Outcome.MOVED


SCRIPTS = "<script>" + "var q=1;" * 600 + "</script>"


class TestLaterVisits:
    """A page that has kept its title is known again by its words, or else read as a whole."""

    HEADED = f"{TITLE} | Outlet"

    def after(self, body: str, before: str = "") -> Finding:
        first = found(
            exchange(
                URL, 200, before or page(self.HEADED, text=TEXT * 3, head=SCRIPTS, main=f"<h1>{TITLE}</h1>")
            )
        )
        assert first.outcome is Outcome.OK
        known = Target(URL, (TITLE,), first.title, first.fingerprint)
        return found(exchange(URL, 200, body), known)

    @pytest.mark.parametrize(
        ("heading", "text"),
        [
            ("Page not found", ("The page you are looking for does not exist.",)),
            ("Page not found", TEXT * 3),
            (TITLE, ("This article has been removed.",)),
            (TITLE, ("This article is no longer available.",)),
        ],
    )
    def test_do_not_believe_the_title_alone(self, heading: str, text: tuple[str, ...]) -> None:
        body = page(self.HEADED, text=text, head=SCRIPTS, main=f"<h1>{heading}</h1>")
        seen = self.after(body)
        assert seen.outcome is (Outcome.SOFT_404 if text != TEXT * 3 else Outcome.OK)

    @pytest.mark.parametrize(
        "main",
        [
            "<h1>Please verify you are a human</h1>",
            '<h1>The Case for a Smaller Navy</h1><div id="px-captcha"></div>',
        ],
    )
    def test_see_a_bot_check_under_the_title(self, main: str) -> None:
        seen = self.after(page(self.HEADED, text=(), head=SCRIPTS, main=main))
        assert seen.outcome is Outcome.BLOCKED

    @pytest.mark.parametrize(
        "body",
        [
            page(
                HEADED,
                text=(*TEXT, "A paragraph more than there was at the time of the first visit, and long."),
            ),
            page(HEADED, text=TEXT[:1], head=SCRIPTS),
            page(HEADED, text=OTHER_WORDS, head=SCRIPTS),
        ],
    )
    def test_know_it_again(self, body: str) -> None:
        assert self.after(body).outcome is Outcome.OK

    def test_of_what_has_few_words_know_it_again(self) -> None:
        video = page(self.HEADED, text=("A film of eleven minutes.",), head=SCRIPTS)
        assert self.after(video, video).outcome is Outcome.OK


class TestPages:
    def test_that_are_the_piece_are_ok_with_what_the_next_check_compares(self) -> None:
        seen = found(exchange(URL, 200, page(), etag='"1"', last_modified="Sat, 01 Jun 2024 00:00:00 GMT"))
        assert seen == Finding(
            Outcome.OK, "The page is there.", 200, URL, 10, title=TITLE, fingerprint=seen.fingerprint,
            etag='"1"', last_modified="Sat, 01 Jun 2024 00:00:00 GMT")  # fmt: skip
        assert seen.fingerprint

    def test_after_redirects_hand_on_no_validators(self) -> None:
        seen = found((redirect(URL, NEW), exchange(NEW, 200, page(), etag='"1"')))
        assert (seen.etag, seen.last_modified) == ("", "")

    def test_that_are_dead_hand_on_no_validators(self) -> None:
        seen = found(exchange(URL, 200, page("Page not found", text=()), etag='"error"'))
        assert (seen.outcome, seen.etag) == (Outcome.SOFT_404, "")

    def test_with_the_title_of_the_first_visit_are_ok(self) -> None:
        known = target()._replace(
            title="Navies, smaller | Outlet", fingerprint=found(exchange(URL, 200, page())).fingerprint
        )
        assert found(exchange(URL, 200, page("Navies, smaller | Outlet")), known).outcome is Outcome.OK

    def test_with_a_title_that_all_pages_have_must_have_the_words_too(self) -> None:
        known = target()._replace(
            title="Outlet", fingerprint=found(exchange(URL, 200, page("Outlet"))).fingerprint
        )
        assert found(exchange(URL, 200, page("Outlet")), known).outcome is Outcome.OK
        missing = page("Outlet", text=(), main="<h1>Page not found</h1>")
        assert found(exchange(URL, 200, missing), known).outcome is Outcome.SOFT_404

    @pytest.mark.parametrize(
        ("type", "body"),
        [("application/pdf", "%PDF-1.7"), ("audio/mpeg", "ID3"), ("image/png", "\x89PNG"),
         ("text/plain", "A short note."),
         ("application/json", '{"title": "A piece", "views": 404}'), ("application/rss+xml",
         "<?xml version='1.0'?><rss/>"), ("", "%PDF")],
    )  # fmt: skip
    def test_of_other_media_are_ok(self, type: str, body: str) -> None:
        assert found(exchange(URL, 200, body, type=type)).outcome is Outcome.OK

    @pytest.mark.parametrize(
        ("type", "body"),
        [("application/json", '{"error": {"message": "Article not found"}}'),
         ("application/json", '{"statusCode": 404}'),
         ("text/plain", "404 page not found\n")],
    )  # fmt: skip
    def test_of_other_media_that_tell_an_error(self, type: str, body: str) -> None:
        assert found(exchange(URL, 200, body, type=type)).outcome is Outcome.SOFT_404


class TestPrecedence:
    def test_not_allowed_goes_first(self) -> None:
        trap = "http://169.254.169.254/latest/"
        assert (
            found((redirect(URL, trap), exchange(trap, 0, fault=Fault.NOT_ALLOWED))).outcome
            is Outcome.NOT_ALLOWED
        )

    def test_blocked_goes_before_soft_404_and_moved(self) -> None:
        login = "https://outlet.example/login?next=/x"
        assert (
            found((redirect(URL, login), exchange(login, 200, page("Log in", text=())))).outcome
            is Outcome.BLOCKED
        )

    def test_soft_404_goes_before_moved(self) -> None:
        home = "https://outlet.example/"
        assert found((redirect(URL, home), exchange(home, 200, page("Outlet")))).outcome is Outcome.SOFT_404

    def test_moved_goes_before_ok(self) -> None:
        assert found((redirect(URL, NEW), exchange(NEW, 200, page()))).outcome is Outcome.MOVED


class TestDoubt:
    def test_asks_for_nonsense_and_without_an_answer_believes_the_page(self) -> None:
        seen = classify(target(), [exchange(URL, 200, page("Fewer Ships Would Make a Better Fleet"))])
        assert isinstance(seen, Doubt)
        assert settle(seen, None).outcome is Outcome.OK


statuses = st.integers(0, 1100)
headers = st.lists(
    st.tuples(
        st.sampled_from(["location", "content-type", "refresh", "cf-mitigated", "x-robots-tag", "etag"]),
        st.text(max_size=60),
    ),
    max_size=4,
)
bodies = st.one_of(
    st.binary(max_size=600), st.text(max_size=600).map(lambda text: page(text, main=text).encode())
)


class TestAnything:
    @given(
        status=statuses,
        headers=headers,
        body=bodies,
        fault=st.none() | st.sampled_from(list(Fault)),
        title=st.text(max_size=40),
    )
    @settings(max_examples=300, deadline=None)
    def test_has_an_outcome_and_a_reason(
        self, status: int, headers: list[tuple[str, str]], body: bytes, fault: Fault | None, title: str
    ) -> None:
        made = Exchange(URL, AT, 1, status, tuple(headers), body, fault=fault)
        seen = found(made, Target(URL, (title,)))
        assert seen.outcome in Outcome
        assert seen.reason.endswith(".")
        assert seen.reason[0].isupper()
        assert (seen.moved_to != "") is (seen.outcome is Outcome.MOVED)

    @given(
        status=st.sampled_from([401, 402, 403, 405, 406, 407, 429, 451, 500, 503, 999]),
        body=bodies,
        words=st.sampled_from(["Page not found", "404", "domain is for sale", *TEXT]),
    )
    @settings(max_examples=150, deadline=None)
    def test_a_refusal_is_never_a_death(self, status: int, body: bytes, words: str) -> None:
        seen = found(exchange(URL, status, body + words.encode()))
        assert seen.outcome not in DEATHS
        assert not seen.lasting


class TestTheFirstVisit:
    """A page of many words with the piece's title is believed at a glance, unless something speaks against it."""

    @pytest.mark.parametrize(
        "body",
        [
            page(f"{TITLE} | Page not found", text=TEXT),
            page(f"{TITLE} | Outlet", text=TEXT, main="<h1>Page not found</h1>"),
            page(f"Search results for {TITLE}", text=TEXT, main="<h1>Nothing found</h1>"),
        ],
    )
    def test_does_not_believe(self, body: str) -> None:
        assert found(exchange(URL, 200, body)).outcome is Outcome.SOFT_404

    @pytest.mark.parametrize("heading", ["", TITLE, "Opinion", "A headline for the page alone"])
    def test_believes(self, heading: str) -> None:
        assert (
            found(exchange(URL, 200, page(f"{TITLE} | Outlet", main=f"<h1>{heading}</h1>"))).outcome
            is Outcome.OK
        )

    def test_of_another_headline_reads_the_page_where_nonsense_is_not_told_apart(self) -> None:
        other = page("Another", text=TEXT, main="<h1>Another</h1>")
        assert found(exchange(URL, 200, other), otherwise=exchange(body=other)).outcome is Outcome.SOFT_404
        assert (
            found(exchange(URL, 200, other), otherwise=exchange(body=page("Outlet", text=()))).outcome
            is Outcome.OK
        )
        assert found(exchange(URL, 200, other)).outcome is Outcome.OK
