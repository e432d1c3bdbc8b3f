"""Typst at its best for a whole country: a pool of processes, a file each, from the same exports.

It is given who belongs to the target group, and writes one plain letter in Finnish to each: no
checks, no register, no split, no other languages, no lists, no print runs.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import font_roboto
import polars as pl
import typst
from letters_due import letters_of
from letters_typst import TEMPLATE, said_to_all

_MANY = 100  # letters in one piece of work


def main() -> None:
    """Write at most so many letters into a folder; tell how long it took."""
    exports, decisions, most, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    start = time.perf_counter()
    rows = _eligible(Path(exports), Path(decisions)).head(most).to_dicts()
    (one,) = letters_of(1)
    constant = json.dumps(said_to_all(one))
    common = {"grounds": one.fields[0].grounds, "coach_name": one.fields[0].coach_name}
    common |= {"coach_phone": one.fields[0].coach_phone, "coach_email": one.fields[0].coach_email}
    out.mkdir(parents=True)
    pieces = [
        ([row | common for row in rows[at : at + _MANY]], constant, str(out), at)
        for at in range(0, len(rows), _MANY)
    ]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        written = sum(pool.map(_write, pieces))
    os.sync()
    print(json.dumps({"seconds": time.perf_counter() - start, "letters": written}))


def _eligible(exports: Path, decisions: Path) -> pl.DataFrame:
    """Return what the letter to each of the eligible says that is their own."""
    cells = pl.concat(
        pl.read_csv(path, separator=";", infer_schema=False, truncate_ragged_lines=True)
        for path in sorted(exports.glob("*.csv"))
    )
    eligible = pl.read_parquet(decisions).filter(pl.col("outcome") == "eligible")
    found = eligible.join(
        cells.unique("asiakasnumero"), left_on="client_id", right_on="asiakasnumero"
    )
    name = pl.format("{} {}", pl.col("etunimet").fill_null(""), pl.col("sukunimi").fill_null(""))
    town = pl.format("{} {}", "postinumero", "postitoimipaikka")
    return found.select(
        recipient=pl.concat_list(name, pl.col("lahiosoite").fill_null(""), town.fill_null("")),
        reference=pl.format("{}-{}", "area", "client_id"),
        municipality_genitive=pl.lit("Porvoon"),
    )


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_roboto.font_directory],
    )
    return typst.Compiler(TEMPLATE, font_paths=fonts)


def _write(piece: tuple[Sequence[dict[str, object]], str, str, int]) -> int:
    letters, constant, out, first = piece
    for number, letter in enumerate(letters, first):
        pdf = _compiler().compile(
            sys_inputs={"letters": json.dumps([letter]), "constant": constant},
            format="pdf",
            pdf_standards=["ua-1"],
        )
        Path(out, f"{number:07}.pdf").write_bytes(pdf)
    return len(letters)


if __name__ == "__main__":
    main()
