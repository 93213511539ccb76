"""The gate: every change of the record passes here, whoever asks. Verbs take the site first.

Validates, finds duplicates, resolves names, writes once, leaves an audit row.
"""

from syndicator.desk.adopting import adopt
from syndicator.desk.finding import find_name, find_piece, searchable, topics_below
from syndicator.desk.naming import NameRecorded, add_name, change_name, merge_names, record_name, rename
from syndicator.desk.recording import Outcome, Recorded, displace, log, place, record, retract, revise
from syndicator.desk.scribe import Scribe

__all__ = [
    "NameRecorded",
    "Outcome",
    "Recorded",
    "Scribe",
    "add_name",
    "adopt",
    "change_name",
    "displace",
    "find_name",
    "find_piece",
    "log",
    "merge_names",
    "place",
    "record",
    "record_name",
    "rename",
    "retract",
    "revise",
    "searchable",
    "topics_below",
]
