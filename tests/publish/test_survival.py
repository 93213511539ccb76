"""What publishing survives: a kill at any moment, a second publish, a full or read-only folder, a locked database.

Real processes, real signals, a real small disk: a tmpfs in a mount namespace of its own, where the system lets us.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from syndicator import desk, publish
from syndicator.errors import CatalogueBusy, PublishBusy, StorageFailed
from syndicator.publish.placer import STAGED, STAGED_BESIDE
from syndicator.site import Site, open_site
from tests.builders import StandingClock, log, make_site, tree
from tests.publish.test_refreshing import rebuilt

PUBLISH = [sys.executable, "-m", "syndicator", "publish"]


def busy_site(folder: Path, pieces: int = 300) -> Site:
    """A site whose publish takes long enough to be interrupted."""
    site = make_site(folder, clock=StandingClock())
    with site.catalogue.write():
        for number in range(pieces):
            log(
                site,
                number,
                published=f"{2010 + number % 14}-03-{number % 28 + 1:02}",
                authors=[f"Author {number % 40}"],
            )
    return site


def started(site: Site) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"SYNDICATOR_SITE": str(site.folder)}
    return subprocess.Popen(PUBLISH, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def files_in(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


def assert_whole(feeds: Path) -> None:
    """Every file that a reader could fetch now is a whole document."""
    for path in feeds.rglob("*"):
        if path.name in (STAGED, STAGED_BESIDE) or not path.is_file():
            continue
        content = path.read_bytes()
        match path.suffix:
            case ".xml":
                etree.fromstring(content)
            case ".json":
                json.loads(content)
            case ".html":
                assert content.rstrip().endswith(b"</html>")


@pytest.mark.parametrize("after", [1, 60, 250, 420])
def test_killed_at_any_moment_the_next_publish_completes_the_work(tmp_path: Path, after: int) -> None:
    """kill -9 leaves whole files only; what was recorded meanwhile is published with the rest."""
    site = busy_site(tmp_path)
    process = started(site)
    while files_in(site.feeds) < after and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert_whole(site.feeds)
    desk.retract(site, 3)
    log(site, 9_000, authors=["Author 1"])
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def test_files_of_a_killed_run_that_no_longer_belong_are_removed(tmp_path: Path) -> None:
    """The journal tells the next run that they are ours, though the books do not know them yet."""
    site = busy_site(tmp_path, 40)
    process = started(site)
    while files_in(site.feeds / "pieces") < 10 and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for piece in range(1, 41):
        desk.retract(site, piece)
    publish.refresh(site)
    assert not (site.feeds / "pieces").exists()
    assert tree(site.feeds) == rebuilt(site)


def test_two_at_once_take_turns(tmp_path: Path) -> None:
    """Both end well, and the result is that of one."""
    site = busy_site(tmp_path, 100)
    first, second = started(site), started(site)
    outputs = [process.communicate(timeout=60) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], outputs
    assert tree(site.feeds) == rebuilt(site)


def test_a_publish_that_does_not_get_its_turn_says_so(tmp_path: Path) -> None:
    """It waits a while, then refuses with the next step; nothing is written."""
    import fcntl

    site = make_site(tmp_path)
    log(site)
    with (site.data / "publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishBusy, match="Another publish of this site is running"):
            publish.refresh(site, lock_seconds=0.1)
    assert not site.feeds.exists()


def test_a_locked_database_is_named(tmp_path: Path) -> None:
    """Another program's long write is waited for, then named; the next publish does the work."""
    made = make_site(tmp_path)
    log(made)
    made.catalogue.close()
    site = make_site(tmp_path)
    site.catalogue.connection.execute("PRAGMA busy_timeout = 50")
    with sqlite3.connect(site.data / "syndicator.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CatalogueBusy, match=r"syndicator\.db is locked by another program"):
            publish.refresh(site)
        other.execute("ROLLBACK")
    other.close()
    assert publish.refresh(site).written > 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where feeds/ should: one clear line, and the work is done once it is out of the way."""
    site = make_site(tmp_path)
    log(site)
    site.feeds.write_text("in the way")
    with pytest.raises(StorageFailed, match="feeds"):
        publish.refresh(site)
    site.feeds.unlink()
    publish.refresh(site)
    assert tree(site.feeds) == rebuilt(site)


def _in_namespace(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs a shell script in a mount namespace of its own; skips where the system does not allow that."""
    command = ["unshare", "--mount", "--map-root-user", "--", "sh", "-ec", script, "sh", *arguments]
    try:
        allowed = subprocess.run(
            [*command[:4], "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("unshare is not installed")
    if allowed.returncode:
        pytest.skip("mount namespaces are not allowed here")
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    """The files of before stay whole; with more room the next publish completes the work."""
    site = busy_site(tmp_path)
    site.feeds.mkdir()
    site.catalogue.close()
    done = _in_namespace(
        'mount -t tmpfs -o size=400k none "$1/feeds"; '
        '"$2" -m syndicator --site "$1" publish && exit 9; '
        'cp -r "$1/feeds" "$1/seen"; mount -o remount,size=100m "$1/feeds"; '
        '"$2" -m syndicator --site "$1" publish; cp -r "$1/feeds" "$1/after"',
        str(site.folder),
        sys.executable,
    )
    assert done.returncode == 0, done.stderr
    assert "the disk is full" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert_whole(tmp_path / "seen")
    reopened = open_site(tmp_path, clock=StandingClock())
    assert tree(tmp_path / "after") == rebuilt(reopened)
    reopened.catalogue.close()


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    """One clear line on standard error, exit code 1."""
    site = make_site(tmp_path)
    log(site)
    site.feeds.mkdir()
    site.catalogue.close()
    done = _in_namespace(
        'mount -t tmpfs -o ro none "$1/feeds"; "$2" -m syndicator --site "$1" publish',
        str(site.folder),
        sys.executable,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Read-only file system" in done.stderr
