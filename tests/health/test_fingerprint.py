"""Fingerprints: the same words under a new design are known again, other words are not."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.health import fingerprint
from tests.health.exchanges import TEXT, page

PIECE = page().encode()


class TestThePage:
    def test_is_like_itself(self) -> None:
        assert fingerprint.likeness(fingerprint.taken(PIECE), fingerprint.taken(PIECE)) == 1

    def test_in_a_new_design_is_like_itself(self) -> None:
        paragraphs = "".join(f"<p class=lead>  {line}</p>" for line in TEXT)
        new = f"<html><body><div class=x><h1>Another headline</h1>{paragraphs}"
        assert fingerprint.likeness(fingerprint.taken(PIECE), fingerprint.taken(new.encode())) == 1

    def test_with_typographic_marks_is_like_itself(self) -> None:
        plain = page(text=tuple(f"It's said: {line}" for line in TEXT)).encode()
        curly = page(text=tuple(f"It’s said: {line}" for line in TEXT)).encode()
        assert fingerprint.likeness(fingerprint.taken(plain), fingerprint.taken(curly)) == 1

    def test_with_a_paragraph_more_is_mostly_like_itself(self) -> None:
        longer = page(text=(f"Editors' note: {TEXT[1]}", *TEXT)).encode()
        assert fingerprint.likeness(fingerprint.taken(PIECE), fingerprint.taken(longer)) >= 0.75

    def test_of_other_words_is_unlike_it(self) -> None:
        other = page(text=tuple(line[::-1] for line in TEXT)).encode()
        assert fingerprint.likeness(fingerprint.taken(PIECE), fingerprint.taken(other)) == 0

    def test_without_paragraphs_has_its_longest_stretches(self) -> None:
        taken = fingerprint.taken(
            "<body><div>試験新聞の動画ページの説明文です</div><nav><a>World</a></nav></body>".encode()
        )
        assert fingerprint.substance(taken) == 1

    def test_says_nothing_where_the_page_does(self) -> None:
        script = b"<script>var nothing = 'to see here at all'</script>"
        shell = b"<html><head><title>A shell of scripts</title>" + script + b"</head><body></body></html>"
        assert fingerprint.taken(shell) == ""
        assert fingerprint.likeness("", "") == 0


class TestAnything:
    @given(st.binary(max_size=3000))
    def test_is_short_and_comparable(self, body: bytes) -> None:
        taken = fingerprint.taken(body)
        assert len(taken) <= 48
        assert 0 <= fingerprint.likeness(taken, fingerprint.taken(PIECE)) <= 1

    @given(st.text(max_size=100))
    def test_stored_text_that_is_no_fingerprint_is_like_nothing(self, text: str) -> None:
        assert 0 <= fingerprint.likeness(text, fingerprint.taken(PIECE)) <= 1
