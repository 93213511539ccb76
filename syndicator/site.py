"""An opened site: its folder, settings, catalogue and clock, and who is at work. A frozen handle, no verbs."""

import os
import pwd
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from syndicator import config, text
from syndicator.catalogue import Catalogue, open_catalogue
from syndicator.config import Settings
from syndicator.errors import SiteNotFound, StorageFailed

DATABASE = Path("data") / "syndicator.db"
SETTINGS = Path("data") / "site.toml"
FEEDS = Path("feeds")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Site:
    """What every verb takes first."""

    folder: Path
    settings: Settings
    catalogue: Catalogue
    who: str
    clock: Callable[[], datetime] = _now

    @property
    def feeds(self) -> Path:
        """The folder that is published."""
        return self.folder / FEEDS

    @property
    def today(self) -> str:
        """The date in the site's time zone, as `YYYY-MM-DD`."""
        return self.clock().astimezone(self.settings.zone).date().isoformat()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def ca_file(self) -> str:
        """The institution's own authorities, where it has any; relative to the site's folder."""
        given = self.settings.network.ca_file
        return str(self.folder / given) if given else ""


def open_site(folder: Path, *, who: str | None = None, clock: Callable[[], datetime] = _now) -> Site:
    """Opens the site in a folder. Raises SiteNotFound, SettingsRefused, CatalogueRefused, StorageFailed."""
    settings_path = folder / SETTINGS
    if not settings_path.is_file():
        raise SiteNotFound(folder)
    try:
        settings = config.load(settings_path)
    except OSError as fault:
        raise StorageFailed(f"{settings_path} cannot be read: {fault.strerror}.") from fault
    return Site(folder, settings, open_catalogue(folder / DATABASE), who or _login(), clock)


def _login() -> str:
    """The person at the keyboard, as the audit trail names them."""
    named = (os.environ.get(variable, "") for variable in ("SYNDICATOR_USER", "USER", "LOGNAME"))
    return next(filter(None, map(text.one_line, named)), "") or _account()


def _account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return "unknown"
