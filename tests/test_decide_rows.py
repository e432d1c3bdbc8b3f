"""Every accepted row is decided once, in its place, under the rules of its own area."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import pytest
from client_frames import client, clients

from kuntactl.domain.schema import Clients, Decisions
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen, choose

START = date(2021, 3, 1)
PORVOO = choose(on=START, area_ids=["porvoo"])


def test_rows_keep_their_order_and_number() -> None:
    """decisions.parquet is read beside the export, row by row."""
    ids = [f"C{number}" for number in (7, 3, 11, 1, 9, 2)]
    frame = clients(client_id=ids, municipality=["091", "638", "018", "734", "638", "200"])

    decided = decide(frame, PORVOO, on=START)

    assert decided["client_id"].to_list() == ids
    assert decided.schema == Decisions.create_empty().schema


def test_another_municipality_is_outside_and_says_no_more() -> None:
    """Outside nothing is asked: no area, no rules, no lists. Abroad is outside too."""
    outside = clients(municipality=["018", "200", "091"], born=date(2000, 1, 1))

    decided = decide(outside, PORVOO, on=START)

    assert decided.drop("client_id").unique().rows() == [
        (None, "outside", [], [], [], None, None, START, "rule")
    ]


def test_a_blank_home_municipality_goes_to_a_person() -> None:
    """From 1.3.2023 holders of temporary protection may have none; no area, so no rules."""
    on = date(2023, 3, 1)
    nowhere = client(municipality=None, search_to=date(2023, 1, 1), search_open=False)

    decided = decide(nowhere, choose(on=on), on=on)

    assert decided.drop("client_id").rows() == [
        (None, "review", [], [], ["home_municipality"], None, None, on, "rule")
    ]


def test_lists_stand_in_the_tables_order() -> None:
    """Conditions come before grounds, each in the order of the contract's table."""
    frame = client(
        employment_code="01",
        search_open=None,
        born=date(2000, 1, 1),
        mother_tongue="ru",
        citizenship="643",
        earnings_right=None,
        benefit="04",
    )

    decided = decide(frame, PORVOO, on=START).row(0, named=True)

    assert decided["grounds"] == ["under_30", "immigrant", "foreign_language"]
    assert decided["failed"] == ["unemployed_or_in_service"]
    assert decided["missing"] == ["job_search_in_force", "no_earnings_related_right"]
    assert (decided["rules"], decided["rules_from"]) == ("act-1269-2020", START)


def test_each_area_has_its_own_rules_in_one_call() -> None:
    """A run over two areas with two rule sets mixes neither their rules nor their rows."""
    porvoo, salo = (
        choose(on=START, rules_id=rules)[0] for rules in ("announced-porvoo", "announced-salo")
    )
    frame = clients(
        municipality=["734", "638", "734", "638", "018"],
        benefit=["04", "04", "01", "02", "02"],
        earnings_right=None,
    )

    decided = decide(frame, [porvoo, salo], on=START)

    assert decided.select("area", "outcome", "rules", "grounds").rows() == [
        (
            "salo-marttila-koski",
            "eligible",
            "announced-salo",
            ["not_over_30_on_earnings_related"],
        ),
        ("porvoo", "not_eligible", "announced-porvoo", []),
        ("salo-marttila-koski", "not_eligible", "announced-salo", []),
        ("porvoo", "eligible", "announced-porvoo", ["receives_kela_benefit"]),
        (None, "outside", None, []),
    ]


def test_every_version_of_the_act_says_from_when_it_is() -> None:
    """A decision can be traced to the text in force on its day."""
    days = {
        date(2021, 3, 1): date(2021, 3, 1),
        date(2022, 5, 1): date(2021, 3, 1),
        date(2022, 5, 2): date(2022, 5, 2),
        date(2023, 2, 28): date(2022, 5, 2),
        date(2023, 3, 1): date(2023, 3, 1),
        date(2024, 12, 31): date(2023, 3, 1),
    }

    said = {on: decide(client(), choose(on=on), on=on)["rules_from"].item() for on in days}

    assert said == days


def test_no_rows_give_no_decisions() -> None:
    """An export in which every row is rejected is no error."""
    assert decide(Clients.create_empty(), PORVOO, on=START).is_empty()


def test_no_area_is_an_error() -> None:
    """Else everybody would be outside by accident."""
    with pytest.raises(ValueError, match="no area is chosen"):
        decide(client(), [], on=START)


def test_areas_that_overlap_are_an_error() -> None:
    """Pori belongs to an area of each trial; one row cannot be decided twice."""
    of_2017 = choose(on=date(2018, 1, 1), area_ids=["pori-2017"])
    of_2021 = choose(on=START, area_ids=["porin-seutu"])
    both: tuple[Chosen, ...] = (*of_2017, *of_2021)

    with pytest.raises(ValueError, match="share a municipality"):
        decide(client(), both, on=START)


@dataclass(frozen=True)
class Strange:
    """A criterion that answers neither yes, no nor unknown."""

    answer: int
    code: str = "strange"

    def holds(self, *, on: date) -> pl.Expr:
        """Return the answer for every row."""
        del on
        return pl.lit(self.answer)


@pytest.mark.parametrize("municipalities", [["638"], ["018", "638", "200"]])
def test_a_row_without_a_verdict_stops_the_run(municipalities: list[str]) -> None:
    """A fault in a rule must not let a client of the area fall out, or in, without a word."""
    (porvoo,) = PORVOO
    version = replace(porvoo.version, grounds=(Strange(3),))  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="a row has no verdict"):
        decide(clients(municipality=municipalities), [replace(porvoo, version=version)], on=START)


def test_the_ordinary_client_of_the_tests_has_no_ground() -> None:
    """The other tests change one fact of this client and see what it does."""
    decided = decide(client(), PORVOO, on=START)

    assert decided.select("outcome", pl.col("grounds").list.len()).row(0) == ("not_eligible", 0)
