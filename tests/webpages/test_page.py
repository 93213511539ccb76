"""What a page says of itself, whatever its bytes are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.webpages import page
from syndicator.webpages.page import Page

HTML = "text/html; charset=utf-8"


class TestTitle:
    @pytest.mark.parametrize(
        ("body", "title"),
        [
            (b"<title>A &amp; B</title>", "A & B"),
            (b"<html><head><TITLE lang='en'>\n  Over\n two lines </TITLE>", "Over two lines"),
            (b"<title></title>", ""),
            (b"no title here", ""),
            (b"<title>never closed", "never closed"),
            ("<title>Überblick</title>".encode(), "Überblick"),
        ],
    )
    def test_is_read(self, body: bytes, title: str) -> None:
        assert page.title(body, HTML) == title

    @pytest.mark.parametrize(
        ("encoding", "declared", "words"),
        [
            ("windows-1251", "windows-1251", "Страница"),
            ("cp932", "Shift_JIS", "見つかりません"),
            ("gb18030", "gb2312", "页面不存在"),
            ("iso-2022-jp", "iso-2022-jp", "見つかりません"),
            ("euc-kr", "euc-kr", "페이지"),
            ("cp1252", "iso-8859-1", "L’été"),
        ],
    )
    def test_in_the_encoding_that_is_declared(self, encoding: str, declared: str, words: str) -> None:
        body = f"<title>{words}</title>".encode(encoding)
        assert page.title(body, f"text/html; charset={declared}") == words
        within = f'<meta charset="{declared}">'.encode() + body
        assert page.title(within, "text/html") == words

    @pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
    def test_by_the_byte_order_mark(self, mark: str) -> None:
        assert page.title("<html><title>Ключ</title>".encode(mark), "text/html; charset=iso-8859-1") == "Ключ"

    @pytest.mark.parametrize(
        "declared", ["iso-8859-1", "unicode_escape", "idna", "base64", "nonsense", "utf-16"]
    )
    def test_wrong_declarations_of_utf_8_are_noticed(self, declared: str) -> None:
        assert page.title("<title>Ключ</title>".encode(), f"text/html; charset={declared}") == "Ключ"

    def test_is_bounded(self) -> None:
        assert len(page.title(b"<title>" + b"long " * 9_000 + b"</title>", HTML)) <= 300


class TestKind:
    @pytest.mark.parametrize(
        ("content_type", "body", "html"),
        [
            ("text/html", b"anything", True),
            ("application/xhtml+xml", b"", True),
            ("", b"\n<!DOCTYPE html>", True),
            ("", b"%PDF-1.7", False),
            ("application/pdf", b"%PDF-1.7", False),
            ("application/pdf", b"<!DOCTYPE html><html>", True),
            ("text/plain", b"<html><body>", True),
            ("application/rss+xml", b"<?xml version='1.0'?><rss>", False),
            ("application/json", b"{}", False),
        ],
    )
    def test_is_told_by_type_and_beginning(self, content_type: str, body: bytes, html: bool) -> None:
        assert page.is_html(content_type, body) is html


class TestRefresh:
    @pytest.mark.parametrize(
        ("body", "to"),
        [
            (b'<meta http-equiv="refresh" content="0; url=/there">', "/there"),
            (b"<META CONTENT='3;URL=\"/there\"' HTTP-EQUIV=Refresh>", "/there"),
            (b'<meta http-equiv="refresh" content="600">', ""),
            (b'<meta http-equiv="refresh" content="600; url=/later">', ""),
            (b'<noscript><meta http-equiv="refresh" content="0; url=/noscript"></noscript>', ""),
            (b'<script>window.location.href="/lander"</script>', "/lander"),
            (b"<script>location.replace('/there?a=1&b=2')</script>", "/there?a=1&b=2"),
            (b"<script>if (location.href == '/x') go()</script>", ""),
            (b'<meta http-equiv="refresh" content="0; url=/there">' + b" " * 20_000, ""),
        ],
    )
    def test_where_small_pages_send_us(self, body: bytes, to: str) -> None:
        assert page.refresh(body) == to

    def test_by_header(self) -> None:
        assert page.refresh(b"", "0; url=/there") == "/there"
        assert page.refresh(b"", "900; url=/there") == ""


class TestReading:
    def test_says_what_the_head_says(self) -> None:
        read = page.read(
            b"<html lang=de><head><title>T</title><meta name=ROBOTS content='NoIndex, follow'>"
            b"<link rel='shortlink canonical' href='/a'><meta property='og:url' content=' /b '>"
            b"<meta property='og:title' content='Card &amp; title'><meta property='og:site_name' content='Outlet'>"
            b"<meta property='article:published_time' content='2024'></head>"
            b"<body><h1>One <em>two</em></h1><h2></h2></body>"
        )
        assert read == Page(
            title="T", headings=("One two",), og_title="Card & title", site_name="Outlet", canonical="/a", og_url="/b",
            language="de", noindex=True, article=True, text="One two",
        )  # fmt: skip

    def test_sees_what_a_visitor_sees(self) -> None:
        read = page.read(
            b"<body><nav>World</nav><main><p>One <b>line</b>\nof it.</p><p style='display: none'>no</p>"
            b"<div hidden>no</div>"
            b"<noscript>no</noscript><script>no()</script>tail</main><footer>no</footer></body>"
        )
        assert read.text == "One line of it.\ntail"
        assert not read.password

    def test_sees_a_form_that_asks_for_a_password(self) -> None:
        assert page.read(b"<body><form><input type=PASSWORD></form></body>").password
        assert not page.read(b"<body><div style='display:none'><input type=password></div></body>").password

    @pytest.mark.parametrize("kind", ["NewsArticle", "BlogPosting", "PodcastEpisode"])
    def test_knows_a_work_by_its_linked_data(self, kind: str) -> None:
        assert page.read(
            f'<body><script type="application/ld+json">{{"@type": "{kind}"}}</script></body>'.encode()
        ).article
        assert not page.read(
            b'<body><script type="application/ld+json">{"@type": "WebSite"}</script></body>'
        ).article

    def test_takes_the_robots_header(self) -> None:
        assert page.read(b"<body>x</body>", robots="noindex").noindex

    def test_skims_title_heading_and_prose(self) -> None:
        skimmed = page.skim(b"<title>T</title><h1 class=x>One <i>two</i></h1>", HTML, [b"prose"])
        assert (skimmed.title, skimmed.headings, skimmed.text) == ("T", ("One two",), "prose")


class TestHostility:
    @pytest.mark.parametrize(
        "body",
        [
            b"<div>" * 100_000, b"<b><i>" * 19_000, b"<title>" * 60_000, b"<!--" * 90_000, b"<meta " * 60_000,
            b"<h1>" * 60_000, b"<p " + b"a=1 " * 90_000, b"<script" * 60_000, b"<a" * 130_000, b"<p>" * 90_000,
            b"<meta http-equiv=refresh " * 10_000, b"location='" * 1_000, b"\x00" * 300_000, b"<table><tr><td>" * 6_000,
        ],
    )  # fmt: skip
    def test_takes_no_time(self, body: bytes) -> None:
        began = time.process_time()
        page.read(body)
        page.title(body)
        page.refresh(body[:16_000])
        page.skim(body, "", [])
        assert time.process_time() - began < 1

    @given(st.binary(max_size=2_000), st.text(max_size=60))
    def test_never_raises(self, body: bytes, content_type: str) -> None:
        page.title(body, content_type)
        page.text(body, content_type)
        page.refresh(body, content_type)
        page.read(body, content_type)
        page.read(b"<html><head><title>" + body + b"</title></head><body><h1>" + body, content_type)
        assert page.charset(body, content_type)


class TestPlainProse:
    WORDS = "<p>What the piece says, at some length, as pieces do.</p>\n" * 100

    def test_is_known_without_parsing(self) -> None:
        body = f"<title>T</title><body>\n<p>Short &amp; first.</p>{self.WORDS}</body></html>".encode()
        assert page.plain_prose(body, HTML).split("\n")[1] == "Short & first."
        assert page.read(body, HTML).text.startswith("Short & first.\nWhat the piece says")

    @pytest.mark.parametrize(
        "part",
        ["<h2>Not found</h2>", "<p hidden>x</p>", "<script>x</script>", "<!-- x -->", "<b>x</b>", "<img>"],
    )
    def test_is_no_page_with_anything_else(self, part: str) -> None:
        assert not page.plain_prose(f"<body>{self.WORDS}{part}</body>".encode(), HTML)
        assert not page.plain_prose(f"<body>{part}{self.WORDS}</body>".encode(), HTML)

    def test_is_no_page_of_few_words(self) -> None:
        assert not page.plain_prose(b"<body><p>Not found.</p></body>", HTML)
