"""`init` and `publish`: a site comes into being; its record becomes feeds/."""

import time
from pathlib import Path

import click

from syndicator import config
from syndicator.cli.output import json_option, opened, print_json, progress_bar, say
from syndicator.errors import SiteExists, StorageFailed
from syndicator.site import FEEDS, SETTINGS


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def init(ctx: click.Context, folder: Path | None) -> None:
    """Make a new site folder: data/site.toml and feeds/.

    \b
    Examples:
      syndicator init demo
      cd demo && syndicator load && syndicator publish
    """
    folder = folder or ctx.find_object(Path) or Path()
    settings = folder / SETTINGS
    if settings.exists():
        raise SiteExists(folder)
    try:
        settings.parent.mkdir(parents=True, exist_ok=True)
        (folder / FEEDS).mkdir(exist_ok=True)
        settings.write_text(config.template(), encoding="utf-8")
    except OSError as fault:
        raise StorageFailed(f"{fault.filename or folder} cannot be written: {fault.strerror}.") from fault
    say(
        f"Made a site in {folder}. Next: fill in title and url in {settings}, then `syndicator load` for the sample"
    )
    say("that ships, or log a first piece with `syndicator add URL --no-fetch --title …`.")


@click.command()
@click.option("--full", is_flag=True, help="Render everything and hold it against the files on disk.")
@json_option
@click.pass_context
def publish(ctx: click.Context, full: bool, as_json: bool) -> None:
    """Write feeds/ from the record: only what a change touches.

    \b
    Examples:
      syndicator publish
      syndicator publish --full      # after a restore, or when feeds/ was edited by hand
    """
    from syndicator.publish import Stage, refresh

    site = opened(ctx)
    started = time.monotonic()
    with progress_bar() as bar:
        tasks = (
            {stage: bar.add_task(stage.value, total=None, visible=False) for stage in Stage} if bar else {}
        )

        def show(stage: Stage, done: int, total: int) -> None:
            if bar:
                bar.update(tasks[stage], completed=done, total=total, visible=total > 0)

        published = refresh(site, full=full, progress=show)
    seconds = time.monotonic() - started
    if as_json:
        print_json(
            {
                "written": published.written,
                "removed": published.removed,
                "adopted": published.adopted,
                "complaints": list(published.complaints),
                "seconds": round(seconds, 3),
                "folder": str(site.feeds),
            }
        )
        return
    for complaint in published.complaints:
        click.echo(f"Note: {complaint}.", err=True)
    if published.written or published.removed:
        say(
            f"{published.written} files written, {published.removed} removed in {site.feeds} ({seconds:.1f} s)."
        )
        say(f"Look at {site.feeds / 'index.html'} in a browser; any web server can serve that folder.")
    else:
        say(f"Nothing to do: {site.feeds} is up to date.")
