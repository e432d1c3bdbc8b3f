"""Letters of the folder that the register does not know: they are not written over."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from kuntactl.domain.types import LetterStatus
from kuntactl.errors import RegisterError
from kuntactl.files.sealing import SEALED
from kuntactl.files.tables import harmless
from kuntactl.locale import phrase

_FOLDERS = ("letters", "protected")


def refuse_strangers(due: pl.DataFrame, *, target: Path, register: str) -> None:
    """Stop if a letter that is due, or its print run, has the name of one that stands there.

    So it is when the folder was written with another register: everybody would be written to
    once more, and what proves the first letter would be gone.

    Args:
        due: ``domain.schema.LettersDue``, as the register numbered them.
        target: The folder of the run.
        register: Its name, for the message.

    Raises:
        RegisterError: If there is such a letter.
    """
    for (area,), letters in due.group_by("area", maintain_order=True):
        folder = target / str(area)
        taken = _taken(folder)
        if any(
            taken.get(letter, harmless(client)) != harmless(client)
            for letter, client in letters.select("letter_id", "client_id").iter_rows()
        ) or _has_print_run(folder, letters):
            raise RegisterError(
                phrase(
                    "{folder}: holds letters that the register {register} does not know",
                    folder=folder,
                    register=register,
                ),
                hint=phrase(
                    "name the register that they were written with by "
                    "--register, or another folder by --out"
                ),
            )


def _taken(folder: Path) -> Mapping[str, str | None]:
    """Return the letters of an area's folder by id, each with whom it may still be written to."""
    files = (
        file.name.removesuffix(SEALED).removesuffix(".pdf")
        for kind in _FOLDERS
        for file in (folder / kind).rglob("*.pdf*")
    )
    return _listed(folder / "letters.csv") | dict.fromkeys(files)


def _listed(manifest: Path) -> dict[str, str | None]:
    if not manifest.exists():
        return {}
    text = manifest.read_bytes().decode("utf-8-sig", errors="replace")
    listed: dict[str, str | None] = {}
    for line in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
        may_be_sent = line.get("status") == LetterStatus.UNDELIVERABLE.value
        listed[line.get("letter_id") or ""] = line.get("client_id") if may_be_sent else None
    return listed


def _has_print_run(folder: Path, letters: pl.DataFrame) -> bool:
    """Return whether a print run stands there under a number that these letters will get."""
    runs = pl.Series(
        [file.name.removesuffix(SEALED) for file in (folder / "print").glob("*.pdf*")],
        dtype=pl.String,
    )
    greatest = runs.str.extract(r"-(\d+)\.pdf$").cast(pl.UInt32, strict=False)
    kinds = runs.str.extract(r"-(\w+)-[a-z+]+-\d+\.pdf$")
    there = pl.DataFrame({"kind": kinds, "greatest": greatest})
    return (
        not letters.join(there, on="kind")
        .filter(pl.col("greatest") >= pl.col("bundle_number"))
        .is_empty()
    )
