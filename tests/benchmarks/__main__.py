"""The benchmarks: `python -m tests.benchmarks [PIECES]`. Prints ratios against rivals measured in the same run.

Each step is a process of its own; peak memory is the operating system's account of it. Nothing here asserts:
times depend on the machine, the ratios are what to compare.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.installed import as_installed
from tests.builders import SETTINGS

SIZES = (1_000, 10_000)
REPEATS = 7


@dataclass(frozen=True)
class Run:
    """A finished process."""

    seconds: float
    megabytes: float
    output: str


def run(*command: str) -> Run:
    """Runs a command to its end; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    assert process.returncode == 0, (command, output)
    return Run(seconds, usage.ru_maxrss / 1024, output)


def step(name: str, site: Path, *arguments: str) -> tuple[dict[str, Any], Run]:
    done = run("tests.benchmarks.phases", name, str(site), *arguments)
    return json.loads(done.output), done


def median(*command: str) -> float:
    """The median wall time of a command."""
    return statistics.median(run(*command).seconds for _ in range(REPEATS))


def made(folder: Path, pieces: int) -> tuple[dict[str, Any], Run]:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "site.toml").write_text(SETTINGS, encoding="utf-8")
    return step("fill", folder, str(pieces))


def one_piece(site: Path, start_up: float) -> tuple[float, float, int]:
    """Seconds beyond start-up that a publish takes with nothing changed, and with one new piece; its files."""
    publish = ("syndicator", "--site", str(site), "publish", "--json")
    idle = median(*publish) - start_up
    seconds, files = [], 0
    for number in range(REPEATS):
        run(
            "syndicator", "--site", str(site), "add", f"https://outlet5.example/new-{number}", "--no-fetch",
            "--title", f"New {number}", "--author", "Author 3", "--topic", "Topic 3", "--topic", "Topic 1",
            "--program", "Program 1", "--outlet", "Outlet 5", "--published", "2025-12-20",
        )  # fmt: skip
        done = run(*publish)
        seconds.append(done.seconds)
        files = json.loads(done.output)["written"]
    return idle, statistics.median(seconds) - start_up, files


def row(what: str, measured: str, target: str) -> None:
    print(f"{what:<58} {measured:>26}   {target}", flush=True)  # noqa: T201


def main() -> None:
    """Measures, and prints one line a figure."""
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    as_installed()
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "whole"
        imported, import_run = made(site, pieces)
        inserted, _ = step("insert_all", site)
        row(f"import {pieces:,} lines / insert_all of its {inserted['rows']:,} rows",
            f"{imported['seconds'] / inserted['seconds']:.2f}x ({imported['seconds']:.1f} s)", "<= 5x")  # fmt: skip
        row("import, peak memory", f"{import_run.megabytes:.0f} MB", "bounded")
        step("prepare", site)
        only, _ = step("feeds", site)
        whole, whole_run = step("everything", site)
        rival, _ = step("feedgen", site)
        row(
            f"plain feedgen, {rival['feeds']:,} feeds, {rival['slots']:,} entries",
            f"{rival['seconds']:.1f} s",
            "the rival",
        )
        row(
            f"current feeds, {only['files']:,} files / rival",
            f"{only['seconds'] / rival['seconds']:.2f}x",
            "<= 0.8x",
        )
        row(
            f"everything, {whole['files']:,} files / rival",
            f"{whole['seconds'] / rival['seconds']:.2f}x",
            "<= 3x",
        )
        both = whole_run.megabytes + whole["megabytes"]
        row("everything, peak memory of both processes", f"{both:.0f} MB", "<= 400 MB")
        row(f"feedgen rendering {rival['entries']:,} entries once / our feeds",
            f"{rival['once'] / only['seconds']:.2f}x", "what ours saves")  # fmt: skip
        start_up = median("syndicator", "--version")
        row("start-up", f"{start_up * 1000:.0f} ms", "<= 200 ms")
        for number in SIZES:
            made(Path(temporary) / str(number), number)
            step("everything", Path(temporary) / str(number))
        for name, folder in [(f"{number:,}", Path(temporary) / str(number)) for number in SIZES] + [
            (f"{pieces:,}", site)
        ]:
            idle, one, files = one_piece(folder, start_up)
            row(f"nothing changed, {name} pieces, beyond start-up", f"{idle * 1000:.0f} ms", "<= 100 ms")
            row(
                f"one new piece, {name} pieces, beyond start-up",
                f"{one * 1000:.0f} ms, {files} files",
                "<= 100 ms, flat",
            )


if __name__ == "__main__":
    main()
