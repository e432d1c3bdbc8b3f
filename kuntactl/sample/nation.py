"""A synthetic Finland: the exports of every TE office on one night, and their coaches."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

import numpy as np
import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.types import AreaId
from kuntactl.sample.clients import OFFICERS, PROTECTED_SHARE, area_code, officer_id
from kuntactl.sample.coaches import Staff, sample_coaches
from kuntactl.sample.dialects import DATE_STYLES, Dialect
from kuntactl.sample.draw import Draw
from kuntactl.sample.exports import COLUMNS, SEEDS
from kuntactl.sample.faults import FAULTS, Cell, Cells
from kuntactl.sample.many import ManyDraws, Numbers
from kuntactl.sample.many_people import people
from kuntactl.sample.many_situations import Why, addresses, situations, whys
from kuntactl.sample.nation_sizes import (
    Home,
    Sort,
    files_of,
    homes,
    nation,
    staff_of_nation,
    trial_areas,
)
from kuntactl.sample.people import CITIZENSHIPS, FINNISH, YOUNG

_MOVED_ON = 0.6  # share of the officers who became coaches
_UNFIT = ("row_ragged", "bytes_undecodable")  # faults of lines, not of cells
_FORMATS = {"d.m.yyyy": "%-d.%-m.%Y", "dd.mm.yyyy": "%d.%m.%Y", "iso": "%Y-%m-%d"}
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class NationOrder:
    """Which Finland to make."""

    rows: int  # of all exports
    seed: int
    faults: float = 0.01  # share of the rows that cannot be trusted
    dialect: Dialect = field(default_factory=Dialect)  # of CSV; the same for every office

    @property
    def scale(self) -> float:
        """How large it is beside the real one."""
        return self.rows / nation().rows


def nation_exports(order: NationOrder) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each office's export, as its clients stand on ``nation().on``.

    The same order gives the same bytes. Of each area so many rows are eligible as its share of
    the country's clients is, exactly; they are none of the faulty rows.

    Args:
        order: What to make.
    """
    found = homes(rows=order.rows, faults=order.faults)
    frame = _rows(order, found)
    for code, name in sorted(files_of(found).items()):
        yield f"{name}.csv", _csv(frame.filter(pl.col("te_toimisto") == code), order.dialect)


def nation_coaches(order: NationOrder) -> bytes:
    """Return the coaches file of the country; the same order gives the same bytes."""
    return sample_coaches(
        [area.id for area in trial_areas()], seed=order.seed, staff=staff_of_nation(order.scale)
    )


def _rows(order: NationOrder, found: list[Home]) -> pl.DataFrame:
    """Return all rows as text, in the order of the files."""
    draw = ManyDraws(order.seed, order.rows)
    of_homes = [np.full(home.rows, place) for place, home in enumerate(found)]
    place = np.concatenate([np.zeros(0, dtype=np.int64), *of_homes]).astype(np.int64)
    sorts = np.array([home.sort for home in found])[place]
    typed = _typed(order, draw, found, place=place, sorts=sorts)
    style = _FORMATS[order.dialect.date_style]
    text = typed.with_columns(
        pl.col(pl.Date).dt.strftime(style), pl.col(pl.Int64).cast(pl.String)
    ).select(pl.all().cast(pl.String))
    faulty = np.flatnonzero(sorts == Sort.FAULTY)
    sound = np.flatnonzero(sorts == Sort.NOT_ELIGIBLE)
    spoiled = _spoiled(typed, faulty, sound, order)
    whole = pl.concat([text.filter(pl.Series(sorts != Sort.FAULTY)), spoiled])
    return whole[draw.order()]


def _typed(
    order: NationOrder, draw: ManyDraws, found: list[Home], *, place: Numbers, sorts: Numbers
) -> pl.DataFrame:
    """Return the rows as they would be without faults, by home."""
    on = nation().on
    codes = pl.Series([home.municipality for home in found], dtype=pl.String).gather(place)
    why = whys(draw, sorts)
    may = ~np.isin(why, (Why.NO_GROUND, Why.RIGHT_UNKNOWN))
    young = draw.happens(YOUNG) & may
    who = people(
        draw,
        codes,
        young=young,
        may_be_foreign=may,
        on=on,
        encoding=order.dialect.codec,
    )
    foreign = (who["kansalaisuus"] != FINNISH) | who["aidinkieli"].is_in(list(CITIZENSHIPS))
    standing = situations(draw, why, young=young, has_ground=young | foreign.to_numpy(), on=on)
    where = addresses(draw, codes, who["swedish"], draw.happens(PROTECTED_SHARE))
    number = pl.int_range(1, pl.len() + 1)
    prefix = str(order.seed % SEEDS + 100)
    last = number.cast(pl.String).str.zfill(6).str.tail(4)
    joined = pl.concat([who.drop("swedish"), where, standing], how="horizontal").with_columns(
        asiakasnumero=prefix + number.cast(pl.String).str.zfill(6),
        kotikunta=codes,
        maa=pl.lit(None, pl.String),
        te_toimisto=pl.Series([home.office for home in found]).gather(place),
        vastuuvirkailija=_officers(order, draw, found, place),
        sahkoposti=pl.when(number % 3 == 0).then("asiakas" + last + "@posti.example"),
        puhelin=pl.when(number % 3 == 0).then("000 000 " + last),  # cannot be dialled
    )
    return joined.select(*COLUMNS)


def _officers(order: NationOrder, draw: ManyDraws, found: list[Home], place: Numbers) -> pl.Series:
    """Return the officer in charge; the first of an area's are those who became its coaches."""
    staff = staff_of_nation(order.scale)
    ids: list[str | None] = []
    starts, counts = [], []
    for home in found:
        own = _officers_of(home.area, staff)
        starts.append(len(ids))
        counts.append(len(own))
        ids += own
    drawn = draw.below(np.array(counts)[place]) + np.array(starts)[place]
    known = pl.Series(~draw.happens(0.15))
    officer = pl.Series(ids, dtype=pl.String).gather(drawn)
    return pl.select(pl.when(known).then(officer)).to_series()


def _officers_of(area: Area | None, staff: dict[AreaId, Staff]) -> list[str | None]:
    if area is None:
        return [None]
    count = max(OFFICERS, round(staff[area.id].from_te_office / _MOVED_ON))
    return [officer_id(area.id, area_code(area), number) for number in range(1, count + 1)]


def _spoiled(
    typed: pl.DataFrame, faulty: Numbers, sound: Numbers, order: NationOrder
) -> pl.DataFrame:
    """Return the rows at those places, each with a fault that rejects it and no other row.

    A conflict takes two of them; a repeated row is one of the sound rows again.
    """
    rows = typed[faulty].to_dicts()
    draw = Draw(order.seed)
    turns = cycle(fault for fault in draw.shuffled(FAULTS) if fault.code not in _UNFIT)
    made: list[Cells] = []
    while rows:
        fault = next(turns)
        if fault.rows > len(rows):
            continue
        row = rows.pop()
        if fault.rows > 1:
            other = rows.pop()
            made.append(other)
        else:
            other = typed.row(int(sound[draw.below(len(sound))]), named=True)
        made.append(fault.spoil(row, other))
    style = DATE_STYLES[order.dialect.date_style]
    text = [{name: _text(cell, style) for name, cell in row.items()} for row in made]
    return pl.DataFrame(text, schema=dict.fromkeys(COLUMNS, pl.String))


def _text(cell: Cell, style: str) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return str(cell) if isinstance(cell, int) else style.format(cell)


def _csv(frame: pl.DataFrame, dialect: Dialect) -> bytes:
    end = (dialect.delimiter if dialect.trailing_delimiter else "") + dialect.line_end
    text = frame.write_csv(separator=dialect.delimiter, line_terminator=end)
    bom = dialect.codec.startswith("utf") and (dialect.bom or dialect.encoding != "utf-8")
    return f"{_BOM if bom else ''}{text}".encode(dialect.codec)
