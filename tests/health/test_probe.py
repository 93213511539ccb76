"""The conversation on one link: what is asked, in which order, and when no more."""

from datetime import timedelta

import pytest

from syndicator.health.probe import MEMORY, MOST_READ, WORTH_STOPPING, nonsense_beside
from syndicator.health.soft_404 import Nonsense
from syndicator.model.health import Outcome, Target
from syndicator.net.exchange import Exchange, Fault, Request
from tests.health.exchanges import (
    AT,
    TEXT,
    TITLE,
    URL,
    Remembers,
    Talk,
    answers,
    exchange,
    page,
    redirect,
    target,
)

NEW = "https://outlet.example/ideas/the-case-for-a-smaller-navy"
OTHER = "Fewer Ships Would Make a Better Fleet"
SHORT = page(OTHER, text=TEXT[:1])


class TestOneRequest:
    def test_is_enough_for_the_piece(self) -> None:
        assert Talk(target(), answers(exchange(URL, 200, page()))).asked == [URL]

    @pytest.mark.parametrize("status", [404, 410, 403, 429, 500, 304])
    def test_is_enough_for_plain_answers(self, status: int) -> None:
        assert Talk(target(), answers(exchange(URL, status))).asked == [URL]

    def test_leaves_the_fragment_here(self) -> None:
        assert Talk(target(f"{URL}#part"), answers(exchange(URL, 200, page()))).asked == [URL]


class TestValidators:
    def test_make_it_conditional(self) -> None:
        known = target()._replace(etag='"1"', last_modified="Sat, 01 Jun 2024 00:00:00 GMT")
        (request,) = Talk(known, answers(exchange(URL, 304))).requests
        assert (request.etag, request.last_modified) == ('"1"', "")
        (request,) = Talk(known._replace(etag=""), answers(exchange(URL, 304))).requests
        assert (request.etag, request.last_modified) == ("", "Sat, 01 Jun 2024 00:00:00 GMT")

    def test_are_not_sent_after_redirects(self) -> None:
        known = target()._replace(etag='"1"')
        _, second = Talk(known, answers(redirect(URL, NEW), exchange(NEW, 200, page()))).requests
        assert second.etag == ""

    @pytest.mark.parametrize(
        ("known", "answered"),
        [
            (Target(URL, (TITLE,), etag='"1"'), exchange(URL, 304, etag='"2"')),
            (
                Target(URL, (TITLE,), last_modified="Sat, 01 Jun 2024 00:00:00 GMT"),
                exchange(URL, 304, last_modified="2010"),
            ),
        ],
    )
    def test_of_another_page_are_not_believed(self, known: Target, answered: Exchange) -> None:
        """An error page older than our visit is "not modified" for servers that only compare dates."""

        def answer(request: Request) -> Exchange:
            conditional = request.etag or request.last_modified
            return answered if conditional else exchange(URL, 200, page("Page not found", text=()))

        talk = Talk(known, answer)
        assert talk.asked == [URL, URL]
        assert talk.finding.outcome is Outcome.SOFT_404

    def test_are_given_up_where_the_host_answers_so_whatever_is_asked(self) -> None:
        talk = Talk(target()._replace(etag='"1"'), answers(exchange(URL, 304, etag='"2"')))
        assert talk.asked == [URL, URL]
        assert talk.finding.outcome is Outcome.PROTOCOL

    def test_that_are_weak_now_are_the_same(self) -> None:
        assert (
            Talk(target()._replace(etag='"1"'), answers(exchange(URL, 304, etag='W/"1"'))).finding.outcome
            is Outcome.OK
        )


class TestReading:
    @staticmethod
    def enough(known: Target, body: str) -> bool:
        (request, *_) = Talk(known, answers(exchange(URL, 200, page()))).requests
        assert request.enough is not None
        return request.enough(body.encode())

    def test_goes_on_while_breaking_off_would_cost_more(self) -> None:
        assert not self.enough(target(), page())

    def test_ends_where_a_long_page_has_shown_the_title(self) -> None:
        long = page(text=TEXT * 200)
        assert len(long) > WORTH_STOPPING
        assert self.enough(target(), long)
        assert self.enough(target(URL, OTHER)._replace(title=TITLE), long)

    def test_goes_on_where_it_has_not(self) -> None:
        assert not self.enough(target(), page(OTHER, text=TEXT * 200))

    def test_ends_where_more_would_not_be_read(self) -> None:
        assert self.enough(target(), page(OTHER, text=TEXT * (MOST_READ // 300)))
        assert self.enough(target(), "%PDF-1.7" + " " * WORTH_STOPPING)


class TestRedirects:
    def test_are_requests_of_their_own(self) -> None:
        hops = answers(
            redirect(URL, "/one"),
            redirect("https://outlet.example/one", NEW, 302),
            exchange(NEW, 200, page()),
        )
        assert Talk(target(), hops).asked == [URL, "https://outlet.example/one", NEW]

    def test_with_credentials_are_left_to_the_guard(self) -> None:
        trap = "https://user:secret@outlet.example/"
        talk = Talk(target(), answers(redirect(URL, trap), exchange(trap, 0, fault=Fault.NOT_ALLOWED)))
        assert talk.asked == [URL, trap]
        assert talk.finding.outcome is Outcome.NOT_ALLOWED

    def test_to_other_schemes_are_not_asked_for(self) -> None:
        assert Talk(target(), answers(redirect(URL, "file:///etc/passwd"))).asked == [URL]

    def test_that_a_small_page_makes_itself_are_followed(self) -> None:
        sent = page("Moved", text=(), head=f'<meta http-equiv="refresh" content="0; url={NEW}">')
        talk = Talk(target(), answers(exchange(URL, 200, sent), exchange(NEW, 200, page())))
        assert talk.asked == [URL, NEW]
        assert talk.finding.outcome is Outcome.OK

    def test_that_the_piece_itself_asks_for_are_not(self) -> None:
        sent = page(head=f'<meta http-equiv="refresh" content="5; url={NEW}">')
        assert Talk(target(), answers(exchange(URL, 200, sent))).asked == [URL]


class TestNonsense:
    def test_is_asked_for_only_in_doubt(self) -> None:
        doubtful = Talk(target(), answers(exchange(URL, 200, SHORT)))
        assert len(doubtful.asked) == 2
        assert doubtful.asked[1].startswith("https://outlet.example/2024/06/")
        dead = Talk(target(), answers(exchange(URL, 200, page("Page not found", text=()))))
        assert dead.asked == [URL]

    @pytest.mark.parametrize("status", [404, 410])
    def test_that_a_host_knows_for_what_it_is_speaks_for_the_page(self, status: int) -> None:
        talk = Talk(target(), answers(exchange(URL, 200, SHORT), otherwise=exchange(status=status)))
        assert talk.finding.outcome is Outcome.OK
        assert "not-as-nonsense=-25" in talk.finding.evidence
        assert talk.finding.elapsed_ms == 20

    def test_that_a_host_answers_alike_condemns_it(self) -> None:
        talk = Talk(target(), answers(exchange(URL, 200, SHORT), otherwise=exchange(body=SHORT)))
        assert talk.finding.outcome is Outcome.SOFT_404
        assert talk.finding.evidence[0] == "as-nonsense=80"

    def test_is_followed_to_where_it_ends(self) -> None:
        home = exchange("https://outlet.example/start/here/friend", 200, page("Outlet", text=TEXT[:2]))
        talk = Talk(
            target(), answers(redirect(URL, home.url, 302), home, otherwise=redirect("", home.url, 302))
        )
        assert talk.finding.outcome is Outcome.SOFT_404

    @pytest.mark.parametrize("status", [403, 429, 500, 503])
    def test_without_an_answer_leaves_the_page_alone(self, status: int) -> None:
        memory = Remembers()
        talk = Talk(target(), answers(exchange(URL, 200, SHORT), otherwise=exchange(status=status)), memory)
        assert talk.finding.outcome is Outcome.OK
        assert memory.kept == {}

    def test_at_a_wall_is_not_remembered(self) -> None:
        memory = Remembers()
        wall = exchange(body=page("Just a moment...", text=()))
        Talk(target(), answers(exchange(URL, 200, SHORT), otherwise=wall), memory)
        assert memory.kept == {}

    def test_is_remembered_by_host(self) -> None:
        memory = Remembers()
        other = "https://outlet.example/2023/another-piece"
        known = answers(exchange(URL, 200, SHORT), exchange(other, 200, SHORT))
        assert len(Talk(target(), known, memory).asked) == 2
        assert len(Talk(target(other), known, memory).asked) == 1
        assert list(memory.kept) == ["outlet.example"]

    def test_is_forgotten_after_a_while(self) -> None:
        memory = Remembers()
        memory.remember("outlet.example", Nonsense(404, "", "", "/x", AT - MEMORY - timedelta(seconds=1)))
        assert len(Talk(target(), answers(exchange(URL, 200, SHORT)), memory).asked) == 2
        assert memory.kept["outlet.example"].at == AT


class TestNonsenseBeside:
    @pytest.mark.parametrize(
        ("url", "before", "after", "place"),
        [
            (URL, "https://outlet.example/2024/06/", "", "outlet.example"),
            (f"{URL}/", "https://outlet.example/2024/06/", "/", "outlet.example"),
            ("https://outlet.example/a/b.html?x=1#y", "https://outlet.example/a/", ".html", "outlet.example"),
            ("https://outlet.example/", "https://outlet.example/", "", "outlet.example"),
            ("https://outlet.example:8080/a", "https://outlet.example:8080/", "", "outlet.example:8080"),
            (
                "https://outlet.example/story.php?id=abc&x=1",
                "https://outlet.example/story.php?id=",
                "&x=1",
                "outlet.example/story.php?",
            ),
        ],
    )
    def test_has_the_shape_of_the_link(self, url: str, before: str, after: str, place: str) -> None:
        beside, of = nonsense_beside(url)
        assert of == place
        assert beside.startswith(before)
        assert beside.endswith(after)
        word = beside[len(before) : len(beside) - len(after)]
        assert len(word) == 14
        assert word.isalpha()

    def test_has_a_number_where_the_piece_has_one(self) -> None:
        assert nonsense_beside("https://outlet.example/?p=4711")[0] == "https://outlet.example/?p=9999999"

    def test_is_the_same_each_time(self) -> None:
        assert nonsense_beside(URL) == nonsense_beside(URL)
        assert nonsense_beside(URL) != nonsense_beside(NEW)


class TestTheDomain:
    @staticmethod
    def talk(host: str, *known: Exchange) -> Talk:
        link = f"https://{host}/piece"
        return Talk(target(link), answers(*known, otherwise=exchange(fault=Fault.DNS)))

    @pytest.mark.parametrize(
        ("host", "asked"),
        [
            ("blog.outlet.co.uk", "http://outlet.co.uk/"),
            ("www.outlet.example", "http://outlet.example/"),
            ("outlet.example", "http://www.outlet.example/"),
        ],
    )
    def test_is_asked_where_the_host_has_no_address(self, host: str, asked: str) -> None:
        talk = self.talk(host)
        assert talk.asked[1:] == [asked]
        assert talk.finding.outcome is Outcome.DNS
        assert talk.finding.lasting

    @pytest.mark.parametrize(
        "answer",
        [exchange("http://outlet.example/", 200), exchange("http://outlet.example/", 0, fault=Fault.CONNECT)],
    )
    def test_that_has_one_leaves_hope(self, answer: Exchange) -> None:
        assert not self.talk("blog.outlet.example", answer).finding.lasting

    def test_is_not_asked_where_name_servers_failed(self) -> None:
        """Nothing is known of the name then, and it is no lasting end where it is the domain's that do."""
        failed = exchange("https://blog.outlet.example/piece", 0, fault=Fault.DNS)._replace(transient=True)
        talk = self.talk("blog.outlet.example", failed)
        assert len(talk.asked) == 1
        assert talk.finding.transient
        assert talk.finding.reason.startswith("The name servers could not say where its host is")
        unsure = self.talk("blog.outlet.example", failed._replace(url="http://outlet.example/"))
        assert (unsure.finding.lasting, unsure.finding.transient) == (False, False)

    def test_is_only_knocked_at(self) -> None:
        enough = self.talk("blog.outlet.example").requests[1].enough
        assert enough is not None
        assert enough(b"x")

    @pytest.mark.parametrize("host", ["localhost", "co.uk"])
    def test_that_does_not_exist_is_not_asked(self, host: str) -> None:
        talk = self.talk(host)
        assert len(talk.asked) == 1
        assert not talk.finding.lasting

    def test_of_where_a_redirect_led_is_meant(self) -> None:
        end = "https://new.other.example/x"
        talk = Talk(target(), answers(redirect(URL, end), otherwise=exchange(fault=Fault.DNS)))
        assert talk.asked[-1] == "http://other.example/"
        assert talk.finding.final_url == end


def test_whatever_it_is_answered_it_comes_to_an_end() -> None:
    for otherwise in (
        redirect("", "/next/{n}"),
        exchange(body=SHORT),
        exchange(status=304),
        exchange(fault=Fault.DNS),
    ):
        assert (
            Talk(Target(URL, (TITLE,), etag='"1"'), answers(otherwise=otherwise)).finding.outcome in Outcome
        )


def test_a_front_page_that_stands_for_every_address_is_found_out_by_nonsense() -> None:
    """Its title and first heading are one headline, as of a piece that got another one."""
    teasers = tuple(f"{line} Read on." for line in TEXT for _ in range(3))
    front = page("The Outlet – News and analysis", text=teasers, main="<h1>The Outlet</h1>")
    talk = Talk(target(), answers(otherwise=exchange(URL, 200, front)))
    assert len(talk.asked) == 2
    assert talk.finding.outcome is Outcome.SOFT_404


def test_a_page_that_repeats_what_was_asked_for_is_found_out_by_nonsense() -> None:
    """Its headline is another for each address, but for the words of the address it is always the same."""

    def answer(request: Request) -> Exchange:
        asked = request.url.rpartition("/")[2]
        said = page(f"Nothing for {asked} | Outlet", main=f"<h1>Nothing for {asked}</h1>")
        return exchange(request.url, 200, said)

    assert Talk(target(URL, OTHER), answer).finding.outcome is Outcome.SOFT_404
