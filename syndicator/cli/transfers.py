"""`load`, `import`, `export`: many pieces at once, in and out."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from syndicator import text
from syndicator.cli.output import json_option, opened, output_to, print_json, progress_bar, say
from syndicator.model.records import Noun

if TYPE_CHECKING:
    from syndicator.transfer import ImportReport, LineReport

_NAMES = [noun.value for noun in Noun]


@click.command()
@json_option
@click.pass_context
def load(ctx: click.Context, as_json: bool) -> None:
    """Load the sample catalogue: data/sample/ of the site, else the one that ships.

    \b
    Example:
      syndicator load && syndicator publish
    """
    from syndicator import transfer

    reports = transfer.load(opened(ctx), on_line=_show_refused)
    if as_json:
        print_json([_summary(report) for report in reports])
    else:
        for report in reports:
            say(_sentence(report))
    if any(report.refused for report in reports):
        raise click.exceptions.Exit(1)


@click.command("import")
@click.argument("format", metavar="FORMAT", type=click.Choice(["jsonl", "csv", *_NAMES]))
@click.argument("source", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would happen; nothing is stored.")
@click.option("--quiet", is_flag=True, help="Show refused lines and the sums only.")
@json_option
@click.pass_context
def import_(
    ctx: click.Context, format: str, source: BinaryIO, dry_run: bool, quiet: bool, as_json: bool
) -> None:
    """Import pieces (FORMAT jsonl or csv), or what `export authors|topics|programs|outlets` wrote.

    SOURCE is a file, or “-” for standard input. Bad lines are refused alone, the rest is recorded; the same file
    again changes nothing.

    \b
    Examples:
      syndicator import csv pieces.csv --dry-run
      syndicator import jsonl pieces.jsonl
      syndicator import authors people.jsonl
    """
    from syndicator import transfer

    site = opened(ctx)
    name = getattr(source, "name", "-")
    rows = transfer.read_csv(source) if format == "csv" else transfer.read_jsonl(source)
    with _line_reports(quiet=quiet, as_json=as_json) as on_line:
        if format in _NAMES:
            report = transfer.import_names(
                site, Noun(format), rows, source=name, dry_run=dry_run, on_line=on_line
            )
        else:
            report = transfer.import_pieces(site, rows, source=name, dry_run=dry_run, on_line=on_line)
    if as_json:
        sys.stdout.write('\n  ],\n  "sums": ' + json.dumps(_summary(report), ensure_ascii=False) + "\n}\n")
    else:
        say(_sentence(report))
    if report.refused:
        raise click.exceptions.Exit(1)


@contextmanager
def _line_reports(*, quiet: bool, as_json: bool) -> "Iterator[Callable[[LineReport], None]]":
    """What is told of each line: JSON as it comes, or a sentence, with a progress bar on a terminal."""
    if as_json:
        yield _json_lines()
        return
    with progress_bar() as bar:
        task = bar.add_task("lines", total=None) if bar else None

        def told(line: "LineReport") -> None:
            if bar and task is not None:
                bar.advance(task)
            if line.reason:
                _show_refused(line)
            elif not quiet:
                say(_told_of(line))

        yield told


def _told_of(line: "LineReport") -> str:
    """A taken line as a sentence: what it did, what it changed, who is new with it."""
    told = f"line {line.line}: {line.outcome} {line.piece_id or ''} “{text.cut(line.title, 80)}”"
    told += f" ({', '.join(line.changed)})" if line.changed else ""
    return told + "".join(f"; new {name}" for name in line.created)


def _json_lines() -> "Callable[[LineReport], None]":
    sys.stdout.write('{\n  "lines": [')
    first = True

    def told(line: "LineReport") -> None:
        nonlocal first
        sys.stdout.write(("\n    " if first else ",\n    ") + json.dumps(_line(line), ensure_ascii=False))
        first = False

    return told


def _line(line: "LineReport") -> dict[str, Any]:
    return {
        "line": line.line,
        "outcome": line.outcome.value,
        "id": line.piece_id,
        "title": line.title,
        "reason": line.reason or None,
        "changed": list(line.changed),
        "created": list(line.created),
    }


def _show_refused(line: "LineReport") -> None:
    if line.reason:
        click.echo(text.one_line(f"line {line.line}: {line.outcome}: {line.reason}"), err=True)


def _summary(report: "ImportReport") -> dict[str, Any]:
    return {
        "source": report.source,
        "import": report.import_id,
        "dry_run": report.dry_run,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }


def _sentence(report: "ImportReport") -> str:
    told = f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.refused} refused"
    return f"{report.source}: {told}{' (dry run: nothing was stored)' if report.dry_run else ''}."


@click.command()
@click.argument("format", metavar="FORMAT", type=click.Choice(["jsonl", "csv", "opml", *_NAMES]))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file instead of standard output.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many pieces, the newest.")
@click.pass_context
def export(ctx: click.Context, format: str, output: Path | None, limit: int | None) -> None:
    """Export pieces (jsonl, csv), the list of our feeds (opml), or authors, topics, programs, outlets (JSON lines).

    \b
    Examples:
      syndicator export jsonl -o pieces.jsonl
      syndicator export csv > pieces.csv          # safe to open in a spreadsheet
      syndicator export opml -o feeds.opml
    """
    from syndicator import publish, transfer

    site = opened(ctx)
    if limit is not None and format not in ("jsonl", "csv"):
        raise click.UsageError("--limit goes with jsonl and csv.")
    with output_to(output) as file:
        if format == "opml":
            file.write(publish.opml_document(site))
        elif format in _NAMES:
            file.writelines(transfer.export_names(site, Noun(format)))
        else:
            file.writelines(transfer.export_pieces(site, format, limit=limit))
