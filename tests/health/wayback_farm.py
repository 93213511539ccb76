"""A web archive on a loopback address that speaks the documented formats, and can be in a bad mood.

Knows the CDX server, TimeMaps, the availability API, Save Page Now and replay, as their documents describe them; must
not know who asks. It keeps a log of who came when.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ADDRESS = "127.0.9.1"
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass
class Kept:
    """One capture."""

    timestamp: str
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    mimetype: str = "text/html"

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass
class Visit:
    """One request: the path with its query, from when until when."""

    path: str
    start: float
    end: float = 0.0


@dataclass
class Mood:
    """What is answered instead of what was asked for, after a pause."""

    status: int = 500
    body: bytes = b"<html>Sorry</html>"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Archive(ThreadingHTTPServer):
    """Has `kept` by URL. `moods` say for which beginnings of paths it is in which mood."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.kept: dict[str, list[Kept]] = {}
        self.moods: dict[str, Mood] = {}
        self.log: list[Visit] = []
        self.raw = True
        # What is in the index can be something else than what is replayed.
        self.indexed_status = ""
        self.saving: Callable[[str], tuple[int, dict[str, str], bytes]] = self._captured
        self.live: dict[str, Kept] = {}

    @property
    def endpoint(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}"

    def keep(self, url: str, timestamp: str, body: bytes, **other: object) -> None:
        self.kept.setdefault(url, []).append(Kept(timestamp, body, **other))  # type: ignore[arg-type]

    def replay(self, url: str, timestamp: str, form: str = "") -> str:
        return f"{self.endpoint}/web/{timestamp}{form}/{url}"

    def asked(self, beginning: str = "") -> list[str]:
        """The paths that were asked for."""
        return [visit.path for visit in self.log if visit.path.startswith(beginning)]

    def handle_error(self, request: object, client_address: object) -> None:
        """Visitors that hang up are none of ours."""

    def _captured(self, url: str) -> tuple[int, dict[str, str], bytes]:
        """As Save Page Now does for years: it sends on to the capture."""
        kept = self.live[url]
        self.kept.setdefault(url, []).append(kept)
        return 302, {"Location": f"/web/{kept.timestamp}/{url}"}, b""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Archive

    def do_GET(self) -> None:
        visit = Visit(self.path, time.monotonic())
        self.server.log.append(visit)
        with suppress(OSError):
            self._answer(visit)

    def _answer(self, visit: Visit) -> None:
        for beginning, mood in self.server.moods.items():
            if self.path.startswith(beginning):
                time.sleep(mood.seconds)
                visit.end = time.monotonic()
                self._send(mood.status, mood.headers, mood.body)
                return
        visit.end = time.monotonic()
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/cdx/search/cdx":
            self._index(asked)
        elif parts.path == "/wayback/available":
            self._available(asked)
        elif self.path.startswith("/web/timemap/link/"):
            self._time_map(self.path.removeprefix("/web/timemap/link/"))
        elif self.path.startswith("/web/"):
            self._replay(self.path.removeprefix("/web/"))
        elif self.path.startswith("/save/"):
            self._send(*self.server.saving(self.path.removeprefix("/save/")))
        else:
            self._send(404, {}, b"")

    def _index(self, asked: dict[str, str]) -> None:
        """`output=json&fl=…&filter=statuscode:200&collapse=digest&limit=N`, oldest first."""
        wanted = asked.get("fl", ",".join(FIELDS)).split(",")
        rows = []
        before = None
        for kept in sorted(self.server.kept.get(asked["url"], []), key=lambda one: one.timestamp):
            status = self.server.indexed_status or str(kept.status)
            if asked.get("filter", f"statuscode:{status}") != f"statuscode:{status}":
                continue
            digest = str(hash(kept.body))
            if asked.get("collapse") == "digest" and digest == before:
                continue
            before = digest
            row = ("org,example)/", kept.timestamp, asked["url"], kept.mimetype, status, digest, "1415")
            rows.append([dict(zip(FIELDS, row, strict=True))[name] for name in wanted])
        rows = rows[: int(asked.get("limit", "150000"))]
        self._send_json([wanted, *rows] if rows else [])

    def _available(self, asked: dict[str, str]) -> None:
        """https://archive.org/help/wayback_api.php."""
        near = asked.get("timestamp", "99991231000000").ljust(14, "0")
        kept = [one for one in self.server.kept.get(asked["url"], []) if one.status == 200]
        snapshots = {}
        if kept:
            closest = min(kept, key=lambda one: abs(int(one.timestamp) - int(near)))
            snapshots["closest"] = {
                "available": True,
                "url": self.server.replay(asked["url"], closest.timestamp),
                "timestamp": closest.timestamp,
                "status": "200",
            }
        self._send_json({"url": asked["url"], "archived_snapshots": snapshots, "timestamp": near})

    def _time_map(self, url: str) -> None:
        """RFC 7089, section 5; as the Wayback Machine writes it."""
        kept = sorted(self.server.kept.get(url, []), key=lambda one: one.timestamp)
        if not kept:
            self._send(404, {}, b"")
            return
        own = f"{self.server.endpoint}/web/timemap/link/{url}"
        lines = [
            f'<{url}>; rel="original"',
            f'<{own}>; rel="self"; type="application/link-format"; from="{_http(kept[0].at)}"',
            f'<{self.server.endpoint}/web/{url}>; rel="timegate"',
            *(
                f'<{self.server.replay(url, one.timestamp)}>; rel="{"first " * (one is kept[0])}memento"; '
                f'datetime="{_http(one.at)}"'
                for one in kept
            ),
        ]
        self._send(200, {"Content-Type": "application/link-format"}, ",\n".join(lines).encode())

    def _replay(self, rest: str) -> None:
        digits, _, url = rest.partition("/")
        timestamp, form = digits[:14], digits[14:]
        kept = self.server.kept.get(url, [])
        if not kept or (form and not self.server.raw):
            self._send(404, {}, b"<title>The Wayback Machine has not archived that URL.</title>")
            return
        closest = min(kept, key=lambda one: abs(int(one.timestamp) - int(timestamp)))
        if closest.timestamp != timestamp:
            self._send(302, {"Location": f"/web/{closest.timestamp}{form}/{url}"}, b"")
            return
        headers = {
            "Memento-Datetime": _http(closest.at),
            "Content-Type": f"{closest.mimetype}; charset=utf-8",
        }
        headers |= {f"X-Archive-Orig-{name}": value for name, value in closest.headers.items()}
        bar = b"" if form else b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
        self._send(closest.status, headers, bar + closest.body)

    def _send_json(self, value: object) -> None:
        self._send(200, {"Content-Type": "application/json"}, json.dumps(value).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """In silence."""


def _http(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


@contextmanager
def wayback_farm() -> Iterator[Archive]:
    """An archive that is up for as long as the block lasts."""
    with Archive() as archive:
        thread = threading.Thread(target=archive.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield archive
        finally:
            archive.shutdown()
            thread.join()
