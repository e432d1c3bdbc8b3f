"""The area's report says how even the split is, what is missing, and what stood in the way."""

from dataclasses import replace

import polars as pl
import pytest
from report_people import AREA, VOCABULARY, assignments
from report_run import figures_of_area, results

from kuntactl.domain.schema import Alternatives
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.figures import AreaFigures
from kuntactl.report.html import area_report

NOTICE = Words(
    fi="Hanko tarvitsee yhden ruotsinkielisen valmentajan",
    sv="Hangö behöver en svenskspråkig coach",
    en="Hanko needs one Swedish-speaking coach",
)


def figures() -> AreaFigures:
    """Return the figures of an area whose largest load is 1 % above the least possible."""
    blank = dict.fromkeys(Alternatives.column_names())
    rows = [
        {**blank, "client_id": "A1", "second_price": [], "third_price": [], "binds": "load"},
        {**blank, "client_id": "A2", "second_price": [], "third_price": [], "binds": "kept"},
    ]
    schema = {name: column.dtype for name, column in Alternatives.columns().items()}
    return figures_of_area(
        replace(
            results(),
            assignments=assignments({"A1": "V1", "A2": "V1"}),
            alternatives=Alternatives.validate(pl.DataFrame(rows, schema=schema)),
            binding=["load"],
            proofs={AREA.id: (10.1, 10.0)},
            notices={AREA.id: [NOTICE]},
        )
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.FI, ["Todistettu ero", "10,10", "1,00 %", NOTICE.fi, "työmäärä rajalla"]),
        (Language.SV, ["Bevisad skillnad", "10,10", NOTICE.sv, "arbetsmängden vid gränsen"]),
        (Language.EN, ["Proven gap", "10.10", NOTICE.en, VOCABULARY.binds["load"].en]),
    ],
)
def test_the_proof_and_the_notices_stand_in_the_report(
    language: Language, said: list[str]
) -> None:
    """Whoever signs the split sees its proof and what it lacks before the coaches do."""
    page = area_report(figures(), language=language).decode("utf-8")

    assert [text for text in said if text not in page] == []


def test_only_what_kept_somebody_from_their_best_is_counted() -> None:
    """That members keep their coach is no obstacle."""
    assert [(one.code, one.count) for one in figures().split.binds] == [("load", 1)]


def test_an_area_without_loads_has_no_proof() -> None:
    """Nothing is proven of nobody."""
    page = area_report(figures_of_area(), language=Language.EN).decode("utf-8")

    assert "Proven gap" not in page
    assert figures_of_area().split.gap == 0
