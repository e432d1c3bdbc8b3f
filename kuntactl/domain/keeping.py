"""How long what a run writes is kept, by kind."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kuntactl.domain.settings import read_setting


class KeptKind(BaseModel):
    """One kind of file, and how long it is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    months: Annotated[int, Field(ge=0)]  # after the day of the run that wrote it
    source: Annotated[str, Field(min_length=1)]


class _Keeping(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    kinds: Annotated[tuple[KeptKind, ...], Field(alias="kind", min_length=1)]


@cache
def keeping_times() -> Mapping[str, int]:
    """Return the months that each kind is kept, by kind: letters, lists, workbooks, register.

    Raises:
        SettingsError: If the file does not fit.
    """
    keeping = read_setting(files("kuntactl") / "data" / "keeping.toml", _Keeping)
    return {kind.id: kind.months for kind in keeping.kinds}


def is_over(written: date, *, months: int, before: date) -> bool:
    """Return whether the keeping time of what was written on a day has ended before another.

    Args:
        written: The day from which the time is counted.
        months: Calendar months; where the last one is shorter, its last day counts.
        before: The first day on which it is no longer to be there.
    """
    year, month = divmod(written.year * 12 + written.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(written.day, last)) < before
