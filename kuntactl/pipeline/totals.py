"""Control totals: counts of the eligible compared with what they should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from kuntactl.domain.totals import Comparison, Expected
from kuntactl.domain.types import AreaId, Language, Outcome
from kuntactl.errors import InputError
from kuntactl.locale import Phrase, joined, phrase, template
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.lists import areas_with_a_folder
from kuntactl.pipeline.request import Request

NO_CONTROL_TOTAL = "no_control_total"  # its file has none
NO_ROWS = "no_rows"  # its file has one, and the exports have no row of the area


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Every control total of a run."""

    comparisons: tuple[Comparison, ...] = ()
    language: Language = Language.FI  # of the sources in run.json
    unchecked: Mapping[AreaId, str] | None = None  # why not; none: files were not looked at

    def facts(self) -> dict[str, Any]:
        """Return what run.json says of them."""
        return {
            "control_totals": [_as_dict(one, self.language) for one in self.comparisons],
            "control_totals_unchecked": dict(self.unchecked or {}),
        }


def compare_totals(decided: Decided, *, request: Request) -> Compared:
    """Compare the eligible with the control totals asked for, before anything is made of them.

    Args:
        decided: With people's answers.
        request: With the totals asked for, and who accepts those that are off.

    Raises:
        InputError: If a total is off and nobody accepted it; all of them are named.
    """
    totals = request.totals
    expected, unchecked = list(totals.expected), None
    if totals.of_areas:
        of_areas, unchecked = _of_area_files(decided, request=request)
        expected += of_areas
    found = _count(decided, expected)
    comparisons = tuple(
        Comparison(
            expected=one,
            found=count,
            accepted_by=totals.accepted_by if one.is_off(count) else None,
        )
        for one, count in zip(expected, found, strict=True)
    )
    off = [one for one in comparisons if one.is_off and one.accepted_by is None]
    if off:
        raise InputError(
            phrase("control total off: {off}", off=joined([_in_words(one) for one in off], "; ")),
            hint=phrase(
                "look at the exports; nothing was written. To go on with "
                "these counts: --accept-totals WHO"
            ),
        )
    return Compared(comparisons=comparisons, unchecked=unchecked, language=request.language)


def _in_words(off: Comparison) -> Phrase:
    """Return ``porvoo: expected 2600 within 3%, found 2010, 590 too few (-22.7%)``."""
    expected = off.expected
    by = off.found - expected.clients
    parts = f" ({', '.join(expected.municipalities)})" if expected.municipalities else ""
    too = template("{number} too few") if by < 0 else template("{number} too many")
    by_how_many = Phrase(too, {"number": abs(by)})
    if expected.clients:
        share = phrase("({share:+.1f}%)", share=100 * by / expected.clients)
        by_how_many = joined([by_how_many, share], " ")
    return phrase(
        "{area}: expected {expected} within {tolerance}, found {found}, {by}",
        area=f"{expected.area}{parts}",
        expected=expected.clients,
        tolerance=expected.tolerance,
        found=off.found,
        by=by_how_many,
    )


def _as_dict(one: Comparison, language: Language) -> dict[str, Any]:
    """Return it as ``run.json`` and the register hold it."""
    return {
        "area": str(one.expected.area),
        "municipalities": [str(code) for code in one.expected.municipalities],
        "expected": one.expected.clients,
        "tolerance": str(one.expected.tolerance),
        "found": one.found,
        "off": one.is_off,
        "accepted_by": one.accepted_by,
        "source": one.expected.source.in_language(language),
    }


def _of_area_files(
    decided: Decided, *, request: Request
) -> tuple[list[Expected], dict[AreaId, str]]:
    """Return the totals in the chosen areas' files, and why the others are not looked at.

    A total of a whole area gives way to one that the user gave. An office's export is not
    about the areas of other offices: those without a row are named instead.
    """
    present = areas_with_a_folder(decided, request=request)
    by_user = {one.area for one in request.totals.expected}
    expected: list[Expected] = []
    unchecked = {}
    for area_id, area in decided.areas().items():
        totals = [total.expected_in(area_id) for total in area.control_totals]
        totals = [one for one in totals if one.municipalities or area_id not in by_user]
        if not totals and area_id not in by_user:
            unchecked[area_id] = NO_CONTROL_TOTAL
        elif totals and area_id not in present:
            unchecked[area_id] = NO_ROWS
        else:
            expected += totals
    return expected, unchecked


def _count(decided: Decided, expected: Sequence[Expected]) -> list[int]:
    """Return how many are eligible where each total is of.

    Those under non-disclosure count in whole areas only: the difference from the list of
    the eligible would tell where they live.
    """
    # Decisions are one row a client, in the order of the clients.
    decided_in = pl.concat(
        [
            decided.decisions.select("area", "outcome"),
            decided.ingested.accepted.select("municipality", "protected"),
        ],
        how="horizontal",
    )
    return [
        decided_in.filter(
            pl.col("outcome") == Outcome.ELIGIBLE.value,
            pl.col("area") == one.area,
            ~pl.col("protected")
            & pl.col("municipality").cast(pl.String).is_in(list(one.municipalities))
            if one.municipalities
            else pl.lit(value=True),
        ).height
        for one in expected
    ]
