"""Our split, as the product makes it, with the bound it proves."""

import json
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
from split_table import read, write

from kuntactl.assignment.allocate import assign
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, MunicipalityCode, Team


def coaches(found: list[dict]) -> list[Coach]:
    """Return the coaches as the product knows them."""
    return [
        Coach(
            **{
                **one,
                "id": CoachId(one["id"]),
                "name": one["id"],
                "area": AreaId(one["area"]),
                "languages": frozenset(one["languages"]),
                "municipalities": frozenset(map(MunicipalityCode, one["municipalities"])),
                "team": Team(one["team"]),
            }
        )
        for one in found
    ]


def main() -> None:
    """Make the split of the folder for the day on the command line."""
    folder, on = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
    table = read(folder)
    members = table.clients.select("client_id", "area", pl.lit(None, pl.String).alias("coach_id"))
    areas, staff = load_areas(), coaches(table.coaches)
    start = time.perf_counter()
    split = assign(members, table.clients.drop("area"), staff, areas=areas, on=on)
    seconds = time.perf_counter() - start
    given = table.clients.select("client_id").join(
        split.frame, on="client_id", how="left", maintain_order="left"
    )
    write(folder, "ours", given["coach_id"], table)
    (proof,) = split.proofs.values()
    print(json.dumps({"seconds": seconds, "bound": proof.bound}))


if __name__ == "__main__":  # the split is sought in a process that imports this one
    main()
