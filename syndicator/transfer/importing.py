"""Many lines into the record: each taken or refused alone, in batches that are stored whole.

Knows batches, savepoints and sums; must not know formats, nor what makes a line right (the desk says that).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from syndicator import desk, text, times
from syndicator.catalogue import audit
from syndicator.catalogue.audit import Hand
from syndicator.errors import CatalogueBusy, CatalogueRefused, ImportRefused, StorageFailed, SyndicatorError
from syndicator.model.records import Noun
from syndicator.model.submission import NameSubmission, Submission, read_name, read_submission
from syndicator.site import Site
from syndicator.transfer.rows import ImportReport, LineOutcome, LineReport, Row

BATCH_LINES = 2000
BATCH_SIZE = 8 * 1024 * 1024
TITLE_SHOWN = 200

Submitted = TypeVar("Submitted")
OnLine = Callable[[LineReport], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the desk made of a line."""

    outcome: desk.Outcome
    id: int
    title: str
    changed: tuple[str, ...] = ()
    created: tuple[str, ...] = ()


def _untold(_: LineReport) -> None:
    """Nobody listens."""


def import_pieces(
    site: Site, rows: Iterable[Row], *, source: str, dry_run: bool = False, on_line: OnLine = _untold
) -> ImportReport:
    """Records a piece a row: new, or a change of the one that it stands for.

    `on_line` is told of every row once its batch is stored. Raises what the database refuses altogether (busy,
    full, read-only); batches stored before that stay, and the same import again completes the work.
    """
    zone = site.settings.zone

    def read(row: Row) -> tuple[Submission, bool]:
        return read_submission(row.fields or {}, zone), row.primary_only

    def expect(scribe: desk.Scribe, submitted: Iterable[tuple[Submission, bool]]) -> None:
        scribe.handles.expect(submission for submission, _ in submitted)

    def record(scribe: desk.Scribe, submitted: tuple[Submission, bool]) -> Taken:
        submission, primary_only = submitted
        recorded = desk.record(scribe, submission, primary_only=primary_only)
        created = tuple(f"{noun.singular} {name}" for noun, name in recorded.created)
        return Taken(recorded.outcome, recorded.piece_id, recorded.title, recorded.changed, created)

    return _Import(site, source, dry_run, _Lines("title", read, expect, record)).run(rows, on_line)


def import_names(
    site: Site,
    noun: Noun,
    rows: Iterable[Row],
    *,
    source: str,
    dry_run: bool = False,
    on_line: OnLine = _untold,
) -> ImportReport:
    """Records an author, outlet, topic or program a row, as `import_pieces` does pieces.

    Topics are taken parents first, wherever in the file they stand.
    """

    def read(row: Row) -> NameSubmission:
        return read_name(row.fields or {})

    def expect(*_: object) -> None:
        """Names are few: each is asked for by itself."""

    def record(scribe: desk.Scribe, submission: NameSubmission) -> Taken:
        recorded = desk.record_name(scribe, noun, submission)
        return Taken(recorded.outcome, recorded.name.id, recorded.name.name)

    if noun is Noun.TOPICS:
        rows = _parents_first(list(rows))
    return _Import(site, source, dry_run, _Lines("name", read, expect, record)).run(rows, on_line)


@dataclass(frozen=True)
class _Lines(Generic[Submitted]):
    """What the lines of a file are about: the field to call them by, how they are read, looked up and recorded."""

    label: str
    read: Callable[[Row], Submitted]
    expect: Callable[[desk.Scribe, Iterable[Submitted]], None]
    record: Callable[[desk.Scribe, Submitted], Taken]


class _NothingTaken(Exception):
    """Takes a batch back that changed nothing, and with it the row of its import."""


class _Spoilt(Exception):
    """A line was refused after it had written something: the batch goes again, carefully. That is rare."""


class _DryRun(Exception):
    """Takes everything back."""


class _Import(Generic[Submitted]):
    """One import under way: its sums, and its id from the first batch on that took something."""

    def __init__(
        self,
        site: Site,
        source: str,
        dry_run: bool,
        lines: _Lines[Submitted],
    ) -> None:
        self._site = site
        self._source = source
        self._dry_run = dry_run
        self._lines = lines
        self._import_id: int | None = None
        self._sums: Counter[LineOutcome] = Counter()

    def run(self, rows: Iterable[Row], on_line: OnLine) -> ImportReport:
        with suppress(_DryRun), self._site.catalogue.write() if self._dry_run else nullcontext():
            for batch in _batches(rows):
                for report in self._stored(batch):
                    self._sums[report.outcome] += 1
                    on_line(report)
            if self._dry_run:
                raise _DryRun
        return ImportReport(
            source=self._source,
            import_id=None if self._dry_run else self._import_id,
            dry_run=self._dry_run,
            added=self._sums[LineOutcome.ADDED],
            updated=self._sums[LineOutcome.UPDATED],
            unchanged=self._sums[LineOutcome.UNCHANGED],
            refused=self._sums[LineOutcome.REFUSED],
        )

    def _stored(self, batch: list[Row]) -> list[LineReport]:
        """What became of a batch. Reading it comes first: nobody waits for the lock meanwhile."""
        submitted = [(row, self._submitted(row)) for row in batch]
        try:
            try:
                return self._written(submitted, self._quickly)
            except _Spoilt:
                return self._written(submitted, self._carefully)
        except (CatalogueBusy, CatalogueRefused, StorageFailed) as refusal:
            raise self._stopped(batch[0].line, refusal) from refusal

    def _written(
        self,
        submitted: list[tuple[Row, Submitted | LineReport]],
        how: Callable[[desk.Scribe, list[tuple[Row, Submitted | LineReport]]], Iterator[LineReport]],
    ) -> list[LineReport]:
        reports: list[LineReport] = []
        with suppress(_NothingTaken), self._site.catalogue.write() as connection, self._undoable():
            hand = Hand(self._site.who, times.stamp(self._site.clock()))
            import_id = self._import_id or audit.begin_import(connection, hand, self._source)
            reports += how(desk.Scribe(self._site, connection, import_id), submitted)
            if not any(report.outcome in _TAKEN for report in reports):
                raise _NothingTaken
        if any(report.outcome in _TAKEN for report in reports):
            self._import_id = import_id
        return reports

    def _quickly(
        self, scribe: desk.Scribe, submitted: list[tuple[Row, Submitted | LineReport]]
    ) -> Iterator[LineReport]:
        """Line by line, looked up and written together: as long as no refused line has left anything behind."""
        self._lines.expect(scribe, [line for _, line in submitted if not isinstance(line, LineReport)])
        with scribe.holding():
            for row, line in submitted:
                changes = scribe.changes
                try:
                    yield self._taken(scribe, row, line)
                except SyndicatorError as refusal:
                    if scribe.changes != changes:
                        raise _Spoilt from refusal
                    yield self._refused(row, refusal.message)

    def _carefully(
        self, scribe: desk.Scribe, submitted: list[tuple[Row, Submitted | LineReport]]
    ) -> Iterator[LineReport]:
        """Line by line with a savepoint each: what a refused line has written is taken back."""
        for row, line in submitted:
            changes = scribe.changes
            try:
                with self._site.catalogue.attempt():
                    report = self._taken(scribe, row, line)
            except SyndicatorError as refusal:
                if scribe.changes != changes:
                    scribe.forget()
                report = self._refused(row, refusal.message)
            yield report

    def _undoable(self) -> AbstractContextManager[None]:
        """A batch of a dry run is no transaction of its own: it needs a savepoint to be taken back."""
        return self._site.catalogue.attempt() if self._dry_run else nullcontext()

    def _submitted(self, row: Row) -> Submitted | LineReport:
        """The submission that a row makes, or why it makes none."""
        if row.fields is None:
            return self._refused(row, row.fault)
        try:
            return self._lines.read(row)
        except SyndicatorError as refusal:
            return self._refused(row, refusal.message)

    def _taken(self, scribe: desk.Scribe, row: Row, line: Submitted | LineReport) -> LineReport:
        if isinstance(line, LineReport):
            return line
        taken = self._lines.record(scribe, line)
        return LineReport(
            line=row.line,
            outcome=LineOutcome(taken.outcome),
            piece_id=taken.id,
            title=text.cut(taken.title, TITLE_SHOWN),
            changed=taken.changed,
            created=taken.created,
        )

    def _refused(self, row: Row, reason: str) -> LineReport:
        given = (row.fields or {}).get(self._lines.label)
        title = (
            text.cut(text.one_line(given[: 2 * TITLE_SHOWN]), TITLE_SHOWN) if isinstance(given, str) else ""
        )
        return LineReport(row.line, LineOutcome.REFUSED, None, title, text.one_line(reason))

    def _stopped(self, line: int, refusal: SyndicatorError) -> SyndicatorError:
        """The refusal, true also where earlier batches are stored."""
        if self._import_id is None or self._dry_run:
            return refusal
        why = refusal.message.removesuffix(".").removesuffix("; nothing was changed")
        return ImportRefused(
            f"The import stopped at line {line}: {why}. What came before that line is recorded.",
            hint="Import the same file again once that is mended: it goes on where this one ended.",
        )


_TAKEN = (LineOutcome.ADDED, LineOutcome.UPDATED)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in batches that are bounded in number and in size."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += row.size
        if len(batch) >= BATCH_LINES or size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parents_first(rows: list[Row]) -> Iterator[Row]:
    """The rows of topics so that each comes after the one it lies below; a circle is left for the desk to refuse."""
    by_name: dict[str, int] = {}
    for index, row in enumerate(rows):
        for name in _names(row):
            by_name.setdefault(name, index)
    done: set[int] = set()
    for start in range(len(rows)):
        chain: list[int] = []
        above: int | None = start
        while above is not None and above not in done:
            done.add(above)
            chain.append(above)
            parent = (rows[above].fields or {}).get("parent")
            above = by_name.get(text.fold(parent)) if isinstance(parent, str) else None
        yield from (rows[index] for index in reversed(chain))


def _names(row: Row) -> Iterator[str]:
    fields: Mapping[str, Any] = row.fields or {}
    aliases = fields.get("aliases")
    for name in (fields.get("name"), *(aliases if isinstance(aliases, list) else ())):
        if isinstance(name, str):
            yield text.fold(name)
