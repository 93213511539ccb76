"""What is printed: one document for programs, lines for pipes, and nothing that a terminal could take for a command."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import make_site
from tests.cli.running import Ran, Shell, make_shell

# A window title, a red colour, a bell, a C1 control sequence, a carriage return: what a terminal would obey.
HOSTILE = "\x1b]0;owned\x07 \x1b[31mred\x1b[0m \x9b31m \rover"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = make_shell(tmp_path)
    made.add(1, "--program", "Asia Program")
    return made


@pytest.fixture
def hostile(shell: Shell) -> Shell:
    """Every text in the record holds what a terminal would obey: it came past the desk."""
    site = make_site(shell.folder)
    write = site.catalogue.connection.execute
    write(
        "UPDATE pieces SET title = ?, summary = ?, summary_text = ?, source_id = ?", (f"Title {HOSTILE}",) * 4
    )
    for noun in ("authors", "outlets", "topics", "programs"):
        write(f"UPDATE {noun} SET name = ?", (f"Name {HOSTILE}",))
    write("UPDATE links SET url = ?", (f"https://outlet.example/1{HOSTILE}",))
    site.catalogue.close()
    return shell


class TestJson:
    @pytest.mark.parametrize(
        "command",
        [
            ["add", "https://outlet.example/2", "--no-fetch", "--title", "T", "--outlet", "O"],
            ["edit", "1", "--title", "Other"],
            ["show", "1"],
            ["show", "1", "--history"],
            ["list"],
            ["retract", "1"],
            ["place", "1", "https://reprints.example/1", "--outlet", "Reprints"],
            ["author", "list"],
            ["author", "add", "Al Roe"],
            ["author", "edit", "Jo Doe", "--role", "Fellow"],
            ["author", "rename", "Jo Doe", "Jo Smith"],
            ["topic", "merge", "Alliances", "Alliances", "--dry-run"],
            ["import", "jsonl", "-"],
            ["load"],
            ["url", "https://outlet.example/?utm_source=x"],
            ["publish"],
        ],
        ids=" ".join,
    )
    def test_it_is_one_document_and_nothing_else(self, shell: Shell, command: list[str]) -> None:
        ran = shell(*command, "--json")
        assert ran.json is not None
        assert ran.stdout.endswith("\n")
        assert ran.stderr == ""

    def test_text_beyond_ascii_is_readable(self, shell: Shell) -> None:
        shell("author", "add", "Émile Zola")
        assert '"name": "Émile Zola"' in shell("author", "list", "--json").stdout

    def test_what_utf8_cannot_say_is_escaped(self, shell: Shell) -> None:
        """A byte of an argument that is no UTF-8 reaches us as a lone surrogate."""
        ran = shell("url", "\udcff", "--json", code=1)
        assert ran.json[0]["given"] == "\udcff"


Command = Callable[[Shell], Ran]


@pytest.mark.parametrize(
    "command",
    [
        lambda shell: shell("list"),
        lambda shell: shell("list", "--json"),
        lambda shell: shell("show", "1", "--history"),
        lambda shell: shell("show", "1", "--history", "--json"),
        lambda shell: shell("author", "list"),
        lambda shell: shell("outlet", "list", "--json"),
        lambda shell: shell("topic", "merge", "alliances", "alliances", "--dry-run"),
        lambda shell: shell("edit", "1", "--published", "2020-01-01"),
        lambda shell: shell("retract", "1"),
        lambda shell: shell("publish"),
        lambda shell: shell.add(1, code=1),
        lambda shell: shell("show", HOSTILE, code=1),
        lambda shell: shell("author", "rename", HOSTILE, "x", code=1),
        lambda shell: shell("url", HOSTILE, code=1),
        lambda shell: shell("url", HOSTILE, "--json", code=1),
        lambda shell: shell("add", HOSTILE, "--no-fetch", "--title", "T", "--kind", HOSTILE, code=1),
        lambda shell: shell("list", "--since", HOSTILE, code=2),
        lambda shell: shell("import", "jsonl", "-", given=json.dumps({"title": HOSTILE}), code=1),
    ],
)
def test_no_control_sequence_reaches_the_terminal(hostile: Shell, command: Command) -> None:
    ran = command(hostile)
    for stream in (ran.stdout, ran.stderr):
        assert not {"\x1b", "\x07", "\x9b", "\r"} & set(stream)


class TestRefusals:
    @pytest.mark.parametrize(
        "command", [["list"], ["show", "1"], ["author", "list"], ["publish"]], ids=" ".join
    )
    def test_a_damaged_database_is_told_whatever_was_asked(self, shell: Shell, command: list[str]) -> None:
        database = shell.folder / "data" / "syndicator.db"
        size = database.stat().st_size
        with database.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        ran = shell(*command, code=1)
        assert (
            ran.stderr
            == f"Error: {database} is damaged: database disk image is malformed. Restore the latest backup.\n"
        )

    @pytest.mark.parametrize(
        "command",
        [
            ["show", "7"],
            ["edit", "7", "--title", "x"],
            ["retract", "7"],
            ["place", "7", "https://a.example/"],
            ["author", "rename", "Nobody", "Somebody"],
            ["list", "--topic", "Nothing"],
            ["add", "https://outlet.example/1", "--no-fetch", "--title", "T"],
            ["add", "mailto:jo@a.example", "--no-fetch", "--title", "T"],
            ["init"],
        ],
        ids=" ".join,
    )
    def test_a_refusal_is_one_line_on_standard_error(self, shell: Shell, command: list[str]) -> None:
        ran = shell(*command, code=1)
        assert ran.stdout == ""
        assert ran.stderr.startswith("Error: ")
        assert ran.stderr.count("\n") == 1

    @pytest.mark.parametrize(
        "command",
        [["edit"], ["show"], ["list", "--colour"], ["nothing"], ["author"], ["retract", "1", "2"]],
        ids=" ".join,
    )
    def test_wrong_usage_is_told_apart(self, shell: Shell, command: list[str]) -> None:
        assert "Usage: " in shell(*command, code=2).stderr
