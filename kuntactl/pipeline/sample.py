"""Write a synthetic export, and coaches to go with it."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kuntactl.domain.areas import find_area, load_areas
from kuntactl.domain.types import AreaId
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.locale import phrase
from kuntactl.sample.coaches import sample_coaches
from kuntactl.sample.dialects import Dialect
from kuntactl.sample.exports import SampleOrder, sample_export
from kuntactl.sample.nation import NationOrder, nation_coaches, nation_exports

_FORMATS: Mapping[str, Literal["parquet", "xlsx"]] = {".parquet": "parquet", ".xlsx": "xlsx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRequest:
    """What the synthetic export is to be like."""

    rows: int
    seed: int
    on: date
    area_ids: tuple[str, ...]  # empty: every area of the trial in force on the day
    faults: float  # share of rows that cannot be trusted
    delimiter: str
    encoding: str
    date_style: str
    line_end: str = "\r\n"
    trailing_delimiter: bool = False
    own: Path | None = None  # folder of the user's own areas


def write_sample(
    request: SampleRequest, *, out: Path, coaches: Path | None, dry_run: bool
) -> list[tuple[Path, int]]:
    """Write the export and the coaches; return each file with its size in bytes.

    Raises:
        SettingsError: If an area is unknown, or no trial is in force on the day.
        DeliveryError: If a file cannot be written.
    """
    areas = _areas(request)
    content = sample_export(
        SampleOrder(
            rows=request.rows,
            seed=request.seed,
            on=request.on,
            areas=areas,
            own=request.own,
            dialect=_dialect(request, out),
            faults=request.faults,
        )
    )
    if out.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    files = [(out, content)]
    if coaches is not None:
        files.append((coaches, sample_coaches(areas, seed=request.seed, own=request.own)))
    if not dry_run:
        for path, written in files:
            replace_file(path, written)
    return [(path, len(written)) for path, written in files]


def write_nation(
    request: SampleRequest, *, out: Path, coaches: Path | None, dry_run: bool
) -> list[tuple[Path, int]]:
    """Write an export for each TE office of Finland into a folder; return each with its size.

    The day and the areas are those of ``data/nation.toml``, not of the request.

    Raises:
        DeliveryError: If a file cannot be written.
    """
    order = NationOrder(
        rows=request.rows,
        seed=request.seed,
        faults=request.faults,
        dialect=_dialect(request, Path("export.csv")),
    )
    written = []
    for name, content in nation_exports(order):
        written.append((out / name, len(content)))
        if not dry_run:
            replace_file(out / name, content)
    if coaches is not None:
        content = nation_coaches(order)
        written.append((coaches, len(content)))
        if not dry_run:
            replace_file(coaches, content)
    return written


def _dialect(request: SampleRequest, out: Path) -> Dialect:
    return Dialect(
        format=_FORMATS.get(out.suffix, "csv"),
        delimiter=request.delimiter,
        encoding=request.encoding,
        date_style=request.date_style,
        line_end=request.line_end,
        trailing_delimiter=request.trailing_delimiter,
    )


def _areas(request: SampleRequest) -> tuple[AreaId, ...]:
    known = load_areas(request.own)
    if request.area_ids:
        return tuple(find_area(area_id, known).id for area_id in request.area_ids)
    running = tuple(area.id for area in known.values() if area.trial.runs(on=request.on))
    if not running:
        trials = {area.trial.id: area.trial for area in known.values()}.values()
        days = [
            phrase("{begins} - {ends}", begins=trial.begins, ends=trial.last_day)
            if trial.last_day
            else phrase("{begins} -", begins=trial.begins)
            for trial in trials
        ]
        raise SettingsError(
            phrase("no trial is in force on {on}", on=request.on),
            hint=phrase("choose a day with --on: {days}", days=days),
        )
    return running
