"""A user's own folders of facts, beside those of the product."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """A user's own folders; a file there is added, or replaces the built-in one of its name."""

    areas: Path | None = None  # --areas
    rules: Path | None = None  # --rules-dir


NO_OWN = OwnSettings()
