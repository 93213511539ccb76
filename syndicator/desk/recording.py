"""Pieces on their way into the record: logged, revised, retracted, placed once more, imported.

Knows when two submissions mean the same piece and what a change is; must not know who asks.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from syndicator import text, times, urls
from syndicator.catalogue import audit, links, pieces
from syndicator.catalogue.pieces import Attached, PieceRow
from syndicator.desk.handles import Occupants
from syndicator.desk.scribe import Scribe
from syndicator.errors import AlreadyRecorded, NotFound, Problem, SubmissionRefused, URLRefused
from syndicator.model.records import Noun, Piece, Relation, Status
from syndicator.site import Site

if TYPE_CHECKING:
    from syndicator.model.submission import Submission


class Outcome(StrEnum):
    """What became of a submission."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A submission that was taken; `created` are names that are new with it, `changed` the fields that differ."""

    outcome: Outcome
    piece_id: int
    title: str
    created: tuple[tuple[Noun, str], ...] = ()
    changed: tuple[str, ...] = ()


def log(site: Site, submission: "Submission") -> Recorded:
    """Records a new piece. Raises AlreadyRecorded when one of its URLs is known, SubmissionRefused."""
    with site.catalogue.write() as connection:
        scribe = Scribe(site, connection)
        _refuse_known_urls(scribe, submission, _occupied(scribe, submission))
        _refuse_taken_handles(scribe, submission)
        return _add(scribe, submission)


def record(scribe: Scribe, submission: "Submission", *, primary_only: bool = False) -> Recorded:
    """Records an imported piece: as a new one, or as a change of the one it stands for.

    Which one that is, say its entry id, its source id, its id or its primary URL. `primary_only` says that the
    source cannot tell of further placements: those that the piece has stay. Raises AlreadyRecorded
    for a URL of a piece that came from another source, SubmissionRefused where the handles contradict.
    """
    occupied = _occupied(scribe, submission)
    piece = _identify(scribe, submission, occupied[0])
    if piece is None:
        _refuse_known_urls(scribe, submission, occupied)
        return _add(scribe, submission)
    if primary_only and len(piece.placements) > 1:
        submission = _with_further(submission, piece)
        occupied = _occupied(scribe, submission)
    _refuse_known_urls(scribe, submission, occupied, but=piece.id)
    return _change(scribe, piece, submission)


def _with_further(submission: "Submission", piece: Piece) -> "Submission":
    """The submission with the further placements of the piece as they stand."""
    from syndicator.model.submission import GivenPlacement  # Deferred: it takes 70 ms.

    primary = submission.placements[0]
    stands = (
        GivenPlacement(url=urls.clean(at.url), outlet=at.outlet, relation=at.relation)
        for at in piece.placements[1:]
    )
    further = tuple(placement for placement in stands if placement.url.key != primary.url.key)
    return submission.model_copy(update={"placements": (primary, *further)})


def revise(site: Site, piece_id: int, changes: Mapping[str, Any]) -> Recorded:
    """Changes fields of a piece; the others stay. Raises NotFound, AlreadyRecorded, SubmissionRefused."""
    from syndicator.model.submission import read_submission  # Deferred: it takes 70 ms.

    with site.catalogue.write() as connection:
        scribe = Scribe(site, connection)
        piece = pieces.get(connection, piece_id)
        if piece is None:
            raise NotFound(f"There is no piece {piece_id}.")
        stands = {
            key: value for key, value in piece.as_fields().items() if key not in ("id", "entry_id", "slug")
        }
        submission = read_submission(stands | dict(changes), site.settings.zone)
        _refuse_known_urls(scribe, submission, _occupied(scribe, submission), but=piece_id)
        _refuse_taken_handles(scribe, submission, but=piece_id)
        given = submission.placements if "placements" in changes else ()
        respelled = [links.respell(connection, placement.url, scribe.hand) for placement in given]
        return _change(scribe, piece, submission, respelled=any(respelled))


def retract(site: Site, piece_id: int) -> Recorded:
    """Takes a piece out of feeds and pages; its id stays taken, and feeds tell that it is gone."""
    return revise(site, piece_id, {"status": Status.RETRACTED})


def place(site: Site, piece_id: int, url: str, outlet: str | None, relation: Relation) -> Recorded:
    """Adds a further placement. Raises NotFound, AlreadyRecorded, SubmissionRefused."""
    further = {"url": url, "outlet": outlet, "relation": relation}
    with site.catalogue.write() as connection:
        piece = pieces.get(connection, piece_id)
        if piece is None:
            raise NotFound(f"There is no piece {piece_id}.")
        with suppress(URLRefused):  # That is said with all other problems.
            clean = urls.clean(url)
            if any(at == piece_id for at, _ in links.pieces_at(connection, clean.key)):
                raise _already(piece, clean.url)
        return revise(site, piece_id, {"placements": [*piece.as_fields()["placements"], further]})


def displace(site: Site, piece_id: int, url: str) -> Recorded:
    """Takes a further placement back. Raises NotFound where the piece has none there; the primary one stays."""
    with site.catalogue.write() as connection:
        piece = pieces.get(connection, piece_id)
        key = urls.clean(url).key
        keys = [urls.clean(placement.url).key for placement in piece.placements] if piece else []
        if piece is None or key not in keys[1:]:
            raise NotFound(
                f"Piece {piece_id} has no further placement at {url}.",
                hint=f"`syndicator show {piece_id}` lists its placements; `edit --url` changes the primary one.",
            )
        placements = piece.as_fields()["placements"]
        del placements[keys.index(key)]
        return revise(site, piece_id, {"placements": placements})


def _occupied(scribe: Scribe, submission: "Submission") -> list[Occupants]:
    """The pieces that stand at each of a submission's URLs, with whether it is their primary one."""
    return [scribe.handles.occupants(placement.url.key) for placement in submission.placements]


def _identify(scribe: Scribe, submission: "Submission", at_primary: Occupants) -> Piece | None:
    """The recorded piece that a submission stands for."""
    found = {
        handle: piece_id
        for handle, value in (
            ("entry_id", submission.entry_id),
            ("source_id", submission.source_id),
            ("id", submission.id),
        )
        if value is not None and (piece_id := scribe.handles.holder(handle, value)) is not None
    }
    if len(set(found.values())) > 1:
        told = " and ".join(f"{handle} is that of piece {piece_id}" for handle, piece_id in found.items())
        raise SubmissionRefused([Problem("", f"the line names two pieces: {told}")])
    if not found:
        primary = next((piece_id for piece_id, first in at_primary if first), None)
        if primary is None:
            return None
        piece = _load(scribe, primary)
        if submission.source_id and piece.source_id and submission.source_id != piece.source_id:
            raise _already(piece, submission.placements[0].url.url)
        return piece
    piece = _load(scribe, next(iter(found.values())))
    if submission.entry_id is not None and piece.entry_id and submission.entry_id != piece.entry_id:
        message = f"piece {piece.id} is another one ({piece.entry_id}); leave id and entry_id out to add a new piece"
        raise SubmissionRefused([Problem("entry_id", message)])
    return piece


def _refuse_known_urls(
    scribe: Scribe, submission: "Submission", occupied: Sequence[Occupants], but: int | None = None
) -> None:
    """A primary URL must be new to the record; a further one must not be another piece's primary."""
    for position, occupants in enumerate(occupied):
        for piece_id, primary in occupants:
            if piece_id != but and (position == 0 or primary):
                url = submission.placements[position].url.url
                raise _already(_load(scribe, piece_id), url)


def _refuse_taken_handles(scribe: Scribe, submission: "Submission", but: int | None = None) -> None:
    """An id, an entry id or a source id stands for one piece."""
    connection = scribe.connection
    holders = {
        "id": submission.id if submission.id and pieces.exists(connection, submission.id) else None,
        "entry_id": submission.entry_id and pieces.id_where(connection, "entry_id", submission.entry_id),
        "source_id": submission.source_id and pieces.id_where(connection, "source_id", submission.source_id),
    }
    problems = [
        Problem(handle, f"“{getattr(submission, handle)}” is that of piece {holder}")
        for handle, holder in holders.items()
        if holder not in (None, but)
    ]
    if problems:
        raise SubmissionRefused(problems)


def _load(scribe: Scribe, piece_id: int) -> Piece:
    scribe.settle()
    return pieces.load(scribe.connection, [piece_id])[piece_id]


def _already(piece: Piece, url: str) -> AlreadyRecorded:
    return AlreadyRecorded(piece.id, text.cut(piece.title, 120), url, piece.status.value)


def _add(scribe: Scribe, submission: "Submission") -> Recorded:
    created = len(scribe.created)
    piece_id = submission.id or scribe.handles.next_id()
    slug = _slug(scribe, submission, piece_id)
    attached = scribe.attached(submission)
    status = submission.status or Status.PUBLISHED
    published_at = times.published_at(submission.published, scribe.site.settings.zone)
    row = PieceRow(
        entry_id=submission.entry_id or new_entry_id(scribe, piece_id),
        slug=slug,
        status=status,
        title=submission.title,
        summary=submission.summary,
        summary_text=text.plain_text(submission.summary),
        kind=submission.kind,
        published=submission.published,
        published_at=published_at,
        source_id=submission.source_id,
        retracted_at=scribe.hand.at
        if status is Status.RETRACTED and published_at <= scribe.hand.at
        else None,
    )
    pieces.insert(scribe.held, piece_id, row, scribe.hand.at)
    pieces.attach(scribe.held, piece_id, attached)
    after = _recorded(scribe, piece_id, row, attached)
    audit.note(scribe.held, scribe.hand, "add", "pieces", piece_id, None, after.as_fields())
    scribe.added(piece_id, row, [placement.url.key for placement in submission.placements])
    return Recorded(Outcome.ADDED, piece_id, submission.title, tuple(scribe.created[created:]))


def _change(scribe: Scribe, piece: Piece, submission: "Submission", *, respelled: bool = False) -> Recorded:
    connection = scribe.connection
    created = len(scribe.created)
    before = pieces.attached(connection, piece.id)
    after = scribe.attached(submission, before)
    row = _changed_row(scribe, piece, submission)
    seen = row != _row_of(piece, row)
    moved = respelled or after != before
    if not seen and not moved:
        return Recorded(Outcome.UNCHANGED, piece.id, piece.title)
    matters = moved or any(
        getattr(row, field) != getattr(piece, field)
        for field in ("status", "title", "summary", "kind", "published", "slug")
    )
    pieces.attach(connection, piece.id, after, before)
    pieces.update(connection, piece.id, row, scribe.hand.at if matters else None)
    kept = {placement.link_id for placement in after.placements}
    links.forget_unused(connection, [old.link_id for old in before.placements if old.link_id not in kept])
    scribe.handles.forget()
    action = "retract" if row.status is Status.RETRACTED is not piece.status else "edit"
    old, new = piece.as_fields(), _recorded(scribe, piece.id, row, after).as_fields()
    audit.note(connection, scribe.hand, action, "pieces", piece.id, old, new)
    changed = tuple(field for field in new if new[field] != old[field])
    return Recorded(Outcome.UPDATED, piece.id, row.title, tuple(scribe.created[created:]), changed)


def _changed_row(scribe: Scribe, piece: Piece, submission: "Submission") -> PieceRow:
    """The piece's columns after a change; what the submission leaves unsaid stays as it was."""
    said = submission.model_fields_set
    status = submission.status or piece.status
    summary = submission.summary if "summary" in said else piece.summary
    return PieceRow(
        entry_id=piece.entry_id or submission.entry_id or new_entry_id(scribe, piece.id),
        slug=_changed_slug(scribe, piece, submission),
        status=status,
        title=submission.title,
        summary=summary,
        summary_text=text.plain_text(summary),
        kind=submission.kind if "kind" in said else piece.kind,
        published=submission.published,
        published_at=times.published_at(submission.published, scribe.site.settings.zone),
        source_id=submission.source_id if submission.source_id is not None else piece.source_id,
        retracted_at=_retracted_at(piece, status, scribe.hand.at),
    )


def _row_of(piece: Piece, like: PieceRow) -> PieceRow:
    """The piece's columns as they stand; what follows from others is taken from `like`."""
    return PieceRow(
        piece.entry_id, piece.slug, piece.status, piece.title, piece.summary, like.summary_text, piece.kind,
        piece.published, piece.published_at, piece.source_id, piece.retracted_at,
    )  # fmt: skip


def _retracted_at(piece: Piece, status: Status, now: str) -> str | None:
    """Readers are told of a retraction only if the piece was to be seen before."""
    if status is not Status.RETRACTED:
        return None
    if piece.status is Status.RETRACTED:
        return piece.retracted_at
    return now if piece.status is Status.PUBLISHED and piece.published_at <= now else None


def _changed_slug(scribe: Scribe, piece: Piece, submission: "Submission") -> str:
    if not piece.slug or (submission.slug is not None and submission.slug != piece.slug):
        return _slug(scribe, submission, piece.id)
    return piece.slug


def _slug(scribe: Scribe, submission: "Submission", piece_id: int) -> str:
    """The slug that is asked for; else one of the title, with the date or a number where that is taken."""
    if submission.slug is not None:
        holder = scribe.handles.holder("slug", submission.slug)
        if holder in (None, piece_id):
            return submission.slug
        raise SubmissionRefused([Problem("slug", f"“{submission.slug}” is the slug of piece {holder}")])
    return free_piece_slug(scribe, submission.title, submission.published)


def free_piece_slug(scribe: Scribe, title: str, published: str) -> str:
    """A slug that no piece has: of the title; else with its date; else with a number after that."""
    base = text.slug(title, "piece")
    for slug in (base, f"{base}-{published[:10]}"):
        if scribe.handles.holder("slug", slug) is None:
            return slug

    def taken(number: int) -> bool:
        return scribe.handles.holder("slug", f"{base}-{published[:10]}-{number}") is not None

    # Doubling, then halving: thousands of pieces of one title and day stay cheap.
    most = 2
    while taken(most):
        most *= 2
    least = most // 2
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if taken(middle) else (least, middle)
    return f"{base}-{published[:10]}-{most}"


def new_entry_id(scribe: Scribe, piece_id: int) -> str:
    """A tag URI (RFC 4151) for a piece, made once and stored."""
    entry_id = base = f"tag:{scribe.authority}:pieces/{piece_id}"
    number = 1
    while scribe.handles.holder("entry_id", entry_id) is not None:
        number += 1
        entry_id = f"{base}.{number}"
    return entry_id


def _recorded(scribe: Scribe, piece_id: int, row: PieceRow, attached: Attached) -> Piece:
    """The piece that was just written, as it will be read back: an import has no time to read each one."""
    return Piece(
        id=piece_id,
        entry_id=row.entry_id,
        slug=row.slug,
        status=row.status,
        title=row.title,
        summary=row.summary,
        summary_text=row.summary_text,
        kind=row.kind,
        published=row.published,
        published_at=row.published_at,
        authors=scribe.names(Noun.AUTHORS, attached.authors),
        featured=scribe.names(Noun.AUTHORS, attached.featured),
        topics=scribe.names(Noun.TOPICS, attached.topics),
        programs=scribe.names(Noun.PROGRAMS, attached.programs),
        placements=scribe.as_placements(attached.placements),
        source_id=row.source_id,
        created_at=scribe.hand.at,
        updated_at=scribe.hand.at,
        retracted_at=row.retracted_at,
    )
