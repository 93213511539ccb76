"""Runs commands in this process, and keeps what each stream got."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from syndicator.cli.root import root
from tests.builders import SETTINGS

ADD = ["--no-fetch", "--published", "2024-06-16"]


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()


@dataclass(frozen=True)
class Shell:
    """Commands about the site in a folder. A bug in one is raised here."""

    folder: Path

    def __call__(self, *arguments: str, code: int = 0, given: str | bytes = "", **environment: str) -> Ran:
        command = ["--site", str(self.folder), *arguments]
        result = CliRunner(env={"SYNDICATOR_USER": "tester", **environment}).invoke(
            root, command, input=given
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        ran = Ran(result.exit_code, result.stdout, result.stderr)
        assert ran.code == code, ran
        return ran

    def add(self, number: int = 1, *options: str, code: int = 0) -> Ran:
        """Logs a piece at The Outlet; `number` makes it another."""
        url = f"https://outlet.example/{number}"
        title = [
            "--title",
            f"Piece {number}",
            "--author",
            "Jo Doe",
            "--topic",
            "Alliances",
            "--outlet",
            "The Outlet",
        ]
        return self("add", url, *ADD, *title, *options, code=code)


def make_shell(folder: Path) -> Shell:
    """A site in a folder, and commands about it."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "site.toml").write_text(SETTINGS, encoding="utf-8")
    return Shell(folder)
