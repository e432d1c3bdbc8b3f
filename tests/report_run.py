"""One small run whose every figure can be counted by hand."""

from dataclasses import replace
from datetime import date

import polars as pl
from report_people import (
    AREA,
    COACH,
    ON,
    VOCABULARY,
    assignments,
    client,
    clients,
    decision,
    decisions,
    frame,
    members,
)

from kuntactl.domain.schema import LettersDone, Rejected, Undeliverable, Warnings
from kuntactl.domain.types import CoachId
from kuntactl.domain.wording import Words
from kuntactl.report.figures import (
    AreaFigures,
    Changes,
    RulesUsed,
    RunFigures,
    SourceFile,
)
from kuntactl.report.summary import Results, area_figures, run_figures

RULES = RulesUsed(
    id="act-1269-2020",
    name=Words(fi="Kuntakokeilulaki", sv="Lagen om kommunförsök", en="The pilot Act"),
    begins=date(2021, 3, 1),
    source=Words(fi="laki 1269/2020", sv="lag 1269/2020", en="Act 1269/2020"),
)

# number, facts of the client, outcome, facts of the decision
_PEOPLE = [
    ("A1", {"born": date(2001, 3, 2)}, "eligible", {}),
    (
        "A2",
        {"mother_tongue": "ru", "municipality": "734"},
        "eligible",
        {"grounds": ["no_earnings_related_right", "foreign_language"]},
    ),
    (
        "A3",
        {"mother_tongue": "sv", "municipality": "734", "protected": True},
        "eligible",
        {"grounds": ["no_earnings_related_right"]},
    ),
    ("A4", {}, "eligible", {"grounds": [], "decided_by": "person"}),
    ("B1", {}, "review", {"missing": ["no_earnings_related_right", "foreign_language"]}),
    ("B2", {"municipality": None}, "review", {"area": None, "missing": ["home_municipality"]}),
    ("C1", {}, "not_eligible", {"failed": ["job_search_in_force", "under_30"]}),
    (
        "C2",
        {},
        "not_eligible",
        {"failed": ["no_earnings_related_right", "under_30", "foreign_language"]},
    ),
    ("C3", {"protected": True}, "not_eligible", {"decided_by": "person"}),
    ("D1", {"municipality": "091"}, "outside", {}),
    ("D2", {"municipality": "200"}, "outside", {}),
    ("D3", {"municipality": "005", "protected": True}, "outside", {}),
]


def results() -> Results:
    """Return what the stages left behind: 15 rows read, 3 rejected, 12 accepted."""
    people = clients(
        *(client(name, row=place, **facts) for place, (name, facts, _, _) in enumerate(_PEOPLE))
    )
    return Results(
        read=15,
        rejected_rows=3,
        rejected=frame(
            Rejected,
            [
                _problem(90, "date_invalid"),
                _problem(90, "date_invalid"),
                _problem(90, "flag_invalid"),
                _problem(91, "date_invalid"),
                _problem(92, "row_ragged"),
            ],
        ),
        warnings=Warnings.create_empty(),
        clients=people,
        decisions=decisions(
            *(decision(name, outcome, **facts) for name, _, outcome, facts in _PEOPLE)
        ),
        members=members("A1", "A2", "A3", "A4"),
        assignments=assignments({"A1": "V1", "A2": "V1", "A3": "V2", "A4": None}),
        letters=frame(
            LettersDone,
            [_letter("A1", "written"), _letter("A3", "protected"), _letter("A4", "undeliverable")],
        ),
        undeliverable=frame(
            Undeliverable,
            [
                {
                    "client_id": "A4",
                    "area": "lakeland",
                    "code": code,
                    "message": "x",
                    "sha256": "0" * 64,
                }
                for code in ("street_missing", "postal_code_missing")
            ],
        ),
        coaches=[COACH, replace(COACH, id=CoachId("V2"), name="Toinen Valmentaja", share=1.0)],
    )


def figures_of_area(found: Results | None = None) -> AreaFigures:
    """Return the figures of the only area."""
    return area_figures(AREA, found or results(), rules=RULES, vocabulary=VOCABULARY, on=ON)


def figures_of_run(found: Results | None = None) -> RunFigures:
    """Return the figures of the run."""
    return run_figures(
        [figures_of_area(found)],
        found or results(),
        files=[
            SourceFile(
                name="vienti.csv", sha256="0" * 64, format="csv", encoding="windows-1252", rows=15
            )
        ],
        changes=Changes(joined=3, stayed=1, left=0, moved=0, absent=2),
        vocabulary=VOCABULARY,
        version="0.1.0",
    )


def shuffled(found: Results) -> Results:
    """Return the same results with every frame turned upside down."""
    frames = {
        name: getattr(found, name).reverse()
        for name in Results.__dataclass_fields__
        if isinstance(getattr(found, name), pl.DataFrame)
    }
    return replace(found, **frames)


def _problem(row: int, code: str) -> dict[str, object]:
    return {"file": "vienti.csv", "row": row, "code": code, "message": "x", "sha256": "0" * 64}


def _letter(client_id: str, status: str) -> dict[str, object]:
    return {
        "letter_id": f"lakeland-{client_id}",
        "client_id": client_id,
        "area": "lakeland",
        "kind": "transfer",
        "lang": "fi",
        "status": status,
    }
