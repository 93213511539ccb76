"""Help: every command says what it does with an example that runs, and costs nothing before it is called."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from syndicator import __version__
from syndicator.cli.root import COMMANDS, root

NOUNS = ("author", "topic", "program", "outlet")


def leaves(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner
        yield from leaves(inner, *path, name)


LEAVES = dict(leaves(root))


def examples(command: click.Command) -> list[list[str]]:
    """The calls of `syndicator` in a command's help, as a shell would split them."""
    help = (command.help or "").replace("\\\n", " ")
    lines = re.findall(r"^\s{2}(.*\bsyndicator .*)$", help.partition("Example")[2], re.MULTILINE)
    calls = [shlex.split(call, comments=True) for line in lines for call in re.split(r"&&|[<>|]", line)]
    return [call[1:] for call in calls if call[:1] == ["syndicator"]]


def help_of(*path: str) -> str:
    result = CliRunner().invoke(root, [*path, "--help"])
    assert result.exit_code == 0
    return result.stdout


def test_the_commands_are_those_of_the_design() -> None:
    assert list(COMMANDS) == [
        "init", "load", "add", "edit", "show", "list", "retract", "place", *NOUNS, "import", "export", "url", "check",
        "links", "publish",
    ]  # fmt: skip
    for noun in NOUNS:
        verbs = {path[1] for path in LEAVES if path[0] == noun}
        assert verbs == {"add", "list", "edit", "rename", "merge"}
    assert {path[1] for path in LEAVES if path[0] == "links"} == {"list", "history", "override", "fix"}


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_has_a_sentence_and_an_example(path: tuple[str, ...]) -> None:
    told = help_of(*path)
    assert re.search(r"^  [A-Z].*[.:]", told, re.MULTILINE)
    assert f"syndicator {' '.join(path)}" in told
    assert examples(LEAVES[path])


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    for parameter in LEAVES[path].params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").endswith("."), parameter.name


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_examples_are_what_the_command_understands(
    path: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for call in examples(LEAVES[path]):
        words = next(words for words in (tuple(call[:2]), tuple(call[:1])) if words in LEAVES)
        for word in call:
            if re.fullmatch(r"\w+\.(csv|jsonl)", word):
                (tmp_path / word).touch()
        arguments = call[len(words) :]
        # click keeps the spellings of help that it first sees for a command.
        help_too = {"help_option_names": root.context_settings["help_option_names"]}
        with LEAVES[words].make_context(" ".join(words), arguments, **help_too) as context:
            assert context.params


def test_without_a_command_the_help_is_shown() -> None:
    result = CliRunner().invoke(root, [])
    assert result.exit_code == 2
    assert all(f"  {name} " in result.output for name in COMMANDS)


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_both_spellings_of_help(flag: str) -> None:
    assert CliRunner().invoke(root, ["list", flag]).stdout.startswith("Usage: ")


def test_the_version_is_told() -> None:
    assert (
        CliRunner().invoke(root, ["--version"], prog_name="syndicator").stdout
        == f"syndicator {__version__}\n"
    )


HEAVY = (
    "sqlite_utils",
    "pydantic",
    "feedgen",
    "jinja2",
    "rich",
    "lxml",
    "nh3",
    "ada_url",
    "anyascii",
    "sqlite3",
)


@pytest.mark.parametrize("command", ["--version", "--help"])
def test_starting_up_loads_nothing_that_is_not_needed_yet(command: str) -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['syndicator', sys.argv[1]]\n"
        "try: runpy.run_module('syndicator', run_name='__main__')\n"
        f"except SystemExit: print('loaded:', *({HEAVY!r} & sys.modules.keys()))"
    ).replace(repr(HEAVY), repr(set(HEAVY)))
    done = subprocess.run([sys.executable, "-c", code, command], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].removeprefix("loaded:").split())
    assert loaded == (set() if command == "--version" else loaded & {"sqlite3", "ada_url"})
