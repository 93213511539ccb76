"""Whether a capture shows the piece: archives keep whatever they were answered."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from syndicator.health.captures import Worth, worth
from syndicator.model.health import Target
from tests.health.little_web import page

URL = "https://outlet.example/2024/how-the-grid-survived"
TITLE = "How the grid survived the coldest night in forty years"
TARGET = Target(URL, (TITLE,))
AT = datetime(2024, 6, 17, tzinfo=UTC)
HTML = {"content-type": "text/html; charset=utf-8"}


def seen(
    body: bytes, *, original: str = URL, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> Worth:
    return worth(TARGET, original, status, HTML | dict(headers), body, AT)


def test_the_piece() -> None:
    assert seen(page(TITLE)) is Worth.GOOD
    assert seen(page(f"{TITLE} | The Outlet")) is Worth.GOOD


@pytest.mark.parametrize("original", ["http://outlet.example:80/2024/how-the-grid-survived", "", URL + "/"])
def test_the_piece_by_another_spelling_of_its_address(original: str) -> None:
    assert seen(page(TITLE), original=original) is Worth.GOOD


def test_a_file() -> None:
    assert (
        worth(TARGET, URL, 200, {"content-type": "application/pdf"}, b"%PDF-1.7 " + b"x" * 5000, AT)
        is Worth.GOOD
    )


@pytest.mark.parametrize("status", [301, 404, 410, 500])
def test_what_was_no_page(status: int) -> None:
    assert seen(page(TITLE), status=status) is Worth.NONE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<title>Page not found | The Outlet</title><h1>Page not found</h1>",
        b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>",
        b"<title>outlet.example</title><h1>This domain is for sale</h1><p>Buy this domain.</p>",
    ],
    ids=["nothing", "a soft 404", "a wall", "a parked domain"],
)
def test_what_shows_something_else(body: bytes) -> None:
    assert seen(body) is Worth.NONE


def test_a_wall_by_the_headers_that_the_archive_kept() -> None:
    assert seen(page("Attention"), headers={"x-archive-orig-cf-mitigated": "challenge"}) is Worth.NONE


def test_the_front_page_that_a_redirect_led_to() -> None:
    assert seen(page("The Outlet"), original="https://outlet.example/") is Worth.NONE


def test_the_piece_at_the_place_that_a_redirect_led_to() -> None:
    assert seen(page(TITLE), original="https://outlet.example/opinion/how-the-grid-survived") is Worth.GOOD


def test_a_page_that_only_sends_on() -> None:
    body = (
        b'<meta http-equiv="refresh" content="0; url=https://outlet.example/elsewhere"><title>Moved</title>'
    )
    assert seen(body) is Worth.NONE


def test_another_title_may_be_the_outlets_own_or_another_page_altogether() -> None:
    """Until we have seen the page ourselves: then it is no title that we know."""
    letters = page("Letters to the editor")
    assert seen(letters) is Worth.DOUBTFUL
    assert worth(TARGET._replace(title=TITLE), URL, 200, HTML, letters, AT) is Worth.NONE
