"""A table is written as Python's own CSV writer would, cell by cell."""

import csv
import io
from datetime import date

import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kuntactl.files.tables import harmless, write_table

SCHEMA = {
    "text": pl.String,
    "flag": pl.Boolean,
    "whole": pl.Int64,
    "real": pl.Float64,
    "day": pl.Date,
    "codes": pl.List(pl.String),
}
TEXTS = st.text(max_size=6) | st.sampled_from(
    ["", " ", " =1+1", "-1", "\t@", "a;b", '"', 'a"b', "a\nb", "a\rb", "\r", "\n", ";", "'", "å"]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.none() | TEXTS,
            "flag": st.none() | st.booleans(),
            "whole": st.none() | st.integers(-(2**40), 2**40),
            "real": st.none()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.sampled_from([0.5, 1.0, -0.0, 1e-7, 1234567.0, 0.1 + 0.2]),
            "day": st.none() | st.dates(date(1800, 1, 1), date(2222, 12, 31)),
            "codes": st.none() | st.lists(TEXTS, max_size=3),
        }
    ),
    max_size=6,
)


def cell(value: object) -> str:
    """Return what a cell holds, said once more in plain Python."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "K" if value else "E"
    if isinstance(value, float):
        return f"{value + 0.0:.6g}".replace(".", ",")
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return harmless(text) if isinstance(value, list | str) else text


def written_plainly(frame: pl.DataFrame) -> bytes:
    """Return the table as the csv module writes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([cell(value) for value in row] for row in frame.iter_rows())
    return out.getvalue().encode("utf-8-sig")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS)
@example(rows=[dict.fromkeys(SCHEMA)])
def test_a_table_is_written_as_the_csv_module_writes_it(rows: list[dict[str, object]]) -> None:
    """Two writers, one dialect: a million rows take a second, and no cell is another."""
    for row in rows:  # a lone surrogate cannot be written to any file
        for name, value in row.items():
            if isinstance(value, str):
                row[name] = value.encode("utf-8", "replace").decode()
    frame = pl.DataFrame(rows, schema=SCHEMA)

    assert write_table(frame) == written_plainly(frame)
