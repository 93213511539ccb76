"""Importing and exporting the record: JSON Lines and CSV, pieces and names, many at once and in bounded memory.

Knows files of lines; what a line does to the record is for the desk to say.
"""

from syndicator.transfer.exporting import export_names, export_pieces
from syndicator.transfer.importing import import_names, import_pieces
from syndicator.transfer.jsonl import read as read_jsonl
from syndicator.transfer.jsonl import write as write_jsonl
from syndicator.transfer.rows import ImportReport, LineOutcome, LineReport, Row
from syndicator.transfer.sample import SampleFiles, load, sample_files
from syndicator.transfer.table import read as read_csv
from syndicator.transfer.table import write as write_csv

__all__ = [
    "ImportReport",
    "LineOutcome",
    "LineReport",
    "Row",
    "SampleFiles",
    "export_names",
    "export_pieces",
    "import_names",
    "import_pieces",
    "load",
    "read_csv",
    "read_jsonl",
    "sample_files",
    "write_csv",
    "write_jsonl",
]
