"""Every refusal of ours: an exception whose message is the sentence that the person reads.

Knows nothing of where it is shown. A refusal is never a bug: bugs stay tracebacks.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with a submission: the field, and a sentence a person can act on."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class SyndicatorError(Exception):
    """A refusal: what is wrong, where, and the next step. The command line ends with exit code 1."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class URLRefused(SyndicatorError):
    """What was given as a URL is not an http(s) address of a page."""

    def __init__(self, given: str, reason: str) -> None:
        shown = ascii(given[:80])[1:-1] + ("…" if len(given) > 80 else "")
        super().__init__(f"“{shown}” is not a usable URL: {reason}")
        self.given = given
        self.reason = reason


class SettingsRefused(SyndicatorError):
    """`site.toml` cannot be read or holds something that it must not."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(problems))
        self.path = path
        self.problems = tuple(problems)


class SiteNotFound(SyndicatorError):
    """There is no site in the folder that was named."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No site in {folder}: there is no data/site.toml.",
            hint="Make one with `syndicator init`, or name another folder with --site.",
        )


class SiteExists(SyndicatorError):
    """`init` found a site where it was to make one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} already holds a site (data/site.toml); nothing was changed.",
            hint="Edit that file, or choose another folder.",
        )


class CatalogueRefused(SyndicatorError):
    """The database file is not one that this program may open or write."""


class CatalogueBusy(SyndicatorError):
    """Another program has kept the database locked for longer than we wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is locked by another program; nothing was changed.",
            hint="Try again when it has finished.",
        )


class StorageFailed(SyndicatorError):
    """The disk or the file system said no: full, read-only, no permission, damaged."""


class SubmissionRefused(SyndicatorError):
    """What was asked to be recorded has problems; all of them are named, and nothing was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class AlreadyRecorded(SyndicatorError):
    """The URL is that of a piece in the record; which one is said."""

    def __init__(self, piece_id: int, title: str, url: str, status: str) -> None:
        note = "" if status == "published" else f", {status}"
        super().__init__(
            f"{url} is already recorded as “{title}” (piece {piece_id}{note}).",
            hint=f"See it with `syndicator show {piece_id}`, change it with `syndicator edit {piece_id}`.",
        )
        self.piece_id = piece_id


class NotFound(SyndicatorError):
    """Nothing in the record answers to what was named."""


class ImportRefused(SyndicatorError):
    """The source of an import cannot be read at all (single bad lines are reported, not raised)."""


class CheckBusy(SyndicatorError):
    """Another run is checking the links of the same site."""

    def __init__(self, who: str, machine: str, since: str) -> None:
        super().__init__(
            f"{who} on {machine} has been checking the links of this site since {since}; nothing was checked.",
            hint="It stores what it finds; run check again afterwards.",
        )


class PublishBusy(SyndicatorError):
    """Another `publish` of the same site is still at work."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Another publish of this site is running (waited {seconds:.0f} s); nothing was written.",
            hint="It will publish what it found; run publish again afterwards.",
        )
