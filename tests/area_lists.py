"""The lists of an area's folder, as a test reads them."""

import csv
import io
from pathlib import Path


def lines(out: Path, name: str, area: str = "porvoo") -> list[dict[str, str]]:
    """Return the lines of a list of the area in the folder of a run."""
    text = (out / area / name).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
