"""The decision of Act 1269/2020 in pandas: columns of text in, outcomes with their lists out.

It reads the same file and applies the same three-valued rules to whole columns, with pandas'
own nullable booleans, which follow Kleene's logic. It checks nothing, and writes one table.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from kuntactl.domain.areas import load_areas
from kuntactl.eligibility.rules import choose

ON = pd.Timestamp("2021-03-01")
EMPLOYMENT = {code: code in {"00", "02", "03", "07", "08"} for code in
              ("00", "01", "02", "03", "04", "05", "06", "07", "08")}  # fmt: skip
NO_RIGHT_BY_BENEFIT = {"01": False, "02": True, "03": True, "07": True}
FLAGS = {"K": False, "E": True}  # a right to earnings-related allowance, turned round
AT_HOME = {"fi", "sv", "se", "sma", "smj", "smn", "sms"}
CONDITIONS = ("job_search_in_force", "unemployed_or_in_service")
GROUNDS = ("no_earnings_related_right", "under_30", "immigrant", "foreign_language")


def day(column: pd.Series) -> pd.Series:
    """Return ``1.3.2021`` as a day; each distinct text is read once (pandas' own cache)."""
    return pd.to_datetime(column, format="%d.%m.%Y", errors="coerce", cache=True)


def answers(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return each criterion's answer: true, false or missing."""
    starts, ends = day(rows["tyonhaku_alkoi"]), day(rows["tyonhaku_paattyi"])
    born = day(rows["syntymaaika"])
    birthday_to_come = (born.dt.month > ON.month) | (
        (born.dt.month == ON.month) & (born.dt.day > ON.day)
    )
    years = ON.year - born.dt.year - birthday_to_come
    started = (starts <= ON).astype("boolean").mask(starts.isna())
    right = rows["ansiopaivarahaoikeus"].map(FLAGS).astype("boolean")
    by_benefit = rows["etuus"].map(NO_RIGHT_BY_BENEFIT).astype("boolean")
    tongue = rows["aidinkieli"].fillna("fi")
    return {
        "job_search_in_force": started & ((ends >= ON) | ends.isna()),
        "unemployed_or_in_service": rows["tyollisyyskoodi"].map(EMPLOYMENT).astype("boolean"),
        "no_earnings_related_right": right.fillna(by_benefit),
        "under_30": (years < 30).astype("boolean").mask(born.isna()),  # noqa: PLR2004
        "immigrant": (rows["kansalaisuus"].fillna("246") != "246").astype("boolean"),
        "foreign_language": (~tongue.isin(AT_HOME)).astype("boolean").mask(tongue == "99"),
    }


def decide(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a client: area, outcome and the three lists, parted by commas."""
    area_of = {
        str(code): str(one.area.id)
        for one in choose(on=ON.date())
        for code in one.area.municipalities
    }
    given = answers(rows)
    # A few hundred combinations of answers come up: each is judged once.
    packed = sum(
        answer.astype("Int8").fillna(2).astype("int64") * 3**place
        for place, answer in enumerate(given.values())
    )
    verdicts = {code: judge(int(code)) for code in packed.unique()}
    area = rows["kotikunta"].map(area_of)
    decided = pd.DataFrame({"client_id": rows["asiakasnumero"], "area": area})
    for place, name in enumerate(("outcome", "grounds", "failed", "missing")):
        nothing = "outside" if name == "outcome" else ""
        said = packed.map({code: verdict[place] for code, verdict in verdicts.items()})
        decided[name] = said.where(area.notna(), nothing)
    return decided


def judge(packed: int) -> tuple[str, str, str, str]:
    """Return outcome, grounds, failed and missing of one combination of answers."""
    names = (*CONDITIONS, *GROUNDS)
    said = {name: (False, True, None)[packed // 3**place % 3] for place, name in enumerate(names)}
    conditions = [said[name] for name in CONDITIONS]
    grounds = [said[name] for name in GROUNDS]
    if False in conditions or not any(ground is not False for ground in grounds):
        outcome = "not_eligible"
    elif None in conditions or True not in grounds:
        outcome = "review"
    else:
        outcome = "eligible"
    return (
        outcome,
        ",".join(name for name in GROUNDS if said[name] is True),
        ",".join(name for name in names if said[name] is False),
        ",".join(name for name in names if said[name] is None),
    )


def main() -> None:
    """Read the export, decide, write ``outcomes.csv`` into the folder."""
    export, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    rows = pd.read_csv(export, sep=";", dtype=str, encoding="utf-8-sig")
    decided = decide(rows)
    decided.to_csv(out / "outcomes.csv", sep=";", index=False)
    print(json.dumps({"rows": len(decided)}))


if __name__ == "__main__":
    assert load_areas()
    main()
