"""Text from outside: what is kept, what goes, and that nothing of it can break a feed or a page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicator import text

# Any code point, lone surrogates and control characters included, with markup thrown in often.
MARKUP = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<i>", "<a>", "</a>", "<pre>", "</pre>", "<ul>", "<li>", "<table>",
        "<svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<script>", "<br/>", "<blockquote>",
        "<object>", "<h3>", "<![CDATA[", "]]>", "&amp;", "&lt;", "&#13;", "&#xFFFE;", "&nbsp;", "&", "<",
        ">", '"', "\n\n", '<a href="https://a.example/">', '<a href="javascript:x">', '<q cite="/x">',
        "<pre>\n\n",
    ]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
HOSTILE_TEXT = st.lists(MARKUP | ANY_TEXT, max_size=12).map("".join)


def as_xml(content: str) -> str:
    """What an XML parser reads where the text was put between two tags. Raises where XML cannot hold it."""
    escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    read = etree.fromstring(f"<t>{escaped}</t>".encode(), etree.XMLParser(huge_tree=True)).text or ""
    return str(read)


class TestPrintable:
    @given(HOSTILE_TEXT)
    def test_any_text_becomes_text_that_xml_can_hold(self, given_text: str) -> None:
        assert (
            as_xml(text.printable(given_text)).strip()
            == re.sub("\r\n?", "\n", text.printable(given_text)).strip()
        )

    @pytest.mark.parametrize(
        "kept", ["tab\tand\nbreak", "é ß 中文 عربي", "\u202eright to left", "👩‍👩‍👧‍👦", "soft\u00adhyphen"]
    )
    def test_what_xml_can_hold_stays(self, kept: str) -> None:
        assert text.printable(kept) == kept

    @pytest.mark.parametrize("gone", ["\x00", "\x1b", "\x7f", "\x9b", "\ud800", "\ufffe", "\uffff"])
    def test_what_xml_cannot_hold_goes_alone(self, gone: str) -> None:
        assert text.printable(f"a{gone}b") == "ab"


class TestOneLine:
    def test_white_space_of_every_sort_is_folded_and_trimmed(self) -> None:
        assert text.one_line("  A\r\n title\u00a0of\u2028two\tlines ") == "A title of two lines"

    @given(HOSTILE_TEXT)
    def test_once_is_enough(self, given_text: str) -> None:
        line = text.one_line(given_text)
        assert text.one_line(line) == line
        assert not re.search(r"[\r\n\t\x85\u2028\u2029]", line)


class TestFold:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("NATO", "nato"),
            ("Straße", "STRASSE"),
            ("  Jo \u00a0 Doe", "jo doe"),
            ("José", "Jose\u0301"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ],
    )
    def test_the_same_name(self, one: str, other: str) -> None:
        assert text.fold(one) == text.fold(other)

    def test_an_accent_makes_another_name(self) -> None:
        assert text.fold("Jose") != text.fold("José")


class TestSummary:
    def test_plain_text_becomes_paragraphs(self) -> None:
        assert text.summary_html("One\nline.\r\n\r\nTwo  lines.\n \nThree") == (
            "<p>One line.</p><p>Two lines.</p><p>Three</p>"
        )

    def test_ampersands_and_angles_of_plain_text_are_meant_as_such(self) -> None:
        assert text.summary_html("AT&T: 5 < 6 & 7 > 3") == "<p>AT&amp;T: 5 &lt; 6 &amp; 7 &gt; 3</p>"

    def test_references_are_read_as_html(self) -> None:
        assert text.summary_html("Q&amp;A") == "Q&amp;A"
        assert text.summary_html("&copy; 2024") == "<p>© 2024</p>"

    def test_simple_html_stays_as_it_is(self) -> None:
        summary = (
            '<p>A <em>first</em> and <a href="https://a.example/?a=1&amp;b=2" title="there">a link</a>.</p>'
            "<blockquote>Quoted</blockquote><ul><li>One</li><li>Two<br></li></ul>"
        )
        assert text.summary_html(summary) == summary

    def test_text_that_is_left_when_its_tags_are_gone_is_a_paragraph(self) -> None:
        assert text.summary_html('<span class="lead">Words</span>') == "<p>Words</p>"

    @pytest.mark.parametrize("nothing", ["", " \n ", "\x00", "<script>alert(1)</script>", "<!-- note -->"])
    def test_nothing_stays_nothing(self, nothing: str) -> None:
        assert text.summary_html(nothing) == ""

    @pytest.mark.parametrize(
        "address",
        [
            "/x", "x.html", "//evil.example/x", "?x", "#x", "data:text/html,x", "vbscript:x",
            "javascript:alert(1)", " javascript:alert(1)", "JaVa\tScRiPt:alert(1)",
            "java&#10;script:alert(1)", "file:///etc/passwd",
        ],
    )  # fmt: skip
    def test_links_to_nowhere_or_to_harm_lose_their_address(self, address: str) -> None:
        assert text.summary_html(f'<p><a href="{address}">words</a></p>') == "<p><a>words</a></p>"

    @pytest.mark.parametrize("address", ["https://a.example/x", "http://a.example/", "mailto:a@b.example"])
    def test_whole_addresses_stay(self, address: str) -> None:
        summary = f'<p><a href="{address}">words</a></p>'
        assert text.summary_html(summary) == summary

    @pytest.mark.parametrize(
        "attack",
        [
            "<script>alert(1)</script>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<img src=x onerror=alert(1)>",
            '<p onclick="alert(1)" style="position:fixed">x</p>',
            "<svg/onload=alert(1)><svg><script>alert(1)</script></svg>",
            '<svg><p><style><a id="</style><img src=1 onerror=alert(1)>">',
            "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'>",
            "<iframe src='https://evil.example'></iframe><object data=x></object><embed src=x>",
            "<style>@import 'https://evil.example'</style><link rel=stylesheet href=//evil.example>",
            "<form action=//evil.example><input autofocus onfocus=alert(1)><button formaction=javascript:x>",
            "<base href='https://evil.example/'><meta http-equiv=refresh content='0;javascript:alert(1)'>",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
            "<template><script>alert(1)</script></template><xmp><script>alert(1)</script></xmp>",
            "<![CDATA[<script>alert(1)</script>]]><?xml-stylesheet href='javascript:alert(1)'?>",
            "<<b>script>alert(1)<</b>/script>",
        ],
    )
    def test_attacks_leave_only_harmless_markup(self, attack: str) -> None:
        made = etree.HTML(f"<div>{text.summary_html(attack)}</div>").find(".//div")
        assert made is not None
        for element in made.iterdescendants():
            assert element.tag in text.SUMMARY_TAGS
            assert set(element.attrib) <= text.SUMMARY_ATTRIBUTES.get(str(element.tag), set())

    @given(HOSTILE_TEXT)
    @settings(max_examples=400)
    def test_what_comes_out_goes_through_unchanged(self, given_text: str) -> None:
        summary = text.summary_html(given_text)
        assert text.summary_html(summary) == summary

    @given(HOSTILE_TEXT)
    def test_what_comes_out_is_printable(self, given_text: str) -> None:
        summary = text.summary_html(given_text)
        assert text.printable(summary) == summary
        assert "\r" not in summary

    @pytest.mark.parametrize("piece", ["<ul><li>", "<b>", "<!--", "<a", "<", "<p><b>", "&lt;"])
    def test_a_flood_of_markup_costs_no_more_than_its_length(self, piece: str) -> None:
        """Deep nesting takes parsers quadratic time; ten seconds of it would stop an import."""
        assert "<ul><li>" not in text.summary_html(piece * (200_000 // len(piece)))


class TestPlainText:
    @pytest.mark.parametrize(
        ("summary", "words"),
        [
            ("<p>One.</p><p>Two.</p>", "One. Two."),
            ("<p>Q&amp;A: 5 &lt; 6</p>", "Q&A: 5 < 6"),
            ("<ul><li>a</li><li>b</li></ul>c<br>d", "a b c d"),
            ("w<em>or</em>d", "word"),
            ('<a href="https://a.example/" title="x &gt; y">link</a>', "link"),
            ("", ""),
        ],
    )
    def test_only_words_stay(self, summary: str, words: str) -> None:
        assert text.plain_text(summary) == words

    @given(HOSTILE_TEXT)
    def test_it_is_one_printable_line(self, given_text: str) -> None:
        words = text.plain_text(text.summary_html(given_text))
        assert text.one_line(words) == words


class TestSlug:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Burden Sharing in NATO", "burden-sharing-in-nato"),
            ("What’s next — for “Europe”?", "whats-next-for-europe"),
            ("Łódź & Åse Ørsted", "lodz-ase-orsted"),
            ("Emmanuel D'Agostino's", "emmanuel-dagostinos"),
            ("北京", "beijing"),
            ("1984", "1984"),
            ("!!!", "piece"),
            ("", "piece"),
        ],
    )
    def test_words_in_latin_letters(self, name: str, slug: str) -> None:
        assert text.slug(name, "piece") == slug

    @given(ANY_TEXT | st.text(min_size=60, max_size=200))
    def test_any_text_makes_a_segment_of_a_url(self, name: str) -> None:
        slug = text.slug(name, "piece")
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= 80

    def test_a_long_title_is_cut_at_a_word(self) -> None:
        assert text.slug("word " * 30, "piece") == "-".join(["word"] * 16)

    def test_a_word_without_end_is_cut_where_it_must(self) -> None:
        assert text.slug("a " + "b" * 200, "piece") == "a-" + "b" * 78


class TestCut:
    def test_short_text_stays(self) -> None:
        assert text.cut("Exactly ten", 11) == "Exactly ten"

    def test_long_text_ends_at_a_word_with_an_ellipsis(self) -> None:
        assert text.cut("Burden sharing, again and again", 20) == "Burden sharing…"

    @given(ANY_TEXT, st.integers(1, 40))
    def test_never_longer_than_asked(self, given_text: str, length: int) -> None:
        assert len(text.cut(given_text, length)) <= length
