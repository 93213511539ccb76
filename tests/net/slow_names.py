"""Names that are looked up slowly, as by a name server that does not answer at once."""

from collections.abc import Callable
from time import sleep
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def slowly(look_up: Callable[P, R], seconds: float) -> Callable[P, R]:
    """The same, after so many seconds."""

    def looked_up(*given: P.args, **named: P.kwargs) -> R:
        sleep(seconds)
        return look_up(*given, **named)

    return looked_up
