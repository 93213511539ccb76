"""How the news read: the worst first, bounded, and whatever the web wrote into them."""

from datetime import UTC, datetime

import pytest

from syndicator.health import alerts
from syndicator.model.health import State
from syndicator.model.links import Mark, Placed, Transition
from syndicator.model.news import Change, News

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def news(change: Change = Change.BROKEN, number: int = 1, title: str = "A piece", **other: str) -> News:
    transition = Transition(
        number, number, f"https://a.example/{number}", AT, State.SUSPECT, State.BROKEN, "It is not there (404).",
        Mark.NONE,
    )  # fmt: skip
    return News(change, transition, [Placed(number, title, 1, "The Outlet")], **other)


def test_the_headline_counts() -> None:
    told = [news(), news(number=2), news(Change.LOOK, 3), news(Change.MOVED, 4), news(Change.HEALED, 5)]
    assert alerts.headline("Institute", told) == (
        "Institute: 2 links broken, 1 link there again, 1 link moved for good, 1 link to have a look at"
    )


def test_the_worst_comes_first() -> None:
    told = alerts.body([news(Change.LOOK, 1), news(Change.HEALED, 2), news(Change.BROKEN, 3)])
    assert told.index("/3") < told.index("/2") < told.index("/1")


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (news(copy="https://archive.example/1"), "Archived copy: https://archive.example/1"),
        (news(), "No archived copy is known."),
        (news(Change.MOVED, moved_to="https://a.example/new"), "It is now at https://a.example/new"),
        (news(Change.LOOK), "Please open it in a browser"),
    ],
)
def test_what_can_be_done_is_said(one: News, sentence: str) -> None:
    assert sentence in alerts.body([one])


def test_a_link_without_a_piece() -> None:
    assert "Broken: a link without a piece" in alerts.body([news()._replace(placed=[])])


def test_what_the_web_wrote_stays_in_its_line() -> None:
    one = news(title="A title\r\nBcc: x@b.example")
    one = one._replace(transition=one.transition._replace(reason="Its title\nis\x1b[31m odd"))
    assert "A title Bcc: x@b.example" in alerts.body([one])
    assert "\x1b" not in alerts.body([one])
    made = alerts.mail("In\nstitute", [one], sender="a@a.example", recipients=["b@b.example"], now=AT)
    assert made["Subject"] == "In stitute: 1 link broken"
    assert made["Bcc"] is None


def test_the_same_news_are_the_same_message() -> None:
    first, again = ([news(), news(number=2)] for _ in range(2))
    assert alerts.message_id(first) == alerts.message_id(again) != alerts.message_id([news()])
