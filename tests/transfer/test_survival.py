"""What an import withstands: being killed, a locked, full or read-only database, a rival. Nothing lost or doubled."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syndicator import transfer
from syndicator.catalogue.migrations import SCHEMA_VERSION
from syndicator.errors import CatalogueBusy, ImportRefused, StorageFailed
from syndicator.site import DATABASE, Site
from syndicator.transfer import LineReport, importing
from tests.builders import StandingClock, fields, make_site
from tests.transfer.builders import imported, jsonl, outcomes, record

LINES = [
    fields(number, source_id=f"row-{number}", authors=[f"Author {number % 7}", f"Author {number % 5}"])
    for number in range(60)
]
BATCH = 10

IMPORT = """
import sys, time
from pathlib import Path
from syndicator import desk, transfer
from syndicator.site import open_site
from syndicator.transfer import importing

site, source, batch, hang_at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
record, calls = desk.record, 0

def record_or_hang(*arguments, **options):
    global calls
    calls += 1
    recorded = record(*arguments, **options)
    if calls == hang_at:
        print("hanging", flush=True)
        time.sleep(600)
    return recorded

desk.record = record_or_hang
importing.BATCH_LINES = batch
with open(source, "rb") as file:
    told = lambda line: print(line.line, flush=True)
    transfer.import_pieces(open_site(site, who="tester"), transfer.read_jsonl(file), source="test", on_line=told)
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = make_site(tmp_path)
    site.catalogue.connection.execute("PRAGMA busy_timeout = 20")
    yield site
    site.catalogue.close()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_LINES", BATCH)


def sound(site: Site) -> bool:
    connection = site.catalogue.connection
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not broken


def undisturbed(tmp_path: Path) -> dict[str, bytes]:
    """The record that an import makes which nothing disturbs."""
    site = make_site(tmp_path / "undisturbed")
    imported(site, jsonl(*LINES))
    made = record(site)
    site.catalogue.close()
    return made


@pytest.mark.parametrize("hang_at", [1, BATCH, BATCH + 1, 4 * BATCH + 5])
def test_a_kill_within_a_batch_leaves_the_batches_before_it_and_the_next_import_completes_it(
    tmp_path: Path, hang_at: int
) -> None:
    folder = tmp_path / "site"
    make_site(folder).catalogue.close()
    lines = tmp_path / "pieces.jsonl"
    lines.write_bytes(jsonl(*LINES).getvalue())
    command = [sys.executable, "-c", IMPORT, str(folder), str(lines), str(BATCH), str(hang_at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = list(iter(process.stdout.readline, "hanging\n"))
        process.kill()

    site = make_site(folder)
    assert sound(site)
    stored = (hang_at - 1) // BATCH * BATCH
    assert len(list(transfer.export_pieces(site, "jsonl"))) == len(told) == stored
    _, lines_told = imported(site, jsonl(*LINES))
    assert outcomes(lines_told) == ["unchanged"] * stored + ["added"] * (len(LINES) - stored)
    assert sound(site)
    assert record(site) == undisturbed(tmp_path)
    site.catalogue.close()


def test_a_kill_while_it_waits_for_its_source_leaves_what_was_told(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    make_site(folder).catalogue.close()
    command = [sys.executable, "-c", IMPORT, str(folder), "/dev/stdin", "1", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(LINES[0]).encode() + b"\n" + json.dumps(LINES[1]).encode()[:40])
        process.stdin.flush()
        assert process.stdout.readline() == b"1\n"
        process.kill()
    site = make_site(folder)
    assert sound(site)
    assert len(list(transfer.export_pieces(site, "jsonl"))) == 1
    site.catalogue.close()


def test_a_locked_database_is_said_and_nothing_is_imported(site: Site) -> None:
    rival = sqlite3.connect(site.folder / DATABASE, isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(CatalogueBusy, match="is locked by another program; nothing was changed"):
        imported(site, jsonl(*LINES))
    rival.execute("ROLLBACK")
    rival.close()
    assert imported(site, jsonl(*LINES))[0].added == len(LINES)


@pytest.mark.usefixtures("small_batches")
def test_an_import_that_is_locked_out_says_where_it_stopped_and_goes_on_next_time(
    site: Site, tmp_path: Path
) -> None:
    rival = sqlite3.connect(site.folder / DATABASE, isolation_level=None)
    told: list[LineReport] = []

    def lock_after_the_second_batch(line: LineReport) -> None:
        told.append(line)
        if line.line == 2 * BATCH:
            rival.execute("BEGIN IMMEDIATE")

    with pytest.raises(ImportRefused) as refusal:
        transfer.import_pieces(
            site, transfer.read_jsonl(jsonl(*LINES)), source="test", on_line=lock_after_the_second_batch
        )
    assert str(refusal.value) == (
        f"The import stopped at line 21: {site.folder / DATABASE} is locked by another program. What came before "
        "that line is recorded. Import the same file again once that is mended: it goes on where this one ended."
    )
    assert len(told) == len(list(transfer.export_pieces(site, "jsonl"))) == 2 * BATCH
    rival.execute("ROLLBACK")
    rival.close()
    assert imported(site, jsonl(*LINES))[0].added == len(LINES) - 2 * BATCH
    assert record(site) == undisturbed(tmp_path)


def room_for(site: Site, pages: int) -> None:
    """How many more pages the database may grow by."""
    connection = site.catalogue.connection
    (used,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {used + pages}")


@pytest.mark.usefixtures("small_batches")
def test_a_full_disk_ends_the_import_and_keeps_what_was_stored(site: Site, tmp_path: Path) -> None:
    imported(site, jsonl(*LINES[:BATCH]))
    room_for(site, 30)
    long = [line | {"summary": "word " * 2000} for line in LINES]
    told: list[LineReport] = []
    with pytest.raises((ImportRefused, StorageFailed), match="the disk is full") as refusal:
        transfer.import_pieces(site, transfer.read_jsonl(jsonl(*long)), source="test", on_line=told.append)
    assert "Traceback" not in str(refusal.value)
    assert sound(site)
    assert all(line.outcome.value != "refused" for line in told)
    room_for(site, 1_000_000)
    imported(site, jsonl(*LINES))
    assert {line["source_id"] for line in map(json.loads, transfer.export_pieces(site, "jsonl"))} == {
        line["source_id"] for line in LINES
    }


def test_a_read_only_database_is_said(site: Site) -> None:
    site.catalogue.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageFailed, match="cannot be written"):
        imported(site, jsonl(*LINES))


@pytest.mark.usefixtures("small_batches")
def test_an_import_ends_where_a_newer_program_takes_over_the_database(site: Site) -> None:
    def migrate(line: LineReport) -> None:
        if line.line == BATCH:
            with sqlite3.connect(site.folder / DATABASE) as newer:
                newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
            newer.close()

    with pytest.raises(ImportRefused, match=r"stopped at line 11: .* was made by a newer Syndicator"):
        transfer.import_pieces(site, transfer.read_jsonl(jsonl(*LINES)), source="test", on_line=migrate)


@pytest.mark.usefixtures("small_batches")
def test_two_imports_of_the_same_file_at_once_make_each_piece_once(tmp_path: Path) -> None:
    make_site(tmp_path).catalogue.close()
    added: list[int] = []

    def one() -> None:
        site = make_site(tmp_path, clock=StandingClock())
        added.append(imported(site, jsonl(*LINES))[0].added)
        site.catalogue.close()

    rivals = [threading.Thread(target=one) for _ in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    site = make_site(tmp_path)
    assert sum(added) == len(list(transfer.export_pieces(site, "jsonl"))) == len(LINES)
    assert sound(site)
    site.catalogue.close()


@pytest.mark.usefixtures("small_batches")
def test_an_import_waits_for_nobody_while_it_reads_and_holds_nobody_up(site: Site) -> None:
    """A slow source keeps the database free: others write while it is waited for."""
    rival = sqlite3.connect(site.folder / DATABASE, isolation_level=None, timeout=0)

    def slow() -> Iterator[Any]:
        for row in transfer.read_jsonl(jsonl(*LINES)):
            rival.execute("UPDATE links SET url = url")
            yield row

    assert transfer.import_pieces(site, slow(), source="test").added == len(LINES)
    rival.close()


def test_memory_stays_bounded_however_many_lines_come(site: Site) -> None:
    """Rows are taken in batches: no more of them are alive at once than a batch holds, whatever the length."""
    alive = 0
    most = 0

    class Counted(dict[str, Any]):
        def __init__(self, **given: Any) -> None:
            nonlocal alive, most
            super().__init__(**given)
            alive += 1
            most = max(most, alive)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    rows = (transfer.Row(number, Counted(title="no date")) for number in range(1, 3 * importing.BATCH_LINES))
    report = transfer.import_pieces(site, rows, source="test")
    assert report.refused == 3 * importing.BATCH_LINES - 1
    assert most <= 2 * importing.BATCH_LINES + 1
