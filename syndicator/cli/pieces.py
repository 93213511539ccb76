"""`add`, `edit`, `show`, `list`, `retract`, `place`: pieces, one at a time or as a list."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from syndicator import text, times
from syndicator.cli.output import json_option, opened, print_json, print_table, say
from syndicator.model.kinds import Kind
from syndicator.model.records import Noun, Piece, Relation, Status
from syndicator.site import Site

if TYPE_CHECKING:
    from syndicator.desk import Recorded

_CLEARABLE = ("authors", "featured", "topics", "programs", "summary")


def _field_options(command: Any) -> Any:
    """The options that `add` and `edit` share; what is not given stays None or empty."""
    for option in reversed(
        (
            click.option("--title", help="Title as the outlet printed it."),
            click.option("--summary", help="Short summary, plain text or simple HTML."),
            click.option(
                "--author", "authors", multiple=True, metavar="NAME", help="Who wrote it; repeat for several."
            ),
            click.option(
                "--featured", multiple=True, metavar="NAME", help="Who is quoted or interviewed; repeatable."
            ),
            click.option("--topic", "topics", multiple=True, metavar="NAME", help="Topic; repeatable."),
            click.option("--program", "programs", multiple=True, metavar="NAME", help="Program; repeatable."),
            click.option(
                "--outlet", metavar="NAME", help="Where it was published; else proposed from the host."
            ),
            click.option(
                "--kind",
                metavar="KIND",
                help=f"One of {', '.join(kind.value for kind in Kind)}; a new piece is an article unless said.",
            ),
            click.option(
                "--published",
                metavar="DATE",
                help="2024-06-16, or 2024-06-16T13:30 (in the site's time zone); a new piece has today's.",
            ),
        )
    ):
        command = option(command)
    return command


def _given_fields(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a submission that were said, placements aside."""
    fields = {key: given[key] for key in ("title", "summary", "kind", "published") if given[key] is not None}
    lists = {key: list(given[key]) for key in ("authors", "featured", "topics", "programs") if given[key]}
    return fields | lists


@click.command()
@click.argument("url")
@_field_options
@click.option("--draft", is_flag=True, help="Record it without publishing it.")
@click.option("--source-id", metavar="ID", help="Its id in the system it came from.")
@click.option("--no-fetch", is_flag=True, help="Do not visit the page: the fields come as options.")
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    /,
    url: str,
    draft: bool,
    source_id: str | None,
    no_fetch: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Log a piece.

    \b
    Examples:
      syndicator add https://www.lawfaremedia.org/article/some-piece --no-fetch \\
        --title "Some piece" --author "Jo Doe" --topic Alliances --outlet Lawfare --published 2024-06-16
      syndicator add https://www.youtube.com/watch?v=abc --no-fetch --kind interview \\
        --title "On the summit" --featured "Jo Doe" --outlet NewsNation
    """
    from syndicator import desk
    from syndicator.model.submission import read_submission

    if not no_fetch:
        raise click.UsageError(
            "This version does not read pages by itself yet: add --no-fetch and give the fields, at least --title."
        )
    site = opened(ctx)
    fields = {"published": site.today} | _given_fields(given)
    fields["placements"] = [{"url": url, "outlet": given["outlet"]}]
    fields["status"] = Status.DRAFT if draft else Status.PUBLISHED
    fields["source_id"] = source_id
    recorded = desk.log(site, read_submission(fields, site.settings.zone))
    piece = desk.find_piece(site, str(recorded.piece_id))
    if as_json:
        print_json(
            piece.as_fields() | {"created": [[noun.singular, name] for noun, name in recorded.created]}
        )
        return
    _tell(site, f"Recorded piece {piece.id}", piece, recorded)
    if draft:
        say(f"Publish it later: syndicator edit {piece.id} --status published")


def _tell(site: Site, what: str, piece: Piece, recorded: "Recorded") -> None:
    """What was done to a piece, who is new with it, and what comes next."""
    outlet = piece.placements[0].outlet if piece.placements else "no outlet"
    when = times.for_people(piece.published, site.settings.zone)
    changed = f"; changed: {', '.join(recorded.changed)}" if recorded.changed else ""
    say(f"{what}: “{text.cut(piece.title, 100)}” ({outlet}, {when}){changed}")
    for noun, name in recorded.created:
        say(f"  New {noun.singular}: {name}")
    if piece.status is Status.PUBLISHED and piece.published_at > times.stamp(site.clock()):
        say(f"It appears at the first `syndicator publish` from {when} on.")
    elif recorded.outcome != "unchanged" and piece.status is not Status.DRAFT:
        say("Readers see it after `syndicator publish`.")


@click.command()
@click.argument("piece")
@_field_options
@click.option("--url", help="New URL of the primary placement.")
@click.option(
    "--status", type=click.Choice([status.value for status in Status]), help="Draft, published or retracted."
)
@click.option("--source-id", metavar="ID", help="Its id in the system it came from.")
@click.option("--slug", help="Another last part for its summary page's address.")
@click.option("--clear", multiple=True, type=click.Choice(_CLEARABLE), help="Empty a field; repeatable.")
@json_option
@click.pass_context
def edit(
    ctx: click.Context,
    /,
    piece: str,
    url: str | None,
    status: str | None,
    source_id: str | None,
    slug: str | None,
    clear: tuple[str, ...],
    as_json: bool,
    **given: Any,
) -> None:
    """Change fields of a PIECE (its id, slug or URL). Lists that are given replace the old ones.

    \b
    Examples:
      syndicator edit 12 --title "A better title"
      syndicator edit 12 --topic NATO --topic Alliances --clear featured
      syndicator edit 12 --status published      # also brings a retracted piece back
    """
    from syndicator import desk

    site = opened(ctx)
    found = desk.find_piece(site, piece)
    changes = _given_fields(given)
    for key, value in (("status", status), ("source_id", source_id), ("slug", slug)):
        if value is not None:
            changes[key] = value
    if both := [field for field in clear if field in changes]:
        raise click.UsageError(f"Give {both[0]}, or clear it: not both.")
    changes |= {field: "" if field == "summary" else [] for field in clear}
    if url is not None or given["outlet"] is not None:
        changes["placements"] = _primary_changed(found, url, given["outlet"])
    if not changes:
        raise click.UsageError("Say what to change, for example --title or --topic.")
    recorded = desk.revise(site, found.id, changes)
    after = desk.find_piece(site, str(found.id))
    if as_json:
        print_json(after.as_fields() | {"outcome": recorded.outcome.value})
    else:
        _tell(site, f"Piece {after.id} {recorded.outcome}", after, recorded)


def _primary_changed(piece: Piece, url: str | None, outlet: str | None) -> list[dict[str, Any]]:
    placements: list[dict[str, Any]] = piece.as_fields()["placements"]
    primary = placements[0] if placements else {"url": url, "outlet": outlet}
    primary = {"url": url or primary["url"], "outlet": outlet or (None if url else primary["outlet"])}
    if url and not outlet and piece.placements and _same_host(url, piece.placements[0].url):
        primary["outlet"] = piece.placements[0].outlet
    return [primary, *placements[1:]]


def _same_host(one: str, other: str) -> bool:
    from syndicator import urls
    from syndicator.errors import URLRefused

    try:
        return urls.clean(one).host == urls.clean(other).host
    except URLRefused:
        return False


@click.command()
@click.argument("piece")
@click.option("--history", is_flag=True, help="Also who changed what, and when.")
@json_option
@click.pass_context
def show(ctx: click.Context, piece: str, history: bool, as_json: bool) -> None:
    """Show a PIECE (its id, slug or URL) and, if wanted, its history.

    \b
    Examples:
      syndicator show 12 --history
      syndicator show https://www.lawfaremedia.org/article/some-piece
    """
    from syndicator import desk
    from syndicator.catalogue import audit

    site = opened(ctx)
    found = desk.find_piece(site, piece)
    rows = audit.of(site.catalogue.connection, "pieces", found.id) if history else []
    if as_json:
        document = found.as_fields() | {"created_at": found.created_at, "updated_at": found.updated_at}
        if history:
            document["history"] = [
                {
                    "at": row.at,
                    "who": row.who,
                    "action": row.action,
                    "import": row.import_id,
                    "before": row.before,
                    "after": row.after,
                }
                for row in rows
            ]
        print_json(document)
        return
    for label, value in _description(found, site.settings.zone):
        if value:
            say(f"{label:<10} {text.one_line(value)}")
    for row in rows:
        say(f"{row.at}  {row.who}  {row.action}  {_difference(row.before, row.after)}")


def _description(piece: Piece, zone: ZoneInfo) -> list[tuple[str, str]]:
    return [
        ("Piece", str(piece.id)),
        ("Title", piece.title),
        ("Status", piece.status.value),
        ("Kind", piece.kind.label),
        ("Published", times.for_people(piece.published, zone)),
        ("By", ", ".join(piece.authors)),
        ("Featuring", ", ".join(piece.featured)),
        ("Topics", ", ".join(piece.topics)),
        ("Programs", ", ".join(piece.programs)),
        *(
            (placement.relation.value.capitalize(), f"{placement.outlet}  {placement.url}")
            for placement in piece.placements
        ),
        ("Summary", piece.summary_text),
        ("Entry id", piece.entry_id),
        ("Page", f"pieces/{piece.slug}/"),
        ("Source id", piece.source_id or ""),
    ]


def _difference(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    if before is None or after is None:
        return ""
    changed = [key for key in after if before.get(key) != after[key]]
    return "changed " + ", ".join(changed) if changed else ""


@click.command("list")
@click.option(
    "--search", "words", default="", metavar="WORDS", help="Words in title, summary, author or outlet names."
)
@click.option(
    "--author",
    "authors",
    multiple=True,
    metavar="NAME",
    help="By or featuring them; repeat for any of several.",
)
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="With this topic or one below it.")
@click.option("--program", "programs", multiple=True, metavar="NAME", help="Of this program.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Placed at this outlet.")
@click.option(
    "--kind",
    metavar="KIND",
    help=f"One of {', '.join(kind.value for kind in Kind)}; a new piece is an article unless said.",
)
@click.option(
    "--status", type=click.Choice([status.value for status in Status]), help="Draft, published or retracted."
)
@click.option("--since", metavar="DATE", help="Published on this day or later.")
@click.option("--until", metavar="DATE", help="Published on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the newest first.")
@json_option
@click.pass_context
def list_(
    ctx: click.Context,
    words: str,
    authors: tuple[str, ...],
    topics: tuple[str, ...],
    programs: tuple[str, ...],
    outlets: tuple[str, ...],
    kind: str | None,
    status: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List pieces, newest first.

    \b
    Examples:
      syndicator list --search "burden sharing"
      syndicator list --topic China --since 2024-01-01 --json
    """
    from syndicator import desk
    from syndicator.catalogue import pieces
    from syndicator.catalogue.pieces import Filter

    site = opened(ctx)
    zone = site.settings.zone
    chosen = Filter(
        words=words,
        status=Status(status) if status else None,
        kind=_kind(kind),
        since=_day_bound(since, zone, "--since", after=False),
        before=_day_bound(until, zone, "--until", after=True),
        authors=tuple(desk.find_name(site, Noun.AUTHORS, name).id for name in authors),
        topics=desk.topics_below(site, [desk.find_name(site, Noun.TOPICS, name).id for name in topics]),
        programs=tuple(desk.find_name(site, Noun.PROGRAMS, name).id for name in programs),
        outlets=tuple(desk.find_name(site, Noun.OUTLETS, name).id for name in outlets),
        limit=limit,
    )
    with desk.searchable(site) as connection:
        found = pieces.in_order(connection, pieces.matching(connection, chosen))
        if as_json:
            print_json([piece.as_fields() for piece in found])
            return
        print_table(
            ("Id", "Published", "Status", "Kind", "Title", "People", "Outlet"),
            (
                (
                    piece.id,
                    piece.published[:10],
                    piece.status.value,
                    piece.kind.value,
                    text.cut(piece.title, 90),
                    ", ".join((*piece.authors, *piece.featured)),
                    piece.placements[0].outlet if piece.placements else "",
                )
                for piece in found
            ),
        )


def _kind(given: str | None) -> Kind | None:
    try:
        return None if given is None else Kind.read(given)
    except ValueError as fault:
        raise click.BadParameter(text.one_line(str(fault)), param_hint="--kind") from None


def _day_bound(day: str | None, zone: ZoneInfo, option: str, *, after: bool) -> str | None:
    """The instant a day begins, or the next one does."""
    if day is None:
        return None
    try:
        start = times.read_published(day, zone)
    except ValueError as fault:
        raise click.BadParameter(text.one_line(str(fault)), param_hint=option) from None
    if len(start) > len("2024-06-16"):
        raise click.BadParameter(f"“{day}” is a time; a day is meant, like {start[:10]}", param_hint=option)
    return times.day_after(start, zone) if after else times.published_at(start, zone)


@click.command()
@click.argument("piece")
@json_option
@click.pass_context
def retract(ctx: click.Context, piece: str, as_json: bool) -> None:
    """Take a PIECE (its id, slug or URL) out of feeds and pages. Its id stays taken; feeds say that it is gone.

    \b
    Example:
      syndicator retract 12         # back again: syndicator edit 12 --status published
    """
    from syndicator import desk

    site = opened(ctx)
    found = desk.find_piece(site, piece)
    recorded = desk.retract(site, found.id)
    if as_json:
        print_json(desk.find_piece(site, str(found.id)).as_fields() | {"outcome": recorded.outcome.value})
    else:
        was = recorded.outcome == "unchanged"
        what = f"Piece {found.id} was retracted before" if was else f"Retracted piece {found.id}"
        _tell(site, what, found._replace(status=Status.RETRACTED), recorded)


@click.command()
@click.argument("piece")
@click.argument("url")
@click.option("--outlet", metavar="NAME", help="Where it was placed; else proposed from the host.")
@click.option("--remove", is_flag=True, help="Take the further placement at URL back.")
@click.option(
    "--relation",
    type=click.Choice([relation.value for relation in Relation if relation is not Relation.ORIGINAL]),
    default=Relation.REPUBLICATION.value,
    show_default=True,
    help="To the original.",
)
@json_option
@click.pass_context
def place(
    ctx: click.Context,
    piece: str,
    url: str,
    outlet: str | None,
    remove: bool,
    relation: str,
    as_json: bool,
) -> None:
    """Record a further placement of a PIECE: the same work at another URL.

    \b
    Examples:
      syndicator place 12 https://responsiblestatecraft.org/some-piece --relation republication
      syndicator place 12 https://responsiblestatecraft.org/some-piece --remove
    """
    from syndicator import desk

    site = opened(ctx)
    found = desk.find_piece(site, piece)
    if remove:
        recorded = desk.displace(site, found.id, url)
    else:
        recorded = desk.place(site, found.id, url, outlet, Relation(relation))
    after = desk.find_piece(site, str(found.id))
    if as_json:
        print_json(after.as_fields() | {"outcome": recorded.outcome.value})
    else:
        placements = "1 placement" if len(after.placements) == 1 else f"{len(after.placements)} placements"
        _tell(site, f"Piece {after.id} now has {placements}", after, recorded)
