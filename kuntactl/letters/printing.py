"""How the letters of a run are printed: what every letter of it has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kuntactl.typeset.overlay import Overlay

Clock = Callable[[], float]  # seconds, from any beginning


def no_clock() -> float:
    """Return the time of somebody who does not measure."""
    return 0.0


class Engine(StrEnum):
    """How letters are laid out."""

    STAMP = "stamp"  # each layout once; the client's own lines are put into it
    WHOLE = "whole"  # each letter anew, by WeasyPrint alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How letters are printed."""

    engine: Engine = Engine.STAMP
    overlay: Overlay | None = None
    sides: int = 1  # of a sheet that are printed
    clock: Clock = no_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all letters of a run are printed with."""

    templates: Path | None = None  # the user's own, which replace ours one by one
    printing: Printing = Printing()
