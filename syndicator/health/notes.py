"""Errors told in a note: a small answer in plain text or JSON that nobody gave a status.

Knows how programs tell errors; must not know links.
"""

import json
import re

from syndicator.webpages import page, phrases
from syndicator.webpages.phrases import Strength

SMALL = 2_048  # bytes: an error is told in few words
MOST_LINES = 20

_NAMES_A_STATUS = re.compile(r"status|code|error", re.IGNORECASE)


def error_told(body: bytes, content_type: str) -> str:
    """The line in which a note says that nothing is there; empty where it does not."""
    if len(body) > SMALL or not ("json" in content_type or content_type.startswith("text/")):
        return ""
    note = page.text(body, content_type)
    lines = _strings(note) if "json" in content_type else note.split("\n")
    return next((line for line in lines[:MOST_LINES] if phrases.in_heading(line) is Strength.STRONG), "")


def _strings(note: str) -> list[str]:
    """The texts in a JSON document, and the numbers that are called a status or code."""
    try:
        found = json.loads(note)
    except (ValueError, RecursionError):
        return []
    pairs = list(found.items()) if isinstance(found, dict) else [("", found)]
    pairs += [pair for _, inner in pairs if isinstance(inner, dict) for pair in inner.items()]
    return [str(value) for name, value in pairs if isinstance(value, str) or _is_status(name, value)]


def _is_status(name: str, value: object) -> bool:
    return isinstance(value, int) and _NAMES_A_STATUS.search(name) is not None
