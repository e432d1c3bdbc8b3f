"""What the tests of the register hand it: decisions, answers, letters of artificial clients."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Answers, Assignments, Decisions, Homes, LettersDone
from kuntactl.domain.types import AreaId
from kuntactl.register.store import Reconciled, open_register

PORVOO, SALO = AreaId("porvoo"), AreaId("salo-marttila-koski")
AREAS = {PORVOO: True, SALO: True}
FIRST_DAY = date(2021, 3, 1)

Row = tuple[str, str | None, str]  # client number, area, outcome


def decisions(*rows: Row, on: date = FIRST_DAY) -> pl.DataFrame:
    """Return ``Decisions`` of these rows; who is eligible is so as a person under 30."""
    frame = pl.DataFrame(
        rows,
        schema={"client_id": pl.String, "area": pl.String, "outcome": pl.String},
        orient="row",
    )
    ground = pl.when(pl.col("outcome") == "eligible").then(pl.lit("under_30"))
    no_codes = pl.lit([], pl.List(pl.String))
    return Decisions.validate(
        frame.with_columns(
            grounds=pl.concat_list(ground).list.drop_nulls(),
            failed=no_codes,
            missing=no_codes,
            rules=pl.lit("act-1269-2020"),
            rules_from=pl.lit(FIRST_DAY),
            on=pl.lit(on),
            decided_by=pl.lit("rule"),
        ).select(Decisions.column_names())
    )


def homes(
    *rows: Row, towns: Mapping[str, str | None] | None = None, protected: Collection[str] = ()
) -> pl.DataFrame:
    """Return ``Homes`` of these rows.

    Args:
        rows: As ``decisions`` takes them.
        towns: Municipality of those whose it is told; the others live in no known one.
        protected: Those under non-disclosure.
    """
    known = towns or {}
    return Homes.validate(
        pl.DataFrame(
            [(client, client in protected, known.get(client), area) for client, area, _ in rows],
            schema={
                "client_id": pl.String,
                "protected": pl.Boolean,
                "municipality": pl.String,
                "trial_area": pl.String,
            },
            orient="row",
        )
    )


def fingerprints(**by_client: str) -> pl.DataFrame:
    """Return the fingerprint of each client's facts."""
    schema = {"client_id": pl.String, "fingerprint": pl.String}
    return pl.DataFrame([*by_client.items()], schema=schema, orient="row")


def answer(client_id: str, *, belongs: bool, who: str = "T. Virkailija") -> pl.DataFrame:
    """Return ``Answers`` with this one."""
    return Answers.validate(
        pl.DataFrame(
            {"client_id": [client_id], "belongs": [belongs], "who": [who], "reason": ["papers"]}
        ).with_columns(area=pl.lit(None, pl.String))
    )


def coached(members: pl.DataFrame, coach_id: str | None) -> pl.DataFrame:
    """Return ``Assignments`` that give all of them this coach."""
    frame = members.select("client_id", "area").with_columns(
        coach_id=pl.lit(coach_id, pl.String),
        weight=pl.lit(1.0),
        why=pl.lit([], pl.List(pl.String)),
    )
    return Assignments.validate(frame)


def done(due: pl.DataFrame, *, status: str = "written", lang: str = "fi") -> pl.DataFrame:
    """Return ``LettersDone``: all that were due, in the first free print run."""
    made = pl.lit(status != "undeliverable")
    file = pl.format("letters/{}.pdf", pl.col("letter_id"))
    bundle = pl.format("{}-{}-" + lang + "-{}.pdf", "area", "kind", "bundle_number")
    frame = due.with_columns(
        lang=pl.lit(lang),
        pages=pl.when(made).then(pl.lit(1, pl.UInt32)),
        file=pl.when(made).then(file),
        sha256=pl.when(made).then(pl.lit("ab" * 32)),
        bundle=pl.when(pl.lit(status == "written")).then(bundle),
        first_page=pl.when(pl.lit(status == "written")).then(pl.lit(1, pl.UInt32)),
        status=pl.lit(status),
    )
    return LettersDone.validate(frame.select(LettersDone.column_names()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one run made of the register."""

    number: int
    reconciled: Reconciled
    due: pl.DataFrame
    news: pl.DataFrame

    @property
    def members(self) -> list[tuple[str, str]]:
        """Area and client number of the members in this night's export."""
        return [*self.reconciled.members.select("area", "client_id").iter_rows()]

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Joined, stayed, left, moved, absent."""
        night = self.reconciled
        return (night.joined, night.stayed, night.left, night.moved, night.absent)

    @property
    def told(self) -> list[tuple[str, str, str, str | None, str | None]]:
        """Client, area, kind, reason and other area of the letters due."""
        columns = ("client_id", "area", "kind", "reason", "other_area")
        return sorted(self.due.select(columns).iter_rows())

    @property
    def new_letters(self) -> list[tuple[str, str]]:
        """Letter id and client number of the new lines of letters.csv."""
        return [*self.news.select("letter_id", "client_id").iter_rows()]


def run_night(
    register: str | Path,
    *rows: Row,
    number: int = 0,
    areas: Mapping[AreaId, bool] = AREAS,
    coach: str | None = None,
    where: pl.DataFrame | None = None,
    status: str = "written",
    commit: bool = True,
) -> Night:
    """Do with the register what a run does, on the given day after the first.

    Args:
        register: Where it is.
        rows: The decisions of the night.
        number: Days after the first one.
        areas: The areas, each with whether it takes new clients.
        coach: Whom every member of the night has; empty: nobody; none: whom they had.
        where: ``Homes``; none: each in the area of their decision, the town not told.
        status: What becomes of every letter.
        commit: Whether the night is kept.
    """
    on = FIRST_DAY + timedelta(days=number)
    with open_register(str(register)) as opened:
        run = opened.begin_run(on=on, version="0.1.0", inputs=["cd" * 32])
        decided = decisions(*rows, on=on)
        where = homes(*rows) if where is None else where
        reconciled = opened.reconcile(decided, where, areas=areas)
        if coach is not None:
            opened.remember_coaches(coached(reconciled.members, coach or None))
        due = opened.letters_due(decided, areas=areas)
        news = opened.record_letters(done(due, status=status))
        if commit:
            opened.commit()
    return Night(number=run, reconciled=reconciled, due=due, news=news)
