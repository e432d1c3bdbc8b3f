"""A split to be made, as every contender reads it, and what each made of it."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

NOBODY = -1
POINTS_TEAM, POINTS_SERVICE_LANGUAGE, POINTS_MOTHER_TONGUE = 2, 2, 3
POINTS_SWEDISH, POINTS_OFFICER = 100, 20


@dataclass(frozen=True)
class Table:
    """Clients by number and coaches by id; arrays are clients, coaches, or clients × coaches."""

    clients: pl.DataFrame
    coaches: list[dict[str, Any]]

    @cached_property
    def weight(self) -> np.ndarray:
        """Expected meetings a month of each client."""
        return self.clients["weight"].to_numpy()

    @cached_property
    def share(self) -> np.ndarray:
        """Share of full time of each coach."""
        return np.array([coach["share"] for coach in self.coaches])

    @cached_property
    def limit(self) -> np.ndarray:
        """Most clients of each coach."""
        everybody = self.clients.height
        return np.array([coach["limit"] or everybody for coach in self.coaches])

    @cached_property
    def allowed(self) -> np.ndarray:
        """Whether the coach serves the home municipality."""
        return self._each(
            "municipality",
            lambda town, coach: not coach["municipalities"] or town in coach["municipalities"],
        )

    @cached_property
    def service_language(self) -> np.ndarray:
        """Whether the coach speaks the language of service."""
        return self._each("service_language", lambda tongue, coach: tongue in coach["languages"])

    @cached_property
    def mother_tongue(self) -> np.ndarray:
        """Whether the coach speaks the mother tongue."""
        return self._each("mother_tongue", lambda tongue, coach: tongue in coach["languages"])

    @cached_property
    def team(self) -> np.ndarray:
        """Whether the client belongs with the coach's team."""
        return self._each("team", lambda team, coach: team == coach["team"])

    @cached_property
    def officer(self) -> np.ndarray:
        """Whether the coach was the client's officer."""
        return self._each(
            "officer_id", lambda officer, coach: officer == coach["former_officer"] is not None
        )

    @cached_property
    def wants_swedish(self) -> np.ndarray:
        """Whether Swedish is the client's right: they speak it, in a bilingual municipality."""
        speaks = self.clients["service_language"] == "sv"
        return (speaks & self.clients["bilingual"]).to_numpy()

    @cached_property
    def points(self) -> np.ndarray:
        """What each pair is worth to the peers: the order of aims as one sum."""
        speaks_swedish = np.array(["sv" in coach["languages"] for coach in self.coaches])
        language = np.where(
            self.mother_tongue,
            POINTS_MOTHER_TONGUE,
            np.where(self.service_language, POINTS_SERVICE_LANGUAGE, 0),
        )
        return (
            language
            + POINTS_TEAM * self.team
            + POINTS_OFFICER * self.officer
            + POINTS_SWEDISH * (self.wants_swedish[:, None] & speaks_swedish)
        )

    def _each(self, column: str, holds: Callable[[Any, dict[str, Any]], bool]) -> np.ndarray:
        values = self.clients[column].to_list()
        rows = {value: [holds(value, coach) for coach in self.coaches] for value in set(values)}
        return np.array([rows[value] for value in values], dtype=bool)


def read(folder: Path) -> Table:
    """Return the split to be made."""
    return Table(
        pl.read_parquet(folder / "clients.parquet"),
        json.loads((folder / "coaches.json").read_text("utf-8")),
    )


def contend(name: str, work: Callable[[Table], np.ndarray]) -> None:
    """Make the split of the folder on the command line; write it, and say how long it took."""
    folder = Path(sys.argv[1])
    table = read(folder)
    start = time.perf_counter()
    coach = work(table)
    seconds = time.perf_counter() - start
    ids = [None if place == NOBODY else table.coaches[place]["id"] for place in coach]
    write(folder, name, pl.Series(ids, dtype=pl.String), table)
    print(json.dumps({"seconds": seconds}))


def write(folder: Path, name: str, ids: pl.Series, table: Table) -> None:
    """Write who has which coach."""
    given = table.clients.select("client_id").with_columns(ids.alias("coach_id"))
    given.write_parquet(folder / f"{name}.parquet")
