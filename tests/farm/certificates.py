"""Certificates of every sort, made anew: one that is good, and the ways in which others are not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

NAME = "*.farm.test"


def made(folder: Path) -> tuple[Path, dict[str, Path]]:
    """The authority's PEM file, and a chain with its key for each door: good, expired, wrong_host, untrusted."""
    ours, unknown = trustme.CA(), trustme.CA()
    authority = folder / "authority.pem"
    ours.cert_pem.write_to_path(str(authority))
    now = datetime.now(UTC)
    certificates = {
        "good": ours.issue_cert(NAME),
        "expired": ours.issue_cert(
            NAME, not_before=now - timedelta(days=9), not_after=now - timedelta(days=1)
        ),
        "wrong_host": ours.issue_cert("elsewhere.test"),
        "untrusted": unknown.issue_cert(NAME),
    }
    chains = {}
    for door, certificate in certificates.items():
        chains[door] = folder / f"{door}.pem"
        certificate.private_key_and_cert_chain_pem.write_to_path(str(chains[door]))
    return authority, chains
