"""`check`: a round of checks with its progress, or one link with its verdict."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from syndicator import text
from syndicator.cli.output import JsonObject, json_option, opened, print_table, progress_bar, say
from syndicator.model.health import Observation, State
from syndicator.model.links import Link
from syndicator.site import Site

if TYPE_CHECKING:
    from syndicator.health.acting import Acted
    from syndicator.health.ledger import Checked
    from syndicator.health.patrol import Report

# The shell's sign that an interrupt ended a command.
_INTERRUPTED = 130


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every link, not only those that are due.")
@click.option("--link", "url", metavar="URL", help="This one now, with the verdict in plain words.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many links.")
@json_option
@click.pass_context
def check(ctx: click.Context, everything: bool, url: str | None, limit: int | None, as_json: bool) -> None:
    """Check the links that are due: politely, one request at a time on a host.

    It can be stopped at any time (Ctrl-C) and goes on where it was.

    \b
    Examples:
      syndicator check                   # what is due; every hour from cron is a good habit
      syndicator check --all
      syndicator check --link https://www.lawfaremedia.org/article/some-piece
    """
    from syndicator import desk
    from syndicator.health.patrol import patrol

    if url is not None and (everything or limit is not None):
        raise click.UsageError("--link checks one link: leave --all and --limit out.")
    site = opened(ctx)
    link = desk.find_link(site, url) if url is not None else None
    if as_json:
        report = _check_as_json(site, everything=everything, link=link, limit=limit)
    elif link is not None:
        report = patrol(site, link=link.id, on_check=lambda checked: _tell_verdict(site, checked))
        for _, until in report.elsewhere:
            say(f"Its host asked us to come later: {until}.")
        _tell_acted(_act(site, report))
    else:
        with _shown_progress() as progress:
            report = patrol(
                site, everything=everything, limit=limit, progress=progress, on_check=_tell_change
            )
        _tell_round(site, report)
        _tell_acted(_act(site, report))
    _end(report)


def _check_as_json(site: Site, *, everything: bool, link: Link | None, limit: int | None) -> "Report":
    from syndicator.health.patrol import patrol, postponed

    document = JsonObject()
    with document.items("links") as add:
        report = patrol(
            site,
            everything=everything,
            link=link.id if link else None,
            limit=limit,
            on_check=lambda checked: add(_checked_fields(checked)),
        )
    with document.items("postponed") as add:
        for url, until in postponed(site, report):
            add({"url": url, "until": until})
    document.field("checked", report.checked)
    document.field("offline", report.offline)
    document.field("stopped", report.stopped or None)
    document.field("acted", asdict(_act(site, report)))
    document.end()
    return report


def _act(site: Site, report: "Report") -> "Acted":
    """Does what follows from the checks; nothing where they were broken off, or our own line was down."""
    from syndicator.health.acting import Acted, act

    return Acted() if report.offline or report.stopped else act(site, link=report.link)


def _checked_fields(checked: "Checked") -> dict[str, Any]:
    return {
        "url": checked.url,
        "outcome": checked.outcome.value,
        "state": checked.state.value,
        "status": checked.status,
        "final_url": checked.final_url,
        "elapsed_ms": checked.elapsed_ms,
        "reason": checked.reason,
    }


@contextmanager
def _shown_progress() -> Iterator[Callable[[int, int], None]]:
    with progress_bar("links") as bar:
        task = bar.add_task("links", total=None) if bar else None

        def show(done: int, due: int) -> None:
            if bar and task is not None:
                bar.update(task, completed=done, total=due)

        yield show


def _tell_change(checked: "Checked") -> None:
    """A line for a link whose state changed for the worse, or back."""
    if checked.state is checked.before or (checked.before, checked.state) == (State.UNKNOWN, State.HEALTHY):
        return
    say(f"{checked.state.value}: {checked.url} – {checked.reason}")


def _tell_verdict(site: Site, checked: "Checked") -> None:
    from syndicator.health.explain import explain

    say(checked.url)
    seen = Observation(checked.belief.checked_at or site.clock(), checked.outcome)
    say(f"  {explain(checked.belief, seen, checked.reason, zone=site.settings.zone)}")
    status = f"status {checked.status}, " if checked.status else ""
    say(f"  Outcome {checked.outcome.value}; {status}{checked.elapsed_ms} ms.")
    if checked.final_url != checked.url:
        say(f"  It ended at {checked.final_url}")
    for sign in checked.evidence:
        say(f"  Sign: {sign}")


def _tell_round(site: Site, report: "Report") -> None:
    from syndicator.health.patrol import postponed

    for complaint in report.complaints:
        click.echo(f"Note: {text.one_line(complaint)}.", err=True)
    if report.checked:
        print_table(
            ("Outcome", "Links"),
            ((outcome.value, number) for outcome, number in report.outcomes.most_common()),
        )
    later = sum(1 for _ in postponed(site, report))
    say(f"{report.checked} links checked in {report.seconds:.1f} s{_changes(report)}.")
    if later:
        say(f"{later} links have to wait: their hosts asked us to come later.")
    if report.changes:
        say("`syndicator links list --state broken` shows which; `syndicator links history URL` says why.")


def _tell_acted(acted: "Acted") -> None:
    if acted.looked_up:
        say(f"{acted.looked_up} links looked up in the archive: copies of {acted.found} found.")
    if acted.saved:
        say(f"{acted.saved} links sent to the archive to be captured.")
    if acted.told:
        say(f"{acted.told} changes told.")
    for note in acted.notes:
        click.echo(f"Note: {text.one_line(note)}", err=True)


def _changes(report: "Report") -> str:
    became: dict[State, int] = {}
    for (before, state), number in report.changes.items():
        if (before, state) != (State.UNKNOWN, State.HEALTHY):
            became[state] = became.get(state, 0) + number
    return "".join(f", {number} became {state.value}" for state, number in became.items())


def _end(report: "Report") -> None:
    """Says why a round is not whole, and lets the exit code tell."""
    if report.offline:
        raise click.ClickException(
            "None of the hosts could be reached: we seem to be offline. Nothing was counted against any link."
        )
    if report.stopped:
        click.echo(f"Stopped ({report.stopped}): what was done is stored, the rest stays due.", err=True)
        # Who asks a service to end is content when it does; who interrupts wants the rest of a script to end too.
        if report.stopped == "SIGINT":
            raise click.exceptions.Exit(_INTERRUPTED)
