"""The list of an area's letters (letters.csv), which only grows."""

import csv
import io

import polars as pl

from kuntactl.errors import DeliveryError
from kuntactl.files.tables import write_table
from kuntactl.locale import phrase

COLUMNS = (
    *("letter_id", "client_id", "kind", "lang", "pages", "file"),
    *("sha256", "bundle", "first_page", "status", "run"),
)
_KEY = ("letter_id", "status")


def merge_manifest(existing: bytes | None, lines: pl.DataFrame, *, run: int) -> bytes:
    """Return the list with new lines after the old ones.

    A line whose letter id and status the list already has is not added again, so merging
    the same lines twice changes nothing.

    Args:
        existing: The file as it stands; none: there is none yet.
        lines: ``domain.schema.LettersDone`` of one area, in the order of letter ids.
        run: Number of the run that wrote them.

    Raises:
        DeliveryError: If the existing file is not such a list: someone has edited it.
    """
    old = read_manifest(existing)
    new = lines.with_columns(run=pl.lit(run)).select(COLUMNS).cast(pl.String)
    added = new.join(old, on=_KEY, how="anti", maintain_order="left")
    return write_table(pl.concat([old, added]))


def read_manifest(existing: bytes | None) -> pl.DataFrame:
    """Return the list as it stands: ``COLUMNS``, all as text, an empty cell as null.

    Args:
        existing: The file; none: there is none yet, and the list is empty.

    Raises:
        DeliveryError: If the file is not such a list: someone has edited it.
    """
    schema = dict.fromkeys(COLUMNS, pl.String)
    if existing is None:
        return pl.DataFrame(schema=schema)
    text = io.StringIO(existing.decode("utf-8-sig", errors="replace"), newline="")
    header, *rows = [*csv.reader(text, delimiter=";")] or [[]]
    if tuple(header) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise DeliveryError(
            phrase("letters.csv is not as it was written"),
            hint=phrase("put the unchanged file back; every run adds to it"),
        )
    return pl.DataFrame(
        [[cell or None for cell in row] for row in rows], schema=schema, orient="row"
    )
