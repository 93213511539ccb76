"""Cookies of one visit: kept in bounds, told to the host that set them and to nobody else."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.net.cookies import LONGEST, MOST, Cookies

HERE = "http://outlet.example/a"


def after(*values: str, url: str = HERE) -> Cookies:
    cookies = Cookies()
    cookies.keep(url, [("set-cookie", value) for value in values])
    return cookies


class TestTelling:
    def test_what_was_set_is_told_in_order(self) -> None:
        assert after("a=1; Path=/; HttpOnly", "b=two words").told(HERE) == "a=1; b=two words"

    def test_the_last_value_of_a_name_counts(self) -> None:
        assert after("a=1", "a=2").told(HERE) == "a=2"

    def test_one_that_is_over_is_forgotten(self) -> None:
        assert after("a=1", "b=2", "a=; Max-Age=0; Path=/").told(HERE) == "b=2"

    def test_another_host_hears_nothing(self) -> None:
        """Not even one below or above, whatever the cookie's Domain says."""
        cookies = after("a=1; Domain=example", "b=2; Domain=.outlet.example")
        for other in ("www.outlet.example", "example", "outlet.example.evil.example", "outlet.example:8080"):
            assert cookies.told(f"http://{other}/a") == ""

    def test_a_safer_scheme_hears_it_and_a_less_safe_one_does_not(self) -> None:
        assert after("a=1").told("https://outlet.example/") == "a=1"
        assert after("a=1", url="https://outlet.example/").told(HERE) == ""

    def test_spelling_does_not_make_another_host(self) -> None:
        assert after("a=1", url="http://Outlet.Example/").told(HERE) == "a=1"


class TestBounds:
    def test_only_so_many(self) -> None:
        cookies = after(*(f"c{number}=1" for number in range(MOST + 5)), "c0=2")
        assert len(cookies.names) == MOST
        assert cookies.told(HERE).startswith("c0=2; ")

    def test_only_so_long(self) -> None:
        assert after("a=" + "z" * LONGEST).told(HERE) == ""
        assert len(after("a=" + "z" * (LONGEST - 1)).told(HERE)) == LONGEST + 1

    @given(st.lists(st.text(max_size=80), max_size=30))
    def test_nothing_that_is_set_can_begin_another_field(self, values: list[str]) -> None:
        told = after(*values).told(HERE)
        assert told.isascii()
        assert told.isprintable()
