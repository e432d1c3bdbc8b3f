"""What other rules would change is shown on real rows, by area and reason."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from builders import client_row, identity_code
from conftest import SAMPLES, RunCli
from night_exports import FIRST_NIGHT, write_export
from plain_rules import decide_row
from test_own_settings import write_rules

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import Language
from kuntactl.ingest.clients import ReadOptions, read_clients

START = date(2021, 3, 1)
DAY = ("--on", "2021-03-01")
OLD = identity_code(date(1970, 1, 1))
UUSIMAA = SAMPLES / "uusimaa-2021-03-01.csv"
OF_2021 = (
    UUSIMAA,
    SAMPLES / "varsinais-suomi-2021-03-01.csv",
    SAMPLES / "etela-savo-2021-03-01.parquet",
)
ANNOUNCED = {  # area -> what it announced; the Act elsewhere
    "espoo": "announced-uusimaa",
    "helsinki": "announced-uusimaa",
    "raasepori-hanko": "announced-uusimaa",
    "vantaa-kerava": "announced-uusimaa",
    "porvoo": "announced-porvoo",
    "mikkelin-seutu": "announced-mikkeli",
    "salo-marttila-koski": "announced-salo",
}


def outcomes(
    folder: Path, kuntactl: RunCli, rules: str, day: str, *exports: Path
) -> dict[str, str]:
    """Return the outcome of each client that a run of `decide` writes down."""
    kuntactl("decide", *exports, "--on", day, "--rules", rules, "--out", folder)
    decisions = pl.read_parquet(folder / "decisions.parquet").filter(pl.col("area").is_not_null())
    return dict(decisions.select("client_id", "outcome").iter_rows())


def listed(path: Path) -> list[dict[str, str]]:
    """Return the lines of a list that was written."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def totals(facts: dict[str, Any]) -> dict[str, int]:
    """Return the counts of all areas together."""
    names = ("enters", "leaves", "to_review", "from_review")
    return {name: sum(area[name] for area in facts["areas"]) for name in names}


# the two sides, their days
SIDES = [
    ("act-1269-2020", "2021-03-01", "announced-porvoo", "2021-03-01"),
    ("act-1269-2020", "2021-03-01", "act-1269-2020", "2022-06-01"),
    ("announced-uusimaa", "2021-03-01", "act-1269-2020", "2021-09-30"),
    ("announced-porvoo", "2023-03-01", "announced-uusimaa", "2021-03-01"),
]


@pytest.mark.parametrize(("before", "first_day", "after", "second_day"), SIDES)
def test_who_enters_and_leaves_is_the_difference_of_two_runs(
    before: str, first_day: str, after: str, second_day: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """The sets of those who belong by `decide`, one taken from the other."""
    old = outcomes(tmp_path / "a", kuntactl, before, first_day, UUSIMAA)
    new = outcomes(tmp_path / "b", kuntactl, after, second_day, UUSIMAA)
    both = old.keys() & new.keys()

    def having(outcome: str, run: dict[str, str]) -> set[str]:
        return {client for client in both if run[client] == outcome}

    ended = kuntactl(
        "rules", "diff", f"{before}@{first_day}", f"{after}@{second_day}", UUSIMAA,
        "--json", "--out", tmp_path / "list.csv",
    )  # fmt: skip
    facts = json.loads(ended.out)

    assert ended.code == 0
    assert totals(facts) == {
        "enters": len(having("eligible", new) - having("eligible", old)),
        "leaves": len(having("eligible", old) - having("eligible", new)),
        "to_review": len(having("review", new) - having("review", old)),
        "from_review": len(having("review", old) - having("review", new)),
    }
    assert {
        row["client_id"]: (row["before"], row["after"]) for row in listed(tmp_path / "list.csv")
    } == {client: (old[client], new[client]) for client in both if old[client] != new[client]}
    assert facts["rows"]["compared"] == len(both)
    assert facts["rows"]["changed"] == sum(row["clients"] for row in facts["reasons"])


def reasons(tmp_path: Path, kuntactl: RunCli, *words: object, **facts: str) -> Any:
    """Return the reasons of a diff over one client."""
    export = write_export(tmp_path / "export.csv", [client_row(**facts)])
    ended = kuntactl("rules", "diff", *words, export, "--json")
    assert ended.code == 0
    return [
        (row["before"], row["after"], row["codes"]) for row in json.loads(ended.out)["reasons"]
    ]


# the client, what moved them, why this row is here
MOVED = [
    (
        {"ansiopaivarahaoikeus": "E", "etuus": "04", "henkilotunnus": OLD},
        ("eligible", "not_eligible", ["no_earnings_related_right"]),
        "a ground that the other set lacks",
    ),
    (
        {"tyollisyyskoodi": "00"},
        ("eligible", "not_eligible", ["unemployed_or_in_service", "no_earnings_related_right"]),
        "a condition that fails, and a ground with it",
    ),
    (
        {"ansiopaivarahaoikeus": "K", "etuus": "02", "henkilotunnus": OLD},
        ("not_eligible", "eligible", ["receives_kela_benefit"]),
        "a ground that only the other set has",
    ),
    (
        {"ansiopaivarahaoikeus": "K", "etuus": "", "henkilotunnus": OLD},
        ("not_eligible", "review", ["receives_kela_benefit"]),
        "a ground that cannot be told",
    ),
]


@pytest.mark.parametrize(
    ("facts", "moved"), [row[:-1] for row in MOVED], ids=[row[-1] for row in MOVED]
)
def test_the_criteria_that_moved_the_client_are_named(
    facts: dict[str, str],
    moved: tuple[str, str, list[str]],
    tmp_path: Path,
    kuntactl: RunCli,
) -> None:
    """Only those whose answer moved the way the outcome did."""
    sides = ("act-1269-2020", "announced-porvoo", *DAY)

    assert reasons(tmp_path, kuntactl, *sides, **facts) == [moved]


def test_two_days_of_one_rule_set_differ_by_a_birthday(tmp_path: Path, kuntactl: RunCli) -> None:
    """Who turns 30 between the days leaves by that ground alone."""
    facts = {
        "henkilotunnus": identity_code(date(1991, 3, 2)),
        "ansiopaivarahaoikeus": "K",
        "etuus": "01",
    }
    sides = ("act-1269-2020@2021-03-01", "act-1269-2020@2.3.2021")

    assert reasons(tmp_path, kuntactl, *sides, **facts) == [
        ("eligible", "not_eligible", ["under_30"])
    ]


def test_the_employment_areas_can_be_compared_with_the_trial(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Areas differ, municipalities are the same: who is in work enters on 1.1.2025."""
    sides = ("act-1269-2020@2024-12-31", "act-380-2023@2025-01-01")

    assert reasons(tmp_path, kuntactl, *sides, tyollisyyskoodi="01") == [
        ("not_eligible", "eligible", ["unemployed_or_in_service", "lives_in_area"])
    ]


# the two sides, more words, exit code, what the error says
REFUSED = [
    ("act-1269", "announced-porvoo", (), 11, "no rule set `act-1269`"),
    ("announced-salo", "announced-porvoo", (), 11, "no municipality in common"),
    ("act-1269-2020@2017-08-01", "announced-porvoo", (), 11, "does not take clients"),
    ("act-1269-2020@soon", "announced-porvoo", (), 2, "not a day"),
    (
        "announced-porvoo",
        "act-1269-2020",
        ("--area", "helsinki"),
        11,
        "area `helsinki` is not one",
    ),
]


@pytest.mark.parametrize(("before", "after", "more", "code", "said"), REFUSED)
def test_what_cannot_be_compared_is_refused(
    before: str, after: str, more: tuple[str, ...], code: int, said: str, kuntactl: RunCli
) -> None:
    """One sentence, before anything is read."""
    ended = kuntactl("rules", "diff", before, after, UUSIMAA, *DAY, *more)

    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


def test_a_list_is_written_only_where_it_is_asked_for(tmp_path: Path, kuntactl: RunCli) -> None:
    """--dry-run writes nothing; the counts stand on stdout either way."""
    path = tmp_path / "list.csv"
    words = ("rules", "diff", "act-1269-2020", "announced-porvoo", UUSIMAA, *DAY)

    ended = kuntactl(*words, "--out", path, "--dry-run")

    assert ended.code == 0
    assert not path.exists()
    assert "would write" in ended.err
    assert "porvoo" in ended.out


def test_nothing_personal_is_shown(tmp_path: Path, kuntactl: RunCli) -> None:
    """Counts on the terminal, client numbers in the list; no name, no municipality."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    path = tmp_path / "list.csv"

    ended = kuntactl(
        "rules", "diff", "act-1269-2020", "announced-porvoo", export, *DAY, "--out", path
    )
    text = ended.out + ended.err + path.read_text("utf-8-sig")

    assert ended.code == 0
    assert not [word for word in ("Esimerkki", "Aino", "638", "Salapolku") if word in text]


def plain_equity() -> list[tuple[str, str, str, str, str]]:
    """Return client, home area, other area, both outcomes: whom another area treats otherwise.

    A loop over the clients and the areas that reads the contract's table row by row.
    """
    clients = read_clients(OF_2021, on=START, language=Language.FI, options=ReadOptions()).accepted
    home_of = {
        code: area.id
        for area in load_areas().values()
        if area.trial_id == "trial-2021"
        for code in area.municipalities
    }
    found = []
    for row in clients.iter_rows(named=True):
        home = home_of.get(row["municipality"])
        if home is None:
            continue
        own = decide_row(row, ANNOUNCED.get(home, "act-1269-2020"), START)[0]
        for other, rules in ANNOUNCED.items():
            there = decide_row(row, rules, START)[0]
            if other != home and there != own:
                found.append((row["client_id"], str(home), other, own, there))
    return sorted(found)


def test_equity_is_what_a_loop_over_clients_and_areas_finds(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Three samples, seven areas that announced something, read plainly."""
    path = tmp_path / "list.csv"
    ended = kuntactl("rules", "equity", *OF_2021, *DAY, "--json", "--out", path)
    facts = json.loads(ended.out)
    expected = plain_equity()

    found = sorted(
        (row["client_id"], row["area"], other, row["before"], row["after"])
        for row in listed(path)
        for other in row["other_areas"].split(", ")
    )

    assert ended.code == 0
    assert expected
    assert found == expected
    entering = Counter(
        (home, other) for _, home, other, _, there in expected if there == "eligible"
    )
    assert {
        (row["area"], row["other_area"]): row["enters"] for row in facts["areas"] if row["enters"]
    } == entering
    assert facts["rows"]["changed"] == len({client for client, *_ in expected})


def test_equity_counts_by_criterion(kuntactl: RunCli) -> None:
    """How many in Porvoo Salo's first ground would take in."""
    facts = json.loads(kuntactl("rules", "equity", UUSIMAA, *DAY, "--json").out)
    by_criterion = {
        (row["area"], row["other_area"], row["code"]): row["clients"] for row in facts["criteria"]
    }
    of_pair = [
        row
        for row in facts["reasons"]
        if (row["area"], row["other_area"]) == ("porvoo", "salo-marttila-koski")
    ]

    assert by_criterion["porvoo", "salo-marttila-koski", "not_over_30_on_earnings_related"] == sum(
        row["clients"] for row in of_pair if "not_over_30_on_earnings_related" in row["codes"]
    )
    assert facts["own_rules"]["porvoo"] == "announced-porvoo"
    assert facts["own_rules"]["turun-seutu"] == "act-1269-2020"


def test_equity_takes_the_home_areas_asked_for(kuntactl: RunCli) -> None:
    """--area narrows whose clients are looked at, not where they might have lived."""
    facts = json.loads(
        kuntactl("rules", "equity", UUSIMAA, *DAY, "--area", "porvoo", "--json").out
    )

    assert {row["area"] for row in facts["areas"]} == {"porvoo"}
    assert len({row["other_area"] for row in facts["areas"]}) > 3


def test_a_rule_set_of_ones_own_takes_part_in_equity(tmp_path: Path, kuntactl: RunCli) -> None:
    """What another area might announce can be tried before it does."""
    folder = write_rules(
        tmp_path / "rules",
        "announced-porvoo",
        ('areas = ["porvoo"]', 'areas = ["turun-seutu"]'),
        name="turku",
    )

    facts = json.loads(
        kuntactl("rules", "equity", UUSIMAA, *DAY, "--rules-dir", folder, "--json").out
    )

    assert facts["own_rules"]["turun-seutu"] == "turku"


@pytest.mark.parametrize("day", ["2018-03-01", "2025-03-01"])
def test_without_other_areas_equity_says_so(day: str, kuntactl: RunCli) -> None:
    """In 2017 only Pori's rules are known, from 2025 there is one Act for all."""
    ended = kuntactl("rules", "equity", UUSIMAA, "--on", day)

    assert ended.code == 11
    assert "no other area has rules of its own" in ended.err


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_counts_read_in_each_language(lang: str, kuntactl: RunCli) -> None:
    """Outcomes in words, criteria by code; within 80 columns on paper."""
    ended = kuntactl(
        "rules", "diff", "act-1269-2020", "announced-porvoo", UUSIMAA, *DAY, "--lang", lang
    )

    words = {
        "fi": "kuuluu kohderyhmään -> ei kuulu kohderyhmään",
        "sv": "hör till målgruppen -> hör inte till målgruppen",
        "en": "belongs to the target group -> does not belong to the target group",
    }
    assert words[lang] in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
