"""What a use case hands back to the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kuntactl.report.reasons import RejectedFor


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The end of a use case that did not fail."""

    facts: Mapping[str, Any]  # the content of run.json
    waiting: Mapping[str, int]  # kind -> how many that are new wait for a person
    planned: tuple[str, ...] = ()  # files that a dry run would have written, relative to DIR
    reasons: tuple[RejectedFor, ...] = ()  # why rows were rejected; only where it is the result

    @property
    def something_waits(self) -> bool:
        """Whether anything new waits for a person (exit code 20)."""
        return any(self.waiting.values())
