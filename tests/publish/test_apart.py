"""Pages made in a process at our side are the pages that this one would make, and its death loses nothing."""

import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from syndicator import desk, publish
from syndicator.errors import StorageFailed
from syndicator.publish import apart
from syndicator.publish.placer import STAGED_BESIDE
from syndicator.site import Site
from tests.builders import log, tree
from tests.publish.test_refreshing import rebuilt
from tests.publish.test_survival import busy_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A published site with two processes for the next publish, and a new piece to be shown."""
    monkeypatch.setattr(apart, "is_wise", lambda: True)
    site = busy_site(tmp_path, 60)
    publish.refresh(site)
    log(site, 9_000, authors=["Author 1", "Someone New"])
    return site


def _started_then(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Has something done to the process as soon as it runs."""
    start = apart.Apart.__init__

    def started(self: apart.Apart, *arguments: Any) -> None:
        start(self, *arguments)
        act(self._process)

    monkeypatch.setattr(apart.Apart, "__init__", started)


def test_the_pages_are_the_same(site: Site) -> None:
    """One new piece: its page, the pages that list it, and as many files written as when one process does it all."""
    before = tree(site.feeds)
    published = publish.refresh(site)
    after = tree(site.feeds)
    assert after == rebuilt(site)
    assert published.written == sum(before.get(path) != content for path, content in after.items())


def test_it_goes_when_it_is_not_needed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that makes everything due is given to others."""
    children: list[int] = []
    _started_then(monkeypatch, children.append)
    monkeypatch.setattr("syndicator.publish.stock.MANY", 0)
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)


def test_its_death_is_told_and_mended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9: one clear sentence, and the next publish completes."""
    with monkeypatch.context() as deadly:
        _started_then(deadly, lambda child: os.kill(child, signal.SIGKILL))
        with pytest.raises(StorageFailed, match="ended early"):
            publish.refresh(site)
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def test_a_fault_of_the_disk_is_named(site: Site) -> None:
    """The process meets it, and the person reads the path and the reason."""
    page = site.feeds / "authors" / "author-1" / "index.html"
    page.unlink()
    page.mkdir()
    with pytest.raises(StorageFailed, match=r"author-1/.*index\.html cannot be written: Is a directory"):
        publish.refresh(site)
    page.rmdir()
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def test_what_a_killed_run_had_staged_is_cleared(site: Site) -> None:
    """It may be a second name of a file that readers see: that one is not touched."""
    page = site.feeds / "all" / "index.html"
    staged = page.with_name(STAGED_BESIDE)
    os.link(page, staged)
    seen = page.open("rb")
    before = page.read_bytes()
    publish.refresh(site)
    with seen:
        assert seen.read() == before
    assert not staged.exists()
    desk.retract(site, 1)
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def test_a_system_that_has_no_process_to_spare_is_no_obstacle(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the pages are made here, and nothing stays open."""

    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    before = len(list(Path("/proc/self/fd").iterdir()))
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
