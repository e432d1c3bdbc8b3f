"""Artificial people and decisions for the tests of the report room."""

from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Assignments, Clients, Decisions, Members
from kuntactl.domain.types import AreaId, CoachId, Team
from kuntactl.domain.wording import Words
from kuntactl.report.vocabulary import Vocabulary

ON = date(2021, 3, 1)

AREA = Area.model_validate(
    {
        "id": "lakeland",
        "trial": "trial-2021",
        "name": {"fi": "Järvialueen kokeilu", "sv": "Sjöområdets försök"},
        "rules": "act-1269-2020",
        "office_code": "0234",
        "municipalities": ["638", "734"],
        "control_totals": [
            {"clients": 2600, "relation": "about", "source": "a news text of 2021"},
            {
                "clients": 3,
                "municipalities": ["734"],
                "relation": "about",
                "source": "a council paper",
            },
        ],
        "source": "made up for the tests",
    }
)

VOCABULARY = Vocabulary(
    conditions={
        "job_search_in_force": Words(
            fi="työnhaku on voimassa", sv="jobbsökningen är i kraft", en="job search is in force"
        ),
        "unemployed_or_in_service": Words(
            fi="on työtön tai palvelussa",
            sv="är arbetslös eller i service",
            en="is unemployed or in a service",
        ),
    },
    grounds={
        "no_earnings_related_right": Words(
            fi="ei oikeutta ansiopäivärahaan",
            sv="ingen rätt till inkomstrelaterad dagpenning",
            en="no right to earnings-related allowance",
        ),
        "under_30": Words(fi="alle 30-vuotias", sv="under 30 år", en="under 30 years"),
        "foreign_language": Words(
            fi="äidinkieli muu kuin suomi, ruotsi tai saame",
            sv="annat modersmål än finska, svenska eller samiska",
            en="mother tongue other than Finnish, Swedish or Sámi",
        ),
    },
    rejections={
        "date_invalid": Words(
            fi="päivämäärä on virheellinen", sv="datumet är fel", en="the date is not a date"
        ),
    },
    reasons={
        "former_officer": Words(
            fi="sama virkailija kuin TE-toimistossa",
            sv="samma tjänsteman som på arbets- och näringsbyrån",
            en="same officer as in the TE Office",
        ),
    },
    prices={"loses_team": Words(fi="toisen ryhmän tiimi", sv="ett annat team", en="another team")},
    binds={
        "load": Words(fi="työmäärä rajalla", sv="arbetsmängden vid gränsen", en="at its bound")
    },
)

COACH = Coach(
    id=CoachId("V1"),
    name="Testi Valmentaja",
    area=AreaId("lakeland"),
    team=Team.GENERAL,
    share=0.8,
    limit=60,
    former_officer="virkailija7",
)


def client(client_id: str, **facts: Any) -> dict[str, Any]:
    """Return one row of Clients; what is not given is an everyday case."""
    return {
        "file": "vienti.csv",
        "row": 2,
        "client_id": client_id,
        "identity_code": "010391-901L",
        "born": date(1991, 3, 1),
        "family_name": "Esimerkki",
        "given_names": "Aino",
        "mother_tongue": "fi",
        "service_language": "fi",
        "citizenship": "246",
        "municipality": "638",
        "street": "Mallikatu 1",
        "postal_code": "06100",
        "post_office": "PORVOO",
        "country": "FI",
        "protected": False,
        "employment_code": "02",
        "search_from": date(2020, 1, 1),
        "search_open": True,
        "unemployed_from": date(2020, 1, 1),
        "benefit": "03",
        "service_line": "01",
        "officer_id": "virkailija7",
        "email": f"{client_id.lower()}@example.org",
        "phone": "040 000 0000",
        **facts,
    }


def clients(*rows: dict[str, Any]) -> pl.DataFrame:
    """Return the rows as a frame of schema Clients."""
    return frame(Clients, rows)


def decision(client_id: str, outcome: str, **facts: Any) -> dict[str, Any]:
    """Return one row of Decisions; what is not given is an everyday case."""
    outside = outcome == "outside"
    return {
        "client_id": client_id,
        "area": None if outside else "lakeland",
        "outcome": outcome,
        "grounds": ["under_30"] if outcome == "eligible" else [],
        "failed": [],
        "missing": [],
        "rules": None if outside else "act-1269-2020",
        "rules_from": None if outside else date(2021, 3, 1),
        "on": ON,
        "decided_by": "rule",
        **facts,
    }


def decisions(*rows: dict[str, Any]) -> pl.DataFrame:
    """Return the rows as a frame of schema Decisions."""
    return frame(Decisions, rows)


def members(*client_ids: str, grounds: list[str] | None = None) -> pl.DataFrame:
    """Return the clients as members who joined on the day."""
    rows = [
        {
            "client_id": client_id,
            "area": "lakeland",
            "since": ON,
            "grounds": ["under_30"] if grounds is None else grounds,
        }
        for client_id in client_ids
    ]
    return frame(Members, rows)


def assignments(coach_of: dict[str, str | None], *, weight: float = 0.5) -> pl.DataFrame:
    """Return each client with the coach given, all of one weight."""
    rows = [
        {
            "client_id": client_id,
            "area": "lakeland",
            "coach_id": coach_id,
            "weight": weight,
            "why": ["former_officer"],
        }
        for client_id, coach_id in coach_of.items()
    ]
    return frame(Assignments, rows)


def frame(schema: Any, rows: Any) -> pl.DataFrame:
    """Return the rows as a frame of the schema; what a row leaves out is null."""
    columns = schema.create_empty().schema
    frame = pl.DataFrame(
        [{name: row.get(name) for name in columns} for row in rows], schema=dict(columns)
    )
    return schema.validate(frame)
