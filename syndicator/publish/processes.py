"""Starts a function of ours in a process of its own. Not by forking: whoever calls us may have threads."""

import json
import subprocess
import sys
from collections.abc import Callable, Collection

# It finds modules where this process does, and is given what JSON can say.
_BOOT = (
    "import importlib, json, sys; sys.path[:], module, name, arguments = json.loads(sys.argv[1]); "
    "getattr(importlib.import_module(module), name)(*arguments)"
)


def start(
    function: Callable[..., None], *arguments: str | int | bool, descriptors: Collection[int]
) -> "subprocess.Popen[bytes]":
    """The function at work elsewhere, its standard output a pipe; it inherits the descriptors under their numbers."""
    told = json.dumps([sys.path, function.__module__, function.__qualname__, arguments])
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", _BOOT, told],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        pass_fds=tuple(descriptors),
    )
