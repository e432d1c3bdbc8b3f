"""Nights on our register: so many members join, then the same export comes again."""

import json
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Assignments, Decisions, Homes, LettersDone
from kuntactl.domain.types import AreaId
from kuntactl.register.store import open_register

DAYS = {"first": date(2021, 3, 1), "second": date(2021, 3, 2)}
AREAS = tuple(AreaId(name) for name in ("helsinki", "porvoo", "salo-marttila-koski"))


def main(clients: int, register: Path) -> None:
    """Take the nights, and say how long each of their steps took."""
    for part in register.parent.glob(f"{register.name}*"):
        part.unlink()  # each round begins with an empty one
    seconds = {}
    for name, on in DAYS.items():
        night = Night(clients, register, on)
        start = time.perf_counter()
        steps = night.take()
        seconds |= {f"{name}_{step}": took for step, took in steps.items()}
        seconds[name] = time.perf_counter() - start
    print(json.dumps({**seconds, "mb": register.stat().st_size / 1e6}))


class Night:
    """What a run does with the register, step by step."""

    def __init__(self, clients: int, register: Path, on: date) -> None:
        """Make the frames that the other stages would hand over."""
        number = pl.int_range(clients, eager=True).cast(pl.String).str.zfill(7)
        area = pl.Series(AREAS)[[*range(len(AREAS))] * (clients // len(AREAS) + 1)][:clients]
        self.base = pl.DataFrame({"client_id": "U" + number, "area": area})
        self.register, self.on = register, on

    def take(self) -> dict[str, float]:
        """Take every step; return its seconds."""
        seconds: dict[str, float] = {}
        clock = time.perf_counter
        with open_register(str(self.register)) as register:
            start = clock()
            register.begin_run(on=self.on, version="bench", inputs=[str(self.on)])
            found = register.reconcile(
                self.decisions(), self.homes(), areas=dict.fromkeys(AREAS, True)
            )
            seconds["join"] = clock() - start
            start = clock()
            register.remember_coaches(self.assignments(found.members))
            seconds["coach"] = clock() - start
            start = clock()
            due = register.letters_due(self.base, areas=AREAS)
            seconds["due"] = clock() - start
            start = clock()
            register.record_letters(self.written(due))
            seconds["record"] = clock() - start
            start = clock()
            register.commit()
            seconds["commit"] = clock() - start
        return seconds

    def decisions(self) -> pl.DataFrame:
        """Return everybody as eligible."""
        codes = pl.lit(["under_30"])
        none = pl.lit([], pl.List(pl.String))
        return Decisions.validate(
            self.base.with_columns(
                outcome=pl.lit("eligible"),
                grounds=codes,
                failed=none,
                missing=none,
                rules=pl.lit("act-1269-2020"),
                rules_from=pl.lit(DAYS["first"]),
                on=pl.lit(self.on),
                decided_by=pl.lit("rule"),
            ).select(Decisions.column_names())
        )

    def homes(self) -> pl.DataFrame:
        """Return everybody's home, one in a hundred under non-disclosure."""
        protected = pl.int_range(pl.len()) % 100 == 0
        return Homes.validate(
            self.base.select(
                "client_id",
                protected=protected,
                municipality=pl.when(~protected).then(pl.lit("091")),
                trial_area="area",
            )
        )

    def assignments(self, members: pl.DataFrame) -> pl.DataFrame:
        """Return a coach for everybody: 150 members each."""
        coach = pl.format("V{}", pl.int_range(pl.len()) // 150)
        return Assignments.validate(
            members.select(
                "client_id",
                "area",
                coach_id=pl.coalesce("coach_id", coach),
                weight=pl.lit(1.0),
                why=pl.lit([], pl.List(pl.String)),
            )
        )

    def written(self, due: pl.DataFrame) -> pl.DataFrame:
        """Return every letter as written, a hundred in each print run."""
        place = pl.int_range(pl.len()).over("area")
        return LettersDone.validate(
            due.with_columns(
                lang=pl.lit("fi"),
                pages=pl.lit(1, pl.UInt32),
                file=pl.format("letters/{}.pdf", "letter_id"),
                sha256=pl.lit("ab" * 32),
                bundle=pl.format("{}-{}-fi-{}.pdf", "area", "kind", place // 100 + 1),
                first_page=(place % 100 + 1).cast(pl.UInt32),
                status=pl.lit("written"),
            ).select(LettersDone.column_names())
        )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
