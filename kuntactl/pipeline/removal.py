"""Files that hold the address of a client who has come under non-disclosure since."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from kuntactl.domain.letter_places import letter_place, older_place
from kuntactl.domain.types import AreaId
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.files.unsealing import standing
from kuntactl.report.lists import removal_list

_REMOVALS = pl.Schema(
    {
        "area": pl.String,
        "client_id": pl.String,
        "letter_id": pl.String,
        "file": pl.String,  # relative to the area's folder
        "pages": pl.String,  # of the print run: 3-4; null: the whole file
    }
)


def removals(printed: pl.DataFrame, *, target: Path) -> pl.DataFrame:
    """Return the files to be removed, by area, client number and letter.

    A file that is not there any more is not named: the list empties as the work is done.

    Args:
        printed: ``area``, ``client_id``, ``letter_id``, ``bundle``, ``first_page``, ``pages`` of
            the letters that were written for the printer to clients who are protected now.
        target: The folder of the runs.

    Returns:
        ``area``, ``client_id``, ``letter_id``, ``file`` and ``pages``.
    """
    rows = [row for letter in printed.iter_rows(named=True) for row in _files_of(letter, target)]
    found = pl.DataFrame(rows, schema=_REMOVALS, orient="row")
    return found.sort("area", "client_id", "letter_id", "file")


def _files_of(letter: Mapping[str, Any], target: Path) -> Iterator[tuple[str, ...]]:
    area, client, letter_id = letter["area"], letter["client_id"], letter["letter_id"]
    folder = target / area
    places = dict.fromkeys((letter_place(letter_id), older_place(letter_id)))
    for own in filter(None, (standing(folder / place) for place in places)):
        yield area, client, letter_id, own.relative_to(folder).as_posix(), ""
    bundle = standing(folder / f"print/{letter['bundle']}") if letter["bundle"] else None
    if bundle:
        pages = _pages(letter["first_page"], letter["pages"])
        yield area, client, letter_id, bundle.relative_to(folder).as_posix(), pages


def _pages(first: int, pages: int | None) -> str:
    """Return the pages as a person reads them; from the first on, if nobody counted them."""
    if pages is None:
        return f"{first}-"
    return f"{first}" if pages == 1 else f"{first}-{first + pages - 1}"


def put_removals(sink: Sink, found: pl.DataFrame, *, areas: Iterable[AreaId]) -> None:
    """Stage ``to_remove.csv`` of each of the areas, and of those that have such a file.

    Args:
        sink: Takes the files.
        found: As ``removals`` returns it.
        areas: The areas that have a folder.
    """
    for area in sorted({*areas, *found["area"]}):
        listed = removal_list(found.filter(pl.col("area") == area))
        sink.put(PurePosixPath(area) / "to_remove.csv", write_table(listed))
