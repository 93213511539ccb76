"""What a person asks to be recorded: one validated model for flags, forms, rows and lines.

Knows shapes, limits and spelling of fields; must not know what the record already holds (the desk asks that).
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

from syndicator import text, times, urls
from syndicator.errors import Problem, SubmissionRefused, URLRefused
from syndicator.model.kinds import Kind
from syndicator.model.records import Relation, Status
from syndicator.urls import CleanURL

TITLE_LENGTH = 20_000
SUMMARY_LENGTH = 200_000
NAME_LENGTH = 300
SOURCE_ID_LENGTH = 2_000
SLUG_LENGTH = 200
ENTRY_ID_LENGTH = 500
LIST_LENGTH = 200
HIGHEST_ID = 2**53  # Beyond it, JSON readers that know only floating point lose digits (RFC 8259, section 6).


def _string(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    if len(value) > most:
        raise ValueError(f"is longer than {most:,} characters")
    return value


def _line(value: object, most: int) -> str:
    line = text.one_line(_string(value, most))
    if not line:
        raise ValueError("must not be empty")
    return line


def _name(value: object) -> str:
    return _line(value, NAME_LENGTH)


def _title(value: object) -> str:
    return _line(value, TITLE_LENGTH)


def _optional_name(value: object) -> str | None:
    return None if value is None else text.one_line(_string(value, NAME_LENGTH)) or None


def _source_id(value: object) -> str | None:
    return None if value is None else text.one_line(_string(value, SOURCE_ID_LENGTH)) or None


def _summary(value: object) -> str:
    given = _string("" if value is None else value, SUMMARY_LENGTH)
    return _string(
        text.summary_html(given), SUMMARY_LENGTH
    )  # Escaping lengthens: what is stored must come back.


def _kind(value: object) -> Kind:
    return value if isinstance(value, Kind) else Kind.read(_string(value, NAME_LENGTH))


def _published(value: object, info: ValidationInfo) -> str:
    zone: ZoneInfo = info.context["zone"] if info.context else times.UTC_ZONE
    return times.read_published(_string(value, NAME_LENGTH), zone)


def _url(value: object) -> CleanURL:
    if isinstance(value, CleanURL):
        return value
    try:
        return urls.clean(_string(value, 100_000))
    except URLRefused as refusal:
        raise ValueError(refusal.reason.removesuffix(".")) from None


def _optional_url(value: object) -> CleanURL | None:
    return None if value is None or value == "" else _url(value)


def _slug(value: object) -> str:
    slug = _string(value, SLUG_LENGTH)
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        raise ValueError("must be of a-z, 0-9 and single hyphens, like burden-sharing")
    return slug


def _entry_id(value: object) -> str:
    entry_id = _string(value, ENTRY_ID_LENGTH)
    if not re.fullmatch("tag:[!-~]+", entry_id):
        raise ValueError("must be a tag URI (RFC 4151), like tag:example.org,2024:pieces/7")
    return entry_id


def _id(value: object) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST_ID:
        raise ValueError("must be a whole number from 1 on")
    return value


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(text.fold(name), name)
    return tuple(seen.values())


def _not_author_too(featured: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    authors = {text.fold(name) for name in info.data.get("authors", ())}
    both = [name for name in featured if text.fold(name) in authors]
    if both:
        raise ValueError(f"{both[0]} is both author and featured; a person has one credit on a piece")
    return featured


NameText = Annotated[str, BeforeValidator(_name)]
Names = Annotated[tuple[NameText, ...], Field(max_length=LIST_LENGTH), AfterValidator(_distinct)]
OptionalName = Annotated[str | None, BeforeValidator(_optional_name)]
URL = Annotated[CleanURL, BeforeValidator(_url)]
Slug = Annotated[str, BeforeValidator(_slug)]


_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class GivenPlacement(_Strict):
    """Where the piece stands; without an outlet the record's outlets propose one by host."""

    url: URL
    outlet: OptionalName = None
    relation: Relation | None = None


def _one_primary(placements: tuple[GivenPlacement, ...]) -> tuple[GivenPlacement, ...]:
    primary, *further = placements
    problems = []
    if primary.relation not in (None, Relation.ORIGINAL):
        problems.append("the first is the primary one: its relation must be “original”")
    if any(placement.relation is Relation.ORIGINAL for placement in further):
        problems.append("only the first can be the original; say republication, cross-post or translation")
    if len({placement.url.key for placement in placements}) < len(placements):
        problems.append("two have the same URL")
    if problems:
        raise ValueError("; ".join(problems))
    return placements


class Submission(_Strict):
    """A piece as it is to stand in the record. The first placement is the primary one."""

    title: Annotated[str, BeforeValidator(_title)]
    summary: Annotated[str, BeforeValidator(_summary)] = ""
    kind: Annotated[Kind, BeforeValidator(_kind)] = Kind.ARTICLE
    published: Annotated[str, BeforeValidator(_published)]
    authors: Names = ()
    featured: Annotated[Names, AfterValidator(_not_author_too)] = ()
    topics: Names = ()
    programs: Names = ()
    placements: Annotated[
        tuple[GivenPlacement, ...], Field(min_length=1, max_length=LIST_LENGTH), AfterValidator(_one_primary)
    ]
    source_id: Annotated[str | None, BeforeValidator(_source_id)] = None
    status: Status | None = None
    id: Annotated[int, BeforeValidator(_id)] | None = None
    entry_id: Annotated[str, BeforeValidator(_entry_id)] | None = None
    slug: Slug | None = None


class NameSubmission(_Strict):
    """An author, outlet, topic or program as it is to stand in the record; `None` leaves a field as it is."""

    name: NameText
    aliases: Names | None = None
    role: OptionalName = None
    url: Annotated[CleanURL | None, BeforeValidator(_optional_url)] = None
    hosts: Names | None = None
    parent: OptionalName = None
    slug: Slug | None = None
    old_slugs: Annotated[tuple[Slug, ...], Field(max_length=LIST_LENGTH)] | None = None


def read_submission(fields: Mapping[str, Any], zone: ZoneInfo) -> Submission:
    """The submission that the fields make. Raises SubmissionRefused with every problem that they have."""
    return _read(Submission, fields, zone)


def read_name(fields: Mapping[str, Any]) -> NameSubmission:
    """The named thing that the fields make. Raises SubmissionRefused with every problem that they have."""
    return _read(NameSubmission, fields, None)


def _read(model: type[_Model], fields: Mapping[str, Any], zone: ZoneInfo | None) -> _Model:
    try:
        return model.model_validate(dict(fields), context={"zone": zone} if zone else None)
    except ValidationError as fault:
        raise SubmissionRefused(problems_of(fault)) from None


_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of ours; check its spelling",
    "too_short": "needs at least one",
    "too_long": f"has more than {LIST_LENGTH}",
    "tuple_type": "must be a list",
    "model_type": "must be an object",
}


def problems_of(fault: ValidationError) -> list[Problem]:
    """Pydantic's findings in our words, one a field."""
    problems: dict[str, str] = {}
    for error in fault.errors(include_url=False, include_context=False, include_input=False):
        parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
        field = "".join(parts).lstrip(".")
        message = _SENTENCES.get(error["type"]) or error["msg"].removeprefix("Value error, ")
        problems[field] = message.replace("Input should be", "must be")
    # A list whose items are wrong counts as empty as well: that is no problem of its own.
    return [
        Problem(field, message)
        for field, message in problems.items()
        if not any(other.startswith(f"{field}[") for other in problems)
    ]
