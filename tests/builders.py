"""Small builders that tests share: a site in a temporary folder, a clock that stands, a submission's fields."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import ProgrammingError
from typing import Any

from syndicator import desk
from syndicator.model.submission import read_submission
from syndicator.site import Site, open_site

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SETTINGS = """\
[site]
title = "Institute of Examples"
url = "https://institute.example/feeds/"
id_authority = "institute.example,2024"
contact = "web@institute.example"
"""


class StandingClock:
    """A clock that shows what it is set to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> None:
        self.now += timedelta(**step)


_opened: list[Site] = []


def make_site(folder: Path, *, clock: StandingClock | None = None, settings: str = SETTINGS) -> Site:
    """An opened site in a folder; what is there already stays."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    path = folder / "data" / "site.toml"
    if not path.exists():
        path.write_text(settings, encoding="utf-8")
    site = open_site(folder, who="tester", clock=clock or StandingClock())
    _opened.append(site)
    return site


def close_sites() -> None:
    """Closes every site that was made, but for those of other threads, which only those can close."""
    while _opened:
        with suppress(ProgrammingError):
            _opened.pop().catalogue.close()


def fields(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The fields of a valid submission; `number` makes it another piece."""
    return {
        "title": f"Piece {number}",
        "summary": f"<p>What piece {number} says.</p>",
        "kind": "op-ed",
        "published": "2024-06-16",
        "authors": ["Jo Doe"],
        "topics": ["Alliances"],
        "programs": ["Asia Program"],
        "placements": [{"url": f"https://outlet.example/{number}", "outlet": "The Outlet"}],
    } | changes


def log(site: Site, number: int = 1, **changes: Any) -> int:
    """Logs a piece; its id."""
    submission = read_submission(fields(number, **changes), site.settings.zone)
    return desk.log(site, submission).piece_id


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def records(lines: Iterable[bytes]) -> bytes:
    """What an export wrote, in one piece."""
    return b"".join(lines)
