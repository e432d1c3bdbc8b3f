"""Make some letters of the newest run again, and compare them byte for byte."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kuntactl.errors import InputError, LetterError
from kuntactl.letters.manifest import read_manifest
from kuntactl.letters.plan import plan
from kuntactl.letters.some import SomeLetters
from kuntactl.letters.verify import LIST, Fault
from kuntactl.locale import counted, phrase
from kuntactl.pipeline.due import at_the_desk
from kuntactl.pipeline.order import RunOrder
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.verify_letters import folders_of_areas

_SENT = ("written", "protected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Letters that were made again."""

    run: int  # the newest, whose letters they are
    letter_ids: tuple[str, ...]
    faults: tuple[Fault, ...]


def verify_sample(
    request: Request, order: RunOrder, *, size: int, watch: Stopwatch, talk: Talk
) -> Sampled:
    """Return letters of the newest run that do not come out as they were written.

    The register and the folder are not changed. Which letters are taken follows from their
    checksums, so the same folder has the same sample.

    Args:
        request: As the newest run had it.
        order: As the newest run had it; ``out`` is its folder.
        size: How many letters.
        watch: Measures the stages.
        talk: Hears how far it is.

    Raises:
        LetterError: If the newest run wrote no letter, or one cannot be laid out.
        InputError: If a client of the sample is not in the exports.
        KuntactlError: As ``run`` does.
    """
    listed = _listed(order.out)
    run = int(listed["run"].cast(pl.Int64).max() or 0)  # type: ignore[arg-type]  # of integers
    lines = listed.filter((pl.col("run") == str(run)) & pl.col("status").is_in(_SENT))
    if lines.is_empty():
        raise LetterError(phrase("{out}: run {run} wrote no letter", out=order.out, run=run))
    sample = _sample(lines, size)
    with at_the_desk(request, replace(order, dry_run=True), watch=watch, talk=talk) as (desk, due):
        sent = desk.register.letters_of_run(run)
        missing = sent.join(due.facts.clients, on="client_id", how="anti")
        if missing.height:
            raise InputError(
                counted(
                    "{count} client of run {run} is not in these exports",
                    "{count} clients of run {run} are not in these exports",
                    missing.height,
                    run=run,
                ),
                hint=phrase("give the exports of that run, and its very options"),
            )
        letters = SomeLetters(
            plan(sent, due.facts),
            templates=order.templates,
            printing=order.printing(),
            workers=order.workers,
        )
        made = {one.letter_id: one.pdf for one in letters.make(sample["letter_id"])}
    return Sampled(
        run=run,
        letter_ids=tuple(sample["letter_id"]),
        faults=tuple(_faults(sample, made)),
    )


def _listed(folder: Path) -> pl.DataFrame:
    """Return the lines of every list of the folder, with ``area``."""
    return pl.concat(
        [
            read_manifest((area / LIST).read_bytes()).with_columns(area=pl.lit(area.name))
            for area in folders_of_areas(folder)
        ]
    )


def _sample(lines: pl.DataFrame, size: int) -> pl.DataFrame:
    order = [
        hashlib.sha256(f"{letter_id} {sha256}".encode()).hexdigest()
        for letter_id, sha256 in lines.select("letter_id", "sha256").iter_rows()
    ]
    drawn = lines.with_columns(order=pl.Series(order, dtype=pl.String)).sort("order").head(size)
    return drawn.sort("area", "letter_id")


def _faults(sample: pl.DataFrame, made: dict[str, bytes]) -> Sequence[Fault]:
    faults = []
    for line in sample.iter_rows(named=True):
        pdf = made.get(line["letter_id"])
        is_same = pdf is not None and hashlib.sha256(pdf).hexdigest() == line["sha256"]
        if not is_same:
            faults.append(
                Fault(
                    area=line["area"],
                    letter_id=line["letter_id"],
                    file=line["file"],
                    code="rendered_differently" if pdf is not None else "not_in_the_register",
                )
            )
    return faults
