"""`init` and `publish`: a site comes into being; its record becomes feeds/."""

import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from syndicator import config
from syndicator.cli.output import json_option, opened, print_json, progress_bar, say
from syndicator.errors import SettingsRefused, SiteExists, StorageFailed
from syndicator.site import FEEDS, SETTINGS

# Reserved for examples (RFC 2606): nobody's feeds are served there.
_NOBODYS = frozenset({"example.org", "example.com", "example.net"})


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="Name of the institution.")
@click.option("--url", help="Where feeds/ will be served.")
@click.pass_context
def init(ctx: click.Context, folder: Path | None, title: str | None, url: str | None) -> None:
    """Make a new site folder: data/site.toml and feeds/.

    \b
    Examples:
      syndicator init mine --title "Our Institute" --url https://www.our-institute.org/feeds/
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
        settings.write_text(config.template(_given(title, url)), encoding="utf-8")
        config.load(settings)
    except OSError as fault:
        raise StorageFailed(f"{fault.filename or folder} cannot be written: {fault.strerror}.") from fault
    except SettingsRefused:
        settings.unlink()
        raise
    say(f"Made a site in {folder}.")
    if not (title and url):
        say(
            f"First of all put your own title and url into {settings}: ids that are made from now on stay for ever."
        )
    say(
        "Then log a piece with `syndicator add URL --no-fetch --title …`, or try it all with the sample that ships"
    )
    say("(`syndicator load`, best in a folder of its own).")


def _given(title: str | None, url: str | None) -> dict[str, str]:
    """Settings as far as they are known; ids are made in the name of whoever has the host this year (RFC 4151)."""
    given = {"title": title or "", "url": url or ""}
    host = urlsplit(url or "").hostname
    if host:
        given["id_authority"] = f"{host},{datetime.now(UTC).year}"
    return {key: value for key, value in given.items() if value}


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
    if urlsplit(site.settings.site.url).hostname in _NOBODYS:
        click.echo(
            f"Note: {site.folder / SETTINGS} says that feeds/ is served at {site.settings.site.url}.",
            err=True,
        )
    if published.written or published.removed:
        say(
            f"{published.written} files written, {published.removed} removed in {site.feeds} ({seconds:.1f} s)."
        )
        say(f"Look at {site.feeds / 'index.html'} in a browser; any web server can serve that folder.")
    else:
        say(f"Nothing to do: {site.feeds} is up to date.")
