"""Make the sample exports and coaches anew: ``python sample_data/make.py [FOLDER]``."""
# ruff: noqa: INP001 (a script, not part of a package)

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kuntactl.domain.types import AreaId
from kuntactl.sample.coaches import Staff, sample_coaches
from kuntactl.sample.dialects import Dialect
from kuntactl.sample.exports import SampleOrder, sample_export
from kuntactl.sample.later import later_export

START_2021 = date(2021, 3, 1)
START_2017 = date(2017, 8, 1)
AFTER_2017 = date(2019, 1, 1)  # the first day after that trial
FAULTS = 0.06  # twice the usual share, so that the four files hold every kind

EXPORTS = {
    "uusimaa-2021-03-01.csv": SampleOrder(
        rows=320,
        seed=230,
        on=START_2021,
        areas=tuple(
            AreaId(area)
            for area in ("porvoo", "helsinki", "espoo", "vantaa-kerava", "raasepori-hanko")
        ),
        shares=(60, 14, 7, 11, 8),
        faults=FAULTS,
        dialect=Dialect(encoding="cp1252", zeros_lost=True, open_end_marked=True),
    ),
    "varsinais-suomi-2021-03-01.csv": SampleOrder(
        rows=300,
        seed=331,
        on=START_2021,
        areas=(AreaId("salo-marttila-koski"), AreaId("turun-seutu")),
        shares=(85, 15),
        faults=FAULTS,
        dialect=Dialect(date_style="dd.mm.yyyy", municipality_names=True, finnish_blank=True),
    ),
    "etela-savo-2021-03-01.parquet": SampleOrder(
        rows=280,
        seed=630,
        on=START_2021,
        areas=(AreaId("mikkelin-seutu"), AreaId("savonlinna")),
        shares=(85, 15),
        faults=FAULTS,
        dialect=Dialect(format="parquet"),
    ),
    "satakunta-2017-08-01.csv": SampleOrder(
        rows=240,
        seed=495,
        on=START_2017,
        areas=(AreaId("pori-2017"),),
        faults=FAULTS,
        dialect=Dialect(
            delimiter="\t", bom=False, date_style="iso", spoken_headers=True, finnish_blank=True
        ),
    ),
}

# Salo's 21 are 13 from the TE office and 8 new, Mikkeli's team is about 26 (news of 2021); the
# other numbers fit the few clients that the samples hold.
STAFF_2021 = {
    AreaId("porvoo"): Staff(from_te_office=9, new=6),
    AreaId("helsinki"): Staff(from_te_office=3, new=1),
    AreaId("espoo"): Staff(from_te_office=1, new=1),
    AreaId("vantaa-kerava"): Staff(from_te_office=2, new=1),
    AreaId("raasepori-hanko"): Staff(from_te_office=1, new=1),
    AreaId("salo-marttila-koski"): Staff(from_te_office=13, new=8),
    AreaId("turun-seutu"): Staff(from_te_office=3, new=1),
    AreaId("mikkelin-seutu"): Staff(from_te_office=16, new=10),
    AreaId("savonlinna"): Staff(from_te_office=2, new=1),
}
STAFF_2017 = {AreaId("pori-2017"): Staff(from_te_office=4, new=2)}


def sample_files() -> Mapping[str, bytes]:
    """Return every sample file by name."""
    exports = {name: sample_export(order) for name, order in EXPORTS.items()}
    pori = EXPORTS["satakunta-2017-08-01.csv"]
    return exports | {
        "satakunta-2019-01-01.csv": later_export(pori, on=AFTER_2017, seed=2019),
        "coaches-2021.csv": sample_coaches(tuple(STAFF_2021), seed=2021, staff=STAFF_2021),
        "coaches-2017.csv": sample_coaches(tuple(STAFF_2017), seed=2017, staff=STAFF_2017),
    }


def main(folder: Path) -> None:
    """Write every sample file into the folder."""
    for name, content in sample_files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
