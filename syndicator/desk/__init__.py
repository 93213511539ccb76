"""The gate: every change of the record passes here, whoever asks. Verbs take the site first.

Validates, finds duplicates, resolves names, writes once, leaves an audit row.
"""

from syndicator.desk.adopting import adopt
from syndicator.desk.finding import find_link, find_name, find_piece, searchable, topics_below
from syndicator.desk.moving import Moved, move_link
from syndicator.desk.naming import NameRecorded, add_name, change_name, merge_names, record_name, rename
from syndicator.desk.overriding import clear_override, host_given, leave_ignored, override, slow_down
from syndicator.desk.recording import Outcome, Recorded, displace, log, place, record, retract, revise
from syndicator.desk.scribe import Scribe

__all__ = [
    "Moved",
    "NameRecorded",
    "Outcome",
    "Recorded",
    "Scribe",
    "add_name",
    "adopt",
    "change_name",
    "clear_override",
    "displace",
    "find_link",
    "find_name",
    "find_piece",
    "host_given",
    "leave_ignored",
    "log",
    "merge_names",
    "move_link",
    "override",
    "place",
    "record",
    "record_name",
    "rename",
    "retract",
    "revise",
    "searchable",
    "slow_down",
    "topics_below",
]
