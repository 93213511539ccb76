"""Where redirects lead: to the piece under another address, or to a place where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.webpages.redirects import Shape, domain, is_another_piece, is_home, is_named, shape, shown

SLUG = "the-case-for-a-smaller-navy"
PIECE = f"https://outlet.example/opinion/2024/06/{SLUG}.html"


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        (PIECE, Shape.NOWHERE),
        (PIECE.replace("https:", "http:"), Shape.NOWHERE),
        (PIECE.replace("outlet", "www.outlet"), Shape.NOWHERE),
        (f"{PIECE}?utm_source=rss", Shape.NOWHERE),
        (f"https://outlet.example/ideas/{SLUG}/", Shape.PIECE),
        (f"https://new-home.example/{SLUG}", Shape.PIECE),
        (f"https://outlet.example/a/123456/{SLUG}-updated", Shape.PIECE),
        ("https://outlet.example/", Shape.HOME),
        ("https://outlet.example", Shape.HOME),
        ("https://outlet.example/?ref=404", Shape.HOME),
        ("https://outlet.example/index.html", Shape.HOME),
        ("https://outlet.example/en/", Shape.HOME),
        ("https://outlet.example/en-us/home", Shape.HOME),
        ("https://bigger.example/", Shape.HOME),
        ("https://outlet.example/opinion/", Shape.SECTION),
        ("https://outlet.example/opinion/2024", Shape.SECTION),
        ("https://outlet.example/en/opinion", Shape.SECTION),
        ("https://outlet.example/category/opinion/", Shape.SECTION),
        ("https://outlet.example/news", Shape.SECTION),
        (f"https://outlet.example/?s={SLUG}", Shape.SEARCH),
        ("https://outlet.example/search?q=navy", Shape.SEARCH),
        ("https://outlet.example/de/suche/navy", Shape.SEARCH),
        ("https://outlet.example/404", Shape.ERROR),
        ("https://outlet.example/404.html", Shape.ERROR),
        ("https://outlet.example/page-not-found/", Shape.ERROR),
        ("https://outlet.example/errors/notfound.aspx", Shape.ERROR),
        ("https://outlet.example/error?aspxerrorpath=/x", Shape.ERROR),
        ("https://outlet.example/2023/11/grain-ports-wait-for-ships/", Shape.ELSEWHERE),
        ("https://outlet.example/a/7654321", Shape.ELSEWHERE),
    ],
)
def test_shapes(final: str, expected: Shape) -> None:
    assert shape(PIECE, final) is expected


@pytest.mark.parametrize(
    ("source", "final", "expected"),
    [
        ("https://outlet.example/?p=4711", f"https://outlet.example/2024/06/{SLUG}/", Shape.ELSEWHERE),
        ("https://outlet.example/?p=4711", "https://outlet.example/", Shape.HOME),
        ("https://outlet.example/story.php?id=4711", "https://outlet.example/story/4711", Shape.PIECE),
        (f"https://outlet.example/{SLUG}/amp/", f"https://outlet.example/{SLUG}/", Shape.PIECE),
        (
            f"https://outlet.example/article/{SLUG}/123456",
            f"https://outlet.example/article/{SLUG}",
            Shape.PIECE,
        ),
        ("https://outlet.example/", "https://outlet.example/en/", Shape.NOWHERE),
        ("https://outlet.example/index.php", "https://outlet.example/home", Shape.NOWHERE),
        ("https://outlet.example/old/17", "https://outlet.example/new/17", Shape.PIECE),
        ("https://outlet.example/a/Xy12/slug", "https://outlet.example/a/Xy12", Shape.PIECE),
        ("no address", "https://outlet.example/about", Shape.ELSEWHERE),
    ],
)
def test_shapes_from_other_sources(source: str, final: str, expected: Shape) -> None:
    assert shape(source, final) is expected


def test_front_doors() -> None:
    for path in ("", "/", "/de/", "/index.html", "/fr/accueil", "/en-GB/index.php"):
        assert is_home(f"https://outlet.example{path}"), path
    for path in ("/about", "/?p=12", "/en/news", f"/{SLUG}"):
        assert not is_home(f"https://outlet.example{path}"), path


@pytest.mark.parametrize(
    ("source", "final", "expected"),
    [
        (PIECE, "https://outlet.example/news/grain-ports-wait-for-ships", True),
        (PIECE, "https://other.example/opinion/2024/06/grain-ports-wait-for-ships", True),
        (
            PIECE,
            "https://outlet.example/opinion/2024/06/grain-ports-wait-for-ships",
            False,
        ),  # renamed, perhaps
        (PIECE, f"https://other.example/{SLUG}", False),
        (PIECE, "https://outlet.example/a/7654321", False),
        (f"https://bit.ly/{SLUG}", "https://outlet.example/news/grain-ports-wait-for-ships", False),
        ("https://outlet.example/?p=4711", "https://outlet.example/news/grain-ports-wait-for-ships", False),
    ],
)
def test_another_piece_has_another_name_at_another_place(source: str, final: str, expected: bool) -> None:
    assert is_another_piece(source, final) is expected


def test_what_is_named_has_the_words_of_the_title() -> None:
    assert is_named(PIECE, ["A Smaller Navy: the Case"])
    assert not is_named(PIECE, ["Grain ports wait for ships", ""])
    assert not is_named("https://outlet.example/", ["The Case for a Smaller Navy"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:secret@outlet.example/x", "https://outlet.example/x"),
        ("https://user@outlet.example:8080?x=1", "https://outlet.example:8080?x=1"),
        ("https://outlet.example/@author", "https://outlet.example/@author"),
        ("https://outlet.example?mail=a@b.example", "https://outlet.example?mail=a@b.example"),
    ],
)
def test_what_is_shown_carries_no_password(url: str, expected: str) -> None:
    assert shown(url) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.a.example.co.uk", "example.co.uk"),
        ("outlet.example.", "outlet.example"),
        ("alice.github.io", "alice.github.io"),
        ("co.uk", ""),
        ("localhost", ""),
        ("127.0.0.1", ""),
        ("[::1]", ""),
        ("", ""),
    ],
)
def test_registrable_domains(host: str, expected: str) -> None:
    assert domain(host) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_has_a_shape(source: str, final: str) -> None:
    assert isinstance(shape(f"https://a.example/{source}", f"https://b.example/{final}"), Shape)
    assert isinstance(shape(source, final), Shape)
