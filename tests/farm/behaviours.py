"""What outlets do to their visitors: one table, with what must be seen of each at the door and believed of a link.

`status` and `fault` are those of the last exchange that the errand is handed, after retries and before redirects
are followed. `outcome` is what a whole check sees of a link whose piece has TITLE.
`postponed` behaviours end their host's turn instead.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass

from syndicator.model.health import Outcome
from syndicator.net.exchange import Fault
from tests.farm import plays
from tests.farm.plays import (
    BR_BOMB,
    GZIP_BOMB,
    HTML,
    OK,
    PAGE,
    PARAGRAPH,
    TITLE,
    answer,
    endless,
    error,
    first,
    here,
    page,
    raw,
    redirect,
    reset_after,
)
from tests.farm.server import Farm, Play, Talk


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One kind of outlet."""

    name: str
    does: str
    status: int
    outcome: Outcome
    play: Play | None = None
    fault: Fault | None = None
    postponed: bool = False
    door: str = "plain"
    elsewhere: str = ""  # an address that is not the farm's

    def url(self, farm: Farm) -> str:
        """Where it is met: on a host of its own, so that none spoils another's turn."""
        return self.elsewhere or farm.url(self.name, self.name.replace("_", "-"), self.door)


def _fine(name: str, does: str, play: Play, outcome: Outcome = Outcome.OK, status: int = 200) -> Behaviour:
    return Behaviour(name, does, status, outcome, play)


def _broken(name: str, does: str, play: Play, fault: Fault, status: int = 0) -> Behaviour:
    return Behaviour(name, does, status, Outcome(fault.value), play, fault)


_PERMANENT = ("301 Moved Permanently", "308 Permanent Redirect")


def _to(path: str) -> Callable[[Talk], str]:
    return lambda talk: here(talk, path)


BEHAVIOURS = (
    # Answers that are fine.
    _fine("page", "answers with the piece", page),
    _fine("http_1_0", "speaks HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\n", HTML.encode(), b"\r\n\r\n", PAGE)),
    _fine(
        "interim_103",
        "sends early hints first",
        raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", OK, b"\r\n", PAGE),
    ),
    _fine(
        "interim_100", "sends 100 first, unasked", raw(b"HTTP/1.1 100 Continue\r\n\r\n", OK, b"\r\n", PAGE)
    ),
    _fine("unchanged", "answers 304 to the validators of its page", plays.unchanged),
    _fine(
        "wrong_charset",
        "calls UTF-16 what is UTF-8",
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16\r\n\r\n", PAGE),
    ),
    _fine(
        "pdf",
        "answers with a PDF",
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n", bytes(range(256)) * 40),
    ),
    _fine(
        "image",
        "answers with an image",
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n", bytes(range(256)) * 40),
    ),
    _fine(
        "binary",
        "answers with bytes of an unknown sort",
        raw(b"HTTP/1.1 200 OK\r\n\r\n", bytes(range(256)) * 40),
    ),
    _fine(
        "json",
        "answers with JSON",
        raw(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"title": "', TITLE.encode(), b'"}'),
    ),
    _fine("folded_header", "folds a header over two lines", raw(OK, b"X-Long: one\r\n two\r\n\r\n", PAGE)),
    _fine(
        "trailers",
        "sends trailers after its chunks",
        raw(OK, b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(PAGE), PAGE, b"\r\n0\r\nX-Late: 1\r\n\r\n"),
    ),
    _fine(
        "gzipped",
        "compresses, although it also says how long it is",
        answer("200 OK", "Content-Encoding: gzip", body=gzip.compress(PAGE, mtime=0)),
    ),
    _fine(
        "length_too_small",
        "sends more than it announced",
        raw(OK, b"Content-Length: %d\r\n\r\n" % len(PAGE), PAGE, b"and more"),
    ),
    _fine("empty", "answers 200 with nothing", answer("200 OK", body=b""), Outcome.SOFT_404),
    Behaviour("tls_good", "answers over TLS", 200, Outcome.OK, page, door="good"),
    # More than anybody wants.
    _fine("endless_body", "never ends its page", endless(OK + b"\r\n" + PAGE, PARAGRAPH.encode() * 300)),
    _fine(
        "gzip_bomb",
        "sends 64 MiB of zeros in 64 kB",
        answer("200 OK", "Content-Encoding: gzip", body=GZIP_BOMB),
    ),
    _fine(
        "br_bomb",
        "sends 64 MiB of zeros in 53 bytes",
        answer("200 OK", "Content-Encoding: br", body=BR_BOMB),
    ),
    _fine(
        "endless_nothing",
        "sends for ever what decompresses to nothing",
        plays.endless_nothing,
        Outcome.SOFT_404,
    ),
    _broken(
        "endless_headers",
        "never ends its headers",
        endless(OK, b"X-More: of the same\r\n" * 100),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "huge_header",
        "sends a header of 400 kB",
        raw(OK, b"X-Huge: ", b"z" * 400_000, b"\r\n\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "many_headers",
        "sends 6,000 headers",
        raw(OK, b"".join(b"X-%d: 1\r\n" % n for n in range(6000)), b"\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "endless_103",
        "sends early hints for ever",
        endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
        Fault.PROTOCOL,
    ),
    # Too slow.
    _broken("slow_head", "sends its headers byte by byte", plays.slow_head, Fault.TIMEOUT),
    _broken(
        "slow_rest",
        "sends the piece, and then a byte now and then for ever",
        plays.slow_rest,
        Fault.TIMEOUT,
        200,
    ),
    _broken("slow_body", "sends its page byte by byte", plays.slow_body, Fault.TIMEOUT, 200),
    _broken("silence", "takes the request and says nothing", plays.silence, Fault.TIMEOUT),
    # Cut off, or no HTTP.
    Behaviour(
        "reset_on_accept",
        "resets the connection at once",
        0,
        Outcome.PROTOCOL,
        None,
        Fault.PROTOCOL,
        door="reset",
    ),
    _broken("reset_after_request", "resets when it has read the request", reset_after(), Fault.PROTOCOL),
    _broken(
        "reset_amid_headers", "resets amid the headers", reset_after(OK, b"X-Half: "), Fault.PROTOCOL, 200
    ),
    _broken("hung_up_amid_headers", "hangs up amid the headers", raw(OK, b"X-Half: "), Fault.PROTOCOL, 200),
    _broken(
        "reset_amid_body",
        "resets amid the page",
        reset_after(OK, b"Content-Length: 99999\r\n\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "too_short",
        "closes before the announced length is reached",
        raw(OK, b"Content-Length: 99999\r\n\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "broken_chunks",
        "breaks its chunked coding",
        raw(OK, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "broken_gzip", "says gzip and is not", answer("200 OK", "Content-Encoding: gzip"), Fault.PROTOCOL, 200
    ),
    _broken(
        "unknown_coding",
        "compresses in a way that nobody asked for",
        answer("200 OK", "Content-Encoding: zstd"),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "many_codings",
        "compresses ten times over",
        answer("200 OK", "Content-Encoding: " + ", ".join(["gzip"] * 10)),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "two_lengths",
        "announces two lengths",
        raw(OK, b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "nul_in_header",
        "puts a NUL into a header",
        raw(OK, b"X-Nul: a\0b\r\n\r\n", PAGE),
        Fault.PROTOCOL,
        200,
    ),
    _broken(
        "bad_status_line",
        "answers with a status in words",
        raw(b"HTTP/1.1 Fine Thanks\r\n\r\n", PAGE),
        Fault.PROTOCOL,
    ),
    _broken(
        "status_1000",
        "answers with a status of four digits",
        raw(b"HTTP/1.1 1000 Splendid\r\n\r\n", PAGE),
        Fault.PROTOCOL,
    ),
    _broken("http_0_9", "answers with a page and nothing else", raw(PAGE), Fault.PROTOCOL),
    _broken("icy", "speaks as Shoutcast does", raw(b"ICY 200 OK\r\n\r\n", PAGE), Fault.PROTOCOL),
    _broken("no_reply", "closes without a word", plays.nothing, Fault.PROTOCOL),
    # Refusals and failures.
    *(
        Behaviour(
            f"status_{status.partition(' ')[0]}", f"answers {status}", int(status[:3]), outcome, error(status)
        )
        for outcome, statuses in (
            (Outcome.GONE, ("404 Not Found", "410 Gone")),
            (
                Outcome.BLOCKED,
                (
                    "401 Unauthorized",
                    "402 Payment Required",
                    "403 Forbidden",
                    "405 Method Not Allowed",
                    "406 Not Acceptable",
                    "451 Unavailable For Legal Reasons",
                    "999 Request denied",
                ),
            ),
            (
                Outcome.SERVER_ERROR,
                ("500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable"),
            ),
            (Outcome.RATE_LIMITED, ("429 Too Many Requests",)),
        )
        for status in statuses
    ),
    _fine(
        "later_429",
        "asks to come in no time, for ever",
        error("429 Too Many Requests", "Retry-After: 0"),
        Outcome.RATE_LIMITED,
        429,
    ),
    _fine(
        "later_503",
        "is in maintenance, for ever",
        error("503 Service Unavailable", "Retry-After: 0"),
        Outcome.SERVER_ERROR,
        503,
    ),
    _fine(
        "later_nonsense",
        "asks to come soon",
        error("429 Too Many Requests", "Retry-After: soon"),
        Outcome.RATE_LIMITED,
        429,
    ),
    Behaviour(
        "much_later",
        "asks to come in an hour",
        429,
        Outcome.RATE_LIMITED,
        error("429 Too Many Requests", "Retry-After: 3600"),
        postponed=True,
    ),
    Behaviour(
        "much_later_503",
        "is in maintenance for an hour",
        503,
        Outcome.SERVER_ERROR,
        error("503 Service Unavailable", "Retry-After: 3600"),
        postponed=True,
    ),
    Behaviour(
        "much_later_date",
        "asks to come at a time in an hour",
        429,
        Outcome.RATE_LIMITED,
        plays.as_date(3600),
        postponed=True,
    ),
    # A bad moment.
    _fine("once_503", "fails once", first(error("503 Service Unavailable"))),
    _fine("once_reset", "resets once", first(reset_after())),
    _fine("once_amid_headers", "resets amid the headers once", first(reset_after(OK, b"X-Half: "))),
    _fine("once_hung_up", "hangs up amid the headers once", first(raw(OK, b"X-Half: "))),
    _fine(
        "once_amid_body",
        "resets amid the page once",
        first(reset_after(OK, b"Content-Length: 99999\r\n\r\n", PAGE)),
    ),
    _fine("once_too_short", "closes too early once", first(raw(OK, b"Content-Length: 99999\r\n\r\n", PAGE))),
    _fine("once_429", "asks for less once", first(error("429 Too Many Requests"))),
    _fine(
        "once_later",
        "asks to come in a second, once",
        first(error("429 Too Many Requests", "Retry-After: 1")),
    ),
    _fine("once_later_date", "asks to come at a time in a second, once", first(plays.as_date(1))),
    # Redirects.
    *(
        Behaviour(
            f"redirect_{status[:3]}",
            f"redirects with {status}",
            int(status[:3]),
            Outcome.MOVED if status in _PERMANENT else Outcome.OK,
            redirect(status, _to("page/new")),
        )
        for status in (*_PERMANENT, "302 Found", "303 See Other", "307 Temporary Redirect")
    ),
    _fine(
        "redirect_relative",
        "redirects to a relative address",
        redirect("302 Found", lambda _: "../page/relative"),
        Outcome.OK,
        302,
    ),
    _fine(
        "redirect_cross_host",
        "redirects to another host",
        redirect("302 Found", lambda talk: here(talk, "page/other", "other.farm.test")),
        Outcome.OK,
        302,
    ),
    _fine("redirect_chain", "redirects four times, for good", plays.chain, Outcome.MOVED, 301),
    _fine("redirect_loop", "redirects to itself", plays.loop, Outcome.TOO_MANY_REDIRECTS, 302),
    _fine(
        "cookie_circle",
        "redirects to itself until its cookie comes back",
        plays.cookie_circle,
        Outcome.OK,
        302,
    ),
    _fine(
        "cookie_circle_endless",
        "redirects to itself with one cookie after the other, whatever comes back",
        plays.cookie_circle_endless,
        Outcome.BLOCKED,
        302,
    ),
    _fine(
        "cookie_elsewhere",
        "sets a cookie and redirects to another host",
        redirect("302 Found", lambda talk: here(talk, "page/jar", "jarless.farm.test"), "Set-Cookie: id=1"),
        Outcome.OK,
        302,
    ),
    _fine("redirect_endless", "redirects on and on", plays.many_hops, Outcome.TOO_MANY_REDIRECTS, 302),
    _fine(
        "redirect_nowhere", "redirects without saying where to", answer("302 Found"), Outcome.PROTOCOL, 302
    ),
    _fine(
        "redirect_malformed",
        "redirects to no address",
        redirect("302 Found", lambda _: "http://["),
        Outcome.PROTOCOL,
        302,
    ),
    _fine(
        "redirect_loopback",
        "redirects to the visitor's own machine",
        redirect("302 Found", lambda _: "http://127.0.0.1/"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_decimal",
        "redirects there in disguise",
        redirect("302 Found", lambda _: "http://2130706433/"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_cloud",
        "redirects to the cloud's secrets",
        redirect("302 Found", lambda _: "http://169.254.169.254/latest/"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_private",
        "redirects to a name with a private address",
        redirect("302 Found", lambda talk: here(talk, "page", "private-name.farm.test")),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_file",
        "redirects to a file",
        redirect("302 Found", lambda _: "file:///etc/passwd"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_script",
        "redirects to a script",
        redirect("302 Found", lambda _: "javascript:alert(1)"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_credentials",
        "redirects with a password",
        redirect("302 Found", lambda talk: here(talk, "page").replace("//", "//me:secret@")),
        Outcome.NOT_ALLOWED,
        302,
    ),
    _fine(
        "redirect_port",
        "redirects to the port of another protocol",
        redirect("302 Found", lambda _: "http://outlet.farm.test:25/"),
        Outcome.NOT_ALLOWED,
        302,
    ),
    # No connection.
    *(
        Behaviour(
            f"tls_{door}",
            f"has a certificate that is {door.replace('_', ' ')}",
            0,
            Outcome.TLS,
            page,
            Fault.TLS,
            door=door,
        )
        for door in ("expired", "wrong_host", "untrusted")
    ),
    Behaviour(
        "tls_garbage", "answers a TLS greeting with words", 0, Outcome.TLS, None, Fault.TLS, door="garbage"
    ),
    Behaviour("refused", "listens on no such port", 0, Outcome.CONNECT, None, Fault.CONNECT, door="refused"),
    Behaviour(
        "unknown_name",
        "has a name that nobody knows",
        0,
        Outcome.DNS,
        None,
        Fault.DNS,
        elsewhere="http://no-such-outlet.invalid/",
    ),
    Behaviour(
        "private_name",
        "has a name with a private address",
        0,
        Outcome.NOT_ALLOWED,
        None,
        Fault.NOT_ALLOWED,
        door="plain",
    ),
)

BY_NAME = {behaviour.name: behaviour for behaviour in BEHAVIOURS}
PLAYS = plays.FURTHER | {behaviour.name: behaviour.play for behaviour in BEHAVIOURS if behaviour.play}
assert len(BY_NAME) == len(BEHAVIOURS)
