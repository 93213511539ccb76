"""The command as a process: exit codes, pipes that break, terminals, and what it costs to start."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from syndicator import __version__
from tests.catalogue.rows import plain
from tests.cli.running import make_shell
from tests.processes import ROOT


def environment(**changes: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | changes


def run(*arguments: str, code: int = 0, **changes: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "syndicator", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(**changes))
    assert done.returncode == code, done
    return done


def test_done_refused_and_wrong_usage_have_their_exit_codes(tmp_path: Path) -> None:
    site = str(tmp_path)
    assert run("--version").stdout == f"syndicator {__version__}\n"
    assert run("--site", site, "init").stderr == ""
    refused = run("--site", site, "show", "7", code=1)
    assert (refused.stdout, refused.stderr.count("\n")) == ("", 1)
    assert run("--site", site, "show", code=2).stdout == ""


def test_a_bug_is_a_traceback(tmp_path: Path) -> None:
    make_shell(tmp_path)
    code = (
        "from syndicator import desk\n"
        "desk.find_piece = lambda *given: 1 / 0\n"
        "from syndicator.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--site", str(tmp_path), "show", "1"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["lines", "json"])
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path, options: list[str]) -> None:
    shell = make_shell(tmp_path)
    lines = "".join(
        f'{{"title": "Piece {number} {"x" * 500}", "published": "2024-06-16", '
        f'"placements": [{{"url": "https://outlet.example/{number}", "outlet": "O"}}]}}\n'
        for number in range(300)
    )
    shell("import", "jsonl", "-", "--quiet", given=lines)
    with subprocess.Popen(
        [sys.executable, "-m", "syndicator", "--site", str(tmp_path), "list", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def on_a_terminal(*arguments: str) -> str:
    """What a command shows where standard output is a terminal that knows no styles, 80 columns wide."""
    ours, its = pty.openpty()
    changes = environment(TERM="dumb")
    with subprocess.Popen(
        [sys.executable, "-m", "syndicator", *arguments], stdout=its, env=changes
    ) as process:
        os.close(its)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed.
                break
            if not part:
                break
            shown += part
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def test_on_a_terminal_a_list_is_a_table_with_a_heading(tmp_path: Path) -> None:
    shell = make_shell(tmp_path)
    shell.add(1, "--title", "A [b]t[/b]")
    shown = on_a_terminal("--site", str(tmp_path), "list")
    heading, row = (next(line for line in shown.splitlines() if word in line) for word in ("Title", "[b]"))
    assert heading.split() == ["Id", "Published", "Status", "Kind", "Title", "People", "Outlet"]
    assert "A [b]t[/b]" in row


def test_on_a_terminal_stored_text_moves_no_cursor(tmp_path: Path) -> None:
    shell = make_shell(tmp_path)
    shell.add(1)
    tool = plain(tmp_path / "data" / "syndicator.db")
    tool.execute("UPDATE pieces SET title = 'A' || char(27) || '[31mB' || char(27) || ']0;C' || char(7)")
    tool.close()
    shown = on_a_terminal("--site", str(tmp_path), "list")
    assert "A[31mB]0;C" in shown
    assert not {"\x1b", "\x07"} & set(shown)


def test_the_language_of_the_system_does_not_matter(tmp_path: Path) -> None:
    shell = make_shell(tmp_path)
    shell("author", "add", "Émile Zola")
    done = subprocess.run(
        [sys.executable, "-m", "syndicator", "--site", str(tmp_path), "author", "list"],
        capture_output=True, check=False, env=environment(LC_ALL="C", PYTHONIOENCODING="") | {"PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done
    assert "Émile Zola".encode() in done.stdout


def test_the_person_at_work_is_in_the_audit(tmp_path: Path) -> None:
    shell = make_shell(tmp_path)
    add = ["add", "https://outlet.example/1", "--no-fetch", "--title", "T", "--outlet", "O"]
    run("--site", str(tmp_path), *add, SYNDICATOR_USER="Jo Doe")
    (row,) = shell("show", "1", "--history", "--json").json["history"]
    assert row["who"] == "Jo Doe"
