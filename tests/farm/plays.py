"""The acts of the farm: what can be done to one request. Each is a coroutine that plays it.

Knows bytes on the wire; must not know what a visitor should make of them.
"""

import asyncio
import base64
import gzip
import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.farm.server import Play, Talk

TITLE = "How the grid survived the coldest night in forty years"
PARAGRAPH = (
    "<p>Engineers who were on duty that night remember the hum before the numbers: a sound that a room makes when "
    "everything in it draws as much as it can, and that none of them had heard since the plant was built.</p>\n"
)
PAGE = (
    f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Outlet</title></head>'
    f"<body><article><h1>{TITLE}</h1>\n{PARAGRAPH * 8}</article></body></html>"
).encode()
HTML = "Content-Type: text/html; charset=utf-8"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
# 64 MiB of nothing in 53 bytes of brotli.
BR_BOMB = base64.b64decode("z///f/gnAOKxQCD3/p/////wTwDEYQGA7v0/////4Z8AiMMiAN37//z//8c/ARCHBQC69/8=")
GZIP_BOMB = gzip.compress(bytes(64 << 20), mtime=0)


def answer(status: str, *headers: str, body: bytes = PAGE) -> Play:
    async def play(talk: Talk) -> None:
        await talk.answer(status, *headers, HTML, body=body)

    return play


def raw(*parts: bytes) -> Play:
    async def play(talk: Talk) -> None:
        await talk.send(*parts)

    return play


def error(status: str, *headers: str) -> Play:
    return answer(status, *headers, body=f"<title>{status}</title><h1>{status}</h1>".encode())


def redirect(status: str, to: Callable[[Talk], str], *headers: str) -> Play:
    async def play(talk: Talk) -> None:
        await talk.answer(status, f"Location: {to(talk)}", *headers)

    return play


def here(talk: Talk, path: str, host: str = "") -> str:
    name, _, port = talk.entry.header("host").partition(":")
    return f"{'https' if talk.secure else 'http'}://{host or name}:{port}/{path}"


def first(refusal: Play) -> Play:
    """Refuses once, and answers from then on."""

    async def play(talk: Talk) -> None:
        await (refusal if talk.times == 1 else page)(talk)

    return play


async def page(talk: Talk) -> None:
    await talk.answer("200 OK", HTML, body=PAGE)


def as_date(seconds: float) -> Play:
    async def play(talk: Talk) -> None:
        now = datetime.now(UTC)
        then = format_datetime(now + timedelta(seconds=seconds), usegmt=True)
        await talk.answer(
            "429 Too Many Requests", f"Retry-After: {then}", f"Date: {format_datetime(now, usegmt=True)}"
        )

    return play


async def unchanged(talk: Talk) -> None:
    if talk.entry.header("if-none-match") == '"v1"':
        await talk.answer("304 Not Modified", 'ETag: "v1"')
    else:
        await talk.answer(
            "200 OK", 'ETag: "v1"', "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT", HTML, body=PAGE
        )


async def slow_head(talk: Talk) -> None:
    await talk.drip(OK + b"X-Slow: " + b"z" * 2000)


async def slow_body(talk: Talk) -> None:
    await talk.send(OK, b"\r\n")
    await talk.drip(b" " * 2000)


async def slow_rest(talk: Talk) -> None:
    await talk.send(OK, b"\r\n", PAGE)
    await talk.drip(b" " * 2000)


async def held_open(talk: Talk) -> None:
    """Sends the piece, with what a cache writes below it, and forgets to hang up."""
    await talk.send(OK, b"\r\n", PAGE, b"\n<!-- cached by a plugin -->\n")
    await asyncio.sleep(60)


async def held_half_way(talk: Talk) -> None:
    await talk.send(OK, b"\r\n", PAGE[: len(PAGE) // 2])
    await asyncio.sleep(60)


async def silence(talk: Talk) -> None:
    await asyncio.sleep(60)


def endless(start: bytes, chunk: bytes) -> Play:
    async def play(talk: Talk) -> None:
        await talk.send(start)
        for _ in range((256 << 20) // len(chunk)):
            await talk.send(chunk)

    return play


async def endless_nothing(talk: Talk) -> None:
    """Gzip blocks that hold nothing, one after the other."""
    press = zlib.compressobj(wbits=31)
    start = press.compress(b"") + press.flush(zlib.Z_FULL_FLUSH)
    await endless(OK + b"Content-Encoding: gzip\r\n\r\n" + start, b"\x00\x00\x00\xff\xff" * 8192)(talk)


def reset_after(*parts: bytes) -> Play:
    async def play(talk: Talk) -> None:
        await talk.send(*parts)
        await asyncio.sleep(0.05)
        talk.reset()

    return play


async def nothing(talk: Talk) -> None:
    """Ends without a word."""


async def loop(talk: Talk) -> None:
    await talk.answer("302 Found", f"Location: {here(talk, 'redirect_loop')}")


async def chain(talk: Talk) -> None:
    step = int(talk.entry.path.rpartition("/")[2]) if talk.entry.path.count("/") > 1 else 0
    target = f"redirect_chain/{step + 1}" if step < 3 else "page/moved"
    await talk.answer("301 Moved Permanently", f"Location: {here(talk, target)}")


async def cookie_circle(talk: Talk) -> None:
    if talk.entry.header("cookie") == "seen=1; lang=en":
        await page(talk)
    else:
        there = f"Location: {here(talk, 'cookie_circle')}"
        await talk.answer("302 Found", there, "Set-Cookie: seen=1; Path=/; HttpOnly", "Set-Cookie: lang=en")


async def cookie_circle_endless(talk: Talk) -> None:
    there = f"Location: {here(talk, 'cookie_circle_endless')}"
    await talk.answer("302 Found", there, f"Set-Cookie: seen{talk.times}=1")


async def slow_refresh(talk: Talk) -> None:
    """Takes a while, and then lets its small page send the visitor on to the next one."""
    await asyncio.sleep(0.3)
    on = f'<meta http-equiv="refresh" content="0; url={talk.entry.path}x">'
    await talk.answer("200 OK", HTML, body=on.encode())


async def many_hops(talk: Talk) -> None:
    step = int(talk.entry.path.rpartition("/")[2]) if talk.entry.path.count("/") > 1 else 0
    await talk.answer("302 Found", f"Location: /redirect_endless/{step + 1}")


async def slow_hop(talk: Talk) -> None:
    """Takes a while, and then sends its visitor on to the next one."""
    await asyncio.sleep(0.3)
    await talk.answer("302 Found", f"Location: {here(talk, f'slow_hop/{talk.times}')}{talk.entry.path[9:]}")


async def takes_a_while(talk: Talk) -> None:
    await asyncio.sleep(0.03)
    await page(talk)


async def slow_to_moody(talk: Talk) -> None:
    """Takes a while to send its visitor on, to where it is first told to come again, and then has to wait longer."""
    await asyncio.sleep(0.4)
    await talk.answer("302 Found", f"Location: {here(talk, 'moody_then_slow')}")


async def moody_then_slow(talk: Talk) -> None:
    if talk.times > 1:
        await asyncio.sleep(0.7)
    await first(error("503 Service Unavailable"))(talk)


async def short_link(talk: Talk) -> None:
    number = talk.entry.path.rpartition("/")[2]
    await talk.answer("302 Found", f"Location: {here(talk, f'takes_a_while/{number}', 'far.farm.test')}")


async def slow_json(talk: Talk) -> None:
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    await talk.drip(b'"' + b"z" * 2000)


async def echo(talk: Talk) -> None:
    """Answers with what it was sent, except for a body."""
    told = {"path": talk.entry.path, "headers": dict(talk.entry.headers)}
    await talk.answer("200 OK", "Content-Type: application/json", body=json.dumps(told).encode())


def flood(start: bytes, chunk: bytes) -> Play:
    async def play(talk: Talk) -> None:
        await talk.send(start)
        for _ in range(20_000):
            await talk.send(chunk)
            await asyncio.sleep(0.0002)

    return play


async def brisk_drip(talk: Talk) -> None:
    """As programs do that write each word on its own."""
    await talk.send(OK, b"\r\n")
    for at in range(0, len(PAGE), 8):
        await talk.send(PAGE[at : at + 8])
        await asyncio.sleep(0.0005)


# What single tests ask for, besides the table.
FURTHER: dict[str, Play] = {
    "slow_hop": slow_hop,
    "takes_a_while": takes_a_while,
    "slow_to_moody": slow_to_moody,
    "moody_then_slow": moody_then_slow,
    "slow_refresh": slow_refresh,
    "held_open": held_open,
    "held_half_way": held_half_way,
    "short_link": short_link,
    "slow_json": slow_json,
    "echo": echo,
    "no_redirect": redirect("302 Found", lambda _: "http://[x"),
    "long_redirect": redirect("302 Found", lambda _: f"http://{'x' * 64}.farm.test/"),
    "get_redirect": redirect("302 Found", lambda talk: here(talk, "echo/there")),
    "endless_redirect": endless(b"HTTP/1.1 302 Found\r\nLocation: /echo/there\r\n\r\n", b"z" * 65536),
    "endless_frame": flood(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x=y;" * 512),
    "endless_folds": flood(OK + b"X-Folded: y", b" \r\n" * 512),
    "brisk_drip": brisk_drip,
    "cookie": answer("200 OK", "Set-Cookie: id=1"),
    "odd_headers": raw(OK, "X-Utf: Zürich\r\nX-Twice: 1\r\nx-twice: 2\r\n\r\n".encode()),
    "latin_headers": raw(OK, b"X-Latin: Z\xfcrich\r\n\r\n"),
}
