"""Which authorities are trusted: the public ones, and one of the institution's own.

Knows certificate files; must not know who reads them.
"""

import tempfile
from pathlib import Path

import certifi

from syndicator.errors import SyndicatorError


class CertificatesUnreadable(SyndicatorError):
    """The file of `[network] ca_file` is no readable PEM file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} cannot be used as certificates: {why}", hint="Correct [network] ca_file in site.toml."
        )


class Authorities:
    """One file of all: libcurl keeps the parsed authorities only of a file, not of a folder or of bytes.

    Raises CertificatesUnreadable.
    """

    def __init__(self, ca_file: str | Path = "") -> None:
        self.path = certifi.where()
        self._both = None
        if ca_file:
            own = _read(Path(ca_file))
            self._both = tempfile.NamedTemporaryFile(prefix="syndicator-", suffix=".pem")  # noqa: SIM115 - see close
            self._both.write(Path(self.path).read_bytes() + b"\n" + own)
            self._both.flush()
            self.path = self._both.name

    def close(self) -> None:
        if self._both is not None:
            self._both.close()


def _read(path: Path) -> bytes:
    try:
        own = path.read_bytes()
    except OSError as fault:
        raise CertificatesUnreadable(path, f"{fault.strerror or fault}.") from None
    if b"-----BEGIN CERTIFICATE-----" not in own:
        raise CertificatesUnreadable(path, "it holds no certificate.")
    return own
