"""What a run needs beside the exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuntactl.pipeline.desk import DeskOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOrder:
    """Whom the clients are shared out among, and what people have said about it."""

    coaches: Path
    ties: Path | None = None  # pins and bans
    max_moves: int = 0  # members who may change coaches for the sake of the others
    workers: int = 1  # processes that seek the split and make workbooks

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are read."""
        return (self.coaches,) if self.ties is None else (self.coaches, self.ties)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """In which forms the reports are made."""

    pdf: bool = False  # as PDF too
    public: bool = False  # also for everybody, without counts of a few people


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder(DeskOrder):
    """What a run needs beside the exports."""

    split: SplitOrder
    release: str | None = None  # hash of the proof that was approved; none: none was asked for
    reports: ReportOrder = ReportOrder()

    @property
    def read_beside(self) -> Mapping[str, tuple[Path, ...]]:
        """The files that are read beside the exports and what comes with them, by role."""
        ties = (self.split.ties,) if self.split.ties else ()
        return {"coaches": (self.split.coaches,), "ties": ties}
