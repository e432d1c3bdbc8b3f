"""What a table must look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kuntactl.ingest.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a table must look like, and what is said of it beforehand."""

    columns: Sequence[Column]
    aliases: Mapping[str, str] = field(default_factory=dict)  # another header -> our column
    encoding: str | None = None  # none: found
    delimiter: str | None = None  # none: found
    may_be_empty: bool = False  # whether a header without rows is right
