"""Two processes render everything to the same bytes as one, and either's death loses nothing."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syndicator import publish
from syndicator.errors import StorageFailed
from syndicator.publish import rendering
from syndicator.site import Site
from tests.builders import tree
from tests.publish.test_refreshing import rebuilt
from tests.publish.test_survival import assert_whole, busy_site


@pytest.fixture
def shared_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has even small sites published by two processes, in batches small enough for both to get some."""
    monkeypatch.setattr(rendering, "MANY_PIECES", 10)
    monkeypatch.setattr(rendering, "BATCH", 10)
    monkeypatch.setattr(rendering, "SCOPES", 3)


def children(role: str = "") -> list[int]:
    """The processes that this one has started for a role: `pair` renders, `courier` puts in place."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and f"syndicator.publish.{role}" in (entry / "cmdline").read_text():
                found.append(int(entry.name))
    return found


@pytest.mark.usefixtures("shared_work")
def test_two_processes_make_what_one_does(tmp_path: Path) -> None:
    """Whoever renders what, and in whatever order."""
    site = busy_site(tmp_path, 150)
    published = publish.refresh(site)
    by_two = tree(site.feeds)
    assert published.written == len(by_two)
    assert publish.refresh(site, full=True).written == 0
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(rendering, "MANY_PIECES", 1_000)
        assert rebuilt(site) == by_two


@pytest.mark.usefixtures("shared_work")
@pytest.mark.parametrize("role", ["pair", "courier"])
def test_the_death_of_a_process_is_told_and_mended(tmp_path: Path, role: str) -> None:
    """kill -9 of the second renderer or of the courier: one clear sentence, and the next publish completes."""
    site = busy_site(tmp_path, 150)

    def kill(stage: publish.Stage, done: int, total: int) -> None:
        for child in children(role):
            os.kill(child, signal.SIGKILL)

    with pytest.raises(StorageFailed, match="ended early"):
        publish.refresh(site, progress=kill)
    assert not children()
    assert_whole(site.feeds)
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


@pytest.mark.usefixtures("shared_work")
def test_a_fault_of_the_disk_is_named(tmp_path: Path) -> None:
    """The courier meets it, and the person reads the path and the reason."""
    site = busy_site(tmp_path, 60)
    (site.feeds / "pieces").mkdir(parents=True)
    (site.feeds / "topics").write_text("in the way")
    (site.feeds / "authors").write_text("in the way")
    with pytest.raises(
        StorageFailed, match=r"feeds/authors/.* cannot be written: (Not a directory|File exists)"
    ):
        publish.refresh(site)
    (site.feeds / "authors").unlink()
    (site.feeds / "topics").unlink()
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def stopped_at(site: Site, reached: Callable[[], bool]) -> Iterator[None]:
    """A publish in a process of its own, killed when something has come about."""
    script = (
        "import sys; from pathlib import Path; from syndicator import publish, site; "
        "from syndicator.publish import rendering; rendering.MANY_PIECES = rendering.BATCH = 10; "
        "publish.refresh(site.open_site(Path(sys.argv[1])))"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(site.folder)], stderr=subprocess.PIPE)
    while not reached() and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    yield


@pytest.mark.parametrize("after", [1, 100, 300])
def test_the_death_of_the_first_ends_the_others(tmp_path: Path, after: int) -> None:
    """kill -9 of the publish itself: the others end by themselves and let go of the lock; nothing is lost."""
    site = busy_site(tmp_path, 150)
    for _ in stopped_at(site, lambda: sum(1 for _ in site.feeds.rglob("*.*")) >= after):
        publish.refresh(site)
        assert tree(site.feeds) == rebuilt(site)
