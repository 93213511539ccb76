"""Authors, outlets, topics and programs: added, changed, renamed, merged. A feed's address outlives them all.

Knows when two names would be one; the schema keeps every older slug.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from syndicator import text, urls
from syndicator.catalogue import audit, names
from syndicator.desk.recording import Outcome
from syndicator.desk.scribe import Scribe, outlet_host
from syndicator.errors import NotFound, Problem, SubmissionRefused, URLRefused
from syndicator.model.records import Name, Noun
from syndicator.site import Site

if TYPE_CHECKING:
    from syndicator.model.submission import NameSubmission


@dataclass(frozen=True, slots=True)
class NameRecorded:
    """A name that was taken, as it stands now."""

    outcome: Outcome
    name: Name


def add_name(site: Site, noun: Noun, fields: Mapping[str, Any]) -> NameRecorded:
    """A new author, outlet, topic or program. Raises SubmissionRefused where the name is known already."""
    from syndicator.model.submission import read_name  # Deferred: it takes 70 ms.

    submission = read_name(fields)
    with site.catalogue.write() as connection:
        scribe = Scribe(site, connection)
        known = scribe.folded(noun).get(text.fold(submission.name))
        if known is not None:
            holder = _get(scribe, noun, known)
            message = (
                f"“{submission.name}” is recorded already as {noun.singular} “{holder.name}” ({holder.slug})"
            )
            raise SubmissionRefused([Problem("name", message)])
        return record_name(scribe, noun, submission)


def change_name(site: Site, name: Name, fields: Mapping[str, Any]) -> NameRecorded:
    """Changes role, URL, aliases, hosts or parent. Raises SubmissionRefused."""
    from syndicator.model.submission import read_name  # Deferred: it takes 70 ms.

    submission = read_name({"name": name.name, **fields})
    with site.catalogue.write() as connection:
        return record_name(Scribe(site, connection), name.noun, submission)


def record_name(scribe: Scribe, noun: Noun, submission: "NameSubmission") -> NameRecorded:
    """Adds what is not known by this name, changes what is. Raises SubmissionRefused."""
    known = scribe.folded(noun).get(text.fold(submission.name))
    if known is None:
        # With its own slug from the start: one made of the name first would stay behind as an older one.
        _refuse_taken_slug(scribe, noun, submission.slug, None)
        name_id = scribe.id(noun, submission.name, submission.slug)
        _apply(scribe, _get(scribe, noun, name_id), submission)
        return NameRecorded(Outcome.ADDED, _get(scribe, noun, name_id))
    name = _get(scribe, noun, known)
    changed = _apply(scribe, name, submission)
    return NameRecorded(Outcome.UPDATED if changed else Outcome.UNCHANGED, _get(scribe, noun, known))


def _get(scribe: Scribe, noun: Noun, name_id: int) -> Name:
    name = names.get(scribe.connection, noun, name_id)
    if name is None:
        raise NotFound(f"There is no {noun.singular} {name_id} any more.")
    return name


def _apply(scribe: Scribe, name: Name, submission: "NameSubmission") -> bool:
    """Writes what a submission says beyond the name; tells whether that changed anything."""
    _refuse_foreign_fields(name.noun, submission)
    said = submission.model_fields_set
    columns: dict[str, object] = {}
    if submission.slug is not None and submission.slug != name.slug:
        _refuse_taken_slug(scribe, name.noun, submission.slug, name.id)
        columns["slug"] = submission.slug
    if "role" in said and (submission.role or "") != name.role:
        columns["role"] = submission.role or ""
    if "url" in said and (url := submission.url.url if submission.url else "") != name.url:
        columns["url"] = url
    if "parent" in said and (parent_id := _parent_id(scribe, name, submission.parent)) != name.parent_id:
        columns["parent_id"] = parent_id
    before = _fields(scribe, name)
    if columns:
        names.update(scribe.site.catalogue.db, name.noun, name.id, scribe.hand.at, **columns)
    if submission.old_slugs is not None:
        _add_old_slugs(scribe, name, submission)
    if submission.aliases is not None:
        _set_aliases(scribe, name, submission.aliases)
    if submission.hosts is not None:
        names.set_hosts(scribe.site.catalogue.db, name.id, _hosts(submission.hosts))
    after = _fields(scribe, _get(scribe, name.noun, name.id))
    if after == before:
        return False
    audit.note(scribe.connection, scribe.hand, "edit", name.noun, name.id, before, after)
    return True


def _refuse_taken_slug(scribe: Scribe, noun: Noun, slug: str | None, but: int | None) -> None:
    if slug is not None and not names.slug_is_free(scribe.connection, noun, slug, but):
        raise SubmissionRefused([Problem("slug", f"“{slug}” belongs or belonged to another {noun.singular}")])


def _refuse_foreign_fields(noun: Noun, submission: "NameSubmission") -> None:
    """Only authors have a role, only outlets hosts, only topics a parent (and no URL)."""
    foreign = {
        "role": noun is not Noun.AUTHORS and submission.role,
        "hosts": noun is not Noun.OUTLETS and submission.hosts,
        "parent": noun is not Noun.TOPICS and submission.parent,
        "url": noun is Noun.TOPICS and submission.url,
    }
    problems = [Problem(field, f"is nothing that {noun} have") for field, given in foreign.items() if given]
    if problems:
        raise SubmissionRefused(problems)


def _fields(scribe: Scribe, name: Name) -> dict[str, Any]:
    parent = names.get(scribe.connection, Noun.TOPICS, name.parent_id) if name.parent_id else None
    return name.as_fields(parent.name if parent else None)


def _parent_id(scribe: Scribe, name: Name, parent: str | None) -> int | None:
    if parent is None:
        return None
    parent_id = scribe.id(Noun.TOPICS, parent)
    above: int | None = parent_id
    while above is not None:
        if above == name.id:
            raise SubmissionRefused([Problem("parent", f"“{parent}” lies below “{name.name}” itself")])
        above = _get(scribe, Noun.TOPICS, above).parent_id
    return parent_id


def _set_aliases(scribe: Scribe, name: Name, aliases: tuple[str, ...]) -> None:
    known = scribe.folded(name.noun)
    taken = [alias for alias in aliases if known.get(text.fold(alias), name.id) != name.id]
    if taken:
        holder = _get(scribe, name.noun, known[text.fold(taken[0])])
        raise SubmissionRefused(
            [Problem("aliases", f"“{taken[0]}” is the name of {name.noun.singular} “{holder.name}”")]
        )
    kept = {text.fold(alias): alias for alias in aliases if text.fold(alias) != text.fold(name.name)}
    if tuple(kept.values()) != name.aliases:
        names.set_aliases(scribe.site.catalogue.db, name.noun, name.id, tuple(kept.values()))
        for alias in name.aliases:
            known.pop(text.fold(alias), None)
        known.update(dict.fromkeys(kept, name.id))


def _add_old_slugs(scribe: Scribe, name: Name, submission: "NameSubmission") -> None:
    """Older slugs are only ever added: feeds may still be subscribed to under any of them."""
    current = _get(scribe, name.noun, name.id)
    new = [
        slug for slug in submission.old_slugs or () if slug != current.slug and slug not in current.old_slugs
    ]
    for slug in new:
        if not names.slug_is_free(scribe.connection, name.noun, slug, name.id):
            raise SubmissionRefused(
                [Problem("old_slugs", f"“{slug}” belongs or belonged to another {name.noun.singular}")]
            )
    if new:
        names.set_old_slugs(scribe.site.catalogue.db, name.noun, name.id, (*current.old_slugs, *new))


def _hosts(given: tuple[str, ...]) -> tuple[str, ...]:
    """Host names out of host names or URLs, `www.` dropped, once each."""
    hosts: dict[str, None] = {}
    problems = []
    for host in given:
        try:
            known_as = outlet_host(urls.clean(host if "://" in host else f"https://{host}/").host)
        except URLRefused:
            known_as = None
        if known_as is None:
            problems.append(Problem("hosts", f"“{text.cut(host, 60)}” is not a host name"))
        else:
            hosts[known_as] = None
    if problems:
        raise SubmissionRefused(problems)
    return tuple(hosts)


def rename(site: Site, name: Name, new: str) -> NameRecorded:
    """Gives a new name and slug; the old name stays an alias, the old address of the feed stays alive.

    Raises SubmissionRefused where the new name is another's (merge them instead).
    """
    from syndicator.model.submission import read_name  # Deferred: it takes 70 ms.

    submission = read_name({"name": new})
    with site.catalogue.write() as connection:
        scribe = Scribe(site, connection)
        name = _get(scribe, name.noun, name.id)
        holder = scribe.folded(name.noun).get(text.fold(submission.name))
        if holder not in (None, name.id):
            other = _get(scribe, name.noun, holder)
            message = (
                f"{name.noun.singular} “{other.name}” has that name; "
                f"to make one of both: syndicator {name.noun.singular} merge "
                f"{shlex.quote(name.name)} {shlex.quote(other.name)}"
            )
            raise SubmissionRefused([Problem("name", message)])
        if submission.name == name.name:
            return NameRecorded(Outcome.UNCHANGED, name)
        before = _fields(scribe, name)
        slug = _slug_after_rename(scribe, name, submission.name)
        aliases = [*(a for a in name.aliases if text.fold(a) != text.fold(submission.name)), name.name]
        names.update(
            scribe.site.catalogue.db, name.noun, name.id, scribe.hand.at, name=submission.name, slug=slug
        )
        distinct = {
            text.fold(alias): alias for alias in aliases if text.fold(alias) != text.fold(submission.name)
        }
        names.set_aliases(scribe.site.catalogue.db, name.noun, name.id, tuple(distinct.values()))
        after = _get(scribe, name.noun, name.id)
        audit.note(connection, scribe.hand, "rename", name.noun, name.id, before, _fields(scribe, after))
        return NameRecorded(Outcome.UPDATED, after)


def _slug_after_rename(scribe: Scribe, name: Name, new: str) -> str:
    """The slug of the new name; one that it had before is taken up again."""
    base = text.slug(new, name.noun.singular)
    if base in (name.slug, *name.old_slugs):
        return base
    return scribe.free_slug(name.noun, new, name.id)


def merge_names(site: Site, source: Name, target: Name) -> NameRecorded:
    """Makes one of two: the target keeps its name and gets all of the source's pieces, aliases and addresses."""
    if source.id == target.id:
        raise SubmissionRefused(
            [Problem("", f"“{source.name}” and “{target.name}” are the same {source.noun.singular}")]
        )
    with site.catalogue.write() as connection:
        scribe = Scribe(site, connection)
        source, target = _get(scribe, source.noun, source.id), _get(scribe, target.noun, target.id)
        gone, before = _fields(scribe, source), _fields(scribe, target)
        names.merge(scribe.site.catalogue.db, source.noun, source, target)
        aliases = {text.fold(alias): alias for alias in (*target.aliases, *source.aliases, source.name)}
        names.set_aliases(scribe.site.catalogue.db, target.noun, target.id, tuple(aliases.values()))
        names.update(scribe.site.catalogue.db, target.noun, target.id, scribe.hand.at)
        after = _get(scribe, target.noun, target.id)
        audit.note(connection, scribe.hand, "merge", source.noun, source.id, gone, None)
        audit.note(connection, scribe.hand, "merge", target.noun, target.id, before, _fields(scribe, after))
        return NameRecorded(Outcome.UPDATED, after)
