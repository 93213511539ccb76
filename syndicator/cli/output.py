"""How results are shown: tables on a terminal, tab-separated lines in a pipe, JSON for programs.

Knows only text and shapes. Everything shown is made printable: the record may hold what came past the desk.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from syndicator import text
from syndicator.site import Site, open_site

if TYPE_CHECKING:
    from rich.progress import Progress

_LINE_BREAK = re.compile("[\r\n\x85\u2028\u2029]+")
# What a terminal may take for a command, and what UTF-8 cannot say; JSON has escapes for both (RFC 8259, section 7).
_UNSAFE = re.compile("[\x7f-\x9f\ud800-\udfff]")
# Made once: a list may have a line for every link, and to make an encoder takes as long as to use it.
_LINE = json.JSONEncoder(ensure_ascii=False)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


def opened(ctx: click.Context) -> Site:
    """The site that the command is about."""
    folder: Path = ctx.find_object(Path) or Path()
    site = open_site(folder)
    ctx.with_resource(site.catalogue.in_use())
    return site


def say(sentence: str) -> None:
    """One line for a person."""
    click.echo(_LINE_BREAK.sub(" ", text.printable(sentence)))


def print_json(value: Any) -> None:
    """One JSON document."""
    click.echo(_json(value, indent=2))


def _json(value: Any, indent: int | None = None) -> str:
    document = _LINE.encode(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    if document.isprintable():  # Nearly all are, and it is told sooner than that there is nothing to escape.
        return document
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


class JsonObject:
    """One JSON object on standard output, written field by field and item by item: it may be longer than memory.

    Nothing is written before the first field, so that a refusal leaves standard output empty.
    """

    def __init__(self) -> None:
        self._begun = False

    def field(self, name: str, value: Any) -> None:
        self._begin(name)
        sys.stdout.write(_json(value))

    @contextmanager
    def items(self, name: str) -> "Iterator[Callable[[Any], None]]":
        """A field that is a list; what is yielded takes its items. An empty one is written at the end."""
        before = ""

        def add(item: Any) -> None:
            nonlocal before
            if not before:
                self._begin(name)
                sys.stdout.write("[")
            sys.stdout.write(f"{before}\n    {_json(item)}")
            before = ","

        yield add
        if before:
            sys.stdout.write("\n  ]")
        else:
            self.field(name, [])

    def end(self) -> None:
        sys.stdout.write("\n}\n" if self._begun else "{}\n")

    def _begin(self, name: str) -> None:
        sys.stdout.write(",\n  " if self._begun else "{\n  ")
        sys.stdout.write(f"{_json(name)}: ")
        self._begun = True


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on a terminal; in a pipe one line a row, tab-separated, without a heading."""
    cells = ([text.one_line("" if cell is None else str(cell)) for cell in row] for row in rows)
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)


@contextmanager
def progress_bar(unit: str = "") -> "Iterator[Progress | None]":
    """A progress bar on standard error where that is a terminal, else nothing; with the rate, if it has a unit."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:.1f} {unit}/s")

    rate = (Rate(),) if unit else ()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        *rate,
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


@contextmanager
def output_to(path: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as fault:
        raise click.ClickException(f"{path} cannot be written: {fault.strerror}.") from fault
    finally:
        part.unlink(missing_ok=True)
