"""Settings of a site, declared once: default, meaning, bound. The loader, the template of `init` and the
docs are read off this declaration. Knows `site.toml`; must not know where it lies or what the settings do.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from syndicator.errors import SettingsRefused


@dataclass(frozen=True, slots=True)
class Bound:
    """What a value must satisfy, and the sentence that says so."""

    sentence: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    rule: str = ""


def _setting(default: Any, help: str, bound: Bound | None = None) -> Any:
    metadata = {"help": help, "bound": bound}
    if isinstance(default, list):
        return field(default_factory=lambda: list(default), metadata=metadata)
    return field(default=default, metadata=metadata)


def _required(example: str, help: str, bound: Bound | None = None) -> Any:
    return field(metadata={"help": help, "bound": bound, "example": example})


_PLACE = Bound("must be an absolute http(s) URL without query", rule="place")
_WEBS = Bound("must be absolute http(s) URLs", rule="webs")


@dataclass(frozen=True)
class SiteSettings:
    """The institution."""

    title: str = _required(
        "Your Institution",
        "name of the institution",
        Bound("must be one line that is not empty", rule="title"),
    )
    url: str = _required(
        "https://example.org/feeds/", "where feeds/ is served; ids do not depend on it", _PLACE
    )
    id_authority: str = _setting(
        "",
        "RFC 4151 tagging entity in the ids of entries, never to be changed; by default made of url's host",
        Bound("must look like “example.org,2024” (RFC 4151)", rule="authority"),
    )
    language: str = _setting(
        "en", "RFC 5646 language of titles and summaries", Bound("must be like en or en-US", rule="lang")
    )
    timezone: str = _setting(
        "America/New_York", "zone of dates without a time", Bound("must be an IANA time zone", rule="zone")
    )
    contact: str = _setting(
        "", "address for readers and for the hosts we visit", Bound("must be one line", rule="line")
    )


@dataclass(frozen=True)
class FeedSettings:
    """What is published."""

    entries: int = _setting(
        50, "newest entries in a feed; older ones follow as archives", Bound("must be 1 to 1000", 1, 1000)
    )
    link: str = _setting(
        "outlet",
        "main link of an entry: outlet or summary",
        Bound("must be outlet or summary", choices=("outlet", "summary")),
    )
    websub: list[str] = _setting([], "WebSub hubs that the feeds name", _WEBS)


@dataclass(frozen=True)
class CheckSettings:
    """How links are visited."""

    concurrency: int = _setting(64, "exchanges at once over all hosts", Bound("must be 1 to 1024", 1, 1024))
    per_host_interval: float = _setting(
        1.0, "seconds between request starts on one host", Bound("must be 0 to 3600", 0, 3600)
    )
    share_limit: list[str] = _setting(
        [],
        "domains whose names are one host: they take turns, and the interval lies between all of them",
        Bound("must be domains like example.com", rule="domains"),
    )
    timeout: float = _setting(
        30.0, "seconds for one whole visit, redirects and body included", Bound("must be 1 to 600", 1, 600)
    )
    max_body: int = _setting(1048576, "bytes read at most", Bound("must be 1024 to 2147483648", 1024, 2**31))


@dataclass(frozen=True)
class ArchiveSettings:
    """Where archived copies are looked up."""

    endpoint: str = _setting(
        "https://web.archive.org",
        "Wayback-compatible service; empty turns it off",
        Bound("must be empty or an absolute http(s) URL without query", rule="place?"),
    )
    save: bool = _setting(False, "ask it to capture every link that is recorded from now on")


@dataclass(frozen=True)
class NetworkSettings:
    """What may be reached."""

    allow: list[str] = _setting(
        [],
        "private networks or hosts that may be reached all the same",
        Bound("must be networks like 127.0.0.0/8 or host names like intranet.example", rule="allowed"),
    )
    ca_file: str = _setting("", "PEM file trusted besides the public authorities")


@dataclass(frozen=True)
class AlertSettings:
    """Who is told when links break, heal or move, or somebody should look: in one message a run."""

    feed: bool = _setting(
        False, "a feed for staff, feeds/health/atom.xml; whoever knows its address can read it"
    )
    webhook: str = _setting(
        "",
        "URL that the news are posted to, as JSON",
        Bound("must be empty or an absolute http(s) URL", rule="web?"),
    )
    email_to: str = _setting(
        "",
        "addresses that the news are sent to, with commas between them",
        Bound("must be empty or e-mail addresses with commas between them", rule="addresses"),
    )
    email_from: str = _setting(
        "",
        "sender of that mail; by default syndicator@ and url's host",
        Bound("must be empty or an e-mail address", rule="address?"),
    )
    smtp: str = _setting(
        "localhost:25",
        "mail server; port 465 is TLS, on others STARTTLS is used where it is offered",
        Bound("must look like mail.example.org:587", rule="server"),
    )
    smtp_user: str = _setting(
        "",
        "user to log in as; the password is in the environment, $SYNDICATOR_SMTP_PASSWORD",
        Bound("must be one line", rule="line"),
    )


@dataclass(frozen=True)
class Settings:
    """Everything in `site.toml`, a section a field."""

    site: SiteSettings
    feeds: FeedSettings = FeedSettings()
    check: CheckSettings = CheckSettings()
    archive: ArchiveSettings = ArchiveSettings()
    network: NetworkSettings = NetworkSettings()
    alerts: AlertSettings = AlertSettings()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.timezone)

    @cached_property
    def base_url(self) -> str:
        """`[site] url` with its trailing slash: paths below feeds/ are appended to it."""
        return self.site.url.rstrip("/") + "/"

    def authority(self, at: str) -> str:
        """The RFC 4151 tagging entity for an id that is made at an instant (a stamp)."""
        return self.site.id_authority or f"{urlsplit(self.site.url).hostname},{at[:10]}"


SECTIONS: dict[str, type[Any]] = {
    "site": SiteSettings,
    "feeds": FeedSettings,
    "check": CheckSettings,
    "archive": ArchiveSettings,
    "network": NetworkSettings,
    "alerts": AlertSettings,
}


def load(path: Path) -> Settings:
    """The settings in the file. Raises SettingsRefused with every problem, OSError where it is unreadable."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Some editors begin files with a BOM.
    except UnicodeDecodeError:
        raise SettingsRefused(path, ["is not UTF-8 text"]) from None
    except tomllib.TOMLDecodeError as fault:
        raise SettingsRefused(path, [f"is not TOML: {fault}"]) from None
    sections: dict[str, Any] = {}
    problems = [
        f"unknown section [{name}]; known are {', '.join(SECTIONS)}"
        for name in document
        if name not in SECTIONS
    ]
    for name, declared in SECTIONS.items():
        table = document.get(name, {})
        if not isinstance(table, dict):
            problems.append(f"{name} must be a section [{name}]")
            continue
        values = _read_section(name, declared, table, problems)
        if values is not None:
            sections[name] = declared(**values)
    if problems:
        raise SettingsRefused(path, problems)
    return Settings(**sections)


def _read_section(
    name: str, declared: type[Any], table: dict[str, Any], problems: list[str]
) -> dict[str, Any] | None:
    known = {declaration.name: declaration for declaration in fields(declared)}
    before = len(problems)
    problems += [
        f"[{name}] has no setting “{key}”; known are {', '.join(known)}" for key in table if key not in known
    ]
    values: dict[str, Any] = {}
    for key, declaration in known.items():
        if key not in table:
            if is_required(declaration):
                problems.append(f"[{name}] {key} is missing")
            continue
        value = table[key]
        if declaration.type is float and type(value) is int:
            value = float(min(max(value, -(2**53)), 2**53))  # No bound is beyond, and larger ones overflow.
        complaint = _complaint(declaration, value)
        if complaint:
            problems.append(f"[{name}] {key} {complaint}")
        values[key] = value
    return values if len(problems) == before else None


def is_required(declaration: "Field[Any]") -> bool:
    """Whether `site.toml` must give the setting."""
    return declaration.default is MISSING and declaration.default_factory is MISSING


_TYPES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list[str]: "a list of texts",
}


def _complaint(declaration: "Field[Any]", value: Any) -> str:
    wanted: Any = declaration.type
    fits = (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
        if wanted == list[str]
        else type(value) is wanted
    )
    if not fits:
        return f"must be {_TYPES[wanted]}"
    bound: Bound | None = declaration.metadata["bound"]
    return bound.sentence if bound and not _satisfies(bound, value) else ""


def _satisfies(bound: Bound, value: Any) -> bool:
    if bound.choices:
        return value in bound.choices
    if bound.least is not None and bound.most is not None:
        return bool(bound.least <= value <= bound.most)
    return _RULES[bound.rule](value)


def _is_line(value: str) -> bool:
    """Neither a feed nor a header of a request can hold control characters."""
    return not any(unicodedata.category(character) in ("Cc", "Cn", "Zl", "Zp") for character in value)


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    printable = value.isascii() and value.isprintable() and not set(value) & set(' <>"')
    return printable and parts.scheme in ("http", "https") and whole


def _is_place(value: str) -> bool:
    return _is_web(value) and not set(value) & set("?#")


def _is_address(value: str) -> bool:
    """The addresses of RFC 5321 without their rarities: quotes, comments, letters beyond ASCII."""
    return re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", value) is not None


def _is_server(value: str) -> bool:
    found = re.fullmatch(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", value)
    return found is not None and 0 < int(found[1]) <= 65535


def _are_allowed(entries: list[str]) -> bool:
    if not entries:
        return True
    from syndicator import allowed  # Deferred: few sites have any.

    try:
        allowed.read(entries)
    except ValueError:
        return False
    return True


def _is_domain(value: str) -> bool:
    """A name with a dot in it, as URLs have it: lower case, none but ASCII letters (IDNA 2008, RFC 5890)."""
    label = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
    return (
        len(value) <= 253 and re.fullmatch(rf"(?:{label}\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?", value) is not None
    )


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _is_authority(value: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9._@-]+,[0-9]{4}(-[0-9]{2}){0,2}", value) is not None


def _is_language(value: str) -> bool:
    return all(part.isascii() and part.isalnum() and len(part) <= 8 for part in value.split("-"))


def _or_empty(rule: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda value: value == "" or rule(value)


_RULES: Mapping[str, Callable[[Any], bool]] = {
    "line": _is_line,
    "title": lambda value: _is_line(value) and bool(value.strip()),
    "place": _is_place,
    "place?": _or_empty(_is_place),
    "web?": _or_empty(_is_web),
    "webs": lambda value: all(map(_is_web, value)),
    "address?": _or_empty(_is_address),
    "addresses": _or_empty(lambda value: all(_is_address(item.strip(" ")) for item in value.split(","))),
    "server": _is_server,
    "allowed": _are_allowed,
    "domains": lambda value: all(map(_is_domain, value)),
    "zone": _is_zone,
    "lang": _is_language,
    "authority": _or_empty(_is_authority),
}


def template(given: Mapping[str, str] | None = None) -> str:
    """The `site.toml` that `init` writes: what must be filled in, and all others with their defaults."""
    lines = []
    for name, declared in SECTIONS.items():
        lines.append(f"[{name}]")
        for declaration in fields(declared):
            shown = declaration.metadata["example"] if is_required(declaration) else default_of(declaration)
            if name == "site":
                shown = (given or {}).get(declaration.name, shown)
            mark = "" if is_required(declaration) or declaration.name in (given or {}) else "# "
            lines.append(f"# {declaration.metadata['help']}")
            lines.append(f"{mark}{declaration.name} = {toml_value(shown)}")
        lines.append("")
    return "\n".join(lines)


def default_of(declaration: "Field[Any]") -> Any:
    """The default of a setting that is not required."""
    if declaration.default_factory is not MISSING:
        return declaration.default_factory()
    return declaration.default


def toml_value(value: Any) -> str:
    """A setting's value as TOML spells it."""
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
