"""`links`: what is believed of links and why, what a person says instead, and new URLs of those that moved."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from syndicator import text, times
from syndicator.cli.output import (
    JsonObject,
    json_option,
    opened,
    print_json,
    print_table,
    say,
)
from syndicator.errors import SyndicatorError
from syndicator.model.health import Observation, Override, State
from syndicator.model.links import Aim, Check, Link, Watched, Word, Words
from syndicator.model.records import Noun
from syndicator.site import Site

if TYPE_CHECKING:
    from syndicator.health.fixing import Proposal

_STATES = [state.value for state in State]
_CLEAR = "clear"
_WORDS = (*(override.value for override in Override), _CLEAR)
_ASSUMED = {Override.ALIVE: "assumed alive", Override.DEAD: "assumed dead", Override.IGNORE: "ignored"}


@click.group()
def links() -> None:
    """What is believed of links: list, history, override, fix."""


@links.command("list")
@click.option("--state", type=click.Choice(_STATES), help="Only links that are believed to be in this state.")
@json_option
@click.pass_context
def list_(ctx: click.Context, state: str | None, as_json: bool) -> None:
    """List links with what is believed of them, and what was said instead.

    \b
    Examples:
      syndicator links list --state broken
      syndicator links list --json
    """
    from syndicator.catalogue import links as stored
    from syndicator.catalogue import overrides

    site = opened(ctx)
    with site.catalogue.snapshot() as connection:
        words = overrides.in_force(connection, site.today)
        found = stored.watched(connection, State(state) if state else None)
        if as_json:
            document = JsonObject()
            with document.items("links") as add:
                for watched in found:
                    add(_watched_fields(watched, _word_over(watched, words)))
            document.end()
            return
        print_table(
            ("State", "URL", "Since", "Last check", "Pieces", "Outlets"),
            (_watched_row(watched, _word_over(watched, words)) for watched in found),
        )


def _word_over(watched: Watched, words: Words) -> Word | None:
    return words.over(watched.link.id, watched.link.host, (placed.outlet_id for placed in watched.placed))


def _watched_fields(watched: Watched, word: Word | None) -> dict[str, Any]:
    belief, last = watched.belief, watched.last
    return {
        "id": watched.link.id,
        "url": watched.link.url,
        "state": belief.state.value,
        "override": word.override.value if word else None,
        "until": word.until_on if word else None,
        "since": times.stamp(belief.since) if belief.since else None,
        "checked_at": times.stamp(belief.checked_at) if belief.checked_at else None,
        "alive_at": times.stamp(belief.alive_at) if belief.alive_at else None,
        "due_at": times.stamp(watched.due_at),
        "outcome": last.outcome.value if last else None,
        "status": last.status if last else None,
        "reason": last.reason if last else None,
        "moved_to": belief.moved_to or None,
        "look": belief.look,
        "former": list(watched.link.former),
        "pieces": [{"id": at.piece_id, "title": at.title, "outlet": at.outlet} for at in watched.placed],
    }


def _watched_row(watched: Watched, word: Word | None) -> tuple[object, ...]:
    belief, last = watched.belief, watched.last
    said = f" ({_ASSUMED[word.override]} until {word.until_on})" if word else ""
    look = " – please have a look" if belief.look else ""
    return (
        f"{belief.state.value}{said}{look}",
        watched.link.url,
        belief.since.date() if belief.since else "",
        f"{last.outcome.value}, {last.at.date()}" if last else "never",
        ", ".join(dict.fromkeys(f"{at.piece_id} “{text.cut(at.title, 40)}”" for at in watched.placed)),
        ", ".join(dict.fromkeys(at.outlet for at in watched.placed)),
    )


@links.command()
@click.argument("url")
@json_option
@click.pass_context
def history(ctx: click.Context, url: str, as_json: bool) -> None:
    """Show what was seen of a link and why it is believed to be what it is, the latest check first.

    \b
    Example:
      syndicator links history https://www.lawfaremedia.org/article/some-piece
    """
    from syndicator import desk
    from syndicator.catalogue import checks, overrides
    from syndicator.catalogue import links as stored

    site = opened(ctx)
    with site.catalogue.snapshot() as connection:
        link = desk.find_link(site, url)
        watched = stored.watched_one(connection, link.id)
        assert watched is not None
        word = _word_over(watched, overrides.in_force(connection, site.today))
        found = checks.history(connection, link.id)
    verdict = _verdict(site, watched)
    if as_json:
        print_json(
            _watched_fields(watched, word)
            | {"explanation": verdict, "checks": [_check_fields(seen, link) for seen in found]}
        )
        return
    say(link.url)
    say(f"  {verdict}")
    if word:
        note = f" ({word.note})" if word.note else ""
        say(f"  {_ASSUMED[word.override].capitalize()} until {word.until_on}, says {word.who}{note}.")
    for former in link.former:
        say(f"  It was at {former}")
    print_table(
        ("At", "Outcome", "State then", "Status", "ms", "Why"),
        (
            (
                times.stamp(seen.at),
                seen.outcome.value,
                seen.state.value,
                seen.status or "",
                seen.elapsed_ms,
                seen.reason,
            )
            for seen in found
        ),
    )


def _verdict(site: Site, watched: Watched) -> str:
    from syndicator.health.explain import explain

    last = watched.last
    if last is None:
        return "Unknown: it was not checked yet."
    seen = Observation(last.at, last.outcome, last.lasting, last.moved_to)
    return explain(watched.belief, seen, last.reason, zone=site.settings.zone)


def _check_fields(seen: Check, link: Link) -> dict[str, Any]:
    return {
        "at": times.stamp(seen.at),
        "outcome": seen.outcome.value,
        "state": seen.state.value,
        "status": seen.status,
        "final_url": seen.final_url or link.url,
        "elapsed_ms": seen.elapsed_ms,
        "reason": seen.reason,
        "evidence": list(seen.evidence),
        "moved_to": seen.moved_to or None,
        "judge_version": seen.judge_version,
    }


@links.command()
@click.argument("given", nargs=-1, metavar="[URL] [alive|dead|ignore|clear]")
@click.option("--host", metavar="HOST", help="All links on this host and those below it, instead of one URL.")
@click.option("--outlet", metavar="NAME", help="All links placed at this outlet, instead of one URL.")
@click.option("--until", metavar="DATE", help="The last day on which it holds, like 2027-06-16.")
@click.option("--note", default="", help="Why, for those who come after.")
@click.option(
    "--interval",
    type=click.FloatRange(min=0, max=3600),
    help="Seconds at least between two requests on the host; 0 takes that back.",
)
@click.pass_context
def override(
    ctx: click.Context,
    given: tuple[str, ...],
    host: str | None,
    outlet: str | None,
    until: str | None,
    note: str,
    interval: float | None,
) -> None:
    """Say that links are alive, dead, or to be ignored, whatever the checks say; or take that back (clear).

    It holds up to and with a date. Checks of what is called alive or dead go on, and belief with them; what is
    ignored is left alone until then.

    \b
    Examples:
      syndicator links override https://www.example.com/behind-a-wall alive --until 2027-06-16
      syndicator links override --host example.com ignore --until 2027-01-31 --note "being rebuilt"
      syndicator links override --outlet Lawfare clear
      syndicator links override --host slow.example.com --interval 10
    """
    from syndicator import desk

    said = next((word for word in given[-1:] if word in _WORDS), None)
    url = given[: len(given) - (said is not None)]
    if len(url) > 1 or len([one for one in (*url, host, outlet) if one]) != 1:
        raise click.UsageError("Name one thing: a URL, or --host, or --outlet.")
    if (said is None) == (interval is None):
        raise click.UsageError(f"Say one of {', '.join(_WORDS)}; or an --interval.")
    last_day = _day(until)
    if (last_day is None) != (said in (None, _CLEAR)):
        raise click.UsageError("--until DATE goes with alive, dead and ignore, and has to.")
    site = opened(ctx)
    aim, what = _aim(site, url[0] if url else None, host, outlet)
    if interval is not None:
        slower = desk.slow_down(site, aim, interval, note)
        say(f"{what}: {f'{slower.seconds:g} s' if slower else 'the usual interval'} between two requests.")
    elif last_day is None or said is None:
        cleared = desk.clear_override(site, aim)
        say(f"{what}: {'taken back' if cleared else 'nothing was said of it'}.")
    else:
        word = desk.override(site, aim, Override(said), last_day.isoformat(), note)
        say(f"{what}: {_ASSUMED[word.override]} until {word.until_on}.")


def _aim(site: Site, url: str | None, host: str | None, outlet: str | None) -> tuple[Aim, str]:
    """What is meant, as stored and as said."""
    from syndicator import desk

    if url is not None:
        link = desk.find_link(site, url)
        return Aim(link_id=link.id), link.url
    if host is not None:
        named = desk.host_given(host)
        return Aim(host=named), f"All on {named}"
    name = desk.find_name(site, Noun.OUTLETS, outlet or "")
    return Aim(outlet_id=name.id), f"All at {name.name}"


def _day(given: str | None) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        shown = text.cut(text.one_line(given or ""), 40)
        raise click.BadParameter(f"“{shown}” is not a date: write 2027-06-16", param_hint="--until") from None


@links.command()
@click.argument("url", required=False)
@click.option("--yes", is_flag=True, help="Take over all that are certain.")
@json_option
@click.pass_context
def fix(ctx: click.Context, url: str | None, yes: bool, as_json: bool) -> None:
    """Show the new URLs of links that moved for good, and take them over: one by its URL, or all that are certain.

    The old URL stays known: pasted again, it leads to the piece. Ids and addresses of entries stay.

    \b
    Examples:
      syndicator links fix                  # only shows
      syndicator links fix --yes            # all certain ones
      syndicator links fix https://www.example.com/old-place
    """
    from syndicator.health import fixing

    if url is not None and yes:
        raise click.UsageError("Give one URL, or --yes for all that are certain: not both.")
    site = opened(ctx)
    if url is None and not yes:
        _show_proposals(fixing.proposals(site), as_json=as_json)
        return
    chosen = (
        [_proposal_for(site, url)] if url is not None else [p for p in fixing.proposals(site) if p.certain]
    )
    _take_over(site, chosen, as_json=as_json)


def _proposal_for(site: Site, url: str) -> "Proposal":
    from syndicator import desk
    from syndicator.catalogue import links as stored
    from syndicator.health import fixing

    link = desk.find_link(site, url)
    watched = stored.watched_one(site.catalogue.connection, link.id)
    proposal = fixing.proposal_for(link.id, link.url, watched.belief) if watched else None
    if proposal is None:
        raise SyndicatorError(f"{link.url} has not moved; there is nothing to take over.")
    return proposal


def _show_proposals(found: "Iterator[Proposal]", *, as_json: bool) -> None:
    if as_json:
        document = JsonObject()
        with document.items("proposals") as add:
            for proposal in found:
                add(_proposal_fields(proposal))
        document.end()
        return
    print_table(
        ("URL", "New URL", "Certain", "Seen", "Since"),
        (
            (
                proposal.url,
                proposal.new,
                "yes" if proposal.certain else "not yet",
                proposal.belief.moved_times,
                proposal.belief.since.date() if proposal.belief.since else "",
            )
            for proposal in found
        ),
    )


def _proposal_fields(proposal: "Proposal") -> dict[str, Any]:
    since = proposal.belief.since
    return {
        "url": proposal.url,
        "new_url": proposal.new,
        "certain": proposal.certain,
        "times": proposal.belief.moved_times,
        "since": times.stamp(since) if since else None,
    }


def _take_over(site: Site, chosen: "list[Proposal]", *, as_json: bool) -> None:
    """One by one: what is refused for one link leaves the others be."""
    from syndicator import desk

    fixed: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for proposal in chosen:
        try:
            moved = desk.move_link(site, proposal.link_id, proposal.new)
        except SyndicatorError as refusal:
            refused.append({"url": proposal.url, "new_url": proposal.new, "reason": str(refusal)})
            click.echo(text.one_line(f"{proposal.url}: {refusal}"), err=True)
        else:
            fixed.append(
                {"url": moved.old, "new_url": moved.new, "merged": moved.merged, "pieces": list(moved.pieces)}
            )
            if not as_json:
                say(
                    f"{moved.old} is now {moved.new}{' (was recorded too; both are one)' if moved.merged else ''}"
                )
    if as_json:
        print_json({"fixed": fixed, "refused": refused})
    else:
        say(f"{len(fixed)} taken over, {len(refused)} refused.")
        if fixed:
            say("They are due for a check at once; readers see them after `syndicator publish`.")
    if refused:
        raise click.exceptions.Exit(1)
