"""Hosts that answer like no other: which links are asked about elsewhere, and how the answers are read."""

import pytest

from syndicator.health import quirks
from syndicator.health.quirks import CLOSED, QUIRKS, Closed, Quirk
from syndicator.model.health import Outcome, Target
from syndicator.net.exchange import Exchange, Fault, Request
from tests.health.exchanges import TITLE, Talk, answers, exchange, found, page

ASKED = {
    "youtube": [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        ("http://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=1", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ#x", "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
    ],
    "vimeo": [("https://vimeo.com/76979871?share=copy", "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F76979871%3Fshare%3Dcopy")],
    "dailymotion": [("https://www.dailymotion.com/video/x8abcde", "https://www.dailymotion.com/services/oembed?format=json&url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx8abcde")],
    "spotify": [("https://open.spotify.com/intl-de/episode/0A1b2C3d4E5f6G7h?si=1", "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fepisode%2F0A1b2C3d4E5f6G7h")],
    "soundcloud": [("https://soundcloud.com/outlet/episode-12", "https://soundcloud.com/oembed?format=json&url=https%3A%2F%2Fsoundcloud.com%2Foutlet%2Fepisode-12")],
    "tiktok": [("https://www.tiktok.com/@outlet/video/7301234567890", "https://www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40outlet%2Fvideo%2F7301234567890")],
    "apple podcasts": [("https://podcasts.apple.com/us/podcast/the-restrainer/id1234567890", "https://itunes.apple.com/lookup?id=1234567890")],
    "telegram": [("https://t.me/s/outlet/123", "https://t.me/outlet/123?embed=1&mode=tme")],
}  # fmt: skip
PLAIN = [
    "https://www.youtube.com/@outlet",
    "https://www.youtube.com/playlist?list=PL0123456789",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
    "https://vimeo.com/about",
    "https://open.spotify.com/user/somebody",
    "https://soundcloud.com/outlet",
    "https://podcasts.apple.com/us/podcast/one-episode/id1234567890?i=1000600000000",
    "https://t.me/outlet",
    "https://outlet.example/watch?v=dQw4w9WgXcQ",
]
VIDEO = Target("https://www.youtube.com/watch?v=dQw4w9WgXcQ", (TITLE,))
THERE = {
    "apple podcasts": b'{"resultCount": 1, "results": []}',
    "telegram": b'<div class="tgme_widget_message">',
}
GONE = {
    "apple podcasts": b'{"resultCount": 0}',
    "telegram": b'<div class="tgme_widget_message_error">Post not found</div>',
}


def name(row: object) -> str:
    return row.name if isinstance(row, Quirk | Closed) else str(row)


def says(status: int, body: str | bytes = "{}", fault: Fault | None = None) -> Talk:
    """A conversation on a video of which oEmbed says so; its page is there with its title."""

    def answer(request: Request) -> Exchange:
        if "oembed" in request.url:
            return exchange(request.url, status, body, type="application/json", fault=fault)
        return exchange(request.url, 200, page(f"{TITLE} - YouTube"))

    return Talk(VIDEO, answer)


@pytest.mark.parametrize("quirk", QUIRKS, ids=name)
class TestEveryQuirk:
    def test_has_a_reason_and_a_source(self, quirk: Quirk) -> None:
        assert quirk.why
        assert quirk.source

    def test_is_asked_at_its_address(self, quirk: Quirk) -> None:
        for link, address in ASKED[quirk.name]:
            asked = quirks.asked_instead(link)
            assert asked is not None
            assert (asked.quirk, asked.url) == (quirk, address)

    def test_says_that_what_is_there_is_there(self, quirk: Quirk) -> None:
        link, address = ASKED[quirk.name][0]
        talk = Talk(Target(link), answers(exchange(address, 200, THERE.get(quirk.name, b"{}"))))
        assert talk.asked == [address]
        assert talk.finding.outcome is Outcome.OK

    def test_says_that_what_is_gone_is_gone(self, quirk: Quirk) -> None:
        link, address = ASKED[quirk.name][0]
        gone = exchange(address, 200, GONE[quirk.name]) if quirk.name in GONE else exchange(address, 404)
        seen = Talk(Target(link), answers(gone)).finding
        assert seen.outcome is Outcome.SOFT_404
        assert quirk.name in seen.reason

    def test_that_says_nothing_lets_the_page_be_visited(self, quirk: Quirk) -> None:
        link, address = ASKED[quirk.name][0]
        talk = Talk(
            Target(link, (TITLE,)),
            answers(exchange(address, 503), exchange(link.partition("#")[0], 200, page())),
        )
        assert talk.asked[:2] == [address, link.partition("#")[0]]
        assert talk.finding.outcome is Outcome.OK


@pytest.mark.parametrize("link", PLAIN)
def test_other_addresses_of_these_hosts_are_visited(link: str) -> None:
    assert quirks.asked_instead(link) is None


class TestVideos:
    @pytest.mark.parametrize("status", [200, 401, 403])
    def test_that_may_not_be_embedded_are_there(self, status: int) -> None:
        assert says(status).finding.outcome is Outcome.OK

    def test_give_their_title(self) -> None:
        assert says(200, '{"title": " A  talk "}').finding.title == "A talk"
        assert says(200, "not json").finding.title == ""

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_of_which_oembed_says_nothing_are_visited(self, status: int) -> None:
        talk = says(status)
        assert len(talk.asked) == 2
        assert talk.finding.outcome is Outcome.OK

    def test_whose_oembed_cannot_be_reached_are_visited(self) -> None:
        assert says(0, fault=Fault.TIMEOUT).finding.outcome is Outcome.OK


@pytest.mark.parametrize("row", CLOSED, ids=name)
class TestClosedHosts:
    def test_have_a_reason_and_a_source(self, row: Closed) -> None:
        assert row.why
        assert row.source

    @pytest.mark.parametrize("status", [200, 400])
    def test_show_us_nothing_whatever_they_answer(self, row: Closed, status: int) -> None:
        for host in row.hosts:
            link = f"https://www.{host}/outlet/posts/1"
            seen = found(exchange(link, status, page("Log in or sign up")), Target(link, (TITLE,)))
            assert seen.outcome is Outcome.BLOCKED

    def test_are_believed_where_they_show_the_piece(self, row: Closed) -> None:
        link = f"https://{row.hosts[0]}/outlet/posts/1"
        assert found(exchange(link, 200, page()), Target(link, (TITLE,))).outcome is Outcome.OK

    def test_are_believed_where_they_say_that_it_is_gone(self, row: Closed) -> None:
        link = f"https://{row.hosts[0]}/outlet/posts/1"
        assert found(exchange(link, 404), Target(link, (TITLE,))).outcome is Outcome.GONE


def test_hosts_that_only_end_like_closed_ones_are_open() -> None:
    assert quirks.closed("https://netflix.com/x") is None
    assert quirks.closed("https://outlet.example/x.com/") is None
    assert quirks.closed("https://mobile.x.com/outlet") is not None
