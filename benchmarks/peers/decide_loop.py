"""The decision of Act 1269/2020 in a plain Python loop: a row in, an outcome out.

The rules are those of the tests' plain reading of the contract (``tests/plain_rules.py``), which
shares nothing with the product. It checks nothing, and writes one table.
"""

import csv
import json
import sys
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))

from plain_rules import decide_row

from kuntactl.eligibility.rules import choose

ON = date(2021, 3, 1)
FLAGS = {"K": True, "E": False}
EMPLOYMENT = {f"0{digit}" for digit in range(10)}


@cache
def day(text: str) -> date | None:
    """Return ``1.3.2021`` as a day, null if it is blank or none."""
    try:
        day_of, month, year = text.split(".")
        return date(int(year), int(month), int(day_of))
    except ValueError:
        return None


def facts(row: dict[str, str]) -> dict[str, Any]:
    """Return what the rules ask of one client."""
    end = row["tyonhaku_paattyi"]
    return {
        "born": day(row["syntymaaika"]),
        "mother_tongue": row["aidinkieli"] or "fi",
        "citizenship": row["kansalaisuus"] or "246",
        "employment_code": row["tyollisyyskoodi"]
        if row["tyollisyyskoodi"] in EMPLOYMENT
        else None,
        "search_from": day(row["tyonhaku_alkoi"]),
        "search_to": day(end),
        "search_open": not end,
        "benefit": row["etuus"] or None,
        "earnings_right": FLAGS.get(row["ansiopaivarahaoikeus"]),
    }


def main() -> None:
    """Read the first rows of the export, decide each, write ``outcomes.csv`` into the folder."""
    export, out, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    area_of = {str(code): one.area.id for one in choose(on=ON) for code in one.area.municipalities}
    out.mkdir(parents=True, exist_ok=True)
    done = 0
    with (
        export.open(encoding="utf-8-sig", newline="") as file,
        (out / "outcomes.csv").open("w", encoding="utf-8", newline="") as decided,
    ):
        write = csv.writer(decided, delimiter=";")
        write.writerow(["client_id", "area", "outcome", "grounds", "failed", "missing"])
        for row in islice(csv.DictReader(file, delimiter=";"), most):
            done += 1
            area = area_of.get(row["kotikunta"] or "")
            known = facts({name: cell or "" for name, cell in row.items() if name})
            if area is None or known["born"] is None:
                write.writerow([row["asiakasnumero"], area, "outside", "", "", ""])
                continue
            outcome, *lists = decide_row(known, "act-1269-2020", ON)
            write.writerow([row["asiakasnumero"], area, outcome, *map(",".join, lists)])
    print(json.dumps({"rows": done}))


if __name__ == "__main__":
    main()
