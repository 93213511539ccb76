"""What becomes of a URL: one page has one key, two pages have two, and readers get what staff gave, cleaned.

Knows the behaviour that is promised; that each declared rule works is in `test_url_rules.py`.
"""

from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from syndicator import urls
from syndicator.errors import URLRefused

ARTICLE = "https://www.lawfaremedia.org/article/a-b"


SAME_PAGE = {
    "transport": ("http://warontherocks.com/2024/01/a", "https://warontherocks.com/2024/01/a"),
    "www": ("https://www.warontherocks.com/2024/01/a", "https://warontherocks.com/2024/01/a"),
    "slash at the end": ("https://x.org/a/b/", "https://x.org/a/b"),
    "no path": ("https://x.org", "https://x.org/"),
    "doubled slash": ("https://x.org//a///b", "https://x.org/a/b"),
    "default port": ("https://x.org:443/a", "https://x.org/a"),
    "default port of http": ("http://x.org:80?p=1", "http://x.org/?p=1"),
    "case of scheme and host": ("HTTPS://WWW.X.ORG/a", "https://www.x.org/a"),
    "dot of the root": ("https://x.org./a", "https://x.org/a"),
    "IDNA": ("https://xn--mnchen-3ya.de/a", "https://münchen.de/a"),
    "dot segments": ("https://x.org/a/./b/../c", "https://x.org/a/c"),
    "escaped letters": ("https://x.org/%61%2Db%7ec", "https://x.org/a-b~c"),
    "case of escapes": ("https://x.org/caf%c3%a9", "https://x.org/café"),
    "escaped apostrophe": ("https://x.org/it%27s", "https://x.org/it's"),
    "stray percent sign": ("https://x.org/100%", "https://x.org/100%25"),
    "order of parameters": ("https://x.org/a?page=2&id=10", "https://x.org/a?id=10&page=2"),
    "space in a query": ("https://x.org/a?q=John%20Doe", "https://x.org/a?q=John+Doe"),
    "escapes in a query": ("https://x.org/a?q=%7b%c3%a9%2F", "https://x.org/a?q={é/"),
    "empty query": ("https://x.org/a?", "https://x.org/a"),
    "empty pieces": ("https://x.org/a?&&id=1&", "https://x.org/a?id=1"),
    "empty value": ("https://x.org/a?print=", "https://x.org/a?print"),
    "place on the page": ("https://x.org/a#comments", "https://x.org/a"),
    "marked words": ("https://x.org/a#:~:text=night-,vision", "https://x.org/a"),
    "utm": ("https://x.org/a?utm_source=rss&id=5&UTM_Medium=rss", "https://x.org/a?id=5"),
    "click ids": ("https://x.org/a?fbclid=1&gclid=2&gclid=3&q=4", "https://x.org/a?q=4"),
    "click id without a value": ("https://x.org/a?a=1&fbclid&b=2", "https://x.org/a?a=1&b=2"),
    "affiliate": ("https://x.org/a?our_affiliate=1&s_cid=2&clickid=3", "https://x.org/a"),
    "campaign tag": ("https://x.org/a?traffic_source=feed", "https://x.org/a"),
    "feed of an outlet": ("https://x.org/a?cmp=rss", "https://x.org/a"),
    "another feed of an outlet": ("https://x.org/a?rssfeed=true&id=1", "https://x.org/a?id=1"),
    "Deutsche Welle's feed": ("https://www.dw.com/en/a/a-1?maca=en-rss-en-all-1573-rdf", "https://www.dw.com/en/a/a-1"),
    "ref in a feed": ("https://x.org/a?ref=rss", "https://x.org/a"),
    "ref of Ghost": ("https://x.org/a?ref=404media.co", "https://x.org/a"),
    "source of a button": ("https://x.org/a?source=twitter&from=newsletter", "https://x.org/a"),
    "tags behind a second question mark": ("https://x.org/a?id=5?utm_source=rss", "https://x.org/a?id=5"),
    "escaped ampersands": ("https://x.org/a?id=5&amp;utm_source=rss&#038;page=2", "https://x.org/a?id=5&page=2"),
    "gift link": ("https://www.nytimes.com/a.html?unlocked_article_code=1.x&smid=url-share", "https://www.nytimes.com/a.html"),
    "gift link of the Journal": ("https://www.wsj.com/articles/a-1?st=ab&mod=rss", "https://www.wsj.com/articles/a-1"),
    "AMP parameter": ("https://foreignpolicy.com/2022/03/01/a/?amp=1", "https://foreignpolicy.com/2022/03/01/a/"),
    "AMP output": ("https://www.defensenews.com/a/b/?outputType=amp", "https://www.defensenews.com/a/b/"),
    "AMP page of WordPress": ("https://any.example/2024/01/02/name/amp/", "https://any.example/2024/01/02/name/"),
    "AMP host": ("https://amp.theguardian.com/world/2019/nov/18/a", "https://www.theguardian.com/world/2019/nov/18/a"),
    "AMP file": ("https://www.nytimes.com/2023/05/01/a.amp.html", "https://www.nytimes.com/2023/05/01/a.html"),
    "AMP viewer": ("https://www.google.com/amp/s/www.x.org/a?id=1#top", "https://www.x.org/a?id=1"),
    "AMP cache": ("https://www-x-org.cdn.ampproject.org/c/s/www.x.org/a", "https://www.x.org/a"),
    "mobile host": ("https://mobile.nytimes.com/2013/a.html", "https://www.nytimes.com/2013/a.html"),
    "mobile label": ("https://en.m.wikipedia.org/wiki/Think_tank", "https://en.wikipedia.org/wiki/Think_tank"),
    "short video": ("https://youtu.be/dQw4w9WgXcQ?si=x&t=30", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    "video in a list": ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1&index=2&t=5s", "https://youtu.be/dQw4w9WgXcQ"),
    "post on X": ("https://twitter.com/someone/status/123?s=20&t=ab", "https://x.com/i/web/status/123"),
    "reader of Substack": ("https://open.substack.com/pub/name/p/post?r=1", "https://name.substack.com/p/post"),
    "book": ("https://www.amazon.co.uk/Name-Book/dp/0300123456/ref=sr_1_1?qid=1", "https://amazon.co.uk/dp/0300123456"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_PAGE.values(), ids=SAME_PAGE)
def test_one_page_has_one_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)


TWO_PAGES = {
    "id": ("https://x.org/?id=1", "https://x.org/?id=2"),
    "p of WordPress": ("https://x.org/?p=100", "https://x.org/?p=101"),
    "storyId of NPR": ("https://www.npr.org/t/story.php?storyId=1&ft=1", "https://www.npr.org/t/story.php?storyId=2&ft=1"),
    "v of YouTube": ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcR"),
    "playlists": ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/playlist?list=PL2"),
    "episodes": ("https://podcasts.apple.com/us/podcast/a/id1?i=1", "https://podcasts.apple.com/us/podcast/a/id1?i=2"),
    "posts": ("https://x.com/a/status/1", "https://x.com/a/status/2"),
    "numbered documents": ("https://x.org/doc?ref=12345", "https://x.org/doc?ref=12346"),
    "lettered documents": ("https://x.org/doc?ref=GAO-24-1", "https://x.org/doc?ref=GAO-24-2"),
    "documents by file": ("https://x.org/doc?ref=one.pdf", "https://x.org/doc?ref=two.pdf"),
    "branches": ("https://github.com/a/b?ref=main", "https://github.com/a/b?ref=dev"),
    "case of a path": ("https://x.org/AbC", "https://x.org/abc"),
    "case of a value": ("https://x.org/?v=AbC", "https://x.org/?v=abc"),
    "case of a name": ("https://x.org/?V=a", "https://x.org/?v=a"),
    "order of values": ("https://x.org/?a=1&a=2", "https://x.org/?a=2&a=1"),
    "escaped slash": ("https://x.org/a%2Fb", "https://x.org/a/b"),
    "escaped question mark": ("https://x.org/a%3Fid=1", "https://x.org/a?id=1"),
    "escaped percent sign": ("https://x.org/a%2541", "https://x.org/aA"),
    "escaped ampersand": ("https://x.org/?a=1%26b=2", "https://x.org/?a=1&b=2"),
    "route behind #!": ("https://x.org/#!/a", "https://x.org/#!/b"),
    "route behind #/": ("https://x.org/#/a", "https://x.org/#/b"),
    "port": ("https://x.org:8443/a", "https://x.org/a"),
    "port and transport": ("http://x.org:8080/a", "https://x.org:8080/a"),
    "subdomain": ("https://blog.x.org/a", "https://x.org/a"),
    "host that only begins with m": ("https://m-media.example/a", "https://media.example/a"),
    "mobile host that nobody knows": ("https://m.any.example/a", "https://any.example/a"),
    "site named amp": ("https://amp.dev/about", "https://www.dev/about"),
    "word that begins with amp": ("https://x.org/2024/01/amp-energy/", "https://x.org/2024/01/energy/"),
    "post named amp": ("https://any.example/2024/01/amp/", "https://any.example/2024/01/"),
    "post named amp on a day": ("https://any.example/2024/01/02/amp/", "https://any.example/2024/01/02/"),
    "topic named amp": ("https://any.example/topics/amp/", "https://any.example/topics/"),
    "tag named amp": ("https://thehill.com/tag/amp/", "https://thehill.com/tag/"),
    "amp as a number": ("https://x.org/?amp=16", "https://x.org/?amp=32"),
    "source of data": ("https://x.org/?data_source=wdi", "https://x.org/?data_source=imf"),
    "source by name": ("https://x.org/?source=un", "https://x.org/?source=nato"),
    "url of another service": ("https://x.org/share?url=https://a.org/1", "https://x.org/share?url=https://a.org/2"),
    "s outside X": ("https://x.org/?s=nato", "https://x.org/?s=eu"),
    "st outside the Journal": ("https://x.org/?st=1", "https://x.org/?st=2"),
    "snapshots": ("https://web.archive.org/web/2020/https://x.org/a", "https://web.archive.org/web/2021/https://x.org/a"),
    "snapshot and page": ("https://web.archive.org/web/2020/https://x.org/a", "https://x.org/a"),
    "file and page": ("https://x.org/a.html", "https://x.org/a"),
    "page of a text": ("https://x.org/a?page=2", "https://x.org/a?page=3"),
    "language": ("https://x.org/a?lang=en", "https://x.org/a?lang=de"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWO_PAGES.values(), ids=TWO_PAGES)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


READERS_GET = {
    "what staff gave": ("https://www.lawfaremedia.org/article/a/", "https://www.lawfaremedia.org/article/a/"),
    "their transport": ("http://x.org/a", "http://x.org/a"),
    "their mobile host": ("https://en.m.wikipedia.org/wiki/A", "https://en.m.wikipedia.org/wiki/A"),
    "their AMP page": ("https://thehill.com/opinion/a/amp/", "https://thehill.com/opinion/a/amp/"),
    "their gift": ("https://www.nytimes.com/a.html?unlocked_article_code=1.x&smid=y",
                   "https://www.nytimes.com/a.html?unlocked_article_code=1.x"),
    "their order of parameters": ("https://x.org/?p=2&utm_id=x&a=1", "https://x.org/?p=2&a=1"),
    "their section": ("https://x.org/a?utm_source=y#section-2", "https://x.org/a#section-2"),
    "no marked words": ("https://x.org/a#intro:~:text=word", "https://x.org/a#intro"),
    "no tags in the fragment": ("https://x.org/#mtm_campaign=a&mtm_keyword=b&page=3", "https://x.org/#page=3"),
    "no xtor in the fragment": ("https://x.org/a#xtor=RSS-1", "https://x.org/a"),
    "no mark of AddThis": ("https://x.org/a#.UabcdefGHi.twitter", "https://x.org/a"),
    "headings that look like tags": ("https://x.org/a#ref", "https://x.org/a#ref"),
    "no second question mark": ("https://x.org/a?id=5?utm_source=rss", "https://x.org/a?id=5"),
    "no passwords": ("https://user:secret@x.org/a", "https://x.org/a"),
    "no host that pretends": ("https://www.nytimes.com@evil.example/a", "https://evil.example/a"),
    "what the standard makes of it": (" HTTP:\\\\X.org\\a b ", "http://x.org/a%20b"),
}  # fmt: skip


@pytest.mark.parametrize(("given_url", "url"), READERS_GET.values(), ids=READERS_GET)
def test_readers_get(given_url: str, url: str) -> None:
    assert urls.clean(given_url).url == url


PASTED = {
    "spaces": f"  {ARTICLE}\n",
    "no-break and zero-width spaces": f"\u00a0\u200b{ARTICLE}\u200b\ufeff",
    "controls": f"\x19{ARTICLE}\x06",
    "broken line": f"{ARTICLE[:30]}\r\n{ARTICLE[30:]}",
    "angle brackets": f"<{ARTICLE}>",
    "label of RFC 3986": f"<URL:{ARTICLE}>",
    "quotes": f'"{ARTICLE}"',
    "quotes and a comma": f'"{ARTICLE}",',
    "typographic quotes": f"“{ARTICLE}”",
    "quotes of other languages": f"„{ARTICLE}“",
    "parentheses": f"({ARTICLE}).",
    "quote at the end only": f'{ARTICLE}"',
    "bracket at the end only": f"{ARTICLE}<",
    "rest of a tag": f'{ARTICLE}">the article</a>',
    "closing tag": f"{ARTICLE}</a>",
    "CDATA": f"<![CDATA[{ARTICLE}]]>",
    "doubled scheme": f"https://{ARTICLE}",
    "no scheme": ARTICLE.removeprefix("https://"),
    "no scheme, as in HTML": ARTICLE.removeprefix("https:"),
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_what_is_pasted_around_a_url_comes_off(pasted: str) -> None:
    assert urls.clean(pasted).url == ARTICLE


def test_a_bare_domain_with_a_path_is_taken_as_https() -> None:
    assert urls.clean("lawfaremedia.org/article/a").url == "https://lawfaremedia.org/article/a"


def test_parentheses_that_belong_to_the_path_stay() -> None:
    assert urls.clean("(https://en.wikipedia.org/wiki/A_(b))").url == "https://en.wikipedia.org/wiki/A_(b)"


def test_host_is_that_of_the_url_for_readers() -> None:
    assert urls.clean("https://l.facebook.com/l.php?u=https%3A%2F%2FWWW.X.org%3A8080%2Fa").host == "www.x.org"
    assert urls.clean("http://[::1]:8080/a").host == "[::1]"


REFUSED = {
    "nothing": ("", "does not begin with https://"),
    "words": ("the article in Lawfare", "does not begin with https://"),
    "domain without a path": ("lawfaremedia.org", "does not begin with https://"),
    "file": ("README.md", "does not begin with https://"),
    "path": ("/article/a", "does not begin with https://"),
    "script": ("javascript:alert(1)", "begins with javascript:"),
    "mail": ("mailto:someone@example.org", "begins with mailto:"),
    "ftp": ("ftp://x.org/a", "begins with ftp:"),
    "file URL": ("file:///etc/passwd", "begins with file:"),
    "data": ("data:text/html,a", "begins with data:"),
    "port without a scheme": ("x.org:8080/a", "begins with x.org:"),
    "no host": ("https://", "no valid host name"),
    "dots for a host": ("https://../a", "no valid host name"),
    "empty label": ("https://x..org/a", "no valid host name"),
    "space in the host": ("https://a b.org/", "no valid host name"),
    "invalid Punycode": ("https://xn--München.de", "no valid host name"),
    "port out of range": ("https://x.org:99999/", "no valid host name"),
    "host that DNS cannot hold": (f"https://{'a.' * 127}org/", "no valid host name"),
    "lone surrogate": ("\ud800", "does not begin with https://"),
    "too long": ("https://x.org/" + "a" * 8192, "longer than 8192"),
    "too long when written out": ("https://x.org/" + "é" * 8000, "longer than 8192"),
    "a megabyte": ("a" * 1_000_000, "longer than 8192"),
}  # fmt: skip


@pytest.mark.parametrize(("given_url", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_web_page_is_refused_with_the_reason(given_url: str, reason: str) -> None:
    with pytest.raises(URLRefused) as refusal:
        urls.clean(given_url)
    assert reason in refusal.value.reason
    assert refusal.value.given == given_url


def wrapped(url: str, layers: int) -> str:
    for _ in range(layers):
        url = f"https://www.google.com/url?q={quote(url)}"
    return url


def test_wrappers_around_wrappers_come_off_up_to_a_bound() -> None:
    assert urls.clean(wrapped(ARTICLE, urls.MAX_LAYERS)).url == ARTICLE
    with pytest.raises(URLRefused, match="more than 5 redirects"):
        urls.clean(wrapped(ARTICLE, urls.MAX_LAYERS + 1))


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "/search?q=a", "https://", "ftp://x.org/a", "", "https://.."]
)
def test_a_wrapper_that_holds_no_page_is_its_own_link(target: str) -> None:
    url = f"https://www.google.com/url?q={target}"
    assert urls.clean(url).url == url


WHATWG = {
    "http://x.org/a/%2e%2E/b": "http://x.org/b",
    "http://x.org\\a\\b": "http://x.org/a/b",
    "http:x.org": "http://x.org/",
    "https://0x7f.1/": "https://127.0.0.1/",
    "https://faß.example/": "https://xn--fa-hia.example/",
    "https://x.org/%7e%41?'#`": "https://x.org/%7e%41?%27#%60",
    "https://x.org/\ud800": "https://x.org/%EF%BF%BD",
    "mailto:a@x.org": "mailto:a@x.org",
}


@pytest.mark.parametrize(("given_url", "serialised"), WHATWG.items())
def test_href_is_the_serialisation_of_the_standard(given_url: str, serialised: str) -> None:
    assert urls.href(given_url) == serialised


def test_href_is_none_where_nothing_parses() -> None:
    assert urls.href("the article") is None
    assert urls.href("https://x.org:port/") is None


@pytest.mark.parametrize(
    ("reference", "address"),
    [("../b?c#d", "https://x.org/b?c#d"), ("//Y.org", "https://y.org/"), ("", "https://x.org/a/"),
     ("\\b", "https://x.org/b"), ("mailto:a@b", "mailto:a@b"), ("http://[x", None), ("//x.org:port/", None),
     ("\ud800", "https://x.org/a/%EF%BF%BD")],
)  # fmt: skip
def test_a_reference_leads_where_browsers_go(reference: str, address: str | None) -> None:
    assert urls.joined("https://x.org/a/", reference) == address


def test_clean_keeps_the_serialisation_before_our_rules() -> None:
    assert urls.clean("http://X.org/a?utm_source=b#c").href == "http://x.org/a?utm_source=b#c"


def test_a_url_in_its_canonical_form_takes_no_step() -> None:
    assert urls.clean("https://warontherocks.com/2024/01/a?id=1").steps == ()


def test_each_step_says_what_was_done_and_why() -> None:
    steps = urls.clean(
        "<http://www.google.com/url?q=https%3A%2F%2Famp.ft.com%2Fa%2F%3Futm_id%3D1&sa=D>"
    ).steps
    assert [step.rule for step in steps] == ["paste", "wrapper", "utm", "host", "path"]
    assert [step.after for step in steps[1:]] == ["https://amp.ft.com/a/?utm_id=1", "", "ft.com", "/a"]
    assert all(step.why and step.before != step.after for step in steps)


def test_no_step_shows_a_password() -> None:
    steps = urls.clean("https://user:secret@x.org/a").steps
    assert [step.rule for step in steps] == ["credentials"]
    assert "secret" not in repr(steps)


@pytest.mark.parametrize(
    ("host", "above"),
    [
        ("www.lawfaremedia.org", ["www.lawfaremedia.org", "lawfaremedia.org"]),
        ("a.b.co.uk", ["a.b.co.uk", "b.co.uk", "co.uk"]),
        ("WWW.X.org.", ["www.x.org", "x.org"]),
        ("localhost", ["localhost"]),
        ("127.0.0.1", ["127.0.0.1"]),
        ("[::1]", ["[::1]"]),
    ],
)
def test_hosts_above_come_longest_first(host: str, above: list[str]) -> None:
    assert list(urls.hosts_above(host)) == above


def hold_the_laws(text: str) -> None:
    """Cleaning twice is cleaning once, a key is the key of itself, and nothing but URLRefused is raised."""
    try:
        cleaned = urls.clean(text)
    except URLRefused:
        return
    again = urls.clean(cleaned.url)
    assert (again.url, again.key) == (cleaned.url, cleaned.key)
    assert urls.key(cleaned.key) == cleaned.key
    assert urls.href(cleaned.url) == cleaned.url
    assert urls.href(cleaned.key) == cleaned.key
    assert max(map(len, (cleaned.url, cleaned.key))) <= urls.MAX_LENGTH


@given(st.text() | st.text(alphabet=st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)))
def test_the_laws_hold_for_any_text(text: str) -> None:
    hold_the_laws(text)


@given(st.text(alphabet="htps:/.?#&=amp;%2F3Bwx<>\"'() \t\n\x00@~_*!-[]é\ud800"))
def test_the_laws_hold_for_what_is_almost_a_url(text: str) -> None:
    for start in ("", "https://", "https://x.org/", "https://x.org/?", "https://x.org/#"):
        hold_the_laws(start + text)


@given(st.from_regex(r"[a-z]{1,8}=[A-Za-z0-9]{1,8}", fullmatch=True))
def test_parameters_that_nobody_declared_tell_pages_apart(piece: str) -> None:
    url = f"https://any.example/a?{piece}"
    assume(not urls.clean(url).steps)
    assert urls.key(url) not in {urls.key("https://any.example/a"), urls.key(f"{url}0")}


LONG = ("a.", "www.", ".m", "<", "(", "/amp", ".amp", "&amp;", "a&", "utm_a&", "%41", "__;", "https://", "é")


@pytest.mark.parametrize(
    "start", ["", "https://", "https://x.org/2024/01/", "https://x.org/?", "https://google.com/amp/"]
)
@pytest.mark.parametrize("unit", LONG)
def test_the_laws_hold_for_long_input(start: str, unit: str) -> None:
    hold_the_laws((start + unit * urls.MAX_LENGTH)[: urls.MAX_LENGTH])


KNOWN_LIMITS = {
    "text that is no URL has no form to compare": "øª",
    "Punycode that no registry can hold names no host": "http://xn--münchen.de",
}


@pytest.mark.parametrize("text", KNOWN_LIMITS.values(), ids=KNOWN_LIMITS)
def test_some_cleaners_pass_on_what_we_refuse(text: str) -> None:
    """Crawlers may keep such a string; a link that readers are to follow must lead somewhere."""
    with pytest.raises(URLRefused):
        urls.clean(text)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("https://any.example/a/amp/", "https://any.example/a/", "/amp may be a page of its own"),
        ("https://m.any.example/a", "https://any.example/a", "only named hosts number pages alike"),
        ("https://bit.ly/abc", "https://x.org/a", "a short link tells its target only to those who visit it"),
        ("https://x.org/a/index.html", "https://x.org/a/", "a server may give two pages"),
    ],
)
def test_what_is_not_certain_stays_apart(one: str, other: str, why: str) -> None:
    assert urls.key(one) != urls.key(other), why
