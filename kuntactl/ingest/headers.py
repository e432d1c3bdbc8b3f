"""The header of a table, below the few lines that may stand above it."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from kuntactl.errors import InputError, SettingsError
from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.columns import count_known, count_required
from kuntactl.ingest.records import DELIMITERS, Header, read_headers
from kuntactl.ingest.shape import Shape
from kuntactl.locale import phrase

# A title, a date and the like may stand above the header. A line with more cells may be a
# client, whom nobody may lose: then the header is not where it must be.
MOST_LINES_ABOVE = 20
MOST_CELLS_ABOVE = 2

_DELIMITER_NAMES = {"tab": "\t", "\\t": "\t"}
_SAID = re.compile(r'^"?sep=(\\t|[^\w"])"?[;,\t]*\s*$', re.IGNORECASE)


def find_header(file: str, lines: Sequence[str], shape: Shape) -> tuple[Header, str]:
    """Return the header, parted at the delimiter under which most of it is known.

    A first line ``sep=;``, as Excel writes it, says the delimiter.

    Raises:
        InputError: If no line can be a header.
        SettingsError: If the delimiter asked for cannot be one.
    """
    start, delimiters = _delimiters(lines, shape.delimiter)
    found = [
        (header, delimiter)
        for delimiter in delimiters
        if (header := choose_header(read_headers(lines, delimiter, start=start), shape))
    ]
    if not found and start >= len(lines) - sum(not line.strip(BLANK) for line in lines[start:]):
        raise InputError(
            phrase("{file}: there is nothing below the line that says the delimiter", file=file),
            hint=phrase("have the file sent again"),
        )
    if not found:
        raise InputError(
            phrase("{file}: the first line is not a header", file=file),
            hint=phrase("its quotes do not pair"),
        )
    return max(
        found,
        key=lambda pair: (
            count_known(pair[0].cells, shape.columns, shape.aliases),
            len(pair[0].cells),
        ),
    )


def choose_header(candidates: Iterable[Header], shape: Shape) -> Header | None:
    """Return the first line that names all that must be there, else the first of all.

    Args:
        candidates: The lines that are not blank, from the top; not all are looked at.
        shape: What must be there.
    """
    first = None
    needed = sum(column.required for column in shape.columns)
    for header in islice(candidates, MOST_LINES_ABOVE + 1):
        if count_required(header.cells, shape.columns, shape.aliases) == needed:
            return header
        first = first or header
        if sum(bool(cell) for cell in header.cells) > MOST_CELLS_ABOVE:
            break
    return first


def _delimiters(lines: Sequence[str], asked: str | None) -> tuple[int, Sequence[str]]:
    """Return the line (from 0) at which the table begins, and which delimiters to try."""
    first = next((at for at, line in enumerate(lines) if line.strip(BLANK)), 0)
    said = _SAID.match(lines[first]) if lines else None
    start = first + 1 if said else 0
    if asked is not None:
        return start, (_checked(asked),)
    return start, (_checked(said[1]),) if said else DELIMITERS


def _checked(asked: str) -> str:
    delimiter = _DELIMITER_NAMES.get(asked, asked)
    if (
        len(delimiter) != 1
        or not delimiter.isascii()
        or delimiter.isalnum()
        or delimiter in '"\r\n'
    ):
        raise SettingsError(
            phrase("no delimiter `{asked}`", asked=asked), hint=phrase("one of `;`, `,` and `tab`")
        )
    return delimiter
