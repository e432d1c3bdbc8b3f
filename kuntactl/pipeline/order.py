"""What a run needs beside the exports, and what its steps are handed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuntactl.files.staging import Sink
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.register.store import Register

_REGISTER_FILE = "register.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """What a run needs beside the exports."""

    coaches: Path
    out: Path
    register: str | None = None  # path or URL; none: register.db in the folder
    letter_date: date | None = None  # none: the day of the decision
    templates: Path | None = None  # the user's own letter templates
    engine: str = "stamp"  # how letters are laid out: stamp or whole
    workers: int = 1
    dry_run: bool = False

    @property
    def register_place(self) -> str:
        """Where the register is: a path or URL."""
        return self.register or str(self.out / _REGISTER_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step of a run is handed."""

    request: Request
    order: RunOrder
    sink: Sink
    register: Register
    watch: Stopwatch
    talk: Talk
