"""The command line: parse, call, print. No SQL, no rule: every verb is a function of a room below."""

from syndicator.cli.root import main

__all__ = ["main"]
