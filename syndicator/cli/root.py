"""The root command and the table of all others. Their modules are imported only when they are called for,
so that `syndicator --version` costs no more than Python and click.
"""

import atexit
import gc
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from syndicator import __version__
from syndicator.errors import SyndicatorError

_NUMBERED = re.compile(r"\bplacements\[\d+\]\.(url|outlet|relation)\b")

# Command -> module and attribute, in the order of the help.
COMMANDS = {
    "init": "syndicator.cli.sites:init",
    "load": "syndicator.cli.transfers:load",
    "add": "syndicator.cli.pieces:add",
    "edit": "syndicator.cli.pieces:edit",
    "show": "syndicator.cli.pieces:show",
    "list": "syndicator.cli.pieces:list_",
    "retract": "syndicator.cli.pieces:retract",
    "place": "syndicator.cli.pieces:place",
    "author": "syndicator.cli.names:author",
    "topic": "syndicator.cli.names:topic",
    "program": "syndicator.cli.names:program",
    "outlet": "syndicator.cli.names:outlet",
    "import": "syndicator.cli.transfers:import_",
    "export": "syndicator.cli.transfers:export",
    "url": "syndicator.cli.addresses:url",
    "check": "syndicator.cli.checks:check",
    "links": "syndicator.cli.links:links",
    "publish": "syndicator.cli.sites:publish",
}


class _Root(click.Group):
    """Loads commands on demand and shows refusals as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SyndicatorError as refusal:
            raise _Refusal(refusal) from refusal


class _Refusal(click.ClickException):
    def __init__(self, refusal: SyndicatorError) -> None:
        from syndicator import text

        # Whoever types a URL as an argument has not heard of placements and their numbers.
        super().__init__(_NUMBERED.sub(r"\1", text.one_line(str(refusal))))


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SYNDICATOR_SITE",
    default=Path(),
    help="Folder of the site; else $SYNDICATOR_SITE, else the current folder.",
)
@click.pass_context
def root(ctx: click.Context, folder: Path) -> None:
    """Record the pieces your people publish elsewhere, and publish their feeds.

    \b
    Start with the sample that ships:
      syndicator init demo && cd demo
      syndicator load
      syndicator publish

    \b
    Or log a piece of your own:
      syndicator add https://www.lawfaremedia.org/article/some-piece --no-fetch \\
        --title "Some piece" --author "Jo Doe" --outlet Lawfare --topic Alliances
    """
    ctx.obj = folder


def main() -> None:
    """The `syndicator` command."""
    gc.set_threshold(50_000)  # Importing alone would set the collector off a dozen times.
    # And at exit it would walk through all that was imported, to free what goes anyway.
    atexit.register(gc.freeze)
    try:
        root(prog_name="syndicator")
    except BrokenPipeError:
        # The reader of our output went away (`| head`); Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
