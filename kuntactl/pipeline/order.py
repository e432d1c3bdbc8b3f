"""What a run needs beside the exports."""

from dataclasses import dataclass
from pathlib import Path

from kuntactl.pipeline.desk import DeskOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder(DeskOrder):
    """What a run needs beside the exports."""

    coaches: Path
    release: str | None = None  # hash of the proof that was approved; none: none was asked for
