"""Other programs at work on the same files: Python in a process of its own, which can be held, let go and killed.

Knows processes; must not know what they are for.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS = 60


class Program:
    """A program that was started: it runs until it pauses, and goes on when it is let."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def wait_until_paused(self) -> None:
        assert self._process.stdout
        told = self._process.stdout.readline()
        assert told == "paused\n", told + self._process.communicate(timeout=SECONDS)[1]

    def go_on(self) -> None:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def result(self) -> str:
        """What it printed to the end. Fails where it fails."""
        printed, complained = self._process.communicate(timeout=SECONDS)
        assert self._process.returncode == 0, complained
        return printed

    def kill(self) -> None:
        """At once and for good, as `kill -9` and power cuts do."""
        self._process.kill()
        self._process.communicate(timeout=SECONDS)


_PAUSE = """
import sys
def pause():
    print("paused", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def paused(code: str, *arguments: object) -> Iterator[Program]:
    """Python code that has come to its `pause()`; killed in the end, unless it is done by then."""
    with subprocess.Popen(
        [sys.executable, "-c", _PAUSE + code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        program = Program(process)
        try:
            program.wait_until_paused()
            yield program
        finally:
            process.kill()
