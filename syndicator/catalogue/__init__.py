"""The record on disk. The only room that writes SQL; it stores and finds, and never decides.

One file a noun; each function takes the connection first. Rooms above call these functions and never see SQL.
"""

from sqlite3 import Connection

from syndicator.catalogue.opening import Catalogue, open_catalogue

__all__ = ["Catalogue", "Connection", "open_catalogue"]
