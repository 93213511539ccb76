"""`author`, `topic`, `program`, `outlet`: each with add, list, edit, rename, merge – the same four times."""

import shlex
from collections.abc import Callable
from typing import Any

import click

from syndicator.cli.output import json_option, opened, print_json, print_table, say
from syndicator.model.records import Name, Noun
from syndicator.site import Site

# Which options a noun has beside --alias: option, field of the submission, whether it repeats, help.
_OPTIONS: dict[Noun, list[tuple[str, str, bool, str]]] = {
    Noun.AUTHORS: [
        ("--role", "role", False, "For example “Non-Resident Fellow”."),
        ("--url", "url", False, "Their page at the institution."),
    ],
    Noun.TOPICS: [("--parent", "parent", False, "The topic that it lies below.")],
    Noun.PROGRAMS: [("--url", "url", False, "Its page at the institution.")],
    Noun.OUTLETS: [
        ("--url", "url", False, "Its home page."),
        ("--host", "hosts", True, "A host whose pieces it is proposed for; repeatable."),
    ],
}
_EXAMPLES = {
    Noun.AUTHORS: ("Brian Blankenship", '--role "Non-Resident Fellow"', "B. Blankenship"),
    Noun.TOPICS: ("China-Taiwan", "--parent China", "Taiwan Strait"),
    Noun.PROGRAMS: ("Asia Program", "--url https://www.example.org/asia", "Asia"),
    Noun.OUTLETS: ("Lawfare", "--host lawfaremedia.org", "Lawfare Blog"),
}


def _options(noun: Noun) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        command = click.option("--alias", "aliases", multiple=True, help="Another name for it; repeatable.")(
            command
        )
        for option, field, many, meaning in reversed(_OPTIONS[noun]):
            command = click.option(option, field, multiple=many, help=meaning)(command)
        return command

    return decorate


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in given.items()
        if value not in (None, ())
    }


def _group(noun: Noun) -> click.Group:
    singular = noun.singular
    name, extra, other = _EXAMPLES[noun]

    @click.group(
        singular,
        help=f"{noun.value.capitalize()}: add, list, edit, rename, merge. Feed addresses never break.",
    )
    def group() -> None:
        pass

    @group.command(
        help=f"Add {_article(singular)}.\n\n\b\nExample:\n  syndicator {singular} add {shlex.quote(name)} {extra}"
    )
    @click.argument("name")
    @_options(noun)
    @json_option
    @click.pass_context
    def add(ctx: click.Context, /, name: str, as_json: bool, **given: Any) -> None:
        from syndicator import desk

        site = opened(ctx)
        recorded = desk.add_name(site, noun, {"name": name} | _fields(given))
        _tell(site, f"Added {singular}", recorded.name, as_json)

    @group.command(
        "list",
        help=f"List all {noun.value} with their pieces.\n\n\b\nExample:\n  syndicator {singular} list --json",
    )
    @json_option
    @click.pass_context
    def list_(ctx: click.Context, as_json: bool) -> None:
        _list(opened(ctx), noun, as_json)

    @group.command(
        help=f"Change what is recorded of {_article(singular)} (its name: see rename). Lists replace the old ones."
        f"\n\n\b\nExample:\n  syndicator {singular} edit {shlex.quote(name)} {extra}"
    )
    @click.argument("name")
    @_options(noun)
    @json_option
    @click.pass_context
    def edit(ctx: click.Context, /, name: str, as_json: bool, **given: Any) -> None:
        from syndicator import desk

        fields = _fields(given)
        if not fields:
            raise click.UsageError("Say what to change.")
        site = opened(ctx)
        recorded = desk.change_name(site, desk.find_name(site, noun, name), fields)
        _tell(site, f"{recorded.outcome.capitalize()} {singular}", recorded.name, as_json)

    @group.command(
        help="Give another name. The old one stays an alias; the feed's old address stays alive."
        f"\n\n\b\nExample:\n  syndicator {singular} rename {shlex.quote(name)} {shlex.quote(other)}"
    )
    @click.argument("old")
    @click.argument("new")
    @json_option
    @click.pass_context
    def rename(ctx: click.Context, old: str, new: str, as_json: bool) -> None:
        from syndicator import desk

        site = opened(ctx)
        recorded = desk.rename(site, desk.find_name(site, noun, old), new)
        _tell(
            site,
            f"Renamed {singular}" if recorded.outcome == "updated" else f"Unchanged {singular}",
            recorded.name,
            as_json,
        )

    @group.command(
        help=f"Make one {singular} of two: TARGET keeps its name and gets all that SOURCE has."
        f"\n\n\b\nExample:\n  syndicator {singular} merge {shlex.quote(other)} {shlex.quote(name)} --dry-run"
    )
    @click.argument("source")
    @click.argument("target")
    @click.option("--dry-run", is_flag=True, help="Only say what would change.")
    @json_option
    @click.pass_context
    def merge(ctx: click.Context, source: str, target: str, dry_run: bool, as_json: bool) -> None:
        from syndicator import desk

        site = opened(ctx)
        gone, kept = desk.find_name(site, noun, source), desk.find_name(site, noun, target)
        if dry_run:
            _preview_merge(site, gone, kept, as_json)
            return
        recorded = desk.merge_names(site, gone, kept)
        _tell(site, f"Merged “{gone.name}” into", recorded.name, as_json)

    return group


def _article(singular: str) -> str:
    return f"an {singular}" if singular[0] in "ao" else f"a {singular}"


def _as_fields(site: Site, name: Name) -> dict[str, Any]:
    from syndicator.catalogue import names

    parent = names.get(site.catalogue.connection, Noun.TOPICS, name.parent_id) if name.parent_id else None
    return {"id": name.id} | name.as_fields(parent.name if parent else None)


def _tell(site: Site, what: str, name: Name, as_json: bool) -> None:
    if as_json:
        print_json(_as_fields(site, name))
    else:
        say(f"{what}: {name.name} (feeds at {name.noun}/{name.slug}/)")


def _list(site: Site, noun: Noun, as_json: bool) -> None:
    from syndicator.catalogue import names

    connection = site.catalogue.connection
    found = names.every(connection, noun)
    counts = names.uses(connection, noun)
    titles = {name.id: name.name for name in found}
    if as_json:
        print_json(
            [
                {"id": name.id}
                | name.as_fields(titles.get(name.parent_id or 0))
                | {"pieces": counts.get(name.id, 0)}
                for name in found
            ]
        )
        return
    extra = {Noun.AUTHORS: "Role", Noun.TOPICS: "Below", Noun.OUTLETS: "Hosts"}.get(noun, "URL")
    print_table(
        ("Id", "Name", "Feed", "Pieces", extra),
        (
            (name.id, name.name, f"{noun}/{name.slug}/", counts.get(name.id, 0), _extra(name, titles))
            for name in found
        ),
    )


def _extra(name: Name, titles: dict[int, str]) -> str:
    match name.noun:
        case Noun.AUTHORS:
            return name.role
        case Noun.TOPICS:
            return titles.get(name.parent_id or 0, "")
        case Noun.OUTLETS:
            return ", ".join(name.hosts)
        case Noun.PROGRAMS:
            return name.url


def _preview_merge(site: Site, source: Name, target: Name, as_json: bool) -> None:
    from syndicator.catalogue import names

    counts = names.uses(site.catalogue.connection, source.noun)
    moved = counts.get(source.id, 0)
    if as_json:
        print_json({"source": _as_fields(site, source), "target": _as_fields(site, target), "pieces": moved})
        return
    say(f"“{source.name}” ({moved} pieces) would become “{target.name}” ({counts.get(target.id, 0)} pieces);")
    say(f"{source.noun}/{source.slug}/ would stay alive as a copy of {target.noun}/{target.slug}/.")


author = _group(Noun.AUTHORS)
topic = _group(Noun.TOPICS)
program = _group(Noun.PROGRAMS)
outlet = _group(Noun.OUTLETS)
