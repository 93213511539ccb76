"""Checking links against lychee: `python -m tests.benchmarks.links [LINKS]`. Ratios in one run; nothing asserts.

Both visit the same pages on loopback without politeness. Ours judges every check and stores it in SQLite; lychee
stores nothing. CPU time and peak memory are the operating system's account of each process.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trustme

from syndicator.site import open_site
from tests.benchmarks.installed import as_installed
from tests.benchmarks.outlets_server import addresses
from tests.builders import SETTINGS

HOSTS = 300
PAIRS = 3
TLS_LINKS = 3_000
MANY_LINKS = 200_000


@dataclass(frozen=True)
class Cost:
    """What a process used."""

    cpu: float
    megabytes: float
    output: str


def cost(command: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Runs a command to its end."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | (environment or {})
    )
    assert process.stdout
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


@contextlib.contextmanager
def web(*arguments: str) -> Iterator[int]:
    """The little web in a process of its own; its port."""
    command = [sys.executable, "-m", "tests.benchmarks.outlets_server", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        assert process.stdin
        process.stdin.close()


def made(folder: Path, urls: list[str], settings: str = "") -> Path:
    """A site with these links, as another tool would put them into the file."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "site.toml").write_text(
        f"{SETTINGS}\n[check]\nper_host_interval = 0\n[network]\nallow = ['127.0.0.0/8']\n{settings}",
        encoding="utf-8",
    )
    open_site(folder).catalogue.close()
    with contextlib.closing(sqlite3.connect(folder / "data" / "syndicator.db")) as connection, connection:
        connection.executemany(
            "INSERT INTO links (key, url, vetted) VALUES (?, ?, 1)", [(url, url) for url in urls]
        )
    return folder


def ours(site: Path) -> Cost:
    command = [sys.executable, "-m", "syndicator", "--site", str(site), "check", "--json"]
    done = cost(command)
    outcomes = {link["outcome"] for link in json.loads(done.output)["links"]}
    assert outcomes == {"ok"}, outcomes
    return done


def lychee(urls: list[str], folder: Path, environment: dict[str, str] | None = None) -> Cost:
    listed = folder / "links.txt"
    listed.write_text("\n".join(urls), encoding="utf-8")
    command = [
        str(Path(sys.executable).parent / "lychee"), "--no-progress", "--max-concurrency", "64", "--method", "get",
        "--host-concurrency", "64", "--host-request-interval", "0ms", "--max-retries", "0", "--format", "json",
        "--cache=false", str(listed),
    ]  # fmt: skip
    done = cost(command, environment)
    counted = json.loads(done.output)
    assert counted["successful"] == len(urls), {
        key: counted[key] for key in ("total", "successful", "errors")
    }
    return done


def compared(name: str, urls: list[str], temporary: Path, target: float, ca_file: str = "") -> None:
    """Pairs in turn; the median ratio of CPU time, and the memory of each."""
    settings = f"ca_file = '{ca_file}'\n" if ca_file else ""
    ratios, memories = [], []
    for number in range(PAIRS):
        site = made(temporary / f"{name}-{number}", urls, settings)
        mine = ours(site)
        theirs = lychee(urls, temporary, {"SSL_CERT_FILE": ca_file} if ca_file else None)
        ratios.append(mine.cpu / theirs.cpu)
        memories.append(mine.megabytes / theirs.megabytes)
        each = [used.cpu / len(urls) * 1000 for used in (mine, theirs)]
        say(
            f"  {name}: {each[0]:.3f} / {each[1]:.3f} ms CPU a link, {mine.megabytes:.0f} / {theirs.megabytes:.0f} MB"
        )
        shutil.rmtree(site)
    say(f"{name}: CPU {sorted(ratios)[PAIRS // 2]:.2f}x of lychee's (target <= {target}x), "
        f"memory {sorted(memories)[PAIRS // 2]:.2f}x")  # fmt: skip


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def links(count: int, scheme: str, port: int, hosts: int) -> list[str]:
    places = addresses(hosts)
    return [f"{scheme}://{places[number % hosts]}:{port}/article/{number}" for number in range(count)]


def main() -> None:
    """Measures, and prints one line a figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    as_installed()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        with web(str(HOSTS)) as port:
            compared("http, kept connections", links(count, "http", port, HOSTS), temporary, 1.5)
            few = ours(made(temporary / "few", links(10_000, "http", port, HOSTS)))
            many = ours(made(temporary / "many", links(MANY_LINKS, "http", port, HOSTS)))
            say(
                f"memory at 10,000 links {few.megabytes:.0f} MB, at {MANY_LINKS:,} links {many.megabytes:.0f} MB (flat)"
            )
        authority = trustme.CA()
        ca_file, chain = temporary / "authority.pem", temporary / "chain.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        authority.issue_cert(*addresses(20)).private_key_and_cert_chain_pem.write_to_path(str(chain))
        with web("20", str(chain)) as port:
            urls = links(TLS_LINKS, "https", port, 20)
            compared("https, fresh connections", urls, temporary, 2.6, str(ca_file))


if __name__ == "__main__":
    main()
