"""The docs cannot lie: what they list is what is declared, and what they show can be run."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from syndicator import config
from syndicator.cli import root
from syndicator.health import states
from syndicator.health.judge import RULES
from syndicator.model.kinds import Kind
from syndicator.model.scopes import Format, ScopeKind, folder

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def commands() -> dict[str, click.Command]:
    """Every command by the words that call it."""
    found: dict[str, click.Command] = {}
    context = click.Context(root.root)
    for name in root.COMMANDS:
        command = root.root.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {sub}": below for sub, below in command.commands.items()}
    return found


def shown_commands(document: str) -> list[str]:
    """The lines of shell blocks that call syndicator."""
    blocks = re.findall(r"```sh\n(.*?)```", document, re.DOTALL)
    joined = "\n".join(blocks).replace("\\\n", " ")
    return re.findall(r"(?:^|&& )(?:\.venv/bin/)?syndicator ([^\n&#|>]+)", joined, re.MULTILINE)


def test_readme_lists_every_setting_with_its_default() -> None:
    rows = [
        f"| `[{name}] {setting.name}` | "
        + (
            "required"
            if config.is_required(setting)
            else f"`{config.toml_value(config.default_of(setting))}`"
        )
        + f" | {setting.metadata['help']} |"
        for name, declared in config.SECTIONS.items()
        for setting in fields(declared)
    ]
    table = README[README.index("| setting | default | meaning |") :]
    assert [line for line in table.splitlines() if line.startswith("| `[")] == rows


def test_readme_lists_every_sort_of_feed() -> None:
    for kind in ScopeKind:
        assert f"`{folder(kind, 'SLUG')}`" in README
    for shape in Format:
        assert f"`{shape.filename}`" in README


@pytest.mark.parametrize("line", shown_commands(README))
def test_commands_shown_exist_with_their_options(line: str) -> None:
    known = commands()
    words = line.split()
    name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
    assert name in known, line
    options = {option for parameter in known[name].params for option in parameter.opts}
    assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", line)) <= options, line


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_explains_itself(name: str) -> None:
    """Its help says what it does and, for what is no group, ends in an example."""
    command = commands()[name]
    assert command.help
    if not isinstance(command, click.Group):
        assert "Example" in command.help
        assert f"syndicator {name}" in command.help


def test_contributing_says_of_each_dependency_why_it_is_there() -> None:
    named = {re.split(r"[<>=\[]", requirement)[0] for requirement in PROJECT["dependencies"]}
    section = CONTRIBUTING[CONTRIBUTING.index("## Why each dependency") :]
    table = re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)
    assert set(table) - {"package"} == named
    for extra in ("test", "dev"):
        for requirement in PROJECT["optional-dependencies"][extra]:
            if requirement.startswith("syndicator["):
                continue
            assert re.split(r"[<>=\[]", requirement)[0] in CONTRIBUTING, requirement


def test_every_dependency_is_bounded() -> None:
    """A lower and an upper bound, or a calendar version, which has no meaning above."""
    requirements = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    by_calendar = ("tzdata", "certifi", "publicsuffixlist")
    unbounded = [
        one for one in requirements if not re.search(r">=[\d.]+,<\d", one) and not one.startswith(by_calendar)
    ]
    assert unbounded == []


def test_contributing_draws_the_tree_as_it_is() -> None:
    """Every room and every module of the cellar is named."""
    package = TOP / "syndicator"
    for path in package.iterdir():
        if path.name.startswith("_") or path.name == "sample":
            continue
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in CONTRIBUTING, path.name


def test_kinds_are_those_of_the_schema() -> None:
    """The table of kinds in the record and the enum are the same list."""
    script = (TOP / "syndicator" / "catalogue" / "migrations" / "m0001_record.sql").read_text(
        encoding="utf-8"
    )
    rows = re.findall(r"\('([a-z-]+)', '([^']+)'\)", script[: script.index("CREATE TABLE authors")])
    assert rows == [(kind.value, kind.label) for kind in Kind]


def test_contributing_shows_how_a_link_is_judged() -> None:
    """The tables of states and of rules are those that the judge goes by."""
    assert states.as_markdown().strip() in CONTRIBUTING
    for rule in RULES:
        row = f"| {', '.join(rule.outcomes)} | {rule.checks} | {rule.span.days} | {rule.why} |"
        assert row in CONTRIBUTING
