"""Syndicator: record the pieces your people publish elsewhere, watch their links, publish their feeds."""

__version__ = "0.1.0"
